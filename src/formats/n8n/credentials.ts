import { attributed, connection, credential, defineFormat, instant, link, localId, pointer } from '../../sdk/index.ts';
import type { Attribution, Content, Document, Item, Json } from '../../sdk/index.ts';
import { at, branch, idAt, isObject, listAt, textAt, withoutBranches, type Part } from '../tree.ts';
import { firstMentions, uniqueIds } from '../unique-ids.ts';
import { credentialId, credentialTypeOf, describe } from './connections.ts';
import { encryptionKey, isKeyFile } from './encryption-key.ts';
import { namedMailbox } from './people.ts';
import { secretLabels } from './secret-fields.ts';
import { isStub, remoteOwner, remoteTeam } from './source-control.ts';

type Path = readonly (string | number)[];

/**
 * Credentials of n8n: `export:credentials`, encrypted or (with `--decrypted`) in clear, the API's list of them,
 * and the `config` file with the key that encrypts them. https://docs.n8n.io/hosting/cli-commands/
 */
export const n8nCredentials = defineFormat({
  id: 'n8n-credentials',
  title: 'n8n credential export',
  platform: 'n8n',
  recognise: ({ tree }) => isKeyFile(tree) || credentialPaths(tree).length > 0,
  parse(document) {
    if (isKeyFile(document.tree)) return { items: [encryptionKey(document)], problems: [] };
    const paths = credentialPaths(document.tree);
    const fresh = uniqueIds();
    const items = paths.flatMap((path, index) => readCredential(document, path, fresh, index === 0 ? paths : []));
    const known = new Set(paths.map((path) => path[0]));
    const strangers = listAt(document.tree).flatMap((_, index) =>
      known.has(index) ? [] : [{ pointer: pointer(index), detail: 'This entry of the list is no n8n credential.' }],
    );
    return { items: firstMentions(items), problems: strangers };
  },
  example: {
    path: 'n8n/credentials.json',
    text: JSON.stringify([
      {
        id: 'CredHr0000000001',
        name: 'HR system (dana@acme.example)',
        type: 'httpHeaderAuth',
        data: 'U2FsdGVkX18=',
        isManaged: false,
        createdAt: '2026-01-05T08:00:00.000Z',
        updatedAt: '2026-01-06T08:00:00.000Z',
      },
      {
        id: 'CredFtp000000001',
        name: 'Payroll drop',
        type: 'ftp',
        data: { host: 'ftp.acme.example', username: 'payroll', password: 'example' },
        isManaged: false,
        createdAt: '2026-01-05T08:00:00.000Z',
        updatedAt: '2026-01-05T08:00:00.000Z',
      },
    ]),
  },
});

const typeName = /^(?=.*[a-z])[a-z][A-Za-z0-9]{1,60}$/;
const typical = /(?:Api|Auth|OAuth\d?|Token|Key)$|OAuth\dApi$/;
/** Of databases and servers, whose types end in no such word. */
const reached = /^(?:postgres|mySql|microsoftSql|mongoDb|redis|s?ftp|smtp|imap|mqtt|rabbitmq|amqp|ldap|ssh[A-Z]\w+)$/;
const ownKeys = ['nodesAccess', 'isManaged', 'isGlobal', 'isResolvable', 'homeProject', 'ownedBy'];
/** OpenSSL's `Salted__` in base64: what n8n writes before it encrypts. */
const encrypted = /^U2FsdGVk/;

function credentialPaths(tree: Part): Path[] {
  const lists: Path[] = [[], ['data'], ['response', 'body', 'data'], ['response', 'body']];
  return lists.flatMap((list) => {
    const paths = [list, ...listAt(tree, ...list).map((_, index) => [...list, index])];
    const sure = paths.some((path) => isCredential(at(tree, ...path)));
    return sure ? paths.filter((path) => isCredential(at(tree, ...path)) || couldBe(at(tree, ...path))) : [];
  });
}

/** Beside an entry that is one for sure, a name, a type and data suffice. */
function couldBe(part: Part): boolean {
  return (
    isObject(part) &&
    textAt(part, 'name') !== undefined &&
    typeName.test(textAt(part, 'type') ?? '') &&
    (isObject(part.data) || typeof part.data === 'string')
  );
}

function isCredential(part: Part): boolean {
  if (!isObject(part) || textAt(part, 'name') === undefined || 'parameters' in part || 'position' in part) return false;
  const type = textAt(part, 'type') ?? '';
  if (!typeName.test(type)) return false;
  const owned = listAt(part, 'shared').some((share) => textAt(share, 'role')?.startsWith('credential:'));
  if (typeof part.data === 'string') return encrypted.test(part.data) || ownKeys.some((key) => key in part) || owned;
  return (isObject(part.data) && (typical.test(type) || ownKeys.some((key) => key in part) || signsIn(part))) || owned;
}

/** As people write it for `import:credentials`. */
function signsIn(part: Part): boolean {
  const given = ['host', 'hostname', 'password', 'connectionString', 'privateKey'];
  const known = idAt(part, 'id') !== undefined && reached.test(textAt(part, 'type') ?? '');
  return known && given.some((key) => at(part, 'data', key) !== undefined);
}

function readCredential(document: Document, path: Path, fresh: (id: string) => string, all: readonly Path[]): Item[] {
  const part = at(document.tree, ...path) ?? null;
  const type = textAt(part, 'type') ?? 'unknown';
  const name = textAt(part, 'name') ?? type;
  const native = idAt(part, 'id') ?? name;
  const id = credentialId(undefined, type, native);
  const open = isObject(at(part, 'data'));
  const shares = listAt(part, 'shared');
  const team = remoteTeam(at(part, 'ownedBy'), document.path);
  const inTeam = team.map(({ record }) => link('contained-in', 'container', record.id));
  const common = {
    name,
    createdAt: instant(at(part, 'createdAt')),
    updatedAt: instant(at(part, 'updatedAt')),
    at: { path: document.path, ...(path.length > 0 && { pointer: pointer(...path) }) },
    attributions: [...shares.map(ownerOf), remoteOwner(at(part, 'ownedBy'), 'ownedBy')],
    ...(shares.length > 0 && {
      sharedWith: shares.length > 1 ? { reach: 'some' as const, count: shares.length } : { reach: 'private' as const },
    }),
  };
  const rest: Content[] =
    all.length === 0
      ? []
      : [{ ...textOf(document), place: 'configuration', tree: withoutBranches(document.tree ?? null, all) }];
  return [
    ...team,
    connection({ ...describe({ type, name }), ...common, id, links: inTeam }),
    credential({
      ...common,
      // Two exports of one instance are two places where the same secret lies.
      id: fresh(localId(document, native)),
      type: credentialTypeOf(type),
      status: 'unknown',
      platform: 'n8n',
      store: open && !isStub(at(part, 'data')) ? 'export' : 'platform',
      links: [link('authenticates', 'connection', id), ...inTeam],
      contents: [contentOf(document, path, part, open), ...rest],
    }),
  ];
}

function ownerOf(share: Json): Attribution | undefined {
  const holder = textAt(share, 'name') ?? textAt(share, 'project', 'name');
  if (textAt(share, 'role') !== 'credential:owner' || holder?.includes('@') !== true) return undefined;
  return attributed('owned-by', namedMailbox(holder), 'platform-owner', { evidence: 'shared.name' });
}

/** In clear, all of it is scanned; of ciphertext only what stands around it, for there is nothing to find in it. */
function contentOf(document: Document, path: Path, part: Json, open: boolean): Content {
  const cipher = encrypted.test(textAt(part, 'data') ?? '');
  const own = branch(document.tree, path);
  return {
    ...textOf(document),
    place: open ? 'credential-export' : 'configuration',
    tree: cipher ? withoutBranches(own, [[...path, 'data']]) : own,
    ...(open && { labels: secretLabels(part, path) }),
  };
}

function textOf(document: Document): Pick<Content, 'path' | 'text'> {
  return { path: document.path, text: document.text };
}
