import { isConnection } from '../../src/formats/node-red/config-nodes.ts';
import { isConfig, isNote, isPlace, labelOf, readFlows, type Entry } from '../../src/formats/node-red/flows-file.ts';
import { componentOf } from '../../src/formats/node-red/node-types.ts';
import { listAt, textAt } from '../../src/formats/tree.ts';
import { credential, identity, ifAllowedOfEach, link, operation } from '../../src/sdk/index.ts';
import type { CredentialType, Item, Json, Page, Stream, StreamContext } from '../../src/sdk/index.ts';
import { anyRead, type NodeRedConfig } from './config.ts';
import { getFlows } from './flows.ts';
import { NodeCredentials } from './schema.ts';

const getCredentials = operation('GET /credentials/{type}/{id}', NodeCredentials, { means: { 401: 'permission' } });

/** Parts of dashboards are many, and keep nothing. */
const dashboard = /^(?:ui[_-]|dashboard)/;

/**
 * Can the node keep a login? A system that flows connect to; of what stands on a tab, a request and whatever does not come
 * with Node-RED: no list says which nodes do.
 */
function mayKeep(entry: Entry): boolean {
  if (hasSecretVariables(entry)) return true;
  if (isConfig(entry)) return isConnection(entry);
  if (isPlace(entry.type) || isNote(entry.type) || dashboard.test(entry.type)) return false;
  return entry.type === 'http request' || componentOf(entry.type, entry.node).origin === 'community';
}

/**
 * Tabs, groups and subflows have variables, of which those of the type "credential" are kept with the logins of nodes;
 * which of them are there is all that is told. https://nodered.org/docs/user-guide/environment-variables
 */
function hasSecretVariables({ type, node }: Entry): boolean {
  if (!isPlace(type) && type !== 'group' && !type.startsWith('subflow:')) return false;
  return listAt(node, 'env').some((variable) => textAt(variable, 'type') === 'cred');
}

const NODES_A_PAGE = 20;
type Ask = ReturnType<typeof ifAllowedOfEach>;
const NO_EDITOR = 'the editor is switched off (disableEditor), and it alone tells what nodes keep';

/** Logins that nodes keep, the name of the account and that there is a secret; and secrets among variables. */
export const credentials: Stream<NodeRedConfig> = {
  title: 'Stored credentials',
  emits: ['credential', 'identity'],
  operations: [getFlows, getCredentials],
  requires: [
    { scope: 'flows.read', orElse: anyRead, why: 'it tells which nodes there are' },
    {
      scope: 'credentials.read',
      orElse: anyRead,
      why: 'it tells which nodes keep a secret, and whose account it is',
    },
  ],
  after: ['flows'],
  absence: 'means-gone',
  async *pages(ctx): AsyncGenerator<Page> {
    const ask = asking(ctx);
    const { body } = await ctx.http.read(getFlows);
    const entries = readFlows(body as unknown as Json)?.entries ?? [];
    const asked = entries.filter(mayKeep).toSorted((one, other) => (one.id < other.id ? -1 : 1));
    const rest = asked.filter(({ id }) => typeof ctx.resume !== 'string' || id > ctx.resume);
    for (let from = 0; from < rest.length; from += NODES_A_PAGE) {
      const page = rest.slice(from, from + NODES_A_PAGE);
      const items = await Promise.all(page.map((entry) => loginOf(ctx, entry, ask)));
      const last = page.at(-1);
      const more = from + NODES_A_PAGE < rest.length && last !== undefined;
      yield { items: items.flat(), ...(more && { next: last.id }) };
    }
  },
};

/** A node that keeps nothing is answered with nothing: where there is no answer at all, nodes cannot be asked. */
function asking({ blind }: Pick<StreamContext<unknown>, 'blind'>): Ask {
  const told: typeof blind = (subject, reason, detail) =>
    reason === 'not-found' ? blind(subject, 'not-supported', NO_EDITOR) : blind(subject, reason, detail);
  return ifAllowedOfEach({ blind: told }, 'what nodes keep');
}

async function loginOf(ctx: StreamContext<NodeRedConfig>, entry: Entry, ask: Ask): Promise<Item[]> {
  // With a space in the type the answer would be empty.
  const params = { type: entry.type.replaceAll(/\s/g, '-'), id: entry.id };
  const read = async () => (await ctx.http.read(getCredentials, { params })).body;
  const login = await ask(read);
  if (login === undefined || login.secrets.length === 0) return [];
  const node = `flows#${entry.id}`;
  const holder = isConfig(entry)
    ? link('authenticates', 'connection', node)
    : link('contained-in', 'workflow', `flows#${isPlace(entry.type) ? entry.id : (entry.z ?? 'flow')}`);
  const account = `${node}/account`;
  const stored = credential({
    id: `${node}/credentials`,
    name: labelOf(entry),
    type: typeOf(login.secrets),
    status: 'unknown',
    platform: 'node-red',
    store: 'platform',
    links: [holder, ...(login.user === undefined ? [] : [link('authenticates', 'identity', account)])],
    gaps: {
      createdAt: 'not-supported',
      expiresAt: 'not-supported',
      lastUsedAt: 'not-supported',
      lastRotatedAt: 'not-supported',
      scopes: 'not-supported',
    },
  });
  if (login.user === undefined) return [stored];
  const who = identity({
    id: account,
    name: login.user,
    type: 'service-account',
    status: 'unknown',
    platform: 'node-red',
    gaps: { lastUsedAt: 'not-supported', scopes: 'not-supported' },
  });
  return [stored, who];
}

function typeOf(secrets: readonly string[]): CredentialType {
  const names = secrets.join(' ');
  if (/pass(?:word)?\b/i.test(names)) return 'password';
  if (/refresh/i.test(names)) return 'refresh-token';
  if (/token/i.test(names)) return 'oauth-token';
  return /key/i.test(names) ? 'api-key' : 'secret';
}
