import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import {
  secret,
  SourceError,
  type RequestAuthentication,
  type Secret,
  type StreamContext,
} from '../../src/sdk/index.ts';

export const PLATFORM = 'entra';

const guid = z
  .string()
  .regex(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i)
  .toLowerCase();

/** One tenant, read by an app registration of its own. */
export const configSchema = z
  .strictObject({
    /** The tenant's id; a domain name will not do, because it does not say which apps are the tenant's own. */
    tenant: guid,
    /** Client id of the app registration that reads. */
    clientId: guid,
    clientSecret: secret().optional(),
    /** Private key and certificate in one PEM text: better than a secret, because the key never leaves. */
    certificate: secret().optional(),
    /** Of a national cloud, for instance https://graph.microsoft.us. */
    graphUrl: z.url().default('https://graph.microsoft.com'),
    /** Of a national cloud, for instance https://login.microsoftonline.us. */
    loginUrl: z.url().default('https://login.microsoftonline.com'),
    /** Reads when apps and credentials were last used, and people were last here: takes AuditLog.Read.All and a P1 licence. */
    signInActivity: z.boolean().default(true),
    /** Reads when people leave: takes User-LifeCycleInfo.Read.All. */
    leaveDates: z.boolean().default(false),
  })
  .refine(({ certificate, clientSecret }) => (certificate === undefined) !== (clientSecret === undefined), {
    error: 'give either certificate (recommended) or clientSecret',
  });

export type Config = z.output<typeof configSchema>;
export type Context = StreamContext<Config>;

export function authenticate({ tenant, clientId, certificate, clientSecret, ...urls }: Config): RequestAuthentication {
  const base = urls.loginUrl.replace(/\/$/, '');
  const common = {
    type: 'client-credentials',
    tokenUrl: `${base}/${tenant}/oauth2/v2.0/token`,
    clientId,
    scope: `${urls.graphUrl.replace(/\/$/, '')}/.default`,
  } as const;
  if (clientSecret !== undefined) return { ...common, client: { secret: clientSecret, in: 'body' } };
  if (certificate === undefined) return { type: 'none' };
  // PS256, and the thumbprint by SHA-256: https://learn.microsoft.com/entra/identity-platform/certificate-credentials
  const thumbprint = Buffer.from(certificateOf(certificate).fingerprint256.replaceAll(':', ''), 'hex');
  const certificateThumbprint = thumbprint.toString('base64url');
  return { ...common, client: { key: certificate, algorithm: 'PS256', certificateThumbprint } };
}

/** The certificate of a PEM text that holds the key too. */
export function certificateOf(pem: Secret): X509Certificate {
  const [block] = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(pem.reveal()) ?? [];
  try {
    return new X509Certificate(block ?? '');
  } catch {
    // The parser's own message may quote what it could not parse.
    throw new SourceError('config', 'the setting certificate holds no PEM certificate beside the private key');
  }
}
