import { instant, type Moment, type Secret } from '../../src/sdk/index.ts';

/** What an API key says of itself. */
export interface KeyClaims {
  user?: string;
  /** Absent where the key says nothing: older ones are no JWT. */
  expiresAt?: Moment;
}

/** Reads the claims of a key, which is a JWT, without checking them: they are about ourselves. */
export function claimsOf(key: Secret): KeyClaims {
  const claims = payloadOf(key.reveal());
  if (claims === undefined) return {};
  const expiresAt = claims.exp === undefined ? 'never' : instant(claims.exp);
  return {
    ...(typeof claims.sub === 'string' && { user: claims.sub }),
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

function payloadOf(token: string): { sub?: unknown; exp?: unknown } | undefined {
  const [, payload, signature] = token.split('.');
  if (payload === undefined || signature === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null ? claims : undefined;
  } catch {
    return undefined;
  }
}
