import { describe, expect, test } from 'vitest';
import { SourceError } from '../../core/errors.ts';
import { MINUTE, SECOND } from '../../core/time.ts';
import { patiently, type Patience } from './patience.ts';

/** Tries something that never works, and says how long it waited each time. */
async function waits(problem: SourceError, more: Partial<Patience> = {}): Promise<number[]> {
  const pauses: number[] = [];
  const pause = async (ms: number): Promise<void> => void pauses.push(ms);
  const { signal } = new AbortController();
  const attempt = (): Promise<never> => Promise.reject(problem);
  const patience = { clock: () => 0, signal, random: () => 0.5, pause, ...more };
  await expect(patiently(attempt, patience)).rejects.toBe(problem);
  return pauses;
}

const transient = new SourceError('transient', 'cut');
const slowed = new SourceError('rate-limited', 'slow down');
const slowedFor = (retryAfterMs: number) => new SourceError('rate-limited', 'slow down', { retryAfterMs });

describe('a request that failed', () => {
  test('is tried again with growing pauses, and not when it can go no better', async () => {
    expect(await waits(transient)).toEqual([1, 2, 4].map((seconds) => seconds * SECOND));
    expect(await waits(new SourceError('permission', 'no'))).toEqual([]);
  });

  test('waits as long as the platform says, or is left for the next scan', async () => {
    expect(await waits(slowedFor(7 * SECOND))).toEqual(Array(5).fill(7.5 * SECOND));
    expect(await waits(slowedFor(2 * MINUTE))).toHaveLength(5);
    expect(await waits(slowedFor(2 * MINUTE + 1))).toEqual([]);
  });
});

describe('where the same request again is penalised', () => {
  const enterprise = { repeatAfter: MINUTE };
  const others = { repeatAfter: 10 * MINUTE };

  test('it is not sent again sooner', async () => {
    expect(await waits(transient, enterprise)).toEqual([MINUTE, MINUTE, MINUTE]);
    expect(await waits(slowed, enterprise)).toEqual(Array(5).fill(MINUTE));
  });

  test('it is not sent again at all when that is too long to wait', async () => {
    expect(await waits(transient, others)).toEqual([]);
    expect(await waits(slowed, others)).toEqual([]);
  });

  test('the platform’s own word on when counts more', async () => {
    expect(await waits(slowedFor(20 * SECOND), others)).toEqual(Array(5).fill(20.5 * SECOND));
  });
});
