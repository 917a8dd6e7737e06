import {
  attributed,
  credential,
  DAY,
  fitting,
  ifAllowed,
  isoTime,
  link,
  Misfit,
  operation,
  type Gap,
  type Moment,
  type Stream,
} from '../../src/sdk/index.ts';
import { PLATFORM, type Config, type Context } from './config.ts';
import { listed } from './lists.ts';
import { ApiTokens, LogEvents, type ApiToken } from './schema.ts';
import { need } from './scopes.ts';

const listTokens = operation('GET /api/v1/api-tokens', ApiTokens);
const listEvents = operation('GET /api/v1/logs', LogEvents);

/** Okta keeps events so long: https://developer.okta.com/docs/reference/system-log-query/ */
const LOG_KEPT = 90 * DAY;

export const apiTokens: Stream<Config> = {
  title: 'API tokens (SSWS), with their last use',
  emits: ['credential'],
  operations: [listTokens, listEvents],
  requires: [need('okta.apiTokens.read', 'each can do whatever the administrator can who made it')],
  absence: 'means-gone',
  async *pages(ctx) {
    for await (const page of listed(ctx, listTokens)) {
      const uses = new Map<string, Use>();
      for (const token of page.elements) if (!(token instanceof Misfit)) uses.set(token.id, await useOf(ctx, token));
      yield page.map((token) => itemOf(token, uses.get(token.id) ?? { gap: 'not-seen' }));
    }
  },
};

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

function itemOf({ id, name, clientName, userId, created, lastUpdated, network }: ApiToken, use: Use) {
  const connection = network?.connection;
  return credential({
    id: `api-token/${id}`,
    name: name || clientName || id,
    type: 'api-key',
    status: 'active',
    platform: PLATFORM,
    store: 'platform',
    retrievable: false,
    // It has no scopes of its own.
    reach: 'all',
    legacy: true,
    createdAt: created,
    updatedAt: lastUpdated,
    lastUsedAt: use.at,
    usableFrom: connection === 'ANYWHERE' ? 'anywhere' : connection ? 'restricted' : undefined,
    attributions: [attributed('owned-by', { id: userId }, 'platform-owner', { evidence: 'userId' })],
    links: userId ? [link('granted-to', 'person', userId)] : [],
    gaps: {
      // What the platform calls its end moves on with each use: https://developer.okta.com/docs/guides/create-an-api-token/
      expiresAt: 'not-supported',
      scopes: 'not-supported',
      lastRotatedAt: 'not-supported',
      ...(use.gap && { lastUsedAt: use.gap }),
    },
  });
}
