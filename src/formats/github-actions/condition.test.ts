import { expect, test } from 'vitest';
import { always } from './condition.ts';

test.each<[string, boolean]>([
  ['asks', true],
  ['${{ asks }}', true],
  ['other', false],
  ['other && asks', true],
  ['asks || other', false],
  ['asks || asks', true],
  ['(other && asks) || (asks)', true],
  ['(other && asks) || (other && other)', false],
  ['asks && (other || other)', true],
  ['other && (asks || other)', false],
  ["other == 'a || b' && asks", true],
  ["contains('it''s (', asks) || other", false],
  ['fn(other, asks)', true],
  ['(other || asks) && (asks || other)', false],
  ['(((asks', true],
  ['', false],
  [`${'('.repeat(100_000)}asks`, true],
  [`${'('.repeat(2_000)}asks${')'.repeat(2_000)}`, true],
])('%s: %s', (condition, expected) => {
  expect(always(condition, /asks/)).toBe(expected);
});
