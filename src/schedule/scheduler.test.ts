import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND, type Instant } from '../core/time.ts';
import { scheduler } from './scheduler.ts';
import { calendarOf } from './ticks.ts';
import type { Timers } from './timers.ts';

const at = (text: string): Instant => Date.parse(text);
const daily = (jitterMs = 0) => ({ cron: '30 2 * * *', timezone: 'Europe/Berlin', jitterMs });

/** Lets time pass as fast as it is waited for, until an instant; `sleeps` makes the machine miss some of it. */
async function ticksOf(
  schedule: ReturnType<typeof daily>,
  [from, to]: readonly [string, string],
  sleeps: (now: Instant, ms: number) => number = (_now, ms) => ms,
) {
  let now = at(from);
  const ticks: { due: string; called: string }[] = [];
  const done = Promise.withResolvers<void>();
  const timers: Timers = {
    pause: async (ms) => {
      // Whoever waits at the same time has a turn.
      await Promise.resolve();
      now += sleeps(now, ms);
      if (now < at(to)) return;
      ticking.stop();
      done.resolve();
    },
    repeat: () => () => undefined,
  };
  const iso = (instant: Instant): string => new Date(instant).toISOString().slice(5, 19);
  const ticking = scheduler({ clock: () => now, timers, random: () => 0.5 }).every(schedule, (due) => {
    ticks.push({ due: iso(due), called: iso(now) });
  });
  await done.promise;
  return { ticks, next: ticking.next() };
}

describe('the scheduler', () => {
  test('calls at each tick, on time, also when clocks change, and says when the next one is', async () => {
    const spring = await ticksOf(daily(), ['2026-03-28T00:00Z', '2026-03-30T12:00Z']);
    expect(spring.ticks.map(({ due }) => due)).toEqual(['03-28T01:30:00', '03-29T01:00:00', '03-30T00:30:00']);
    expect(spring.ticks.every(({ due, called }) => due === called)).toBe(true);
    expect(spring.next).toBe(at('2026-03-31T00:30Z'));
    const autumn = await ticksOf(daily(), ['2026-10-24T12:00Z', '2026-10-26T12:00Z']);
    expect(autumn.ticks.map(({ due }) => due)).toEqual(['10-25T00:30:00', '10-26T01:30:00']);
  });

  test('calls the newest of those that it slept through, within a minute', async () => {
    const asleep = [at('2026-11-20T01:00Z'), at('2026-11-22T05:00Z')] as const;
    const { ticks } = await ticksOf(daily(), ['2026-11-20T00:00Z', '2026-11-22T12:00Z'], (now, ms) =>
      now + ms > asleep[0] && now < asleep[1] ? asleep[1] - now : ms,
    );
    expect(ticks).toEqual([{ due: '11-22T01:30:00', called: '11-22T05:00:00' }]);
  });

  test('keeps time when the clock is put back', async () => {
    let back = false;
    const { ticks } = await ticksOf(daily(), ['2026-11-20T00:00Z', '2026-11-21T12:00Z'], (now, ms) => {
      if (back || now < at('2026-11-20T02:00Z')) return ms;
      back = true;
      return -HOUR;
    });
    // Whoever was read since then is not read again: the keeper looks that up.
    expect(ticks.map(({ due }) => due)).toEqual(['11-20T01:30:00', '11-20T01:30:00', '11-21T01:30:00']);
  });

  test('waits a part of the jitter, and is not waited for', async () => {
    const { ticks } = await ticksOf(daily(10 * MINUTE), ['2026-11-20T00:00Z', '2026-11-20T12:00Z']);
    expect(ticks).toHaveLength(1);
    expect(ticks[0]?.due).toBe('11-20T01:30:00');
  });

  test('calls nobody once it is stopped', async () => {
    const ticks: Instant[] = [];
    let now = at('2026-11-20T00:00Z');
    const timers: Timers = { pause: async (ms) => void (now += ms), repeat: () => () => undefined };
    const schedule = { cron: '* * * * * *', jitterMs: 10 * SECOND };
    scheduler({ clock: () => now, timers, random: () => 1 })
      .every(schedule, (due) => ticks.push(due))
      .stop();
    for (let turns = 0; turns < 20; turns += 1) await Promise.resolve();
    expect(ticks).toEqual([]);
    expect(calendarOf(schedule).last(now - HOUR, now)).toBeDefined();
  });
});
