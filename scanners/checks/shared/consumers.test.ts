import { expect, test } from 'vitest';
import type { Example } from '../../../src/sdk/index.ts';
import { runExample } from '../../../src/sdk/testing.ts';
import { expiredStillAttached } from '../lifetime/expired-still-attached.ts';
import { aConnection, aCredential, anEndpoint, anIdentity, aWorkflow } from './examples.ts';
import { anyTrue } from './consumers.ts';

const attached = (links: Pick<Example<'credential', Record<string, unknown>>, 'in' | 'out'>) => {
  const subject = aCredential({ status: 'revoked' });
  const told = runExample(expiredStillAttached, { name: 'revoked', subject, ...links });
  return told.flatMap((verdict) => (verdict.is === 'fail' ? verdict.evidence.map(({ fact }) => fact) : [])).slice(1);
};

test.each([aWorkflow(), anIdentity(), aConnection(), anEndpoint()])('$kind: what uses it leans on it', (record) => {
  expect(attached({ in: [{ rel: 'uses', record }] })).toEqual([`attached to ${record.kind}`]);
});

test.each([anIdentity(), aConnection(), anEndpoint()])('$kind: what it opens leans on it', (record) => {
  expect(attached({ out: [{ rel: 'authenticates', record }] })).toEqual([`attached to ${record.kind}`]);
});

test('what leans on it in two ways is named once', () => {
  const record = anIdentity();
  expect(attached({ in: [{ rel: 'uses', record }], out: [{ rel: 'authenticates', record }] })).toHaveLength(1);
  expect(
    attached({ in: [aWorkflow({ id: '1' }), aConnection({ id: '1' })].map((one) => ({ rel: 'uses', record: one })) }),
  ).toHaveLength(2);
});

test('one that says yes is enough, and a no takes all', () => {
  expect(anyTrue([undefined, true])).toBe(true);
  expect(anyTrue([false, undefined])).toBeUndefined();
  expect(anyTrue([false, false])).toBe(false);
  expect(anyTrue([])).toBeUndefined();
});
