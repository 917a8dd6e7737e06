import {
  attributed,
  credential,
  DAY,
  ifAllowedOfEach,
  link,
  Misfit,
  operation,
  SECOND,
  type Moment,
  type Stream,
} from '../../src/sdk/index.ts';
import { PLATFORM, type Config, type Context } from './config.ts';
import { allOf, listed } from './lists.ts';
import { listZones, reachOf, type Reach } from './network.ts';
import { heldOf, listPermissions, listUserRoles, type Held } from './roles.ts';
import { ApiTokens, type ApiToken } from './schema.ts';
import { need } from './scopes.ts';
import { doubtUnlessWhole, sightAsk } from './sight.ts';

const listTokens = operation('GET /api/v1/api-tokens', ApiTokens);

export const apiTokens: Stream<Config> = {
  title: 'API tokens (SSWS), with the roles that they act with, from where they may be used, and their last use',
  emits: ['credential'],
  operations: [listTokens, listUserRoles, listPermissions, listZones, ...sightAsk],
  requires: [need('okta.apiTokens.read', 'each can do whatever the administrator can who made it')],
  absence: 'means-gone',
  async *pages(ctx) {
    await doubtUnlessWhole(ctx);
    const reach = reachOf(ctx);
    const held = rolesOf(ctx);
    for await (const page of listed(ctx, listTokens)) {
      const learnt = new Map<string, Learnt>();
      for (const token of page.elements) {
        if (token instanceof Misfit) continue;
        learnt.set(token.id, { reach: await reach(token.network), held: await held(token) });
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
  reach: Reach;
  held: Held | undefined;
}

/** A token has the roles of its user, those through groups included; a user often has several tokens. */
function rolesOf(ctx: Context): (token: ApiToken) => Promise<Held | undefined> {
  const known = new Map<string, Promise<Held | undefined>>();
  const judge = heldOf(ctx);
  const ask = ifAllowedOfEach(ctx, 'roles of users who have API tokens');
  return async ({ userId }) => {
    if (!userId) return undefined;
    const read = async () => judge(await allOf(ctx, listUserRoles, { params: { userId } }));
    const held = known.get(userId) ?? ask(read);
    known.set(userId, held);
    return held;
  };
}

/**
 * A token is renewed for the whole of its window whenever it is used, and only then: that window before its end is its
 * last use, or the moment when it was made. https://help.okta.com/en-us/Content/Topics/security/api.htm
 */
function lastUseOf({ created, expiresAt, tokenWindow }: ApiToken): Moment | undefined {
  const days = Number(/^P(\d+)D$/.exec(tokenWindow ?? '')?.[1]);
  if (created === undefined || expiresAt === undefined || Number.isNaN(days)) return undefined;
  const renewed = expiresAt - days * DAY;
  if (Math.abs(renewed - created) <= SECOND) return 'never';
  return renewed > created ? renewed : undefined;
}

function itemOf(token: ApiToken, { reach, held }: Learnt) {
  const { id, name, clientName, userId, created } = token;
  const lastUsedAt = lastUseOf(token);
  return credential({
    id: `api-token/${id}`,
    name: name || clientName || id,
    type: 'api-key',
    status: 'active',
    platform: PLATFORM,
    store: 'platform',
    retrievable: false,
    // It has no scopes of its own.
    scopes: held?.roles,
    admin: held?.administers,
    reach: 'all',
    legacy: true,
    createdAt: created,
    lastUsedAt,
    usableFrom: 'usableFrom' in reach ? reach.usableFrom : undefined,
    attributions: [attributed('owned-by', { id: userId }, 'platform-owner', { evidence: 'userId' })],
    links: userId ? [link('granted-to', 'person', userId)] : [],
    gaps: {
      // What the platform calls its end moves on with each use.
      expiresAt: 'not-supported',
      lastRotatedAt: 'not-supported',
      ...(held === undefined && { scopes: 'denied', admin: 'denied' }),
      ...('gap' in reach && { usableFrom: reach.gap }),
      ...(lastUsedAt === undefined && { lastUsedAt: 'not-supported' }),
    },
  });
}
