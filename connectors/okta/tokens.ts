import {
  attributed,
  credential,
  fitting,
  ifAllowed,
  ifAllowedOfEach,
  isoTime,
  link,
  Misfit,
  operation,
  type Gap,
  type Moment,
  type Stream,
} from '../../src/sdk/index.ts';
import { PLATFORM, type Config, type Context } from './config.ts';
import { allOf, listed } from './lists.ts';
import { listZones, reachOf, type Reach } from './network.ts';
import { activeRoles, administers } from './roles.ts';
import { listEvents, LOG_KEPT } from './system-log.ts';
import { ApiTokens, Roles, type ApiToken } from './schema.ts';
import { need } from './scopes.ts';

const listTokens = operation('GET /api/v1/api-tokens', ApiTokens);
const listRoles = operation('GET /api/v1/users/{userId}/roles', Roles);

export const apiTokens: Stream<Config> = {
  title: 'API tokens (SSWS), with the roles that they act with, from where they may be used, and their last use',
  emits: ['credential'],
  operations: [listTokens, listEvents, listRoles, listZones],
  requires: [need('okta.apiTokens.read', 'each can do whatever the administrator can who made it')],
  absence: 'means-gone',
  async *pages(ctx) {
    const reach = reachOf(ctx);
    const roles = rolesOf(ctx);
    for await (const page of listed(ctx, listTokens)) {
      const learnt = new Map<string, Learnt>();
      for (const token of page.elements) {
        if (token instanceof Misfit) continue;
        const use = await useOf(ctx, token);
        learnt.set(token.id, { use, reach: await reach(token.network), roles: await roles(token) });
      }
      yield page.map((token) => {
        const known = learnt.get(token.id);
        return known && itemOf(token, known);
      });
    }
  },
};

/** What the list of tokens does not say. */
interface Learnt {
  use: Use;
  reach: Reach;
  roles: readonly string[] | undefined;
}

/** A token has the roles of its user, those through groups included; a user often has several tokens. */
function rolesOf(ctx: Context): (token: ApiToken) => Promise<readonly string[] | undefined> {
  const known = new Map<string, Promise<readonly string[] | undefined>>();
  const ask = ifAllowedOfEach(ctx, 'roles of users who have API tokens');
  return async ({ userId }) => {
    if (!userId) return undefined;
    const read = async () => activeRoles(await allOf(ctx, listRoles, { params: { userId } }));
    const roles = known.get(userId) ?? ask(read);
    known.set(userId, roles);
    return roles;
  };
}

interface Use {
  at?: Moment;
  gap?: Gap;
}

/** The newest event that the token made; a token younger than the log that made none was never used. */
async function useOf(ctx: Context, { id, created }: ApiToken): Promise<Use> {
  if (!ctx.config.tokenUse) return { gap: 'not-seen' };
  const since = ctx.now - LOG_KEPT;
  const query = {
    filter: `transaction.detail.requestApiTokenId eq "${id}"`,
    since: isoTime(since),
    sortOrder: 'DESCENDING',
    limit: 1,
  };
  const answer = await ifAllowed(ctx, `last use of ${id}`, () => ctx.http.read(listEvents, { query }));
  if (answer === undefined) return { gap: 'denied' };
  const [last] = fitting(ctx, answer.body);
  if (last?.published !== undefined) return { at: last.published };
  return created !== undefined && created > since ? { at: 'never' } : { gap: 'not-supported' };
}

function itemOf({ id, name, clientName, userId, created, lastUpdated }: ApiToken, { use, reach, roles }: Learnt) {
  return credential({
    id: `api-token/${id}`,
    name: name || clientName || id,
    type: 'api-key',
    status: 'active',
    platform: PLATFORM,
    store: 'platform',
    retrievable: false,
    // It has no scopes of its own.
    scopes: roles,
    admin: roles && administers(roles),
    reach: 'all',
    legacy: true,
    createdAt: created,
    updatedAt: lastUpdated,
    lastUsedAt: use.at,
    usableFrom: 'usableFrom' in reach ? reach.usableFrom : undefined,
    attributions: [attributed('owned-by', { id: userId }, 'platform-owner', { evidence: 'userId' })],
    links: userId ? [link('granted-to', 'person', userId)] : [],
    gaps: {
      // What the platform calls its end moves on with each use: https://developer.okta.com/docs/guides/create-an-api-token/
      expiresAt: 'not-supported',
      lastRotatedAt: 'not-supported',
      ...(roles === undefined && { scopes: 'denied', admin: 'denied' }),
      ...('gap' in reach && { usableFrom: reach.gap }),
      ...(use.gap && { lastUsedAt: use.gap }),
    },
  });
}
