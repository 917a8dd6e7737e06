import { expect, test } from 'vitest';
import { flow, owned, ref } from '../../test/helpers/in-store.ts';
import type { Neighbour } from '../core/ports.ts';
import type { AnyRecord } from '../core/record.ts';
import { breaksWithIt, type Step } from '../core/walk.ts';
import { metBy } from './reach.ts';

const user = (id: string, from?: number, source = 'files:exports'): Neighbour => ({
  source,
  record: flow(id, []),
  by: { rel: 'uses', along: false },
  depth: from === undefined ? 1 : 2,
  from,
});

function storeOf(met: readonly Neighbour[]) {
  return {
    records: { neighbours: async () => met },
    owners: { get: async () => owned('person:ann', 'active') },
  };
}

test('each stands directly behind the one that it was reached from, with its owner, and a change of source is told', async () => {
  const store = storeOf([user('a'), user('b'), user('a1', 0), user('b1', 1, 'n8n:main')]);
  const { met, more } = await metBy(store, ref('k'), breaksWithIt, 10);
  expect(met.map(({ record, linking, elsewhere }) => [record.id, linking, elsewhere])).toEqual([
    ['a', 'used by', false],
    ['a1', 'used by', false],
    ['b', 'used by', false],
    ['b1', 'used by', true],
  ]);
  expect(met[0]?.owner?.person).toBe('person:ann');
  expect(more).toBeUndefined();
});

test('how many are left out, and that a walk which was cut short does not know them all', async () => {
  const many = (count: number) => storeOf(Array.from({ length: count }, (_, n) => user(`w${n}`)));
  expect((await metBy(many(11), ref('k'), breaksWithIt, 10)).more).toBe('1 more record');
  expect((await metBy(many(999), ref('k'), breaksWithIt, 10)).more).toBe('989 more records');
  expect((await metBy(many(1_000), ref('k'), breaksWithIt, 10)).more).toBe('at least 990 more records');
});

test('how each hangs together with the one before is said in words, and another source only where there is one', async () => {
  const step = (rel: Step['rel'], along: boolean, kind: string, more: object = {}): Neighbour => ({
    ...user('a'),
    record: { ...flow('a', []), kind, ...more } as AnyRecord,
    by: { rel, along },
  });
  const said = async (...met: Neighbour[]) =>
    (await metBy(storeOf(met), ref('k'), breaksWithIt, 20)).met.map(({ linking }) => linking);
  expect(
    await said(
      step('uses', true, 'credential'),
      step('contained-in', false, 'endpoint', { direction: 'inbound' }),
      step('contained-in', false, 'endpoint', { direction: 'outbound' }),
      step('contained-in', true, 'container'),
      step('contained-in', false, 'container'),
      step('contained-in', true, 'workflow'),
      step('points-to', true, 'container'),
      step('points-to', true, 'identity'),
      step('points-to', true, 'endpoint'),
      step('uses', true, 'container'),
      step('uses', false, 'identity'),
    ),
  ).toEqual(
    'uses,is called at,calls,stands in,holds,starts,lets in,may sign in as,is answered by,uses,used by'.split(','),
  );
  const everywhere = await metBy(storeOf([user('a')]), { ...ref('k'), source: '*' }, breaksWithIt, 10);
  expect(everywhere.met.map(({ elsewhere }) => elsewhere)).toEqual([false]);
});
