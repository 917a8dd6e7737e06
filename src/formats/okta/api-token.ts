import {
  attributed,
  credential,
  DAY,
  link,
  SECOND,
  type Gap,
  type Instant,
  type Item,
  type Moment,
} from '../../sdk/index.ts';

/** An API token as Okta lists it: never its value. */
export interface ListedToken {
  id: string;
  name?: string | null | undefined;
  clientName?: string | null | undefined;
  userId?: string | null | undefined;
  created?: Instant | undefined;
  expiresAt?: Instant | undefined;
  tokenWindow?: string | null | undefined;
}

/** From where something may be used, or why that is not known. */
export type UsableFrom = { usableFrom: 'anywhere' | 'restricted' } | { gap: Gap };

/** What the list of tokens does not say; `held` are the roles of the token's user, or why they are not known. */
export interface AboutToken {
  reach: UsableFrom;
  held: { roles: readonly string[]; administers: boolean } | Gap;
}

/** An API token (SSWS), which acts with all roles of its user. */
export function tokenRecord(token: ListedToken, { reach, held }: AboutToken): Item<'credential'> {
  const { id, name, clientName, userId, created } = token;
  const lastUsedAt = lastUseOf(token);
  const known = typeof held === 'string' ? undefined : held;
  return credential({
    id: `api-token/${id}`,
    name: name || clientName || id,
    type: 'api-key',
    status: 'active',
    platform: 'okta',
    store: 'platform',
    retrievable: false,
    // It has no scopes of its own.
    scopes: known?.roles,
    admin: known?.administers,
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
      ...(typeof held === 'string' && { scopes: held, admin: held }),
      ...('gap' in reach && { usableFrom: reach.gap }),
      ...(lastUsedAt === undefined && { lastUsedAt: 'not-supported' }),
    },
  });
}

/**
 * A token is renewed for the whole of its window whenever it is used, and only then: that window before its end is its
 * last use, or the moment when it was made. https://help.okta.com/en-us/Content/Topics/security/api.htm
 */
function lastUseOf({ created, expiresAt, tokenWindow }: ListedToken): Moment | undefined {
  const days = Number(/^P(\d+)D$/.exec(tokenWindow ?? '')?.[1]);
  if (created === undefined || expiresAt === undefined || Number.isNaN(days)) return undefined;
  const renewed = expiresAt - days * DAY;
  if (Math.abs(renewed - created) <= SECOND) return 'never';
  return renewed > created ? renewed : undefined;
}
