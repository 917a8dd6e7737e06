import * as fc from 'fast-check';
import { createTask } from 'node-cron';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../core/time.ts';
import { calendarOf } from './ticks.ts';
import { processorTime } from '../../test/helpers/processor-time.ts';

const utc = (cron: string, timezone = 'UTC') => ({ cron, timezone, jitterMs: 0 });
const at = (text: string): number => Date.parse(text);

describe('the last tick', () => {
  test.each([
    ['every day', utc('0 3 * * *'), '2026-11-19T00:00Z', '2026-11-21T02:59Z', '2026-11-20T03:00Z'],
    ['now itself', utc('0 3 * * *'), '2026-11-20T03:00Z', '2026-11-21T03:00Z', '2026-11-21T03:00Z'],
    ['of a month', utc('30 6 1 * *'), '2026-10-15T00:00Z', '2026-11-21T00:00Z', '2026-11-01T06:30Z'],
    ['of a working day', utc('0 3 * * 1-5'), '2026-11-01T00:00Z', '2026-11-22T12:00Z', '2026-11-20T03:00Z'],
    ['the last of a month', utc('0 0 L * *'), '2026-01-01T00:00Z', '2026-11-21T00:00Z', '2026-10-31T00:00Z'],
    ['to the second', utc('*/10 * * * * *'), '2026-11-21T00:00Z', '2026-11-21T08:00:29Z', '2026-11-21T08:00:20Z'],
    ['by nickname', utc('@daily'), '2026-11-19T00:00Z', '2026-11-21T12:00Z', '2026-11-21T00:00Z'],
    ['in Zurich', utc('0 3 * * *', 'Europe/Zurich'), '2026-11-19T00:00Z', '2026-11-21T12:00Z', '2026-11-21T02:00Z'],
    ['in Nepal', utc('0 3 * * *', 'Asia/Kathmandu'), '2026-11-19T00:00Z', '2026-11-21T12:00Z', '2026-11-20T21:15Z'],
  ])('%s', (_what, schedule, since, now, tick) => {
    expect(calendarOf(schedule).last(at(since), at(now))).toBe(at(tick));
  });

  test('that was made use of is not told again', () => {
    expect(calendarOf(utc('0 3 * * *')).last(at('2026-11-21T03:00:00Z'), at('2026-11-21T12:00Z'))).toBeUndefined();
    expect(calendarOf(utc('0 3 * * *')).last(at('2026-11-21T02:59:59Z'), at('2026-11-21T12:00Z'))).toBeDefined();
  });

  test('is what node-cron would have called', () => {
    const field = (most: number) => fc.oneof(fc.constant('*'), fc.integer({ min: 0, max: most }).map(String));
    const zone = fc.constantFrom('UTC', 'Europe/Zurich', 'America/St_Johns', 'Asia/Kathmandu');
    const moment = fc.integer({ min: 0, max: 2 * DAY });
    fc.assert(
      fc.property(field(59), field(23), zone, moment, moment, (minute, hour, timezone, from, length) => {
        const since = at('2026-11-20T00:00Z') + from;
        const now = since + length;
        const task = createTask(`${minute} ${hour} * * *`, () => undefined, { timezone });
        let expected = Math.floor(now / MINUTE) * MINUTE;
        while (expected > since && !task.match(new Date(expected))) expected -= MINUTE;
        void task.destroy();
        const found = calendarOf({ cron: `${minute} ${hour} * * *`, timezone, jitterMs: 0 }).last(since, now);
        expect(found).toBe(expected > since ? expected : undefined);
      }),
      { numRuns: 20 },
    );
  });

  test('of a long while ago is found before anybody grows tired', async () => {
    const schedule = utc('0 3 1 9 *');
    const last = () => calendarOf(schedule).last(at('2026-01-01T00:00Z'), at('2026-11-21T00:00Z'));
    expect(await processorTime(last)).toBeLessThan(5 * SECOND);
    expect(last()).toBe(at('2026-09-01T03:00Z'));
    expect(calendarOf(schedule).last(at('2026-11-21T00:00Z') - HOUR, at('2026-11-21T00:00Z'))).toBeUndefined();
  });
});

describe('in nights in which clocks change', () => {
  const zoned = (cron: string, timezone: string) => ({ cron, timezone, jitterMs: 0 });
  const ticksBetween = (cron: string, timezone: string, from: string, to: string): string[] => {
    const calendar = calendarOf(zoned(cron, timezone));
    const ticks: string[] = [];
    for (let tick = calendar.next(at(from)); tick !== undefined && tick < at(to);) {
      ticks.push(new Date(tick).toISOString().slice(5, 16));
      tick = calendar.next(tick);
    }
    return ticks;
  };

  test.each([
    ['left out', '30 2 * * *', 'Europe/Berlin', '03-28', '03-31', ['03-28T01:30', '03-29T01:00', '03-30T00:30']],
    ['twice', '30 2 * * *', 'Europe/Berlin', '10-24', '10-27', ['10-24T00:30', '10-25T00:30', '10-26T01:30']],
    [
      'left out, west',
      '15 2 * * *',
      'America/New_York',
      '03-07',
      '03-10',
      ['03-07T07:15', '03-08T07:00', '03-09T06:15'],
    ],
    ['twice, west', '15 1 * * *', 'America/New_York', '10-31', '11-03', ['10-31T05:15', '11-01T05:15', '11-02T06:15']],
    [
      'left out at midnight',
      '0 0 * * *',
      'Africa/Cairo',
      '04-23',
      '04-26',
      ['04-23T22:00', '04-24T21:00', '04-25T21:00'],
    ],
    [
      'half left out',
      '*/10 2 * * *',
      'Australia/Lord_Howe',
      '10-03T15:00Z',
      '10-03T17:00Z',
      ['10-03T15:30', '10-03T15:40', '10-03T15:50'],
    ],
    [
      'left out, on a day of the week',
      '30 2 * * 0',
      'Europe/Berlin',
      '03-20',
      '04-06',
      ['03-22T01:30', '03-29T01:00', '04-05T00:30'],
    ],
    ['left out, on the wrong day', '30 2 * * 1', 'Europe/Berlin', '03-25', '04-01', ['03-30T00:30']],
    ['left out but for its end', '0,30 2,3 * * *', 'Europe/Berlin', '03-29', '03-30', ['03-29T01:00', '03-29T01:30']],
    [
      'left out, of every hour',
      '15 * * * *',
      'Europe/Berlin',
      '03-29',
      '03-29T03:00Z',
      ['03-29T00:15', '03-29T01:15', '03-29T02:15'],
    ],
    [
      'twice, of every hour',
      '15 * * * *',
      'Europe/Berlin',
      '10-25',
      '10-25T03:00Z',
      ['10-25T00:15', '10-25T01:15', '10-25T02:15'],
    ],
  ])('an hour that is %s: %s in %s', (_what, cron, zone, from, to, ticks) => {
    const day = (text: string): string => `2026-${text.length > 5 ? text : `${text}T00:00Z`}`;
    expect(ticksBetween(cron, zone, day(from), day(to))).toEqual(ticks);
  });

  const zones = ['Europe/Berlin', 'America/New_York', 'America/St_Johns', 'Africa/Cairo', 'Australia/Lord_Howe'];
  test.each([...zones, 'Antarctica/Troll', 'America/Santiago', 'Asia/Kathmandu', 'UTC'])(
    'what is due every day is due once on each day of the year in %s',
    (zone) => {
      const dayOf = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 3 }), (minute, hour) => {
          const calendar = calendarOf(zoned(`${minute} ${hour} * * *`, zone));
          const days: string[] = [];
          let before = at('2026-01-01T12:00Z');
          for (let tick = calendar.next(before); tick !== undefined && tick < at('2027-01-01T12:00Z');) {
            days.push(dayOf.format(tick));
            // Whoever looks back finds the same, and nothing in between.
            expect(calendar.last(before, tick)).toBe(tick);
            expect(calendar.last(before, tick - 1)).toBeUndefined();
            before = tick;
            tick = calendar.next(tick);
          }
          expect([days.length, new Set(days).size]).toEqual([365, 365]);
        }),
        { numRuns: 2 },
      );
    },
  );
});

describe('the next tick', () => {
  test.each([
    ['of today', '0 3 * * *', '2026-11-21T02:59:59Z', '2026-11-21T03:00Z'],
    ['after this one', '0 3 * * *', '2026-11-21T03:00Z', '2026-11-22T03:00Z'],
    ['to the second', '*/10 * * * * *', '2026-11-21T08:00:20Z', '2026-11-21T08:00:30Z'],
    ['in years', '0 0 29 2 *', '2096-03-01T00:00Z', '2104-02-29T00:00Z'],
  ])('%s', (_what, cron, now, tick) => {
    expect(calendarOf(utc(cron)).next(at(now))).toBe(at(tick));
  });
});
