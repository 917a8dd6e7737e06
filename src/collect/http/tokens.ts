import { createPrivateKey, type webcrypto } from 'node:crypto';
import { SourceError } from '../../core/errors.ts';
import type { Secret } from '../../core/secret.ts';
import { MINUTE, SECOND, type Clock } from '../../core/time.ts';
import type { RequestAuthentication, SigningAlgorithm } from '../../sdk/http.ts';

/** Methods that exchange something for a token which runs out. */
export type Exchange = Extract<RequestAuthentication, { tokenUrl: string }>;
export type Minted = Extract<RequestAuthentication, { type: 'minted' }>;
export interface Token {
  value: string;
  /** When to fetch the next one. */
  until: number;
}
type Fetch = typeof fetch;

const EARLY = MINUTE;
const USUAL_LIFE = 5 * MINUTE;

/** A fresh access token. Throws `SourceError` of kind `auth`, which says the OAuth error code and nothing else of the answer. */
export async function fetchToken(exchange: Exchange, send: Fetch, clock: Clock): Promise<Token> {
  const oauth = await import('openid-client');
  const issuer = new URL(exchange.tokenUrl);
  const server = { issuer: issuer.origin, token_endpoint: exchange.tokenUrl };
  const id = exchange.type === 'jwt-bearer' ? exchange.claims.iss : exchange.clientId;
  try {
    const client = new oauth.Configuration(server, id, {}, await clientAuthentication(exchange, oauth));
    client[oauth.customFetch] = send as never;
    if (issuer.protocol === 'http:') oauth.allowInsecureRequests(client);
    const answer = await grant(exchange, client, oauth, clock);
    const life = answer.expires_in === undefined ? USUAL_LIFE : answer.expires_in * SECOND;
    return { value: answer.access_token, until: clock() + untilRenewal(life) };
  } catch (problem) {
    throw refused(exchange, problem);
  }
}

/** A token that a vendor's own library fetched. Its errors are its own. */
export async function mintToken({ mint }: Minted, send: Fetch, clock: Clock): Promise<Token> {
  const { token, expiresAt } = await mint(send);
  const now = clock();
  // A clock that goes wrong must not make us fetch one after the other.
  const life = Math.max(expiresAt - now, 2 * EARLY);
  return { value: token.reveal(), until: now + untilRenewal(life) };
}

/** Early enough to be in time, and never so early that a short life is renewed at once. */
const untilRenewal = (life: number): number => Math.max(life - EARLY, life / 2);

type OAuth = typeof import('openid-client');

async function clientAuthentication(exchange: Exchange, oauth: OAuth) {
  if (exchange.type === 'jwt-bearer' || exchange.client === 'public') return oauth.None();
  const { client } = exchange;
  if ('secret' in client) {
    const secret = client.secret.reveal();
    return client.in === 'header' ? oauth.ClientSecretBasic(secret) : oauth.ClientSecretPost(secret);
  }
  const key = await signingKey(client.key, client.algorithm);
  const { keyId, certificateThumbprint } = client;
  return oauth.PrivateKeyJwt(keyId === undefined ? key : { key, kid: keyId }, {
    [oauth.modifyAssertion]: (header, claims) => {
      // Entra and Okta take the address of the endpoint and nothing else (RFC 7523 §3).
      claims['aud'] = exchange.tokenUrl;
      if (certificateThumbprint !== undefined) header['x5t#S256'] = certificateThumbprint;
    },
  });
}

async function grant(exchange: Exchange, client: InstanceType<OAuth['Configuration']>, oauth: OAuth, clock: Clock) {
  if (exchange.type === 'jwt-bearer') {
    const assertion = await statement(exchange, clock);
    return oauth.genericGrantRequest(client, 'urn:ietf:params:oauth:grant-type:jwt-bearer', { assertion });
  }
  const scope = exchange.scope === undefined ? {} : { scope: exchange.scope };
  if (exchange.type === 'password') {
    const { username, password } = exchange;
    return oauth.genericGrantRequest(client, 'password', { username, password: password.reveal(), ...scope });
  }
  if (exchange.type === 'refresh-token') {
    return oauth.refreshTokenGrant(client, exchange.refreshToken.reveal(), scope);
  }
  return oauth.clientCredentialsGrant(client, { ...scope, ...exchange.parameters });
}

async function statement(exchange: Extract<Exchange, { type: 'jwt-bearer' }>, clock: Clock): Promise<string> {
  const { SignJWT } = await import('jose');
  const { iss, sub, aud, ...rest } = exchange.claims;
  const now = Math.floor(clock() / SECOND);
  const header = { alg: exchange.algorithm, typ: 'JWT', ...(exchange.keyId !== undefined && { kid: exchange.keyId }) };
  const signed = new SignJWT(rest).setProtectedHeader(header).setIssuer(iss).setSubject(sub).setAudience(aud);
  return signed
    .setIssuedAt(now)
    .setExpirationTime(now + 600)
    .sign(await signingKey(exchange.key, exchange.algorithm));
}

/** Algorithms of JWS as the Web Cryptography API names them (RFC 7518 §3.1). */
const signing = {
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  PS256: { name: 'RSA-PSS', hash: 'SHA-256' },
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
} as const satisfies Record<SigningAlgorithm, object>;

/** Reads PKCS #8 as well as the older PKCS #1 and SEC 1 forms. */
async function signingKey(key: Secret, algorithm: SigningAlgorithm): Promise<webcrypto.CryptoKey> {
  try {
    return createPrivateKey(key.reveal()).toCryptoKey(signing[algorithm], false, ['sign']);
  } catch {
    // The message of the parser may quote the key.
    throw new SourceError('config', `the private key cannot be read as a PEM key for ${algorithm}`);
  }
}

/** What to look at, by OAuth error code: RFC 6749 §5.2, RFC 9449 §5 and 8, and what Microsoft and DocuSign add. */
const advice: Readonly<Record<string, string>> = {
  invalid_client: 'the client id is wrong, or its secret or key is wrong or has expired',
  invalid_grant: 'what it signs in with is wrong, was revoked or has expired',
  invalid_request: 'the settings of this source do not fit this server',
  invalid_scope: 'something that it asks for was not granted to it',
  unauthorized_client: 'there is no such application, or it may not sign in in this way',
  consent_required: 'the account has to agree to this application once',
  invalid_dpop_proof: 'switch proof of possession (DPoP) off for this application',
  use_dpop_nonce: 'switch proof of possession (DPoP) off for this application',
};
const passing: ReadonlySet<string> = new Set(['temporarily_unavailable', 'server_error']);

/** OAuth error codes are a closed vocabulary (RFC 6749 §5.2); descriptions are not, and may quote what was sent. */
function refused(exchange: Exchange, problem: unknown): SourceError {
  // The library wraps what our own connection throws.
  for (let at = problem; at instanceof Error; at = at.cause) if (at instanceof SourceError) return at;
  const code =
    problem instanceof Error &&
    'error' in problem &&
    typeof problem.error === 'string' &&
    /^(?=.{1,40}$)[a-z]+(?:_[a-z]+)*$/.test(problem.error)
      ? problem.error
      : undefined;
  const host = new URL(exchange.tokenUrl).host;
  if (code === undefined)
    return new SourceError(
      'transient',
      `${host} gave no token: it cannot be reached, or its answer cannot be understood`,
    );
  const todo = advice[code];
  const kind = passing.has(code) ? 'transient' : 'auth';
  return new SourceError(kind, `${host} gave no token (${code})${todo === undefined ? '' : `: ${todo}`}`);
}
