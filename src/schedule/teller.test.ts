import { describe, expect, test } from 'vitest';
import { manualTime, memoryLeases } from '../../test/helpers/leases.ts';
import { HOUR, MINUTE, SECOND } from '../core/time.ts';
import { teller } from './teller.ts';

/** Processes on one register: telling takes ten seconds, unless it is stopped. */
function register() {
  const time = manualTime();
  const leases = memoryLeases();
  const told: string[] = [];
  const process = (holder: string) =>
    teller<number>({
      leases,
      clock: time.now,
      timers: time,
      holder,
      tell: async (scan, signal) => {
        told.push(`${holder} ${scan}`);
        await time.pause(10 * SECOND, signal);
        if (signal.aborted) told.push(`${holder} stopped`);
      },
      waiting: (problem) => told.push(`${holder} waits${problem instanceof Error ? `: ${problem.message}` : ''}`),
    });
  return { time, leases, told, process };
}

describe('telling', () => {
  test('keeps nobody waiting; what comes meanwhile is told together, from the first of it on', async () => {
    const { time, told, process } = register();
    const letters = process('a');
    for (const scan of [1, 2, 3]) {
      letters.after(scan);
      await time.pass(SECOND);
    }
    expect(told).toEqual(['a 1']);
    await time.pass(HOUR);
    await letters.idle();
    expect(told).toEqual(['a 1', 'a 2']);
  });

  test('is done by one process at a time, and leaves scanning to others', async () => {
    const { time, leases, told, process } = register();
    const [a, b] = [process('a'), process('b')];
    a.after(1);
    await time.pass(SECOND);
    b.after(2);
    expect(await leases.take('scan', 'b', time.now(), MINUTE)).toBe(true);
    await time.pass(5 * SECOND);
    expect(told).toEqual(['a 1']);
    await time.pass(MINUTE);
    expect(told).toEqual(['a 1', 'b 2']);
  });

  test('says once that it has to wait, when that takes longer than usual', async () => {
    const { time, leases, told, process } = register();
    const letters = process('a');
    const taken = async (forMs: number) => leases.take('tell', 'b', time.now(), forMs);
    await taken(50 * SECOND);
    letters.after(1);
    await time.pass(2 * MINUTE);
    expect(told).toEqual(['a 1']);
    for (const scan of [2, 3]) {
      for (let minute = 0; minute < 5; minute += 1) {
        await taken(MINUTE + SECOND);
        letters.after(scan);
        await time.pass(MINUTE);
      }
      await time.pass(MINUTE);
    }
    expect(told).toEqual(['a 1', 'a waits', 'a 2', 'a waits', 'a 3']);
  });

  test('says why, when the register cannot be asked', async () => {
    const { time, leases, told, process } = register();
    const asked = leases.holder;
    leases.holder = () => Promise.reject(new Error('disk I/O error'));
    const letters = process('a');
    letters.after(1);
    await time.pass(5 * MINUTE);
    expect(told).toEqual(['a waits: disk I/O error']);
    leases.holder = asked;
    await time.pass(MINUTE);
    expect(told).toEqual(['a waits: disk I/O error', 'a 1']);
  });

  test('ends with the message in hand when it is stopped, and gives the lease back', async () => {
    const { time, leases, told, process } = register();
    const letters = process('a');
    letters.after(1);
    await time.pass(SECOND);
    letters.after(2);
    await letters.stop();
    expect(told).toEqual(['a 1', 'a stopped']);
    expect(await leases.holder('tell', time.now())).toBeUndefined();
  });
});
