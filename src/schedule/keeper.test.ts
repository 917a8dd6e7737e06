import { describe, expect, test } from 'vitest';
import { manualTime, memoryLeases, settled } from '../../test/helpers/leases.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../core/time.ts';
import { keeper, missed, type KeeperPorts } from './keeper.ts';

/** Processes on one register: scans take ten seconds, and everything is written down. */
function register() {
  const time = manualTime();
  const leases = memoryLeases();
  const read = new Map<string, number>();
  const told: string[] = [];
  let scanning = 0;
  const process = (holder: string, more: Partial<KeeperPorts> = {}) =>
    keeper({
      leases,
      clock: time.now,
      timers: time,
      holder,
      lastRead: async () => new Map(read),
      scan: async (sources, signal) => {
        const began = time.now();
        scanning += 1;
        if (scanning > 1) told.push('two at once');
        told.push(`${holder} ${[...sources].join('+')}`);
        await time.pause(10 * SECOND, signal);
        scanning -= 1;
        if (signal.aborted) told.push(`${holder} stopped`);
        else for (const source of sources) read.set(source, began);
        return !signal.aborted;
      },
      waiting: () => told.push(`${holder} waits`),
      troubled: () => told.push(`${holder} in trouble`),
      ...more,
    });
  return { time, leases, read, told, process };
}

describe('what is due', () => {
  test('is read, what comes due meanwhile afterwards and together', async () => {
    const { time, told, process } = register();
    const keep = process('a');
    keep.due('x', time.now());
    await time.pass(SECOND);
    keep.due('y', time.now());
    keep.due('z', time.now());
    keep.due('y', time.now());
    await time.pass(HOUR);
    expect(told).toEqual(['a x', 'a y+z']);
    await keep.idle();
  });

  test('of two processes is read by one, and never at once', async () => {
    const { time, told, process } = register();
    const [a, b] = [process('a'), process('b')];
    a.due('x', time.now());
    b.due('x', time.now());
    await time.pass(HOUR);
    expect(told).toEqual(['a x', 'b waits']);
    const later = time.now();
    b.due('x', later);
    a.due('x', later);
    await time.pass(HOUR);
    expect(told.slice(2)).toEqual(['b x', 'a waits']);
  });

  test('of two processes that are always late is read by both in turn', async () => {
    const { time, told, process } = register();
    const [a, b] = [process('a'), process('b')];
    for (let second = 0; second < 60; second += 1) {
      a.due('x', time.now());
      b.due('y', time.now());
      await time.pass(SECOND);
    }
    expect(told.filter((line) => !line.endsWith('waits')).slice(0, 4)).toEqual(['a x', 'b y', 'a x', 'b y']);
    await Promise.all([a.stop(), b.stop()]);
  });

  test('is read although a clock that was wrong has dated its last read ahead', async () => {
    const { time, read, told, process } = register();
    read.set('x', time.now() + 365 * DAY);
    process('a').due('x', time.now());
    await time.pass(MINUTE);
    expect(told).toEqual(['a x']);
  });

  test('is taken over when the process that began has been killed', async () => {
    const { time, leases, told, process } = register();
    await leases.take('scan', 'killed', time.now(), 60 * SECOND);
    const keep = process('b');
    keep.due('x', time.now());
    await time.pass(59 * SECOND);
    expect(told).toEqual(['b waits']);
    await time.pass(2 * SECOND);
    expect(told).toEqual(['b waits', 'b x']);
    await keep.stop();
  });

  test('waits for a database in trouble', async () => {
    const { time, told, process } = register();
    let trouble = 2;
    const lastRead = async () => {
      if (trouble-- > 0) throw new Error('locked');
      return new Map<string, number>();
    };
    const keep = process('a', { lastRead });
    keep.due('x', time.now());
    await time.pass(HOUR);
    expect(told).toEqual(['a in trouble', 'a x']);
  });
});

describe('stopping', () => {
  test('asks the scan to end, takes nothing more, and gives the lease back', async () => {
    const { time, leases, told, process } = register();
    const keep = process('a');
    keep.due('x', time.now());
    await time.pass(SECOND);
    keep.due('y', time.now());
    expect(await keep.stop()).toEqual(['y', 'x']);
    keep.due('z', time.now());
    await time.pass(HOUR);
    expect(told).toEqual(['a x', 'a stopped']);
    expect(await leases.holder('scan', time.now())).toBeUndefined();
  });

  test('does not wait for somebody else', async () => {
    const { time, leases, told, process } = register();
    await leases.take('scan', 'b', time.now(), MINUTE);
    const keep = process('a');
    keep.due('x', time.now());
    await settled();
    expect(await keep.stop()).toEqual(['x']);
    expect(told).toEqual(['a waits']);
  });

  test('follows from a lease that was lost', async () => {
    const { time, leases, told, process } = register();
    const keep = process('a');
    keep.due('x', time.now());
    await time.pass(SECOND);
    await leases.release('scan', 'a');
    await leases.take('scan', 'b', time.now(), MINUTE);
    await time.pass(10 * SECOND);
    expect(told).toEqual(['a x', 'a stopped']);
    await keep.stop();
  });

  test('by others leaves what was due to be read afterwards, unless they have read it', async () => {
    const { time, leases, read, told, process } = register();
    const keep = process('a');
    for (const source of ['x', 'y']) keep.due(source, time.now());
    await time.pass(SECOND);
    await leases.release('scan', 'a');
    await leases.take('scan', 'b', time.now(), MINUTE);
    read.set('y', time.now());
    await time.pass(10 * SECOND);
    await leases.release('scan', 'b');
    await time.pass(MINUTE);
    expect(told).toEqual(['a x+y', 'a stopped', 'a x']);
    expect(await keep.stop()).toEqual([]);
  });
});

describe('what was missed', () => {
  const daily = { cron: '0 3 * * *', timezone: 'UTC', jitterMs: 0 };
  const now = Date.UTC(2026, 10, 21, 12);

  test('is made up once, however often it was missed', () => {
    const read = new Map([['x', now - 9 * DAY]]);
    expect(missed([{ id: 'x', schedule: daily }], read, now)).toEqual([{ id: 'x', since: now - 9 * HOUR }]);
  });

  test('is nothing when the source has been read since', () => {
    expect(missed([{ id: 'x', schedule: daily }], new Map([['x', now - HOUR]]), now)).toEqual([]);
  });

  test('is everything of a source that a wrong clock dated ahead', () => {
    expect(missed([{ id: 'x', schedule: daily }], new Map([['x', now + DAY]]), now)).toEqual([{ id: 'x', since: now }]);
  });

  test('is everything of a source that was never read', () => {
    expect(missed([{ id: 'x', schedule: daily }], new Map(), now)).toEqual([{ id: 'x', since: now }]);
  });
});
