import { readFileSync, writeFileSync } from 'node:fs';
import { createServer as plainServer, type Server } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { seeded } from '../../scanners/secrets/samples.ts';
import { openPlatform } from '../../src/collect/http/client.ts';
import type { Network } from '../../src/collect/http/network.ts';
import { operation } from '../../src/sdk/http.ts';
import { authority, hasOpenssl, type Authority, type Certified } from '../helpers/certificates.ts';
import { proxy, type Proxy } from '../helpers/proxy.ts';

if (!hasOpenssl) console.log('openssl is not installed: certificates and proxies are not tried (see .ci/run)');

const thing = operation('GET /thing', z.object({ name: z.string() }));
const open: { close(): Promise<unknown> }[] = [];
const before = { ...process.env };

beforeEach(() => {
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']) {
    delete process.env[name];
    delete process.env[name.toLowerCase()];
  }
});
afterEach(async () => {
  process.env = { ...before };
  for (const each of open.splice(0).toReversed()) await each.close();
});

/** The port of a platform that knows one thing. */
async function platform(server: Server): Promise<number> {
  server.on('request', (_, response) => {
    response.setHeader('content-type', 'application/json').end('{"name": "a thing"}');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  open.push({
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  });
  return (server.address() as AddressInfo).port;
}

const overTls = (certified: Certified, more: ServerOptions = {}): Promise<number> =>
  platform(createServer({ ...certified.pem, ...more }));

/** Only who shows a certificate of this authority is let in. */
function mutual({ ca }: Authority): ServerOptions {
  return { requestCert: true, rejectUnauthorized: true, ca: readFileSync(ca) };
}

async function opened(server: Promise<Proxy>): Promise<Proxy> {
  const ready = await server;
  open.push(ready);
  return ready;
}

/** What a source reads there, or why it cannot; and how often it waited to try again. */
async function read(api: string, network: Network = {}): Promise<{ name?: string; problem?: Error; pauses: number }> {
  let pauses = 0;
  try {
    const remote = {
      origins: () => ({ api }),
      authenticate: () => ({ type: 'none' as const }),
      limits: [],
      operations: [],
    };
    const ports = {
      clock: Date.now,
      signal: new AbortController().signal,
      random: () => 0,
      pause: async () => void (pauses += 1),
    };
    const way = await openPlatform(remote, undefined, network, ports);
    open.push(way);
    return { ...(await way.asking([thing]).read(thing)).body, pauses };
  } catch (problem) {
    return { problem: problem as Error, pauses };
  }
}

describe.skipIf(!hasOpenssl)('a platform with a certificate', () => {
  let home: Authority;
  let server: Certified;
  beforeAll(() => {
    home = authority();
    server = home.issue('server', { names: ['IP:127.0.0.1', 'DNS:localhost', 'DNS:platform.example'] });
  });
  afterAll(() => home.remove());

  test('of a private authority is refused, and read where network.ca has the authority', async () => {
    const api = `https://127.0.0.1:${await overTls(server)}`;
    const { problem, pauses } = await read(api);
    expect(problem).toMatchObject({ kind: 'config' });
    expect(problem?.message).toMatch(/^127\.0\.0\.1:\d+: .* unknown authority: give .* network\.ca/);
    // Nothing gets better by trying again.
    expect(pauses).toBe(0);
    expect(await read(api, { ca: home.ca })).toEqual({ name: 'a thing', pauses: 0 });
  });

  test('that signed itself is refused, and read where network.ca has it', async () => {
    const alone = home.issue('alone', { signs: 'itself' });
    const api = `https://127.0.0.1:${await overTls(alone)}`;
    expect((await read(api)).problem?.message).toMatch(/signed itself.* network\.ca/);
    expect(await read(api, { ca: alone.certificate })).toMatchObject({ name: 'a thing' });
  });

  test('that has expired is refused, whoever signed it', async () => {
    const api = `https://127.0.0.1:${await overTls(home.issue('old', { expired: true }))}`;
    const { problem, pauses } = await read(api, { ca: home.ca });
    expect(problem).toMatchObject({ kind: 'config' });
    expect(problem?.message).toMatch(/its certificate has expired: .*clock/);
    expect(pauses).toBe(0);
  });

  test('for another name is refused', async () => {
    const api = `https://127.0.0.1:${await overTls(home.issue('other', { names: ['DNS:other.example'] }))}`;
    const { problem } = await read(api, { ca: home.ca });
    expect(problem).toMatchObject({ kind: 'config' });
    expect(problem?.message).toContain('its certificate is for another name');
    expect(problem?.message).not.toContain('other.example');
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('that asks for ours over %s is read with it alone', async (version) => {
    const api = `https://127.0.0.1:${await overTls(server, { ...mutual(home), maxVersion: version })}`;
    const without = await read(api, { ca: home.ca });
    expect(without.problem?.message).toMatch(
      /a certificate of ours.*: give network\.clientCertificate and network\.clientKey/,
    );
    const { certificate, key } = home.issue('client');
    const network = { ca: home.ca, clientCertificate: certificate, clientKey: key };
    expect(await read(api, network)).toEqual({ name: 'a thing', pauses: 0 });
    const stranger = authority();
    const foreign = stranger.issue('client');
    const refused = await read(api, { ...network, clientCertificate: foreign.certificate, clientKey: foreign.key });
    stranger.remove();
    expect(refused.problem?.message).toContain('network.clientCertificate');
  });

  test.each([
    ['ca', 'is not there', /network\.ca: .*none\.pem cannot be read/],
    ['ca', 'holds no certificate', /network\.ca: .*junk\.pem holds no certificate/],
    ['clientKey', 'is the key of something else', /network\.clientCertificate and network\.clientKey do not belong/],
    ['clientKey', 'holds no key', /network\.clientCertificate and network\.clientKey/],
  ] as const)('is not asked when the file of %s %s', async (setting, what, said) => {
    const junk = join(home.folder, 'junk.pem');
    writeFileSync(junk, `not a certificate: ${seeded(3).alnum(20)}`);
    const { certificate } = home.issue('client');
    const file = what.includes('not there')
      ? join(home.folder, 'none.pem')
      : what.includes('something')
        ? server.key
        : junk;
    const network = setting === 'ca' ? { ca: file } : { clientCertificate: certificate, clientKey: file };
    const { problem, pauses } = await read('https://127.0.0.1:1', network);
    expect(problem).toMatchObject({ name: 'UsageError' });
    expect(problem?.message).toMatch(said);
    expect(inspect(problem, { depth: 9 })).not.toContain(seeded(3).alnum(20));
    expect(pauses).toBe(0);
  });

  test('is reached through the proxy of the environment, and what it says stays between us and it', async () => {
    const between = await opened(proxy());
    process.env['HTTPS_PROXY'] = `http://${between.host}`;
    const port = await overTls(server);
    expect(await read(`https://platform.example:${port}`, { ca: home.ca })).toMatchObject({ name: 'a thing' });
    expect(between.asked).toEqual([`CONNECT platform.example:${port}`]);
    // Trust is not the proxy's to give.
    expect((await read(`https://platform.example:${port}`)).problem?.message).toContain('network.ca');
  });

  test('shows its certificate to a client that has one, through a proxy too', async () => {
    const between = await opened(proxy());
    process.env['HTTPS_PROXY'] = `http://${between.host}`;
    const port = await overTls(server, mutual(home));
    const { certificate, key } = home.issue('client');
    const network = { ca: home.ca, clientCertificate: certificate, clientKey: key };
    expect(await read(`https://platform.example:${port}`, network)).toMatchObject({ name: 'a thing' });
  });

  test('that NO_PROXY names is reached directly', async () => {
    const between = await opened(proxy());
    Object.assign(process.env, { HTTPS_PROXY: `http://${between.host}`, NO_PROXY: 'other.example,127.0.0.1' });
    const port = await overTls(server);
    expect(await read(`https://127.0.0.1:${port}`, { ca: home.ca })).toMatchObject({ name: 'a thing' });
    expect(between.asked).toEqual([]);
  });

  test('behind a proxy that speaks TLS itself is reached with network.ca as well', async () => {
    const port = await overTls(server);
    const between = await opened(proxy({ tls: server.pem }));
    process.env['HTTPS_PROXY'] = `https://${between.host.replace('127.0.0.1', 'localhost')}`;
    expect(await read(`https://platform.example:${port}`, { ca: home.ca })).toMatchObject({ name: 'a thing' });
    expect(between.asked).toEqual([`CONNECT platform.example:${port}`]);
  });
});

describe('a proxy', () => {
  const password = seeded(17).alnum(24);

  test('is used for http as well', async () => {
    const between = await opened(proxy());
    process.env['HTTP_PROXY'] = `http://${between.host}`;
    const port = await platform(plainServer());
    expect(await read(`http://platform.example:${port}`)).toMatchObject({ name: 'a thing' });
    expect(between.asked).toEqual([`GET http://platform.example:${port}/thing`]);
  });

  test('gets the credentials of its address', async () => {
    const between = await opened(proxy({ credentials: `rollcall:${password}` }));
    process.env['HTTP_PROXY'] = `http://rollcall:${password}@${between.host}`;
    const port = await platform(plainServer());
    expect(await read(`http://platform.example:${port}`)).toMatchObject({ name: 'a thing' });
  });

  test.each(['http', 'https'])('that refuses them is named for %s, and they are not', async (scheme) => {
    const between = await opened(proxy({ credentials: 'rollcall:other' }));
    const address = `http://rollcall:${password}@${between.host}`;
    Object.assign(process.env, { HTTP_PROXY: address, HTTPS_PROXY: address });
    const { problem, pauses } = await read(`${scheme}://platform.example:8080`);
    expect(problem).toMatchObject({ kind: 'config' });
    expect(problem?.message).toMatch(
      /^platform\.example:8080: the proxy .*\(HTTPS_PROXY.*\(407\): check name and password/,
    );
    expect(inspect(problem, { depth: 9 })).not.toContain(password);
    expect(pauses).toBe(0);
  });

  test.each([
    ['that is not there', `http://rollcall:${password}@127.0.0.1:1`, 'transient'],
    ['whose address is none', `http//rollcall:${password}@nowhere`, 'UsageError'],
    ['of an unknown kind', `ftp://rollcall:${password}@127.0.0.1:1`, 'UsageError'],
  ])('%s is told without its credentials', async (_, address, kind) => {
    Object.assign(process.env, { HTTP_PROXY: address, HTTPS_PROXY: address });
    const { problem } = await read('http://platform.example:8080');
    expect([problem?.name, (problem as { kind?: string }).kind]).toContain(kind);
    expect(problem?.message).toContain('proxy');
    expect(inspect(problem, { depth: 9 })).not.toContain(password);
  });
});
