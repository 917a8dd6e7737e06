import type { Moment } from '../../../src/sdk/index.ts';

/** What a JSON Web Token says about itself, unverified. */
interface JwtClaims {
  issuer?: string;
  subject?: string;
  audience?: string;
  role?: string;
  name?: string;
  issuedAt?: number;
  /** `never` when it carries no expiry. */
  expiresAt: Moment;
}

/** Reads a token's claims; undefined when it is no JWT. */
export function readJwt(token: string): JwtClaims | undefined {
  const [header, payload] = token.split('.', 2).map(decode);
  if (header === undefined || payload === undefined || typeof header['alg'] !== 'string') return undefined;
  const claims: JwtClaims = { expiresAt: time(payload['exp']) ?? 'never' };
  const issuedAt = time(payload['iat']);
  if (issuedAt !== undefined) claims.issuedAt = issuedAt;
  const words = { issuer: 'iss', subject: 'sub', audience: 'aud', role: 'role', name: 'name' } as const;
  for (const [field, claim] of Object.entries(words) as [keyof typeof words, string][]) {
    const value = payload[claim];
    if (typeof value === 'string') claims[field] = value;
  }
  return claims;
}

/** A Supabase `anon` key is public by design, and the token that every tutorial shows is nobody's. */
export function isPublicJwt(token: string): boolean {
  if (!token.startsWith('eyJ')) return false;
  const claims = readJwt(token);
  return claims?.role === 'anon' || (claims?.subject === '1234567890' && claims.name === 'John Doe');
}

function decode(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    // Not JSON: the answer is "no JWT", and the parser's own message would quote the token.
    return undefined;
  }
}

function time(seconds: unknown): number | undefined {
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0
    ? Math.round(seconds * 1000)
    : undefined;
}
