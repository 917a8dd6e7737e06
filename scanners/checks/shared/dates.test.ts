import { expect, test } from 'vitest';
import { knownSince, valueSince } from './dates.ts';
import { aCredential, daysAgo } from './examples.ts';
import { aPart } from './parts.ts';

test('a value dates from its last rotation, whoever did that', () => {
  const rotated = { createdAt: daysAgo(900), updatedAt: daysAgo(3), lastRotatedAt: daysAgo(30) };
  expect(valueSince(aCredential({ ...rotated, rotation: 'automatic' }))).toEqual({ at: daysAgo(30), exact: true });
});

test('a value that is made once dates from its creation, and so does one that was never rotated', () => {
  const dates = { createdAt: daysAgo(900), updatedAt: daysAgo(3) };
  const made = { at: daysAgo(900), exact: true };
  expect(valueSince(aCredential({ type: 'api-key', ...dates }))).toEqual(made);
  expect(valueSince(aCredential({ type: 'vault-entry', ...dates, lastRotatedAt: 'never' }))).toEqual(made);
});

test('a value that can be replaced is no younger than the last change, and one that a machine replaces of no age', () => {
  const entry = aCredential({ type: 'vault-entry', createdAt: daysAgo(900), updatedAt: daysAgo(3) });
  expect(valueSince(entry)).toEqual({ at: daysAgo(3), exact: false });
  expect(valueSince({ ...entry, rotation: 'automatic' })).toBeUndefined();
  expect(valueSince(aCredential({ type: 'vault-entry', createdAt: daysAgo(900) }))).toBeUndefined();
});

test('something is here since it was made; where nobody says when, since somebody had a part in it, or we saw it', () => {
  const parts = [aPart('edited-by', 'ada@acme.example', daysAgo(400)), aPart('owned-by', 'ada@acme.example')];
  expect(knownSince(aCredential({ createdAt: daysAgo(90), attributions: parts }), daysAgo(2))).toBe(daysAgo(90));
  expect(knownSince(aCredential({ attributions: parts }), daysAgo(2))).toBe(daysAgo(400));
  expect(knownSince(aCredential({ createdAt: daysAgo(1) }), daysAgo(2))).toBe(daysAgo(2));
});
