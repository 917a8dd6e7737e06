import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { platforms, type Opened } from '../../../test/helpers/opened.ts';
import { serve, type VendorAnswer } from '../../../test/helpers/vendor.ts';
import { Secret } from '../../core/secret.ts';
import { operation, type Ask, type Operation, type Remote } from '../../sdk/http.ts';

const thing = operation('GET /things/{id}', z.object({ name: z.string() }));
const search = operation('POST /search', z.object({ found: z.array(z.string()) }));

const platformOf = platforms();

const ok: VendorAnswer = { json: { name: 'A thing', secret: 'dropped' } };
const read = ({ platform }: Opened, ask: Ask = { params: { id: 'a' } }, of: Operation = thing) =>
  platform.asking([thing, search]).read(of, ask);

describe('a request', () => {
  test('fills the route, keeps declared fields alone, and proves who asks', async () => {
    const at = await platformOf({ answer: () => ok, authentication: { type: 'token', token: new Secret('t0p') } });
    expect((await read(at, { params: { id: 'a/../b c' }, query: { tag: ['x', 'y'], none: undefined } })).body).toEqual({
      name: 'A thing',
    });
    const [{ path, query, headers } = at.server.requests[0]!] = at.server.requests;
    expect(path).toBe('/things/a%2F..%2Fb%20c');
    expect(query.getAll('tag')).toEqual(['x', 'y']);
    expect(headers.get('authorization')).toBe('Bearer t0p');
  });

  test('whose parameter is only dots cannot climb to another path', async () => {
    const at = await platformOf({ answer: () => ok });
    await expect(read(at, { params: { id: '..' } })).rejects.toThrow('does not declare');
    expect(at.server.requests).toEqual([]);
  });

  test('that is not declared is never sent', async () => {
    const at = await platformOf({ answer: () => ok });
    const http = at.platform.asking([thing]);
    await expect(http.read(search, { json: {} })).rejects.toMatchObject({ kind: 'bug' });
    await expect(http.fetch(`${at.server.origin}/things/a`, { method: 'DELETE' })).rejects.toMatchObject({
      kind: 'bug',
    });
    await expect(http.fetch('https://elsewhere.example/things/a')).rejects.toThrow('elsewhere.example');
    expect(at.server.requests).toEqual([]);
  });

  test('through a client library passes the same guard', async () => {
    const at = await platformOf({ answer: () => ok });
    const answer = await at.platform.asking([thing]).fetch(`${at.server.origin}/things/a?x=1`);
    expect(await answer.json()).toEqual(ok.json);
  });

  test('to several origins goes to the one that it names', async () => {
    const elsewhere = await serve({ settings: () => ({}), env: {}, answer: () => ({ json: { name: 'There' } }) });
    onTestFinished(() => elsewhere.close());
    const at = await platformOf({
      answer: () => ok,
      remote: { origins: () => ({ api: 'http://127.0.0.1:1', admin: elsewhere.origin }) },
    });
    const there = operation('GET /there', z.object({ name: z.string() }), { origin: 'admin' });
    expect((await at.platform.asking([there]).read(there)).body.name).toBe('There');
  });
});

describe('an answer', () => {
  test('that redirects is followed on its own host, and nowhere else', async () => {
    const at = await platformOf({
      answer: ({ path }) =>
        path === '/moved'
          ? ok
          : { status: 301, headers: { location: path === '/things/out' ? 'https://evil.example/x' : '/moved' } },
      authentication: { type: 'token', token: new Secret('t') },
    });
    expect((await read(at)).body).toEqual({ name: 'A thing' });
    await expect(read(at, { params: { id: 'out' } })).rejects.toThrow('evil.example; credentials are not sent there');
  });

  test('that is too large is not read to its end', async () => {
    const at = await platformOf({ answer: () => ({ text: 'x'.repeat(33 * 1024 * 1024) }) });
    await expect(read(at)).rejects.toMatchObject({ kind: 'unreadable' });
  });

  test.each([
    [401, 'auth', 1],
    [402, 'not-licensed', 1],
    [403, 'permission', 1],
    [404, 'not-found', 1],
    [418, 'schema', 1],
    [408, 'transient', 4],
    [503, 'transient', 4],
    [429, 'rate-limited', 6],
  ] as const)('%i means %s, after %i tries, and is not quoted', async (status, kind, tries) => {
    const at = await platformOf({ answer: () => ({ status, json: { message: 'canary' } }) });
    const problem = await read(at).catch((error: unknown) => error as Error);
    expect(problem).toMatchObject({ kind, status });
    expect((problem as Error).message).toContain(`GET /things/{id} answered ${status}`);
    expect((problem as Error).message).not.toContain('canary');
    expect(at.server.requests).toHaveLength(tries);
  });

  test('that refuses the request as such is not told as an odd answer', async () => {
    const at = await platformOf({ answer: () => ({ status: 400, json: { message: 'canary' } }) });
    await expect(read(at)).rejects.toThrow('answered 400: the platform does not take the request: it may have changed');
  });

  test('with Retry-After is waited for, unless that takes too long', async () => {
    const soon = await platformOf({
      answer: (_, n) => (n === 1 ? { status: 429, headers: { 'retry-after': '7' } } : ok),
    });
    await read(soon);
    expect(soon.pauses).toEqual([7_500]);
    const late = await platformOf({ answer: () => ({ status: 429, headers: { 'retry-after': '3600' } }) });
    await expect(read(late)).rejects.toMatchObject({ kind: 'rate-limited', retryAfterMs: 3_600_000 });
    expect(late.server.requests).toHaveLength(1);
  });

  test('a date in Retry-After is measured by the clock of the platform', async () => {
    const headers = { date: 'Mon, 01 Jun 2026 08:00:00 GMT', 'retry-after': 'Mon, 01 Jun 2026 08:00:10 GMT' };
    const at = await platformOf({ answer: (_, n) => (n === 1 ? { status: 503, headers } : ok) });
    await read(at);
    expect(at.pauses).toEqual([10_500]);
  });

  test('that leaves no more than the customer needs stops us until the limit is reset', async () => {
    let now = 2_000_000_000_000;
    const reset = String(now / 1_000 + 60);
    const at = await platformOf({
      answer: () => ({ ...ok, headers: { 'x-ratelimit-remaining': '5', 'x-ratelimit-reset': reset } }),
      now: () => now,
    });
    await read(at);
    expect(at.pauses).toEqual([]);
    await read(at);
    expect(at.pauses).toEqual([60_000]);
    now -= 3_600_000;
    await expect(read(at)).rejects.toMatchObject({ kind: 'rate-limited' });
  });

  test.each([
    ['reset', 'transient', 'the connection was cut'],
    ['silence', 'transient', 'no answer within'],
    [{ headers: { 'content-type': 'text/html' }, text: '<html>' }, 'schema', 'a web page came'],
    [{ text: '{"name": "can' }, 'transient', 'broke off'],
    [{ json: { name: 7 } }, 'schema', '(name: invalid_type)'],
  ] as const)('%j is %s', async (sent, kind, words) => {
    const at = await platformOf({ answer: () => sent, timeoutSeconds: sent === 'silence' ? 0.05 : 60 });
    const problem = await read(at).catch((error: unknown) => error as Error);
    expect(problem).toMatchObject({ kind });
    expect((problem as Error).message).toContain(words);
  });

  test('200 with an error inside is what the connector says it is', async () => {
    const { SourceError } = await import('../../core/errors.ts');
    const at = await platformOf({
      answer: () => ({ json: { ok: false, error: 'missing_scope' } }),
      remote: {
        classify: ({ body }) =>
          (body as { ok?: boolean }).ok === false ? new SourceError('permission', 'missing_scope') : undefined,
      },
    });
    await expect(read(at)).rejects.toMatchObject({ kind: 'permission' });
  });
});

describe('addresses that only the platform knows', () => {
  const remote = (address: string): Partial<Remote<unknown>> => ({
    locate: async () => ({ account: address }),
    locatedHosts: [/(^|\.)vendor\.example$/],
  });
  test('are taken from its own hosts', async () => {
    const at = await platformOf({ answer: () => ok, remote: remote('https://eu.vendor.example/base') });
    await at.platform.locate();
  });
  test.each(['https://vendor.example.evil.example/', 'http://eu.vendor.example/'])(
    'and %s is refused',
    async (address) => {
      const at = await platformOf({ answer: () => ok, remote: remote(address) });
      await expect(at.platform.locate()).rejects.toMatchObject({ kind: 'config' });
    },
  );
});
