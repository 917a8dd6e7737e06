import { afterEach, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { flat, joined, observation } from '../../test/helpers/in-store.ts';
import type { Store } from '../core/ports.ts';
import { standingAt } from './standing.ts';

let store: Store;
afterEach(() => store.close());

test('what somebody had under an earlier id is theirs on that day, too', async () => {
  store = await openStore({ memory: true });
  await store.owners.putPeople([[joined('olga', ['olga', 'olga@acme.example'])]], 1);
  const seen = async (owner: string, at: number) => {
    const observed = [
      { ...observation('k'), owner },
      { ...observation('other'), owner: 'person:bo' },
    ];
    const subjects = observed.map(({ subject }) => ({ ...subject, unknown: [] }));
    await store.findings.observe({ subjects, observed }, at, at);
  };
  await seen('person:olga@acme.example', 10);
  await seen('person:olga', 20);
  for (const at of [10, 20]) {
    const found = await flat(standingAt({ store }, { owner: 'person:olga' }, at));
    expect(found.map(({ subject }) => subject.id)).toEqual(['k']);
  }
});
