import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createPlainServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { seeded } from '../../scanners/secrets/samples.ts';
import { authority, hasOpenssl, type Authority } from '../helpers/certificates.ts';
import { motoServer, startMoto, type Moto } from '../helpers/moto.ts';
import { rollcall, type Ran } from '../helpers/rollcall.ts';
import { freePort } from '../helpers/servers.ts';
import { serve, type VendorServer } from '../helpers/vendor.ts';
import { vendor } from '../vendors/dropbox-sign.ts';

if (!hasOpenssl) console.log('openssl is not installed: scans over TLS are not tried');
if (motoServer === undefined) console.log('moto is not installed: secrets in AWS are not tried (see .ci/run)');

const made = vendor();
const key = made.env['DROPBOX_SIGN_KEY'] ?? '';
const nobody = await freePort();
const vaultToken = seeded(23).alnum(30);
let folder: string;
let platform: VendorServer;
const open: { close(): void }[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-secrets-'));
  platform = await serve(made);
});
afterEach(async () => {
  for (const each of open.splice(0)) each.close();
  await platform.close();
  rmSync(folder, { recursive: true });
});

type Handler = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

async function listening(server: ReturnType<typeof createPlainServer>): Promise<number> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  open.push(server);
  return (server.address() as AddressInfo).port;
}

/** A Vault that keeps our key in a store of version 2: https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2 */
const vault: Handler = ({ url, headers }, response) => {
  const here = url === '/v1/secret/data/rollcall/sign' && headers['x-vault-namespace'] === 'security';
  const allowed = headers['x-vault-token'] === vaultToken;
  const body = here ? { data: { data: { 'api-key': key }, metadata: { version: 3 } } } : { errors: [] };
  response.writeHead(allowed ? (here ? 200 : 404) : 403, { 'content-type': 'application/json' });
  response.end(JSON.stringify(allowed ? body : { errors: [`permission denied for ${key}`] }));
};

async function scanWith(apiKey: string, env: NodeJS.ProcessEnv, more: object = {}): Promise<Ran> {
  const settings = { id: 'sign', connector: 'dropbox-sign', ...made.settings(platform.origin), apiKey, ...more };
  writeFileSync(join(folder, 'rollcall.yaml'), JSON.stringify({ sources: [settings] }));
  const ran = await rollcall(['scan', '--fail-on', 'never'], { cwd: folder, env: { NO_PROXY: '127.0.0.1', ...env } });
  expect(`${ran.stdout}${ran.stderr}`).not.toContain(key);
  expect(`${ran.stdout}${ran.stderr}`).not.toContain(vaultToken);
  for (const file of readdirSync(folder))
    expect([file, readFileSync(join(folder, file)).includes(key)]).toEqual([file, false]);
  return ran;
}

const wasRead = ({ code, stderr }: Ran): unknown => [code, stderr.includes('✓ dropbox-sign:sign templates: 5 items')];

describe('a scan whose key is in Vault', () => {
  const place = 'vault:secret/rollcall/sign#api-key';
  const env = async (server = createPlainServer(vault), scheme = 'http') => ({
    VAULT_ADDR: `${scheme}://127.0.0.1:${await listening(server)}`,
    VAULT_TOKEN: vaultToken,
    VAULT_NAMESPACE: 'security',
  });

  test('reads it there, and says it nowhere', async () => {
    const ran = await scanWith(place, await env());
    expect(wasRead(ran)).toEqual([0, true]);
  });

  test.each([
    [
      'another token',
      { VAULT_TOKEN: 'other' },
      /vault:secret\/rollcall\/sign#api-key cannot be read: Vault answered 403/,
    ],
    ['another namespace', { VAULT_NAMESPACE: 'sales' }, /Vault has nothing at this path/],
    ['no Vault', { VAULT_ADDR: `http://127.0.0.1:${nobody}` }, /nobody answers at that address/],
    ['no address', { VAULT_ADDR: undefined }, /VAULT_ADDR and VAULT_TOKEN are needed/],
  ])('with %s says why not, and asks the platform nothing', async (_, change, said) => {
    const ran = await scanWith(place, { ...(await env()), ...change });
    expect(ran.stdout).toMatch(said);
    expect(platform.requests).toEqual([]);
  });

  describe.skipIf(!hasOpenssl)('behind TLS', () => {
    let [company, partner]: Authority[] = [];
    beforeAll(() => {
      [company, partner] = [authority(), authority()];
    });
    afterAll(() => {
      company?.remove();
      partner?.remove();
    });

    test('of a private authority says what to do, and is read with NODE_EXTRA_CA_CERTS; so is a platform, whatever network.ca adds', async () => {
      const certified = company!.issue('server').pem;
      const around = await env(createServer(certified, vault), 'https');
      expect((await scanWith(place, around)).stdout).toContain('NODE_EXTRA_CA_CERTS');
      expect(platform.requests).toEqual([]);
      const port = await listening(createServer(certified, forward));
      const apiUrl = made.settings(`https://127.0.0.1:${port}`);
      const trusting = { ...around, NODE_EXTRA_CA_CERTS: company!.ca };
      const ran = await scanWith(place, trusting, { ...apiUrl, apiKey: place, network: { ca: partner!.ca } });
      expect(ran.stdout).not.toContain('certificate');
      expect(wasRead(ran)).toEqual([0, true]);
    });
  });
});

/** Hands everything on to the made-up platform. */
const forward: Handler = (incoming, outgoing) => {
  const { method, url, headers } = incoming;
  const onward = request(`${platform.origin}${url}`, { method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  incoming.pipe(onward);
};

describe.skipIf(motoServer === undefined)('a scan whose key is in AWS Secrets Manager, as moto plays it', () => {
  let moto: Moto;
  let env: NodeJS.ProcessEnv;
  beforeAll(async () => {
    moto = await startMoto(motoServer ?? '');
    env = {
      AWS_ENDPOINT_URL: moto.endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'eu-west-1',
      AWS_PROFILE: undefined,
    };
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const manager = new SecretsManager({ endpoint: moto.endpoint, region: 'eu-west-1', credentials });
    await manager.createSecret({ Name: 'rollcall/plain', SecretString: key });
    await manager.createSecret({ Name: 'rollcall/fields', SecretString: JSON.stringify({ sign: key }) });
  }, 120_000);
  afterAll(() => moto?.stop());

  test.each(['aws-sm:rollcall/plain', 'aws-sm:rollcall/fields#sign'])(
    'reads %s, and says it nowhere',
    async (place) => {
      const ran = await scanWith(place, env);
      expect(wasRead(ran)).toEqual([0, true]);
    },
  );

  test.each([
    ['aws-sm:rollcall/none', {}, 'aws-sm:rollcall/none cannot be read: AWS has no secret of this name in this region'],
    ['aws-sm:rollcall/plain#sign', {}, 'it is no JSON, so it has no fields'],
    ['aws-sm:rollcall/fields#other', {}, 'aws-sm:rollcall/fields#other is empty or not set'],
    ['aws-sm:rollcall/plain', { AWS_REGION: undefined }, 'AWS_REGION'],
    ['aws-sm:rollcall/plain', { AWS_ENDPOINT_URL: `http://127.0.0.1:${nobody}` }, 'nobody answers'],
  ])('%s with %j says why not', async (place, change, said) => {
    expect((await scanWith(place, { ...env, ...change })).stdout).toContain(said);
    expect(platform.requests).toEqual([]);
  });
});
