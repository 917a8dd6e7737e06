import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openPlatform, type Platform } from '../../src/collect/http/client.ts';
import { operation, Secret, type Remote, type SigningAlgorithm } from '../../src/sdk/index.ts';

const RESOURCE = 'https://things.acme.example';
const keys = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const strangers = generateKeyPairSync('rsa', { modulusLength: 2_048 });

const listThings = operation('GET /things', z.object({ things: z.array(z.string()), scope: z.string() }));

describe('a real OpenID provider', () => {
  let issuer: Server;
  let resource: Server;
  let provider: Provider;

  beforeAll(async () => {
    issuer = await listening(createServer((request, response) => void provider.callback()(request, response)));
    provider = providerAt(addressOf(issuer));
    resource = await listening(
      createServer((request, response) => {
        void allowed(provider, request).then((scope) => {
          response.writeHead(scope === undefined ? 401 : 200, { 'content-type': 'application/json' });
          response.end(JSON.stringify(scope === undefined ? { error: 'no' } : { things: ['a', 'b'], scope }));
        });
      }),
    );
  });
  afterAll(() => {
    for (const server of [issuer, resource]) {
      server.closeAllConnections();
      server.close();
    }
  });

  const reading = (key: KeyObject, more: Signing = {}): Promise<Platform> =>
    openPlatform(
      remoteTo(addressOf(resource), `${addressOf(issuer)}/token`, key, more),
      undefined,
      {},
      { clock: Date.now, signal: new AbortController().signal, random: () => 0, pause: async () => {} },
    );

  test('gives a token to whoever signs with the key of the client, and the resource takes it', async () => {
    const platform = await reading(keys.privateKey, { keyId: 'rollcall-1' });
    const { body } = await platform.asking([listThings]).read(listThings);
    expect(body).toEqual({ things: ['a', 'b'], scope: 'things:read' });
    await platform.close();
  });

  test('takes the algorithm that is registered for the client, and no other', async () => {
    const things = async (more: Signing): Promise<unknown> => {
      const platform = await reading(keys.privateKey, more);
      try {
        return (await platform.asking([listThings]).read(listThings)).status;
      } catch (error) {
        return error;
      } finally {
        await platform.close();
      }
    };
    expect(await things({ clientId: 'rollcall-pss', algorithm: 'PS256', certificateThumbprint: 'x' })).toBe(200);
    expect(await things({ clientId: 'rollcall-pss', algorithm: 'RS256' })).toMatchObject({ kind: 'auth' });
    expect(await things({ algorithm: 'PS256' })).toMatchObject({ kind: 'auth' });
  });

  test('gives one token for many requests', async () => {
    let issued = 0;
    provider.on('grant.success', () => (issued += 1));
    const platform = await reading(keys.privateKey);
    const http = platform.asking([listThings]);
    await Promise.all(Array.from({ length: 5 }, () => http.read(listThings)));
    expect(issued).toBe(1);
    await platform.close();
  });

  test('refuses another key, and the refusal says neither key nor statement', async () => {
    const platform = await reading(strangers.privateKey, { keyId: 'rollcall-1' });
    const problem: unknown = await platform
      .asking([listThings])
      .read(listThings)
      .catch((error: unknown) => error);
    expect(problem).toMatchObject({ kind: 'auth' });
    expect((problem as Error).message).toBe(
      `${new URL(addressOf(issuer)).host} gave no token (invalid_client): the client id is wrong, or its secret or key is wrong or has expired`,
    );
    await platform.close();
  });
});

/** What a test may have otherwise in how the client proves itself. */
interface Signing {
  clientId?: string;
  algorithm?: SigningAlgorithm;
  keyId?: string;
  certificateThumbprint?: string;
}

/** A client that is known by its public key, and by nothing but this algorithm. */
const client = (id: string, algorithm: SigningAlgorithm, more: { kid?: string } = {}) => ({
  client_id: id,
  grant_types: ['client_credentials'],
  redirect_uris: [],
  response_types: [],
  token_endpoint_auth_method: 'private_key_jwt' as const,
  token_endpoint_auth_signing_alg: algorithm,
  jwks: { keys: [{ ...keys.publicKey.export({ format: 'jwk' }), ...more, use: 'sig', alg: algorithm }] },
});

/** A provider that knows two clients. */
function providerAt(issuer: string): Provider {
  return new Provider(issuer, {
    clients: [client('rollcall', 'RS256', { kid: 'rollcall-1' }), client('rollcall-pss', 'PS256')],
    scopes: ['things:read'],
    jwks: { keys: [{ ...keys.privateKey.export({ format: 'jwk' }), use: 'sig' }] },
    ttl: { ClientCredentials: 600 },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        getResourceServerInfo: () => ({ scope: 'things:read', audience: RESOURCE, accessTokenFormat: 'opaque' }),
      },
    },
  });
}

function remoteTo(
  api: string,
  tokenUrl: string,
  key: KeyObject,
  { clientId = 'rollcall', ...more }: Signing,
): Remote<unknown> {
  const pem = new Secret(key.export({ type: 'pkcs8', format: 'pem' }).toString());
  return {
    origins: () => ({ api }),
    authenticate: () => ({
      type: 'client-credentials',
      tokenUrl,
      clientId,
      client: { key: pem, algorithm: 'RS256', ...more },
      scope: 'things:read',
    }),
    limits: [{ requests: 1_000, per: 1_000 }],
    operations: [],
  };
}

/** The scope of the token that a request carries, as the provider knows it; undefined for none that it gave. */
async function allowed(provider: Provider, request: IncomingMessage): Promise<string | undefined> {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const found = token === undefined ? undefined : await provider.ClientCredentials.find(token);
  return found?.aud === RESOURCE && found.clientId.startsWith('rollcall') ? found.scope : undefined;
}

async function listening(server: Server): Promise<Server> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return server;
}

const addressOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
