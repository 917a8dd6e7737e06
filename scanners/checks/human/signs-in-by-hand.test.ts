import { expect, test } from 'vitest';
import { daysAgo } from '../shared/examples.ts';
import type { Person } from '../../../src/sdk/index.ts';
import { runExample, severityOf } from '../../../src/sdk/testing.ts';
import { signsInByHand } from './signs-in-by-hand.ts';

const user: Person = {
  kind: 'person',
  id: '2',
  name: 'Envelope service',
  status: 'active',
  type: 'service',
  lastInteractiveAt: daysAgo(3),
};

// No examples of the check: a person of whom no type is told is one of flesh and blood, and nothing is asked.
test.each<[string, Partial<Person>, string]>([
  ['a service user', {}, 'high'],
  ['a service user who administers production', { admin: true, environment: 'production' }, 'critical'],
  ['a bot’s user who may be off', { type: 'bot', status: 'unknown' }, 'medium'],
])('fires: %s', (name, fields, severity) => {
  const verdicts = runExample(signsInByHand, { name, subject: { ...user, ...fields } });
  expect(verdicts.map((verdict) => verdict.is === 'fail' && severityOf(signsInByHand, verdict))).toEqual([severity]);
});
