import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store, StoredVersion } from '../../../src/core/ports.ts';
import type { Ownership } from '../../../src/core/owner.ts';
import type { AnyRecord } from '../../../src/core/record.ts';
import { findingFact, messageFact, reviewFact, streamFact } from '../../../src/core/told.ts';
import type { Cutoffs } from '../../../src/core/upkeep.ts';
import { aRisk } from '../../helpers/a-risk.ts';
import { SOURCE, key, observation } from '../../helpers/in-store.ts';
import { aMatch } from '../../helpers/match.ts';

const never: Cutoffs = { runs: 0, events: 0, gone: 0 };

/** What every engine must do for a program that runs unattended: leases, and forgetting what is old. */
export function upkeepSuite(name: string, open: () => Promise<Store>): void {
  describe(`upkeep on ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(async () => {
      await store.close();
    });

    describe('when a source was last read', () => {
      test('is when the newest finished run that read it began; an interrupted one does not count', async () => {
        await run(store, 10, [SOURCE, 'other:1']);
        await run(store, 20, [SOURCE]);
        await run(store, 30, [SOURCE], 'interrupted');
        await run(store, 40, [SOURCE], 'killed');
        expect(await store.coverage.lastRead()).toEqual(
          new Map([
            ['other:1', 10],
            [SOURCE, 20],
          ]),
        );
        await run(store, 50, ['other:1'], 'failed');
        expect((await store.coverage.lastRead()).get('other:1')).toBe(50);
        expect((await store.coverage.lastComplete()).get('other:1')).toBe(10);
      });
    });

    describe('the newest counts', () => {
      test('are those of the last day that has any', async () => {
        expect(await store.trends.newest()).toEqual([]);
        await observe(store, 'a');
        await store.trends.snapshot('2026-11-20');
        await observe(store, 'b');
        await store.trends.snapshot('2026-11-21');
        expect(await store.trends.newest()).toEqual([
          { day: '2026-11-21', check: 'CRD-01', severity: 'high', shown: 'open', count: 2 },
        ]);
      });
    });

    describe('forgetting', () => {
      test('leaves everything where nothing is old enough', async () => {
        await run(store, 10, [SOURCE]);
        await read(store, [key('a')], 10);
        await read(store, [], 20);
        expect(await store.retention.prune(never)).toEqual({ runs: 0, events: 0, records: 0, owners: 0, told: 0 });
      });

      test('takes old runs, but neither the last one nor what is newest of each source', async () => {
        await run(store, 10, ['rare:1', SOURCE]);
        await run(store, 20, [SOURCE]);
        await run(store, 30, [SOURCE]);
        await run(store, 40, [SOURCE]);
        // Newer runs keep what they saw, though there is a newer one still.
        expect(await store.retention.prune({ ...never, runs: 15 })).toMatchObject({ runs: 0 });
        expect(await Promise.all([2, 3].map(async (id) => distinct(await store.coverage.streams(id))))).toEqual([
          [SOURCE],
          [SOURCE],
        ]);
        expect(await store.retention.prune({ ...never, runs: 40 })).toMatchObject({ runs: 2 });
        const sources = async (id: number) => distinct(await store.coverage.streams(id));
        expect(await Promise.all([1, 2, 3, 4].map(sources))).toEqual([['rare:1'], [], [], [SOURCE]]);
        expect(distinct(await store.coverage.newest())).toEqual([SOURCE, 'rare:1']);
        expect(await Promise.all([1, 4].map(async (id) => (await store.coverage.checks(id)).length))).toEqual([0, 2]);
        await store.retention.prune({ ...never, runs: 1_000 });
        expect((await store.runs.last())?.id).toBe(4);
        expect((await store.runs.start({ policy: 'p', version: '1', at: 50 })).id).toBe(5);
      });

      test('takes old changes of records, more than fit a batch', async () => {
        const many = Array.from({ length: 1_100 }, (_, n) => key(`k${n}`));
        await read(store, many, 10);
        await read(
          store,
          many.map((record) => ({ ...record, name: 'renamed' })),
          20,
        );
        await read(
          store,
          many.map((record) => ({ ...record, name: 'again' })),
          30,
        );
        expect(await store.retention.prune({ ...never, events: 30 })).toMatchObject({ events: 1_100 });
        const history = await store.records.history({ source: SOURCE, kind: 'credential', id: 'k7' });
        expect(history.map(({ type, at }) => [type, at])).toEqual([
          ['appeared', 10],
          ['changed', 30],
        ]);
      });

      test('takes records that are long gone with all that hangs on them, and no others', async () => {
        const secret = { matches: [aMatch('f1')] };
        const links = [{ rel: 'uses', kind: 'credential', id: 'live' }] as const;
        const linked = { ...key('linked'), links, ...secret };
        await read(store, [key('live'), key('found'), key('late'), linked], 10);
        await observe(store, 'found');
        await read(store, [key('live'), key('late')], 20);
        await read(store, [key('live')], 30);
        expect(await store.retention.prune({ ...never, gone: 25 })).toMatchObject({ records: 1 });
        expect(await history(store, 'linked')).toEqual([]);
        expect(await history(store, 'found')).toEqual(['appeared', 'vanished']);
        expect(await history(store, 'late')).toEqual(['appeared', 'vanished']);
        // The newcomer gets the number that has become free.
        await read(store, [key('live'), key('fresh')], 40);
        expect((await store.records.get({ source: SOURCE, kind: 'credential', id: 'live' }))?.in).toEqual([]);
        expect(await history(store, 'fresh')).toEqual(['appeared']);
        for await (const groups of store.records.secrets()) expect(groups).toEqual([]);
      });

      test('takes what was said of owners and is said of nobody any more', async () => {
        await read(store, [key('a'), key('b')], 10);
        const ref = (id: string) => ({ source: SOURCE, kind: 'credential' as const, id });
        const by = (person: string): Ownership => {
          const claim = { person, name: person, state: 'active', basis: 'tag', rel: 'owned-by' } as const;
          const accountable = { ...claim, role: 'accountable', confidence: 'high', reason: 'r' } as const;
          return { accountable, claims: [accountable] };
        };
        await store.owners.put([
          { ref: ref('a'), ownership: by('ann') },
          { ref: ref('b'), ownership: by('bob') },
        ]);
        await store.owners.put([{ ref: ref('a'), ownership: by('bob') }]);
        expect(await store.retention.prune(never)).toMatchObject({ owners: 1 });
        expect(await store.retention.prune(never)).toMatchObject({ owners: 0 });
        expect((await store.owners.get(ref('a')))?.accountable?.person).toBe('bob');
        const held = [];
        for await (const page of store.owners.ownedBy('bob')) held.push(...page.map((each) => each.ref.id));
        expect(held).toEqual(['a', 'b']);
        // What is gone takes along who owned it, and nobody else's owner.
        await read(store, [key('a')], 20);
        expect(await store.retention.prune({ ...never, gone: 30 })).toMatchObject({ records: 1, owners: 0 });
        expect((await store.owners.get(ref('a')))?.accountable?.person).toBe('bob');
      });

      test('makes a page that held such a record be read again, and no other', async () => {
        const version = { request: 'GET /keys', etag: 'v1' };
        const other = { request: 'GET /more', etag: 'v1' };
        await read(store, [key('live'), key('lost')], 10, version);
        await read(store, [key('live')], 20, other);
        await store.retention.prune({ ...never, gone: 25 });
        await read(store, [key('live'), key('fresh')], 30);
        const claim = await store.runs.claim(SOURCE, 's', 40, 1);
        expect(await store.runs.known(claim, version.request)).toBeUndefined();
        expect(await store.runs.known(claim, other.request)).toEqual(other);
      });

      test('leaves a record in which a shared secret was found', async () => {
        await read(store, [key('live'), { ...key('leaky'), matches: [aMatch('f1')] }], 10);
        await observe(store, 'found:f1', '*');
        await read(store, [key('live')], 20);
        expect(await store.retention.prune({ ...never, gone: 100 })).toMatchObject({ records: 0 });
      });

      test('takes what was told of things that are over, and nothing that is told but once', async () => {
        await observe(store, 'open');
        await observe(store, 'accepted');
        await observe(store, 'mended');
        const id = (name: string) => observation(name).id;
        const accepted = await store.findings.get(id('accepted'));
        if (!accepted) throw new Error('it was just observed');
        await store.findings.apply(accepted.id, { ...accepted, disposition: 'accepted', dispositionUntil: 1e9 }, []);
        for (const name of ['open', 'accepted'])
          await store.findings.observe({ subjects: [], observed: [observation(name)] }, 2, 2);
        await store.findings.closeUnseen(2, new Set(['CRD-01']), 2);
        await run(store, 10, [SOURCE]);
        const closed = aRisk({ id: 'closed', status: 'closed' });
        await store.register.putRisks([aRisk({ id: 'living' }), closed], 1, 'scan');
        const stay = [
          reviewFact('living'),
          findingFact('new', id('open')),
          findingFact('new', id('accepted')),
          findingFact('overdue', id('open')),
          streamFact({ source: SOURCE, stream: 's' }),
          'baseline',
        ];
        const go = [
          reviewFact('closed'),
          reviewFact('gone'),
          ...(['new', 'worse', 'overdue'] as const).map((what) => findingFact(what, id('mended'))),
          streamFact({ source: SOURCE, stream: 'renamed since' }),
          messageFact('ann@acme.example'),
        ];
        const many = Array.from({ length: 1_100 }, (_, n) => findingFact('new', `f${n}`));
        for (const channel of ['a', 'b']) await store.told.mark(channel, [...stay, ...go], 20);
        await store.told.mark('a', many, 20);
        await store.told.mark('b', [messageFact('bob@acme.example')], 30);
        expect(await store.retention.prune({ ...never, events: 20 })).toMatchObject({ told: 0 });
        expect(await store.retention.prune({ ...never, events: 30 })).toMatchObject({
          told: 2 * go.length + many.length,
        });
        for (const channel of ['a', 'b']) {
          const kept = await store.told.when(channel, [...stay, ...go]);
          expect([...kept.keys()].toSorted()).toEqual(stay.toSorted());
        }
        expect((await store.told.when('b', [messageFact('bob@acme.example')])).size).toBe(1);
      });

      test('never takes findings, their events or the log', async () => {
        await observe(store, 'a');
        await store.audit.append({ at: 1, actor: 'a', account: 'a', action: 'x', subject: 's', body: '{}' });
        await store.retention.prune({ runs: 1e12, events: 1e12, gone: 1e12 });
        const { total } = await store.findings.count({});
        const events = await store.findings.events(observation('a').id);
        const entries = [];
        for await (const page of store.audit.entries()) entries.push(...page);
        expect([total, events.length, entries.length]).toEqual([1, 1, 1]);
      });
    });
  });
}

async function run(
  store: Store,
  at: number,
  sources: readonly string[],
  end?: 'interrupted' | 'failed' | 'killed',
): Promise<void> {
  const { id } = await store.runs.start({ policy: 'p', version: '1', at });
  const ends = {
    interrupted: { outcome: 'partial', reason: 'interrupted' },
    failed: { outcome: 'failed', reason: 'auth' },
    killed: { outcome: 'complete' },
  } as const;
  const first = ends[end ?? 'killed'];
  const coverage = sources.flatMap((source) => [
    { source, stream: 's', ...first, items: 1, quarantined: 0 },
    { source, stream: 't', outcome: 'complete' as const, items: 1, quarantined: 0 },
  ]);
  const checks = ['CRD-01', 'CRD-02'].map((check) => ({
    check,
    source: SOURCE,
    pass: 1,
    fail: 0,
    unknown: 0,
    because: [],
  }));
  await store.coverage.put(id, coverage, checks);
  if (end !== 'killed') await store.runs.finish(id, at + 1);
}

async function read(store: Store, records: readonly AnyRecord[], at: number, version?: StoredVersion): Promise<void> {
  const claim = await store.runs.claim(SOURCE, 's', at, 1);
  const page = { records: records.map((record) => ({ record })), next: undefined, quarantined: 0, blind: [] };
  await store.runs.page(claim, { ...page, ...(version && { version }) }, at);
  await store.runs.end(claim, { outcome: 'complete', absence: 'means-gone' }, at);
}

function distinct(coverage: readonly { source: string }[]): string[] {
  return [...new Set(coverage.map(({ source }) => source))];
}

async function history(store: Store, id: string): Promise<string[]> {
  return (await store.records.history({ source: SOURCE, kind: 'credential', id })).map(({ type }) => type);
}

async function observe(store: Store, id: string, source = SOURCE): Promise<void> {
  const seen = observation(id, { subject: { source, kind: 'credential', id, name: id } });
  await store.findings.observe({ subjects: [{ ...seen.subject, unknown: [] }], observed: [seen] }, 1, 1);
}
