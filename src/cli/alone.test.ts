import { describe, expect, test } from 'vitest';
import { manualTime, memoryLeases } from '../../test/helpers/leases.ts';
import type { Progress } from '../core/ports.ts';
import { MINUTE, SECOND } from '../core/time.ts';
import { alone } from './alone.ts';

const silent: Progress = { stage: () => undefined, stream: () => undefined, count: () => undefined };

function setup() {
  const time = manualTime();
  const leases = memoryLeases();
  const said: string[] = [];
  const stop = new AbortController();
  const io = { err: (text: string) => void said.push(text), signal: stop.signal };
  return { time, leases, said, stop, io, app: { store: { leases } as never, clock: time.now } };
}

describe('scanning alone', () => {
  test('keeps others out until it is done, also where it fails', async () => {
    const { time, leases, app, io } = setup();
    const work = async () => {
      expect(await leases.take('scan', 'b', time.now(), MINUTE)).toBe(false);
      throw new Error('canary');
    };
    await expect(alone(app, silent, io, work, time)).rejects.toThrow('canary');
    expect(await leases.take('scan', 'b', time.now(), MINUTE)).toBe(true);
    expect(time.repeating()).toBe(0);
  });

  test('waits for somebody else, and says so once', async () => {
    const { time, leases, app, io, said } = setup();
    await leases.take('scan', 'b', time.now(), MINUTE);
    const done = alone(app, silent, io, async () => time.now(), time);
    await time.pass(MINUTE + SECOND);
    expect(await done).toBeGreaterThanOrEqual(1_000_000 + MINUTE);
    expect(said).toEqual(['another process scans this register: waiting for it; if it was killed, for a minute\n']);
  });

  test('does not wait for ever', async () => {
    const { time, leases, app, io, stop } = setup();
    await leases.take('scan', 'b', time.now(), MINUTE);
    const done = alone(app, silent, io, async () => 'scanned', time).catch((problem: unknown) => String(problem));
    await time.pass(SECOND);
    stop.abort();
    expect(await done).toContain('stopped while another process was scanning');
  });

  test('holds on while it is so busy that no timer comes to its turn', async () => {
    const { time, leases, app, io } = setup();
    let late = 0;
    const clock = (): number => time.now() + late;
    const work = async ({ progress }: { progress: Progress }) => {
      for (; late < 5 * MINUTE; late += 10 * SECOND) {
        progress.count('assess', 1);
        await Promise.resolve();
      }
      return leases.take('scan', 'b', clock(), MINUTE);
    };
    expect(await alone({ ...app, clock }, silent, io, work, time)).toBe(false);
  });
});
