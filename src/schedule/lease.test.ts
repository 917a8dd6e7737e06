import { describe, expect, test } from 'vitest';
import { manualTime, memoryLeases } from '../../test/helpers/leases.ts';
import { DAY, MINUTE, SECOND } from '../core/time.ts';
import { hold, LEASE } from './lease.ts';

function setup() {
  const time = manualTime();
  const leases = memoryLeases();
  const as = (holder: string, more: Partial<typeof leases> = {}) => ({
    leases: { ...leases, ...more },
    clock: time.now,
    timers: time,
    holder,
  });
  return { time, leases, as };
}

describe('holding a lease', () => {
  test('keeps others out for as long as it takes, and no longer', async () => {
    const { time, as } = setup();
    const held = await hold('scan', as('a'));
    await time.pass(10 * LEASE);
    expect(await hold('scan', as('b'))).toBeUndefined();
    expect(held?.lost.aborted).toBe(false);
    await held?.release();
    expect(time.repeating()).toBe(0);
    expect(await hold('scan', as('b'))).toBeDefined();
  });

  test('ends by itself when the process is gone', async () => {
    const { time, leases, as } = setup();
    await leases.take('scan', 'killed', time.now(), LEASE);
    await time.pass(LEASE - 1);
    expect(await hold('scan', as('b'))).toBeUndefined();
    await time.pass(1);
    expect(await hold('scan', as('b'))).toBeDefined();
  });

  test('is told when somebody else has taken it', async () => {
    const { time, leases, as } = setup();
    const held = await hold('scan', as('a'));
    await leases.release('scan', 'a');
    await leases.take('scan', 'b', time.now(), LEASE);
    await time.pass(10 * SECOND);
    expect(held?.lost.aborted).toBe(true);
    await held?.release();
    expect(await leases.holder('scan', time.now())).toMatchObject({ holder: 'b' });
  });

  test('outlives a database that is busy for a while, but not for longer than it lasts', async () => {
    const { time, as } = setup();
    let busy = true;
    const renew: ReturnType<typeof memoryLeases>['renew'] = async () => {
      if (busy) throw new Error('locked');
      return true;
    };
    const held = await hold('scan', as('a', { renew }));
    await time.pass(50 * SECOND);
    busy = false;
    await time.pass(10 * SECOND);
    expect(held?.lost.aborted).toBe(false);
    busy = true;
    await time.pass(MINUTE);
    expect(held?.lost.aborted).toBe(true);
  });

  test('outlives a database that is busy with what it guards', async () => {
    const { time, leases, as } = setup();
    const renew = () => Promise.reject(new Error('locked'));
    const held = await hold('scan', as('a', { renew }));
    for (let minute = 0; minute < 5; minute += 1) {
      await leases.renew('scan', 'a', time.now(), LEASE);
      await time.pass(MINUTE - SECOND);
    }
    expect(held?.lost.aborted).toBe(false);
    await time.pass(MINUTE);
    expect(held?.lost.aborted).toBe(true);
  });

  test('that a wrong clock has taken for years does not hold for years', async () => {
    const { time, leases, as } = setup();
    await leases.take('scan', 'killed', time.now() + 365 * DAY, LEASE);
    expect(await hold('scan', as('b'))).toBeDefined();
  });

  test('is given back as soon as the database lets it', async () => {
    const { time, leases, as } = setup();
    let refusals = 3;
    const release: typeof leases.release = async (name, holder) => {
      if (refusals-- > 0) throw new Error('locked');
      await leases.release(name, holder);
    };
    const held = await hold('scan', as('a', { release }));
    const given = held?.release();
    await time.pass(SECOND);
    await given;
    expect(await leases.holder('scan', time.now())).toBeUndefined();
  });
});
