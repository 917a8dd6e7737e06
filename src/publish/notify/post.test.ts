import { describe, expect, test } from 'vitest';
import { post, type Sent } from './post.ts';

interface Answer {
  status?: number;
  headers?: { [name: string]: string };
  fails?: Error;
}

/** Posts to a receiver that gives these answers in turn. */
async function posted(...answers: Answer[]): Promise<{ sent: Sent; asked: number; waited: number[] }> {
  const waited: number[] = [];
  let asked = 0;
  const sent = await post('https://x.example/', '{}', () => ({}), {
    request: async () => {
      const { status = 200, headers = {}, fails } = answers[asked++] ?? {};
      if (fails !== undefined) throw fails;
      return { status, headers: new Headers(headers) };
    },
    wait: async (ms) => void waited.push(ms),
    stopped: () => false,
    random: () => 0.5,
  });
  return { sent, asked, waited };
}

describe('a message', () => {
  test.each([200, 204])('has arrived with %i', async (status) => {
    expect(await posted({ status })).toEqual({ sent: { done: true }, asked: 1, waited: [] });
  });

  test.each([500, 502, 503, 408, 429])('is sent again after %i', async (status) => {
    expect(await posted({ status }, { status })).toEqual({ sent: { done: true }, asked: 3, waited: [1_000, 5_000] });
  });

  test('is given up for now after three attempts', async () => {
    const { sent, asked } = await posted({ status: 500 }, { status: 500 }, { status: 503 });
    expect(asked).toBe(3);
    expect(sent).toEqual({ done: false, because: 'the receiver is in trouble (503)' });
  });

  test.each([
    [301, 'somewhere else (301)'],
    [400, 'does not take the message (400)'],
    [401, 'refuses (401)'],
    [403, 'refuses (403)'],
    [404, 'nobody receives at that address (404)'],
    [410, 'wants nothing more (410)'],
  ])('is not sent again after %i', async (status, because) => {
    const { sent, asked } = await posted({ status });
    expect(asked).toBe(1);
    expect(sent).toMatchObject({ done: false, because: expect.stringContaining(because) });
  });

  test('waits as long as it is asked to, within reason', async () => {
    const after = (value: string): Answer => ({ status: 429, headers: { 'retry-after': value } });
    expect((await posted(after('7'), after('86400'))).waited).toEqual([7_000, 30_000]);
    expect((await posted(after('Wed, 21 Oct 2026 07:28:00 GMT'))).waited).toEqual([1_000]);
  });

  test('that meets no receiver names the code, and never what was said', async () => {
    const fails = new TypeError('fetch failed for https://x.example/token', {
      cause: Object.assign(new Error('connect to token'), { code: 'ECONNREFUSED' }),
    });
    const { sent, asked } = await posted({ fails }, { fails }, { fails });
    expect(asked).toBe(3);
    expect(sent).toEqual({
      done: false,
      because: 'the receiver cannot be reached (ECONNREFUSED); check address, proxy and network',
    });
    const late = new DOMException('token', 'TimeoutError');
    expect((await posted({ fails: late }, { fails: late }, { fails: late })).sent).toMatchObject({
      because: 'the receiver did not answer in time',
    });
  });
});
