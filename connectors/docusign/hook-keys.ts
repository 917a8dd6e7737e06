import { z } from 'zod';
import { literalTarget } from '../../src/formats/hosts.ts';
import { credential, link, type Credential, type Item, type Link } from '../../src/sdk/index.ts';
import { PLATFORM } from './config.ts';
import type { Hook } from './hook.ts';

/** `clientSecret` and `customParameters` come with the answer; they are not read. */
export const OAuth = z.object({
  authorizationServerUrl: z.string().nullish(),
  clientId: z.string().nullish(),
  scope: z.string().nullish(),
});
export type OAuth = z.output<typeof OAuth>;

/** What protects a webhook, as far as it is kept on the platform: its value is never asked for. */
export function keysOf(
  hook: Hook & { oAuthConfiguration?: OAuth | null | undefined },
  id: string,
  links: readonly Link[],
): Item[] {
  const of = `${hook.name || id}:`;
  const key = (suffix: string, name: string, type: Credential['type']) =>
    credential({ ...keyOf(type, [id], links), id: `${id}/${suffix}`, name: `${of} ${name}` });
  const own = hook.oAuthConfiguration?.clientId ? hook.oAuthConfiguration : undefined;
  return [
    ...(hook.includeHMAC === true ? [key('hmac', 'signing keys', 'webhook-secret')] : []),
    ...(hook.userName ? [key('basic', 'user name and password', 'password')] : []),
    ...(hook.includeOAuth === true && own ? [oauthKey({ id, name: of, oauth: own, endpoints: [id], links })] : []),
  ];
}

/** The OAuth client with which these webhooks prove themselves, without its secret. */
export function oauthKey({
  id,
  name,
  oauth,
  endpoints,
  links,
}: {
  id: string;
  name: string;
  /** Undefined where it is not for us to see. */
  oauth: OAuth | undefined;
  endpoints: readonly string[];
  links: readonly Link[];
}): Item {
  const server = literalTarget(oauth?.authorizationServerUrl ?? undefined);
  const { gaps, ...key } = keyOf('client-secret', endpoints, links);
  return credential({
    ...key,
    id: `${id}/oauth`,
    name: `${name} OAuth client`,
    scopes: oauth?.scope ? oauth.scope.split(/[\s,]+/) : undefined,
    allowedHosts: server && [server.host],
    tags: oauth?.clientId ? [`client:${oauth.clientId}`] : [],
    gaps: { ...gaps, ...(oauth === undefined && { scopes: 'denied' as const }) },
  });
}

function keyOf(type: Credential['type'], endpoints: readonly string[], links: readonly Link[]) {
  return {
    type,
    status: 'active',
    platform: PLATFORM,
    store: 'platform',
    links: [...links, ...endpoints.map((each) => link('authenticates', 'endpoint', each))],
    gaps: {
      createdAt: 'not-supported',
      expiresAt: 'not-supported',
      lastUsedAt: 'not-supported',
      lastRotatedAt: 'not-supported',
    },
  } as const;
}
