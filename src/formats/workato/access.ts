import {
  attributed,
  credential,
  defineFormat,
  identity,
  instant,
  link,
  localId,
  person,
  pointer,
  sharedId,
  type Item,
  type Label,
} from '../../sdk/index.ts';
import { divided } from '../contents.ts';
import { joined } from '../once.ts';
import { cutOff, entriesThat, strangersIn, type Entry } from '../saved-answer.ts';
import { at, idAt, listAt, textAt, type Part } from '../tree.ts';
import { apiAccessExample, memberExample } from './list-examples.ts';

/** An entry of `GET /api/v2/api_clients`: https://docs.workato.com/workato-api/api-platform.html#list-api-clients */
function isClient(part: Part): boolean {
  const ruled = Array.isArray(at(part, 'api_collections')) || Array.isArray(at(part, 'api_policies'));
  return ruled && textAt(part, 'auth_type') !== undefined && idAt(part, 'id') !== undefined;
}

/** An entry of `GET /api/v2/api_clients/:id/api_keys`, which does not say whose keys they are. */
function isKey(part: Part): boolean {
  const since = at(part, 'active_since') !== undefined;
  return since && typeof at(part, 'active') === 'boolean' && textAt(part, 'auth_type') !== undefined;
}

/** Clients of the API platform or the keys of one, as Workato lists them: in both lists their tokens stand in clear. */
export const workatoApiAccess = defineFormat({
  id: 'workato-api-access',
  title: 'Workato list of API clients or keys',
  platform: 'workato',
  recognise: (document) => entriesThat(document, 'data', (part) => isClient(part) || isKey(part)).length > 0,
  parse(document) {
    const entries = entriesThat(document, 'data', (part) => isClient(part) || isKey(part));
    const paths = entries.map(({ path }) => path);
    const items = entries.flatMap(({ path, part }, index): Item[] => {
      const token = pointer(...path, isKey(part) ? 'auth_token' : 'api_token');
      const labels: Label[] = [{ pointer: token, place: 'credential-export', secret: true }];
      const contents = divided(document, paths, index, labels);
      const where = { path: document.path, pointer: pointer(...path) };
      const id = localId(document, `${isKey(part) ? 'key' : 'client'}-${idAt(part, 'id')}`);
      return isKey(part) ? [keyOf(part, id, where, contents)] : clientOf(part, id, where, contents);
    });
    const known = strangersIn(document, 'data', entries, 'API client or key');
    const count = at(document.tree, 'count');
    const missing = typeof count === 'number' && count > listAt(document.tree, 'data').length;
    return joined([{ items, problems: [...known, ...(missing ? cutOff(entries.length, 'entries', count) : [])] }]);
  },
  example: apiAccessExample,
});

type Where = { path: string; pointer: string };

function clientOf(part: Part, id: string, where: Where, contents: Item['contents']): Item[] {
  const number = idAt(part, 'id') ?? '';
  const name = textAt(part, 'name') ?? number;
  const client = sharedId('workato', undefined, 'api-client', number);
  const made = { createdAt: instant(at(part, 'created_at')), updatedAt: instant(at(part, 'updated_at')), at: where };
  const keys = at(part, 'active_api_keys_count');
  const token = textAt(part, 'api_token');
  return [
    identity({
      ...made,
      id: client,
      name,
      type: 'integration',
      platform: 'workato',
      status: typeof keys === 'number' ? (keys > 0 ? 'active' : 'disabled') : 'unknown',
      scopes: listAt(part, 'api_collections').flatMap((one) => textAt(one, 'name') ?? []),
      attributions: [
        attributed('operated-by', { email: textAt(part, 'email') }, 'platform-owner', { evidence: 'email' }),
      ],
      gaps: { lastUsedAt: 'not-supported' },
      ...(token === undefined && { contents }),
    }),
    ...(token === undefined
      ? []
      : [
          credential({
            ...made,
            id,
            name: `Token of ${name}`,
            type: 'api-key',
            status: 'unknown',
            platform: 'workato',
            store: 'platform',
            links: [link('authenticates', 'identity', client)],
            gaps: { lastUsedAt: 'not-supported', expiresAt: 'not-supported' },
            contents,
          }),
        ]),
  ];
}

function keyOf(part: Part, id: string, where: Where, contents: Item['contents']): Item {
  const allowed = at(part, 'ip_allow_list');
  return credential({
    id,
    name: `API key ${textAt(part, 'name') ?? idAt(part, 'id')}`,
    type: 'api-key',
    status: at(part, 'active') === true ? 'active' : 'inactive',
    platform: 'workato',
    store: 'platform',
    createdAt: instant(at(part, 'active_since')),
    usableFrom: Array.isArray(allowed) ? (allowed.length > 0 ? 'restricted' : 'anywhere') : undefined,
    at: where,
    gaps: { lastUsedAt: 'not-supported', expiresAt: 'not-supported' },
    contents,
  });
}

/** Collaborators of a workspace, as `GET /api/members` lists them. */
export const workatoMembers = defineFormat({
  id: 'workato-members',
  title: 'Workato member list',
  platform: 'workato',
  recognise: (document) => entriesThat(document, 'data', isMember).length > 0,
  parse(document) {
    const entries = entriesThat(document, 'data', isMember);
    const paths = entries.map(({ path }) => path);
    const items = entries.map((entry, index) => ({
      ...memberOf(entry, document.path),
      contents: divided(document, paths, index, []),
    }));
    const total = at(document.tree, 'total');
    const missing = typeof total === 'number' && total > listAt(document.tree, 'data').length;
    const known = strangersIn(document, 'data', entries, 'member');
    return joined([{ items, problems: [...known, ...(missing ? cutOff(entries.length, 'members', total) : [])] }]);
  },
  example: memberExample,
});

/** https://docs.workato.com/workato-api/team.html */
function isMember(part: Part): boolean {
  const granted = textAt(part, 'grant_type') !== undefined && Array.isArray(at(part, 'roles'));
  return granted && textAt(part, 'email') !== undefined && idAt(part, 'id') !== undefined;
}

function memberOf({ path, part }: Entry, file: string): Item {
  const email = textAt(part, 'email') ?? '';
  const roles = listAt(part, 'roles').flatMap((role) => textAt(role, 'role_name') ?? []);
  return person({
    id: sharedId('workato', undefined, 'member', idAt(part, 'id') ?? ''),
    name: textAt(part, 'name') ?? email,
    emails: [email],
    status: 'active',
    admin: roles.includes('Admin') || undefined,
    createdAt: instant(at(part, 'created_at')),
    lastUsedAt: instant(at(part, 'last_activity_log', 'created_at')),
    at: { path: file, pointer: pointer(...path) },
  });
}
