import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../core/secret.ts';
import { authenticator } from './authenticate.ts';
import type { Exchange } from './tokens.ts';

const tokenUrl = 'https://login.example/token';

/** A token endpoint that remembers what it was sent. */
function endpoint(answer: (number: number) => Response = (n) => token(`access-${n}`)) {
  const sent: { headers: Headers; form: URLSearchParams }[] = [];
  const send = async (_url: unknown, init?: RequestInit): Promise<Response> => {
    sent.push({
      headers: new Headers(init?.headers),
      form: new URLSearchParams(String(init?.body as URLSearchParams)),
    });
    return answer(sent.length);
  };
  return { sent, send: send as typeof fetch };
}
const token = (value: string, life = 3600): Response =>
  Response.json({ access_token: value, token_type: 'Bearer', expires_in: life });

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const keys = {
  RS256: rsa,
  PS256: rsa,
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
};
const pem = (algorithm: keyof typeof keys, type: 'pkcs8' | 'pkcs1' | 'sec1' = 'pkcs8') =>
  new Secret(keys[algorithm].privateKey.export({ type, format: 'pem' }).toString());

describe('client credentials', () => {
  test.each([
    ['body', undefined, 's3'],
    ['header', `Basic ${Buffer.from('us:s3').toString('base64')}`, null],
  ] as const)('with the secret in the %s', async (place, header, body) => {
    const { sent, send } = endpoint();
    const exchange: Exchange = {
      type: 'client-credentials',
      tokenUrl,
      clientId: 'us',
      client: { secret: new Secret('s3'), in: place },
      scope: 'read',
    };
    expect(await authenticator(exchange, send, () => 0).headers()).toEqual({ authorization: 'Bearer access-1' });
    expect(sent[0]?.headers.get('authorization') ?? undefined).toBe(header);
    expect(sent[0]?.form.get('client_secret')).toBe(body);
    expect(sent[0]?.form.get('scope')).toBe('read');
  });

  test.each([
    ['RS256', 'pkcs8'],
    ['RS256', 'pkcs1'],
    ['PS256', 'pkcs8'],
    ['PS256', 'pkcs1'],
    ['ES256', 'pkcs8'],
    ['ES256', 'sec1'],
  ] as const)('with a statement signed %s by a %s key', async (algorithm, form) => {
    const { sent, send } = endpoint();
    const client = { key: pem(algorithm, form), algorithm, keyId: 'k1' };
    await authenticator({ type: 'client-credentials', tokenUrl, clientId: 'us', client }, send, Date.now).headers();
    const assertion = sent[0]?.form.get('client_assertion') ?? '';
    expect(decodeProtectedHeader(assertion)).toMatchObject({ alg: algorithm, kid: 'k1' });
    expect((await jwtVerify(assertion, keys[algorithm].publicKey)).payload).toMatchObject({
      iss: 'us',
      sub: 'us',
      aud: tokenUrl,
    });
  });
});

test('a signed statement about a person is exchanged for a token', async () => {
  const { sent, send } = endpoint();
  const now = Date.UTC(2026, 5, 1);
  const claims = { iss: 'integration', sub: 'user-7', aud: 'account.example', scope: 'signature impersonation' };
  await authenticator(
    { type: 'jwt-bearer', tokenUrl, key: pem('RS256', 'pkcs1'), algorithm: 'RS256', claims },
    send,
    () => now,
  ).headers();
  expect(sent[0]?.form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
  expect(decodeJwt(sent[0]?.form.get('assertion') ?? '')).toEqual({
    ...claims,
    iat: now / 1000,
    exp: now / 1000 + 600,
  });
});

test('a token is fetched once for all who wait, and again when it runs out or is refused', async () => {
  const { sent, send } = endpoint();
  let now = 0;
  const exchange: Exchange = {
    type: 'refresh-token',
    tokenUrl,
    clientId: 'us',
    client: 'public',
    refreshToken: new Secret('r'),
  };
  const proof = authenticator(exchange, send, () => now);
  await Promise.all([proof.headers(), proof.headers(), proof.headers()]);
  expect(sent).toHaveLength(1);
  now = 3_599_000;
  expect(await proof.headers()).toEqual({ authorization: 'Bearer access-2' });
  proof.renew(await proof.headers());
  expect(await proof.headers()).toEqual({ authorization: 'Bearer access-3' });
});

test.each([
  ['invalid_client', 'auth', /secret or key is wrong or has expired$/],
  ['invalid_scope', 'auth', /was not granted to it$/],
  ['invalid_dpop_proof', 'auth', /\(DPoP\) off for this application$/],
  ['something_new', 'auth', /gave no token \(something_new\)$/],
  ['temporarily_unavailable', 'transient', /gave no token \(temporarily_unavailable\)$/],
])('a refusal with %s says what to look at', async (error, kind, message) => {
  const { send } = endpoint(() => Response.json({ error }, { status: 400 }));
  const client = { secret: new Secret('s'), in: 'body' } as const;
  const exchange: Exchange = { type: 'client-credentials', tokenUrl, clientId: 'us', client };
  await expect(authenticator(exchange, send, () => 0).headers()).rejects.toMatchObject({
    kind,
    message: expect.stringMatching(message) as unknown,
  });
});

test('a refusal says the OAuth code and nothing else of the answer', async () => {
  const refusing = endpoint(() =>
    Response.json({ error: 'invalid_grant', error_description: 'canary' }, { status: 400 }),
  );
  const exchange: Exchange = {
    type: 'refresh-token',
    tokenUrl,
    clientId: 'us',
    client: 'public',
    refreshToken: new Secret('r'),
  };
  await expect(authenticator(exchange, refusing.send, () => 0).headers()).rejects.toMatchObject({
    kind: 'auth',
    message: expect.stringMatching(/^login\.example gave no token \(invalid_grant\): (?!.*canary)/) as unknown,
  });
  const odd = endpoint(() => new Response('<html>canary', { status: 200 }));
  const problem = await authenticator(exchange, odd.send, () => 0)
    .headers()
    .catch((error: unknown) => error as Error);
  expect(problem).toMatchObject({ kind: 'transient' });
  expect((problem as Error).message).not.toContain('canary');
});

test('a key of another kind than the algorithm is a fault of the configuration', async () => {
  const { send } = endpoint();
  const client = { key: pem('ES256'), algorithm: 'PS256' } as const;
  await expect(
    authenticator({ type: 'client-credentials', tokenUrl, clientId: 'us', client }, send, () => 0).headers(),
  ).rejects.toMatchObject({ kind: 'config', message: 'the private key cannot be read as a PEM key for PS256' });
});

test('a key that is none is a fault of the configuration, and is not quoted', async () => {
  const { send } = endpoint();
  const client = { key: new Secret('canary'), algorithm: 'RS256' } as const;
  const problem = await authenticator({ type: 'client-credentials', tokenUrl, clientId: 'us', client }, send, () => 0)
    .headers()
    .catch((error: unknown) => error as Error);
  expect(problem).toMatchObject({ kind: 'config' });
  expect((problem as Error).message).not.toContain('canary');
});
