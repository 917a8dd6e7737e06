import { expect, test } from 'vitest';
import type { Joined } from '../core/ports.ts';
import type { Sourced, Workflow } from '../core/record.ts';
import { isToldElsewhere, withLists } from './told-elsewhere.ts';

const flow = (source: string, id: string, outline?: true): Sourced<'workflow'> => {
  const graph = { steps: [], edges: [], triggers: [] };
  const record: Workflow = { kind: 'workflow', id, name: 'Orders', platform: 'make', state: 'active', graph };
  return { source, record: { ...record, ...(outline && { outline }) } };
};

const joined = (one: Sourced, same: readonly Sourced[]): Joined => ({
  ...one,
  firstSeen: 1,
  sourceFirstSeen: 1,
  out: [],
  in: [],
  same,
  ownership: { claims: [] },
});

const asked = (one: Sourced, ...same: readonly Sourced[]): boolean => !isToldElsewhere(joined(one, same));

test('a row of a list stands for the workflow, until an export tells what it does', () => {
  expect(asked(flow('a', 'list#1', true))).toBe(true);
  expect(asked(flow('a', 'list#1', true), flow('a', 'orders.json'))).toBe(false);
  expect(asked(flow('a', 'list#1', true), flow('z', 'orders.json'))).toBe(false);
});

test('an export is asked about, whatever lists and other exports there are', () => {
  expect(asked(flow('a', 'orders.json'), flow('a', 'list#1', true), flow('a', 'copy/orders.json'))).toBe(true);
});

test('of the same row in two lists the first stands for it', () => {
  const [first, second, elsewhere] = [flow('a', 'list-1#1', true), flow('a', 'list-2#1', true), flow('b', 'a#1', true)];
  expect([asked(first, second, elsewhere), asked(second, first, elsewhere), asked(elsewhere, first, second)]).toEqual([
    true,
    false,
    false,
  ]);
});

test('what is no workflow tells nothing of one', () => {
  const connection = { kind: 'connection', id: 'c', name: 'c', connector: 'http' } as const;
  expect(asked(flow('a', 'list#1', true), { source: 'a', record: connection })).toBe(true);
  expect(asked({ source: 'a', record: connection }, flow('a', 'orders.json'))).toBe(true);
});

test('what lists alone know of an export counts for it, and never more than what it says itself', () => {
  const more = (one: Sourced<'workflow'>, fields: Partial<Workflow>) => ({
    ...one,
    record: { ...one.record, ...fields },
  });
  const exported = more(flow('a', 'orders.json'), { state: 'unknown', lastRunAt: 5 });
  const silent = more(flow('a', 'list-1#1', true), { state: 'unknown' });
  const row = more(flow('a', 'list-2#1', true), { state: 'inactive', sharedWith: { reach: 'everyone' }, lastRunAt: 9 });
  expect(withLists(joined(exported, [row, silent])).record).toMatchObject({
    state: 'inactive',
    sharedWith: { reach: 'everyone' },
    lastRunAt: 5,
  });
  const copy = more(flow('a', 'copy.json'), { state: 'active', sharedWith: { reach: 'public' } });
  expect(withLists(joined(exported, [copy, silent])).record).toEqual(exported.record);
  expect(withLists(joined(row, [copy])).record).toBe(row.record);
});
