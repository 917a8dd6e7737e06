import { expect, test } from 'vitest';
import type { Joined } from '../core/ports.ts';
import type { Sourced, Workflow } from '../core/record.ts';
import { isToldElsewhere } from './told-elsewhere.ts';

const flow = (source: string, id: string, outline?: true): Sourced<'workflow'> => {
  const graph = { steps: [], edges: [], triggers: [] };
  const record: Workflow = { kind: 'workflow', id, name: 'Orders', platform: 'make', state: 'active', graph };
  return { source, record: { ...record, ...(outline && { outline }) } };
};

function asked(one: Sourced, ...same: readonly Sourced[]): boolean {
  const joined: Joined = { ...one, firstSeen: 1, sourceFirstSeen: 1, out: [], in: [], same, ownership: { claims: [] } };
  return !isToldElsewhere(joined);
}

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
