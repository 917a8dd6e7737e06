import { gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { platforms } from '../../../test/helpers/opened.ts';
import type { VendorAnswer } from '../../../test/helpers/vendor.ts';
import { Secret } from '../../core/secret.ts';
import { operation, type RequestAuthentication } from '../../sdk/http.ts';

const platformOf = platforms();
const ok: VendorAnswer = { json: { name: 'A thing' } };
const thing = operation('GET /things/{id}', z.object({ name: z.string() }));
const ask = { params: { id: 'a' } };
const refreshed =
  (tokenPath = '/token') =>
  (origin: string): RequestAuthentication => ({
    type: 'refresh-token',
    tokenUrl: `${origin}${tokenPath}`,
    clientId: 'us',
    client: 'public',
    refreshToken: new Secret('r'),
  });
const token = (value: string, life: number | undefined = 3600): VendorAnswer => ({
  json: { access_token: value, token_type: 'Bearer', expires_in: life },
});

describe('a credential', () => {
  test('goes to no address that has another scheme than the one that is configured', async () => {
    const at = await platformOf({
      answer: () => ok,
      remote: {
        origins: () => ({ api: 'https://api.vendor.example' }),
        locate: async () => ({ account: 'http://api.vendor.example' }),
      },
    });
    await expect(at.platform.locate()).rejects.toMatchObject({ kind: 'config' });
  });

  test.each(['https://me:pw@api.vendor.example', 'ftp://api.vendor.example', 'no address'])(
    'an address like %s is refused before anything is sent, and not quoted',
    async (address) => {
      const opened = platformOf({ answer: () => ok, remote: { origins: () => ({ api: address }) } });
      const problem = await opened.catch((error: unknown) => error as Error);
      expect(problem).toMatchObject({ kind: 'config' });
      expect((problem as Error).message).not.toContain('pw');
    },
  );

  test('a library that mints a token reaches declared origins alone', async () => {
    const at = await platformOf({
      answer: () => ok,
      authentication: {
        type: 'minted',
        mint: async (send) => {
          await send('https://elsewhere.example/token', { headers: { authorization: 'key' } });
          return { token: new Secret('t'), expiresAt: 0 };
        },
      },
    });
    await expect(at.platform.asking([thing]).read(thing, ask)).rejects.toMatchObject({ kind: 'bug' });
  });
});

describe('tokens', () => {
  test('that live for no time at all are used once each, not fetched for ever', async () => {
    const at = await platformOf({
      answer: ({ path }, n) => (n > 40 ? 'reset' : path === '/token' ? token(`t${n}`, 0) : ok),
      authentication: refreshed(),
    });
    await at.platform.asking([thing]).read(thing, ask);
    expect(at.server.requests.length).toBeLessThan(4);
  });

  test('that have run out are fetched once for all who wait', async () => {
    let now = 0;
    const at = await platformOf({
      answer: ({ path }, n) => (path === '/token' ? token(`t${n}`) : ok),
      authentication: refreshed(),
      now: () => now,
    });
    const http = at.platform.asking([thing]);
    await http.read(thing, ask);
    now = 3_600_000;
    await Promise.all([1, 2, 3, 4].map(() => http.read(thing, ask)));
    expect(at.server.requests.filter(({ path }) => path === '/token')).toHaveLength(2);
  });

  test('that are revoked are fetched once for all who were refused', async () => {
    let valid = 'Bearer t1';
    let tokens = 0;
    let arrived = 0;
    const late = Promise.withResolvers<void>();
    const at = await platformOf({
      answer: async ({ path, headers }) => {
        if (path === '/token') return token(`t${(tokens += 1)}`);
        const good = headers.get('authorization') === valid;
        // One refusal comes long after the others: by then there is a new token.
        if (!good && (arrived += 1) === 4) await late.promise;
        if (good && arrived > 0) late.resolve();
        return good ? ok : { status: 401, json: {} };
      },
      authentication: refreshed(),
    });
    const http = at.platform.asking([thing]);
    await http.read(thing, ask);
    valid = 'Bearer t2';
    await Promise.all([1, 2, 3, 4].map(() => http.read(thing, ask)));
    expect(tokens).toBe(2);
  });

  test('an endpoint for tokens that is down is not asked four times four times', async () => {
    const at = await platformOf({ answer: () => 'reset', authentication: refreshed() });
    await expect(at.platform.asking([thing]).read(thing, ask)).rejects.toMatchObject({ kind: 'transient' });
    expect(at.server.requests).toHaveLength(4);
  });

  test('a refusal that is followed by silence is not asked again four times four times', async () => {
    const at = await platformOf({
      answer: ({ path, headers }, n) =>
        path === '/token'
          ? token(`t${n}`)
          : headers.get('authorization') === 'Bearer t1'
            ? { status: 401, json: {} }
            : { status: 503 },
      authentication: refreshed(),
    });
    await expect(at.platform.asking([thing]).read(thing, ask)).rejects.toMatchObject({ kind: 'transient' });
    expect(at.server.requests.length).toBeLessThanOrEqual(1 + 1 + 1 + 4);
  });
});

describe('an answer', () => {
  test('403 that says to slow down is that, whatever 403 means otherwise', async () => {
    const plan = operation('GET /things/{id}', z.unknown(), { means: { 403: 'not-licensed' } });
    const at = await platformOf({ answer: () => ({ status: 403, headers: { 'retry-after': '3600' }, json: {} }) });
    await expect(at.platform.asking([plan]).read(plan, ask)).rejects.toMatchObject({ kind: 'rate-limited' });
  });

  test('404 that stands for a smaller plan may stand for fewer rights, and says so', async () => {
    const plan = operation('GET /things/{id}', z.unknown(), { means: { 402: 'not-licensed', 404: 'not-licensed' } });
    for (const [status, ends] of [
      [404, 'does not include it, or this credential may not see it'],
      [402, 'does not include it'],
    ] as const) {
      const at = await platformOf({ answer: () => ({ status, json: {} }) });
      const message = expect.stringMatching(new RegExp(`${ends}$`)) as string;
      await expect(at.platform.asking([plan]).read(plan, ask)).rejects.toMatchObject({ kind: 'not-licensed', message });
    }
  });

  test('403 with no calls left is to slow down too', async () => {
    const headers = { 'x-ratelimit-remaining': '0' };
    const at = await platformOf({ answer: () => ({ status: 403, headers, json: {} }) });
    await expect(at.platform.asking([thing]).read(thing, ask)).rejects.toMatchObject({ kind: 'rate-limited' });
  });

  test('that names a time which has passed is waited for no longer than chance says', async () => {
    const headers = { date: 'Mon, 01 Jun 2026 08:00:10 GMT', 'retry-after': 'Mon, 01 Jun 2026 08:00:00 GMT' };
    const at = await platformOf({ answer: (_, n) => (n === 1 ? { status: 503, headers } : ok) });
    await at.platform.asking([thing]).read(thing, ask);
    expect(at.pauses).toEqual([500]);
  });

  test('304 to a question that was no condition is none', async () => {
    const at = await platformOf({ answer: () => ({ status: 304 }) });
    await expect(at.platform.asking([thing]).read(thing, ask)).rejects.toMatchObject({ kind: 'schema' });
  });

  test('who leaves nothing to spare stops those who already wait in line', async () => {
    const headers = { 'x-ratelimit-remaining': '5', 'x-ratelimit-reset': '3600' };
    const at = await platformOf({
      answer: () => ({ ...ok, headers }),
      remote: { limits: [{ requests: 1_000, per: 1_000, keepFree: 5, concurrency: 1 }] },
    });
    const http = at.platform.asking([thing]);
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => http.read(thing, ask)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(at.server.requests).toHaveLength(1);
  });
});

describe('a scan that is stopped', () => {
  test('lets nobody wait in line', async () => {
    const stop = new AbortController();
    const at = await platformOf({
      answer: () => ok,
      remote: { limits: [{ requests: 1, per: 60_000 }] },
      ports: { signal: stop.signal },
    });
    const http = at.platform.asking([thing]);
    await http.read(thing, ask);
    const waiting = http.read(thing, ask);
    stop.abort();
    await expect(waiting).rejects.toThrow();
  }, 1_000);
});

test('closing ends what is still under way', async () => {
  const at = await platformOf({ answer: () => 'silence' });
  const ended = expect(at.platform.asking([thing]).read(thing, ask)).rejects.toThrow();
  await vi.waitFor(() => expect(at.server.requests).toHaveLength(1));
  await at.platform.close();
  await ended;
}, 1_000);

describe('a login that fails', () => {
  const failing = async (answer: VendorAnswer | 'reset'): Promise<Error> => {
    const at = await platformOf({ answer: () => answer, authentication: refreshed() });
    return at.platform
      .asking([thing])
      .read(thing, ask)
      .then(() => new Error('it worked'))
      .catch((error: unknown) => error as Error);
  };

  test('says why, as every other request does', async () => {
    const elsewhere = { status: 307, headers: { location: 'https://evil.example/' } };
    expect(await failing(elsewhere)).toMatchObject({ kind: 'config' });
    expect((await failing('reset')).message).toContain('the connection was cut');
  });

  test('quotes a code of OAuth, and nothing that only looks like one', async () => {
    const canary = 'CaNaRy0fASecretThatIsAllW0rdCharacters';
    expect((await failing({ status: 400, json: { error: canary } })).message).not.toContain(canary);
  });
});

describe('a body', () => {
  test('that is packed small is not read beyond the limit', async () => {
    const bomb = Buffer.alloc(40 * 1024 * 1024);
    const at = await platformOf({ answer: () => ({ headers: { 'content-encoding': 'gzip' }, bytes: gzipSync(bomb) }) });
    await expect(at.platform.asking([thing]).read(thing, ask)).rejects.toMatchObject({ kind: 'unreadable' });
  });
});
