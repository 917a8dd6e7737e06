import { expect, test } from 'vitest';
import { observation } from '../../test/helpers/in-store.ts';
import { findingAsOf } from './as-of.ts';
import type { Finding, FindingEvent } from './finding.ts';
import { opened } from './lifecycle.ts';

const today: Finding = {
  ...observation('k', { severity: 'high', owner: 'person:ann' }),
  ...opened(1, 's', 'high').next,
  lastRun: 1,
  assignee: 'person:bo',
};
const event = (seq: number, type: FindingEvent['type'], note: string | null): FindingEvent => ({
  finding: today.id,
  seq,
  at: seq,
  type,
  actor: 'scan',
  note,
});

test('what an older program did not note is told as it is today, and never as nobody’s', () => {
  expect(findingAsOf(today, [event(1, 'opened', null)], 1)).toMatchObject({ severity: 'high', owner: 'person:ann' });
  expect(findingAsOf(today, [event(1, 'opened', 'low, owner nobody')], 1)).not.toHaveProperty('owner');
});

test('whom it was given to is known by name, from the day on which that was said', () => {
  const events = [event(1, 'opened', 'low, owner nobody'), event(3, 'assigned', 'to Bo Keeper, she knows it')];
  expect(findingAsOf(today, events, 2)?.assignee).toBeUndefined();
  expect(findingAsOf(today, events, 3)?.assignee).toBe('name:Bo Keeper');
});
