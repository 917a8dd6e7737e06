import { expect, test } from 'vitest';
import type { AnyRecord, RecordOf, Relation, Kind } from '../../../src/sdk/index.ts';
import {
  accessOf,
  circumstancesOf,
  inProduction,
  isLive,
  runs,
  widelyShared,
  workflowCircumstances,
} from './circumstances.ts';
import { aConnection, aCredential, anEndpoint, anIdentity, aWorkflow } from './examples.ts';

/** A context in which the subject uses these. */
const using = (...records: readonly AnyRecord[]) => ({
  environment: 'unknown' as const,
  out: <K extends Kind>(rel: Relation, kind: K) =>
    (rel === 'uses' ? records.filter((record) => record.kind === kind) : []) as RecordOf<K>[],
});

test('what is drafted or archived does not run', () => {
  expect((['active', 'inactive', 'draft', 'archived'] as const).map(runs)).toEqual([true, false, false, false]);
  expect([runs('unknown'), runs(undefined)]).toEqual([undefined, undefined]);
});

test('an environment that nobody knows is neither production nor anything else', () => {
  expect(inProduction('production')).toBe(true);
  expect(inProduction('test')).toBe(false);
  expect(inProduction('unknown')).toBeUndefined();
});

test('shared with everybody in the organisation, or in the world', () => {
  expect((['everyone', 'public', 'some', 'private'] as const).map((reach) => widelyShared({ reach }))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(widelyShared(undefined)).toBeUndefined();
});

test('what is in use is told by state, by status, or not at all', () => {
  expect(isLive(aWorkflow({ state: 'draft' }))).toBe(false);
  expect(isLive(anEndpoint({ state: 'active' }))).toBe(true);
  expect(isLive(anEndpoint())).toBeUndefined();
  expect(isLive(anIdentity({ status: 'disabled' }))).toBe(false);
  expect(isLive(aCredential({ status: 'unknown' }))).toBeUndefined();
  expect(isLive(aConnection({ status: 'active' }))).toBe(true);
  expect(isLive(aConnection({ status: 'expired' }))).toBe(false);
  // What fails today may work tomorrow.
  expect(isLive(aConnection({ status: 'error' }))).toBeUndefined();
});

test('a workflow has what it was given; a secret in its own text is no access that somebody gave it', () => {
  const given = [aConnection(), aCredential(), anIdentity()];
  expect(accessOf(using(...given, aCredential({ id: 'text', store: 'literal' })))).toEqual(given);
});

test('a workflow is as privileged as what it can use, and all others as they are themselves', () => {
  const admin = anIdentity({ admin: true });
  expect(circumstancesOf(aWorkflow(), using(admin)).privileged).toBe(true);
  expect(workflowCircumstances(aWorkflow({ permissions: ['write-all'] }), using()).privileged).toBe(true);
  expect(circumstancesOf(anIdentity(), using(admin)).privileged).toBeUndefined();
  expect(circumstancesOf(anIdentity({ sharedWith: { reach: 'everyone' } }), using()).exposed).toBe(true);
});
