import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { secretReader } from './read-secret.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

test('the environment', async () => {
  const read = secretReader({ TOKEN: 'value' });
  expect((await read({ scheme: 'env', place: 'TOKEN' })).reveal()).toBe('value');
  await expect(read({ scheme: 'env', place: 'OTHER' })).rejects.toMatchObject({
    kind: 'config',
    message: 'env:OTHER is empty or not set',
  });
});

test('a file, without its last line break', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-secret-'));
  writeFileSync(join(folder, 'key'), 'line one\nline two\n');
  const read = secretReader({});
  expect((await read({ scheme: 'file', place: join(folder, 'key') })).reveal()).toBe('line one\nline two');
  await expect(read({ scheme: 'file', place: join(folder, 'none') })).rejects.toThrow('no such file');
  rmSync(folder, { recursive: true });
});

describe('Vault', () => {
  const vault = async (answers: Readonly<Record<string, [number, unknown]>>): Promise<Record<string, string>> => {
    server = createServer((request, response) => {
      const known =
        request.headers['x-vault-token'] === 'root'
          ? answers[request.url ?? '']
          : ([403, { errors: ['canary'] }] as const);
      const [status, body] = known ?? [404, {}];
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((ready) => server?.listen(0, '127.0.0.1', ready));
    return { VAULT_ADDR: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, VAULT_TOKEN: 'root' };
  };

  test('a KV store of either version', async () => {
    const env = await vault({
      '/v1/kv/old': [200, { data: { key: 'one' } }],
      '/v1/secret/data/new': [200, { data: { data: { key: 'two' } } }],
    });
    const read = secretReader(env);
    expect((await read({ scheme: 'vault', place: 'kv/old#key' })).reveal()).toBe('one');
    expect((await read({ scheme: 'vault', place: 'secret/new#key' })).reveal()).toBe('two');
  });

  test('says what is wrong, and quotes no answer', async () => {
    const env = await vault({ '/v1/kv/old': [200, { data: { key: 'canary' } }] });
    const problem = async (place: string, with_: Record<string, string> = env) =>
      secretReader(with_)({ scheme: 'vault', place }).catch((error: unknown) => (error as Error).message);
    expect(await problem('kv/none#key')).toBe('vault:kv/none#key cannot be read: Vault has nothing at this path');
    expect(await problem('kv/old#other')).toBe('vault:kv/old#other is empty or not set');
    expect(await problem('kv/old')).toContain('which key?');
    expect(await problem('kv/old#key', { ...env, VAULT_TOKEN: 'wrong' })).toBe(
      'vault:kv/old#key cannot be read: Vault answered 403',
    );
    expect(await problem('kv/old#key', {})).toContain('VAULT_ADDR');
  });
});
