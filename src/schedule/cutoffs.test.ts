import { expect, test } from 'vitest';
import { DAY } from '../core/time.ts';
import { cutoffs } from './cutoffs.ts';

test('history goes after so many days, or never', () => {
  const now = 1_000 * DAY;
  expect(cutoffs({ runsDays: 90, eventsDays: 'forever', goneDays: 1 }, now)).toEqual({
    runs: 910 * DAY,
    events: 0,
    gone: 999 * DAY,
  });
});
