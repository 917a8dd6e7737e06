import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { seeded } from '../../scanners/secrets/samples.ts';
import { credentialChain } from './credential-chain.ts';

const home = mkdtempSync(join(tmpdir(), 'rollcall-chain-'));
const token = join(home, 'token');
const servers: Server[] = [];
/** Hosts that the proxy was asked to lead to. */
let led: string[] = [];

const listening = async (answer: RequestListener): Promise<string> => {
  const server = createServer(answer);
  server.on('connect', ({ url = '' }, socket) => {
    led.push(url);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

beforeEach(async () => {
  led = [];
  writeFileSync(token, 'a token');
  const proxy = await listening(({ url = '' }, answer) => {
    led.push(url);
    answer.writeHead(403).end();
  });
  for (const name of [
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_PROFILE',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'NO_PROXY',
    'no_proxy',
  ])
    vi.stubEnv(name, undefined);
  for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) vi.stubEnv(name, join(home, 'none'));
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy']) vi.stubEnv(name, proxy);
});
afterEach(() => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) server.close();
});
afterEach(() => rmSync(token, { force: true }));

test('a web identity is exchanged through the proxy of the environment', async () => {
  vi.stubEnv('AWS_WEB_IDENTITY_TOKEN_FILE', token);
  vi.stubEnv('AWS_ROLE_ARN', 'arn:aws:iam::210987654321:role/rollcall');
  vi.stubEnv('AWS_REGION', undefined);
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  const asked = { callerClientConfig: { region: async () => 'eu-central-1' } };
  await expect(credentialChain()(asked)).rejects.toThrow();
  expect(led).toEqual(['sts.eu-central-1.amazonaws.com:443']);
});

test('the service of the instance is asked past the proxy', async () => {
  const secret = seeded(41).alnum(40);
  const metadata = await listening(({ method, url = '' }, answer) => {
    if (method === 'PUT') answer.end('session');
    else if (url.endsWith('/security-credentials/')) answer.end('rollcall');
    else
      answer.end(
        JSON.stringify({
          Code: 'Success',
          AccessKeyId: `ASIA${seeded(42).chars('ABCDEFGH234567', 16)}`,
          SecretAccessKey: secret,
          Token: 'session',
          Expiration: '2099-01-01T00:00:00Z',
        }),
      );
  });
  vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', metadata);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', undefined);
  expect(await credentialChain()()).toMatchObject({ secretAccessKey: secret });
  expect(led).toEqual([]);
});
