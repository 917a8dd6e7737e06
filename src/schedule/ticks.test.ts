import * as fc from 'fast-check';
import { createTask } from 'node-cron';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../core/time.ts';
import { lastTick } from './ticks.ts';

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
    expect(lastTick(schedule, at(since), at(now))).toBe(at(tick));
  });

  test('that was made use of is not told again', () => {
    expect(lastTick(utc('0 3 * * *'), at('2026-11-21T03:00:00Z'), at('2026-11-21T12:00Z'))).toBeUndefined();
    expect(lastTick(utc('0 3 * * *'), at('2026-11-21T02:59:59Z'), at('2026-11-21T12:00Z'))).toBeDefined();
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
        const found = lastTick({ cron: `${minute} ${hour} * * *`, timezone, jitterMs: 0 }, since, now);
        expect(found).toBe(expected > since ? expected : undefined);
      }),
      { numRuns: 20 },
    );
  });

  test('of a long while ago is found before anybody grows tired', () => {
    const schedule = utc('0 3 1 9 *');
    const began = performance.now();
    expect(lastTick(schedule, at('2026-01-01T00:00Z'), at('2026-11-21T00:00Z'))).toBe(at('2026-09-01T03:00Z'));
    expect(performance.now() - began).toBeLessThan(5 * SECOND);
    expect(lastTick(schedule, at('2026-11-21T00:00Z') - HOUR, at('2026-11-21T00:00Z'))).toBeUndefined();
  });
});
