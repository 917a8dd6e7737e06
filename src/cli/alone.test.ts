import { describe, expect, test } from 'vitest';
import { manualTime, memoryLeases } from '../../test/helpers/leases.ts';
import { MINUTE, SECOND } from '../core/time.ts';
import { alone } from './alone.ts';

function setup() {
  const time = manualTime();
  const leases = memoryLeases();
  const said: string[] = [];
  const stop = new AbortController();
  const io = { err: (text: string) => void said.push(text), signal: stop.signal };
  return {
    time,
    leases,
    said,
    stop,
    io,
    app: { store: { leases, fenced: () => undefined } as never, clock: time.now },
  };
}

describe('scanning alone', () => {
  test('keeps others out until it is done, also where it fails', async () => {
    const { time, leases, app, io } = setup();
    const work = async () => {
      expect(await leases.take('scan', 'b', time.now(), MINUTE)).toBe(false);
      throw new Error('canary');
    };
    await expect(alone(app, io, work, time)).rejects.toThrow('canary');
    expect(await leases.take('scan', 'b', time.now(), MINUTE)).toBe(true);
    expect(time.repeating()).toBe(0);
  });

  test('waits for somebody else, and says so once', async () => {
    const { time, leases, app, io, said } = setup();
    await leases.take('scan', 'b', time.now(), MINUTE);
    const done = alone(app, io, async () => time.now(), time);
    await time.pass(MINUTE + SECOND);
    expect(await done).toBeGreaterThanOrEqual(1_000_000 + MINUTE);
    expect(said).toEqual(['another process scans this register: waiting for it; if it was killed, for a minute\n']);
  });

  test('does not wait for ever', async () => {
    const { time, leases, app, io, stop } = setup();
    await leases.take('scan', 'b', time.now(), MINUTE);
    const done = alone(app, io, async () => 'scanned', time).catch((problem: unknown) => String(problem));
    await time.pass(SECOND);
    stop.abort();
    expect(await done).toContain('stopped while another process was scanning');
  });
});
