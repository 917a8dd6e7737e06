import { expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import type { Claim } from '../core/owner.ts';
import { measure } from './measures.ts';

const SOURCE = 'files:a';
const schedule = { cron: '0 3 * * *' };
const configured = [{ id: SOURCE, schedule }, { id: 'files:new', schedule }, { id: 'files:off' }];

test('the register is measured without a name of anybody', async () => {
  const store = await openStore({ memory: true });
  expect(await measure(store, [])).toEqual({ run: undefined, records: {}, unowned: {}, findings: [], sources: [] });
  const claim = await store.runs.claim(SOURCE, 's', 1, 1);
  const records = ['a', 'b'].map((id) => ({
    record: { kind: 'credential', id, name: id, type: 'api-key', status: 'active' } as const,
  }));
  const person = { kind: 'person', id: 'p', name: 'canary', status: 'active' } as const;
  const page = { records: [...records, { record: person }], next: undefined, quarantined: 0, blind: [] };
  await store.runs.page(claim, page, 1);
  await store.runs.end(claim, { outcome: 'complete', absence: 'means-gone' }, 1);
  await store.owners.put([
    { ref: { source: SOURCE, kind: 'credential', id: 'a' }, ownership: { accountable: owner, claims: [owner] } },
    { ref: { source: SOURCE, kind: 'credential', id: 'b' }, ownership: { claims: [] } },
    { ref: { source: SOURCE, kind: 'person', id: 'p' }, ownership: { claims: [] } },
  ]);
  const { id } = await store.runs.start({ policy: 'p', version: '1', at: 5 });
  const stream = { source: SOURCE, items: 2, quarantined: 0 };
  await store.coverage.put(
    id,
    [
      { ...stream, stream: 's', outcome: 'complete' },
      { ...stream, stream: 't', outcome: 'failed', reason: 'auth' },
      { ...stream, stream: 'u', outcome: 'failed', reason: 'transient' },
      { ...stream, stream: 'v', outcome: 'skipped', reason: 'not-licensed' },
      { ...stream, source: 'files:removed', stream: 's', outcome: 'failed', reason: 'auth' },
    ],
    [],
  );
  expect((await measure(store, configured)).run).toBeUndefined();
  await store.runs.finish(id, 6);
  const measures = await measure(store, configured);
  expect(measures).toMatchObject({
    run: 1,
    records: { credential: 2, person: 1 },
    // One that was never read is there to raise an alarm; one that is no longer configured is not.
    sources: [
      { source: SOURCE, coverage: 0.5, lastRead: 5, lastComplete: 0 },
      { source: 'files:new', coverage: 0, lastRead: 0, lastComplete: 0 },
    ],
  });
  expect(measures.unowned).toEqual({ credential: 1 });
  expect(JSON.stringify(measures)).not.toContain('canary');
  await store.close();
});

const owner: Claim = {
  role: 'accountable',
  person: 'person:canary',
  name: 'canary',
  state: 'active',
  basis: 'tag',
  rel: 'owned-by',
  confidence: 'high',
  reason: 'r',
};
