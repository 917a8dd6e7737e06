import { z } from 'zod';
import { secret, type RequestAuthentication, type StreamContext } from '../../src/sdk/index.ts';
import { leastScopes } from './scopes.ts';

export const PLATFORM = 'okta';

const app = z.strictObject({
  /** Client id of the API services app. */
  clientId: z.string().min(1),
  /** PEM text of its private key. */
  privateKey: secret(),
  /** `kid` of the public key that Okta has. */
  keyId: z.string().min(1),
  algorithm: z.enum(['RS256', 'ES256']).default('RS256'),
  /** Every one has to be granted: Okta gives no token at all when one is not. */
  scopes: z
    .array(z.string().regex(/^okta\.[\w.]+$/))
    .min(1)
    .default([...leastScopes]),
});

/** One Okta organisation, read by an API services app or with an API token. */
export const configSchema = z
  .strictObject({
    /** `https://acme.okta.com`: the organisation's own address, not the admin console's and no custom domain. */
    orgUrl: z.url(),
    app: app.optional(),
    /** An SSWS token of an administrator that only reads. */
    token: secret().optional(),
    /** Looks in the system log who made apps: a request for a thousand of them. */
    systemLog: z.boolean().default(true),
    /** Elements a page; 200 is the most for every list. */
    pageSize: z.number().int().min(1).max(200).default(200),
  })
  .refine(({ app: asApp, token }) => (asApp === undefined) !== (token === undefined), {
    error: 'give either app (recommended) or token',
  });

export type Config = z.output<typeof configSchema>;
export type Context = StreamContext<Config>;

export const baseOf = ({ orgUrl }: Pick<Config, 'orgUrl'>): string => orgUrl.replace(/\/$/, '');

/** https://developer.okta.com/docs/guides/implement-oauth-for-okta-serviceapp/main/ */
export function authenticate(config: Config): RequestAuthentication {
  const { app: asApp, token } = config;
  if (token !== undefined) return { type: 'token', token, prefix: 'SSWS ' };
  if (asApp === undefined) return { type: 'none' };
  const { clientId, privateKey: key, algorithm, keyId, scopes } = asApp;
  return {
    type: 'client-credentials',
    tokenUrl: `${baseOf(config)}/oauth2/v1/token`,
    clientId,
    client: { key, algorithm, keyId },
    scope: scopes.join(' '),
  };
}
