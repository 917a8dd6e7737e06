import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { firstBreak } from '../../src/core/chain.ts';
import { LostClaim } from '../../src/core/errors.ts';
import { findingId } from '../../src/core/identity.ts';
import { step } from '../../src/core/lifecycle.ts';
import type { Observation, Severity } from '../../src/core/finding.ts';
import type { Claim, JoinedPerson, Ownership } from '../../src/core/owner.ts';
import type { Store, StoredPage, StreamClaim } from '../../src/core/ports.ts';
import type { AnyRecord, Credential, Kind, Link } from '../../src/core/record.ts';
import type { Risk } from '../../src/core/risk.ts';
import { logsSuite } from './logs.suite.ts';
import { portableSuite } from './portable.suite.ts';
import { sourcesSuite } from './sources.suite.ts';
import { toldSuite } from './told.suite.ts';
import { upkeepSuite } from './upkeep.suite.ts';
import { character } from '../helpers/character.ts';
import { aMatch } from '../helpers/match.ts';

const SOURCE = 'files:exports';
const HOUR = 3_600_000;

/** What every engine must do. `open` yields an empty store. */
export function storeSuite(name: string, open: () => Promise<Store>): void {
  upkeepSuite(name, open);
  sourcesSuite(name, open);
  toldSuite(name, open);
  logsSuite(name, open);
  portableSuite(name, open);
  describe(`store on ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(async () => {
      await store.close();
    });

    describe('records', () => {
      test('come back exactly, whatever they hold', async () => {
        const text = fc
          .string({ unit: character, maxLength: 20 })
          .map((value) => value.replaceAll('\u0000', '').toWellFormed());
        const json = fc
          .jsonValue({ maxDepth: 3 })
          .map((value) => JSON.parse(JSON.stringify(value).replaceAll('\\u0000', '')) as unknown);
        const claim = await store.runs.claim(SOURCE, 's', 1, HOUR);
        let n = 0;
        await fc.assert(
          fc.asyncProperty(text, text, json, async (id, recordName, extra) => {
            const record = { ...key(`${n++}${id}`), name: recordName, policies: extra, lastUsedAt: n } as AnyRecord;
            await store.runs.page(claim, pageOf(record), 2);
            const back = await store.records.get({ source: SOURCE, kind: 'credential', id: record.id });
            expect(back?.record).toEqual(JSON.parse(JSON.stringify(record)));
          }),
          { numRuns: 40 },
        );
      });

      test('lose NUL and half characters, which no other engine could hold', async () => {
        await scan(store, [{ ...key('a\u0000b\ud800'), name: 'x\u0000y' }], 1);
        await scan(store, [{ ...key('a\u0000b\ud800'), name: 'x\u0000y' }], 2);
        expect(await all(store, 'credential')).toMatchObject([{ id: 'ab\ufffd', name: 'xy' }]);
        expect(await types(store, 'ab\ufffd')).toEqual(['appeared']);
      });

      test('the same again writes no event', async () => {
        const records = [key('a'), key('b')];
        expect(await scan(store, records, 1)).toMatchObject({ appeared: 2, changed: 0, unchanged: 0 });
        expect(await scan(store, records, 2)).toMatchObject({ appeared: 0, changed: 0, unchanged: 2 });
        expect(await types(store, 'a')).toEqual(['appeared']);
      });

      test('a change is an event that names its fields; a volatile field is stored and makes none', async () => {
        await scan(store, [key('a', { scopes: ['read'], lastUsedAt: 1 })], 1);
        expect(await scan(store, [key('a', { scopes: ['read'], lastUsedAt: 5 })], 2)).toMatchObject({ changed: 0 });
        expect((await get(store, 'a'))?.record).toMatchObject({ lastUsedAt: 5 });
        expect(await scan(store, [key('a', { scopes: ['write'], lastUsedAt: 6 })], 3)).toMatchObject({ changed: 1 });
        const history = await store.records.history({ source: SOURCE, kind: 'credential', id: 'a' });
        expect(history.map(({ type, fields, at }) => ({ type, fields, at }))).toEqual([
          { type: 'appeared', fields: [], at: 1 },
          { type: 'changed', fields: ['scopes'], at: 3 },
        ]);
      });

      test('what a complete read does not show is gone, and returns when it is shown again', async () => {
        await scan(store, [key('a'), key('b')], 1);
        await scan(store, [key('a')], 2);
        expect((await all(store, 'credential')).map(({ id }) => id)).toEqual(['a']);
        expect(await get(store, 'b')).toBeUndefined();
        await scan(store, [key('a'), key('b')], 3);
        expect(await types(store, 'b')).toEqual(['appeared', 'vanished', 'returned']);
        expect((await flat(store.records.changes(2))).map(({ type, at }) => [type, at])).toEqual([
          ['vanished', 2],
          ['returned', 3],
        ]);
      });

      test('what is gone is told as it last was, until it returns', async () => {
        await scan(store, [key('a'), key('b', { scopes: ['read'] }), key('c')], 1);
        await scan(store, [key('a')], 2);
        const gone = async (since: number) => flat(store.records.vanished('credential', since));
        expect((await gone(2)).map(({ source, record, goneAt }) => [source, record.id, goneAt])).toEqual([
          [SOURCE, 'b', 2],
          [SOURCE, 'c', 2],
        ]);
        expect((await gone(2))[0]).toMatchObject({ record: { scopes: ['read'] }, ownership: { claims: [] } });
        expect(await gone(3)).toEqual([]);
        expect(await flat(store.records.vanished('identity', 0))).toEqual([]);
        await scan(store, [key('a'), key('b')], 3);
        expect((await gone(0)).map(({ record }) => record.id)).toEqual(['c']);
      });

      test.each(['partial', 'failed', 'skipped'] as const)(
        'a read that ended %s makes nothing gone',
        async (outcome) => {
          await scan(store, [key('a'), key('b')], 1);
          await scan(store, [key('a')], 2, { outcome });
          expect(await all(store, 'credential')).toHaveLength(2);
        },
      );

      test('absence means nothing where the stream says so', async () => {
        await scan(store, [key('a')], 1);
        const claim = await store.runs.claim(SOURCE, 's', 2, HOUR);
        expect(await store.runs.end(claim, { outcome: 'complete', absence: 'means-nothing' }, 2)).toEqual({ gone: 0 });
        expect(await all(store, 'credential')).toHaveLength(1);
      });

      test('the brake holds a mass disappearance until the very next complete read confirms the same', async () => {
        const many = Array.from({ length: 60 }, (_, n) => key(`k${n}`));
        await scan(store, many, 1);
        const held = { wouldVanish: 30, of: 60 };
        expect((await scan(store, many.slice(0, 30), 2)).swept).toEqual({ gone: 0, held });
        expect((await scan(store, many.slice(30), 3)).swept).toEqual({ gone: 0, held });
        await scan(store, many.slice(30), 4, { outcome: 'failed' });
        expect((await scan(store, many.slice(30), 5)).swept).toEqual({ gone: 0, held });
        expect((await scan(store, many.slice(30), 6)).swept).toEqual({ gone: 30 });
        expect(await all(store, 'credential')).toHaveLength(30);
      });

      test('twenty of twenty may go at once: small sources change wholesale', async () => {
        await scan(
          store,
          Array.from({ length: 20 }, (_, n) => key(`k${n}`)),
          1,
        );
        expect((await scan(store, [], 2)).swept).toEqual({ gone: 20 });
      });

      test('the first definition of an attempt wins, and a different second one is told', async () => {
        const result = await scan(
          store,
          [key('a', { name: 'one' }), key('a', { name: 'two' }), key('a', { name: 'one' })],
          1,
        );
        expect(result.duplicates).toEqual(['a']);
        expect((await get(store, 'a'))?.record.name).toBe('one');
        const claim = await store.runs.claim(SOURCE, 's', 2, HOUR);
        await store.runs.page(claim, pageOf(key('a', { name: 'one' })), 2);
        expect((await store.runs.page(claim, pageOf(key('a', { name: 'three' })), 2)).duplicates).toEqual(['a']);
        expect(await types(store, 'a')).toEqual(['appeared']);
      });

      test('a mention never overwrites a definition, in whichever order they come', async () => {
        const mention = { record: key('a', { name: 'mentioned' }), reference: true };
        const definition = { record: key('a', { name: 'defined', type: 'pat' as const }) };
        for (const [at, order] of [
          [1, [mention, definition]],
          [2, [definition, mention]],
          [3, [mention]],
        ] as const) {
          const claim = await store.runs.claim(SOURCE, 's', at, HOUR);
          expect((await store.runs.page(claim, { ...empty, records: order }, at)).duplicates).toEqual([]);
          await store.runs.end(claim, { outcome: 'complete', absence: 'means-gone' }, at);
          expect((await get(store, 'a'))?.record).toMatchObject({ name: 'defined', type: 'pat' });
        }
        expect(await types(store, 'a')).toEqual(['appeared']);
      });

      test('several streams may mention one record; it lives as long as one of them does', async () => {
        const mention = { record: key('shared'), reference: true };
        const runOne = async (stream: string, at: number, seen: boolean): Promise<void> => {
          const claim = await store.runs.claim(SOURCE, stream, at, HOUR);
          if (seen) await store.runs.page(claim, { ...empty, records: [mention] }, at);
          await store.runs.end(claim, { outcome: 'complete', absence: 'means-gone' }, at);
        };
        await runOne('one', 1, true);
        await runOne('two', 2, true);
        await runOne('one', 3, false);
        expect(await get(store, 'shared')).toBeDefined();
        await runOne('two', 4, false);
        expect(await get(store, 'shared')).toBeUndefined();
      });

      test('a definition stays with the stream that defines it, whoever else mentions it', async () => {
        const attempt = async (stream: string, at: number, ...records: StoredPage['records']) => {
          const claim = await store.runs.claim(SOURCE, stream, at, HOUR);
          const result = await store.runs.page(claim, { ...empty, records }, at);
          await store.runs.end(claim, { outcome: 'complete', absence: 'means-gone' }, at);
          return result.duplicates;
        };
        const mention = { record: key('a', { name: 'mentioned' }), reference: true };
        await attempt('keys', 1, { record: key('a', { name: 'defined' }) });
        await attempt('flows', 2, mention);
        expect(await attempt('keys', 3, { record: key('a', { name: 'renamed' }) })).toEqual([]);
        expect((await get(store, 'a'))?.record.name).toBe('renamed');
        expect(await attempt('other', 4, { record: key('a', { name: 'claimed' }) })).toEqual(['a']);
        await attempt('flows', 5, mention);
        await attempt('keys', 6);
        expect(await get(store, 'a')).toBeUndefined();
        await attempt('flows', 7, mention);
        expect((await get(store, 'a'))?.record.name).toBe('mentioned');
        expect(await types(store, 'a')).toEqual(['appeared', 'changed', 'vanished', 'changed', 'returned']);
      });

      test('no incoming link is lost where reading pauses', async () => {
        const ids = Array.from({ length: 20 }, (_, n) => `k${n}`);
        const flows = ids.flatMap((id) =>
          Array.from({ length: 150 }, (_, n) => flow(`${id}-${n}`, [{ rel: 'uses', kind: 'credential', id }])),
        );
        await scan(store, [...ids.map((id) => key(id)), ...flows], 1);
        for (const { in: incoming } of await flat(store.records.joined('credential')))
          expect(incoming).toHaveLength(150);
      });

      test('are joined with what they link to, what links to them, and their owners', async () => {
        const workflow = flow('w', [
          { rel: 'uses', kind: 'credential', id: 'a' },
          { rel: 'uses', kind: 'credential', id: 'nowhere' },
        ]);
        await scan(store, [workflow, key('a'), key('b')], 1);
        await store.owners.put([{ ref: ref('a'), ownership: owned('person:ann', 'active') }]);
        const [a, b] = await flat(store.records.joined('credential'));
        expect(a?.in.map(({ rel, record }) => [rel, record.id])).toEqual([['uses', 'w']]);
        expect(a?.ownership.accountable?.person).toBe('person:ann');
        expect([b?.in, b?.out, b?.ownership]).toEqual([[], [], { claims: [] }]);
        const [w] = await flat(store.records.joined('workflow'));
        expect(w?.out.map(({ record }) => record.id)).toEqual(['a']);
        expect(w?.firstSeen).toBeLessThanOrEqual(w?.sourceFirstSeen ?? 0);
        await scan(store, [flow('w', []), key('a'), key('b'), key('c')], 2);
        expect((await get(store, 'a'))?.in).toEqual([]);
        const news = await get(store, 'c');
        expect(news?.firstSeen).toBeGreaterThan(news?.sourceFirstSeen ?? Number.POSITIVE_INFINITY);
      });

      test('a target that very many lean on shows a part of them, and its neighbours all of theirs', async () => {
        const crowd = Array.from({ length: 2_500 }, (_, n) =>
          flow(`w${n}`, [{ rel: 'uses', kind: 'credential', id: 'a' }]),
        );
        await scan(store, [key('a'), key('b'), ...crowd, flow('z', [{ rel: 'uses', kind: 'credential', id: 'b' }])], 1);
        const [a, b] = await flat(store.records.joined('credential'));
        expect(a?.in).toHaveLength(200);
        expect(b?.in.map(({ record }) => record.id)).toEqual(['z']);
      });

      test('walk in order over page boundaries, one source after the other', async () => {
        const ids = Array.from({ length: 1_201 }, (_, n) => `k${n}`);
        await scan(
          store,
          ids.map((id) => key(id)),
          1,
        );
        await scan(store, [key('other')], 1, { source: 'another' });
        const walked = await flat(store.records.each('credential'));
        expect(walked.map(({ record }) => record.id)).toEqual(['other', ...ids.toSorted()]);
        expect((await flat(store.records.joined('credential'))).map(({ record }) => record.id)).toEqual([
          'other',
          ...ids.toSorted(),
        ]);
        expect(await flat(store.records.each('credential', { source: 'another' }))).toHaveLength(1);
        expect(await store.records.counts()).toEqual({ credential: 1_202 });
      });

      test('are found by a part of their name or id, taken literally', async () => {
        await scan(store, [key('a', { name: 'Invoice BOT' }), key('b', { name: '100%_sure' }), flow('w', [])], 1);
        const search = async (query: Parameters<Store['records']['search']>[0]) =>
          (await flat(store.records.search(query))).map(({ record }) => record.id);
        expect(await search({ text: 'voice b' })).toEqual(['a']);
        expect(await search({ text: '%_' })).toEqual(['b']);
        expect(await search({ kind: 'workflow' })).toEqual(['w']);
        expect(await search({ limit: 2 })).toEqual(['a', 'b']);
        expect(await search({ source: 'none' })).toEqual([]);
      });

      test('lead to their neighbours, each told once at its least depth', async () => {
        const uses = (id: string): Link => ({ rel: 'uses', kind: 'workflow', id });
        await scan(store, [flow('a', [uses('b')]), flow('b', [uses('c'), uses('a')]), flow('c', [])], 1);
        const walk = async (id: string, direction: 'in' | 'out', depth: number) =>
          (await store.records.neighbours({ source: SOURCE, kind: 'workflow', id }, direction, depth)).map(
            ({ depth, record }) => `${depth}${record.id}`,
          );
        expect(await walk('a', 'out', 1)).toEqual(['1b']);
        expect(await walk('a', 'out', 5)).toEqual(['1b', '2c']);
        expect(await walk('c', 'in', 5)).toEqual(['1b', '2a']);
      });

      test('secrets are grouped over all sources, and forgotten with their records', async () => {
        const leak = (id: string) => ({ ...flow(id, []), matches: [aMatch('f1'), aMatch('f1'), aMatch('f2')] });
        await scan(store, [leak('w1'), leak('w2')], 1);
        await scan(store, [leak('w3')], 1, { source: 'another' });
        const groups = await flat(store.records.secrets());
        expect(
          groups.map(({ fingerprint, members }) => [fingerprint, members.map((member) => member.record.id)]),
        ).toEqual([
          ['f1', ['w1', 'w2', 'w3']],
          ['f2', ['w1', 'w2', 'w3']],
        ]);
        expect(groups[0]?.members[0]?.matches).toHaveLength(2);
        await scan(store, [flow('w1', [])], 2);
        expect((await flat(store.records.secrets()))[0]?.members.map(({ record }) => record.id)).toEqual(['w3']);
      });

      test('a secret found nearly everywhere is capped, and says by how many', async () => {
        await scan(
          store,
          Array.from({ length: 230 }, (_, n) => ({ ...flow(`w${n}`, []), matches: [aMatch('f')] })),
          1,
        );
        const [group] = await flat(store.records.secrets());
        expect([group?.members.length, group?.more]).toEqual([200, 30]);
      });
    });

    describe('streams', () => {
      test('an attempt that broke off goes on at its cursor under its number; an old one starts anew', async () => {
        const first = await store.runs.claim(SOURCE, 's', 10, 100);
        await store.runs.page(first, { ...pageOf(key('a')), next: { page: 2 }, quarantined: 1, blind: [gap('x')] }, 20);
        const second = await store.runs.claim(SOURCE, 's', 120, 100);
        expect(second).toMatchObject({
          generation: 1,
          resumed: true,
          cursor: { page: 2 },
          items: 1,
          quarantined: 1,
          unmapped: 1,
        });
        const third = await store.runs.claim(SOURCE, 's', 221, 100);
        expect(third).toMatchObject({
          generation: 2,
          resumed: false,
          cursor: undefined,
          items: 0,
          quarantined: 0,
          unmapped: 0,
        });
        expect(await flat(store.coverage.blindSpots())).toEqual([]);
      });

      test('a stale worker can neither write nor end, and leaves nothing behind', async () => {
        const stale = await store.runs.claim(SOURCE, 's', 1, HOUR);
        const fresh = await store.runs.claim(SOURCE, 's', 2, HOUR);
        await expect(store.runs.page(stale, pageOf(key('a')), 3)).rejects.toBeInstanceOf(LostClaim);
        await expect(end(store, stale, 3)).rejects.toBeInstanceOf(LostClaim);
        expect(await all(store, 'credential')).toEqual([]);
        await end(store, fresh, 4);
        await expect(store.runs.page(fresh, pageOf(key('a')), 5)).rejects.toBeInstanceOf(LostClaim);
      });

      test('blind spots are those of the newest attempt, expected ones marked', async () => {
        await scan(store, [], 1, { blind: [gap('old')] });
        await scan(store, [], 2, { blind: [gap('new'), { ...gap('picture.png'), expected: true }] });
        expect(await flat(store.coverage.blindSpots())).toEqual([
          { source: SOURCE, stream: 's', ...gap('new') },
          { source: SOURCE, stream: 's', ...gap('picture.png'), expected: true },
        ]);
      });

      test('runs are numbered, and the last one that came to its end is known', async () => {
        await store.runs.start({ policy: 'p', version: '1', at: 1 });
        expect(await store.runs.last()).toBeUndefined();
        const run = await store.runs.start({ policy: 'p', version: '1', at: 2 });
        await store.runs.finish(run.id, 9);
        const last = { id: 2, startedAt: 2, finishedAt: 9, policy: 'p', version: '1' };
        expect(await store.runs.last()).toEqual(last);
        expect((await store.runs.start({ policy: 'p', version: '1', at: 10 })).id).toBe(3);
        expect(await store.runs.last()).toEqual(last);
      });
    });

    describe('owners', () => {
      beforeEach(() => scan(store, [key('a'), key('b'), key('c')], 1));

      test('the same again writes nothing', async () => {
        const batch = [{ ref: ref('a'), ownership: owned('person:ann', 'active') }];
        expect(await store.owners.put(batch)).toBe(1);
        expect(await store.owners.put(batch)).toBe(0);
        expect(await store.owners.get(ref('a'))).toEqual(owned('person:ann', 'active'));
        const confirmed = { ...owned('person:ann', 'active'), confirmedAt: 7, confirmedScopes: ['read'] };
        expect(await store.owners.put([{ ref: ref('a'), ownership: confirmed }])).toBe(1);
        expect(await store.owners.get(ref('a'))).toEqual(confirmed);
        expect(await store.owners.put([{ ref: ref('unheard-of'), ownership: owned('x', 'left') }])).toBe(0);
      });

      test('an orphan is a record whose every accountable person has left', async () => {
        const mixed: Ownership = { claims: [claim('person:ann', 'left'), claim('person:bob', 'active')] };
        await store.owners.put([
          { ref: ref('a'), ownership: owned('person:ann', 'left') },
          { ref: ref('b'), ownership: mixed },
        ]);
        const tally = await flat(store.owners.tally());
        expect(tally.map(({ kind, records, ownership }) => [kind, records, ownership.claims.length])).toEqual(
          expect.arrayContaining([['credential', 1, 1]]),
        );
        expect(tally.reduce((sum, { records }) => sum + records, 0)).toBe(2);
        expect((await flat(store.owners.orphans())).map((orphan) => orphan.ref.id)).toEqual(['a']);
        expect((await flat(store.owners.ownedBy('person:ann'))).map((held) => held.ref)).toEqual([ref('a'), ref('b')]);
        await store.owners.put([{ ref: ref('a'), ownership: owned('person:bob', 'active') }]);
        expect(await flat(store.owners.orphans())).toEqual([]);
        expect((await flat(store.owners.ownedBy('person:ann'))).map((held) => held.ref.id)).toEqual(['b']);
      });

      test('assertions are kept, one for each subject and role', async () => {
        const assertion = {
          subject: ref('a'),
          role: 'accountable',
          person: 'ann@acme.example',
          basis: 'confirmed',
          at: 1,
        } as const;
        await store.owners.assert(assertion);
        await store.owners.assert({ ...assertion, person: 'bob@acme.example' });
        expect(await store.owners.assertions()).toEqual([{ ...assertion, person: 'bob@acme.example' }]);
      });

      test('people are found under every name they go by, and replaced as a whole', async () => {
        await store.owners.putPeople([[joined('ann', ['a.smith', 'shared']), joined('bob', ['shared'])]], 1);
        for (const asked of ['person:ann', 'ANN@acme.example', 'A.Smith']) {
          expect((await store.owners.person(asked))?.id).toBe('person:ann');
        }
        expect(await store.owners.person('shared')).toBeUndefined();
        await store.owners.putPeople([[joined('bob', ['shared'])]], 2);
        expect(await store.owners.person('ann@acme.example')).toBeUndefined();
        expect((await store.owners.person('shared'))?.id).toBe('person:bob');
        expect(await flat(store.owners.people())).toEqual([joined('bob', ['shared'])]);
      });
    });

    describe('findings', () => {
      const observe = (observed: readonly Observation[], run: number, unknown: readonly string[] = []) => {
        const ids = [
          ...new Set([...observed.map((each) => each.subject.id), ...(unknown.length > 0 ? ['k1'] : [])]),
        ].toSorted();
        const subjects = ids.map((id) => ({ source: SOURCE, kind: 'credential' as const, id, unknown }));
        return store.findings.observe({ subjects, observed }, run, run * 10);
      };
      const events = async (id: string) => (await store.findings.events(id)).map(({ type }) => type);

      test('open once, stay silent when seen again, resolve and reopen', async () => {
        const one = observation('k1');
        expect(await observe([one], 1)).toEqual({ opened: 1, reopened: 0, changed: 0, unchanged: 0 });
        expect(await observe([one], 2)).toEqual({ opened: 0, reopened: 0, changed: 0, unchanged: 1 });
        expect(await store.findings.closeUnseen(2, new Set(['CRD-01']), 20)).toEqual({ resolved: 0, retired: 0 });
        expect(await store.findings.closeUnseen(3, new Set(['CRD-01']), 30)).toEqual({ resolved: 1, retired: 0 });
        expect(await store.findings.closeUnseen(3, new Set(['CRD-01']), 30)).toEqual({ resolved: 0, retired: 0 });
        expect(await observe([one], 4)).toMatchObject({ reopened: 1 });
        expect(await events(one.id)).toEqual(['opened', 'resolved', 'reopened']);
        expect(await store.findings.get(one.id)).toMatchObject({
          ...one,
          firstSeen: 10,
          lastSeen: 40,
          openedAt: 40,
          reopened: 1,
          lastRun: 4,
        });
        expect(await store.findings.eventCounts({ from: 10, to: 30 })).toEqual({ opened: 1, resolved: 1 });
      });

      test('a check that did not run retires its findings instead of resolving them', async () => {
        await observe([observation('k1')], 1);
        expect(await store.findings.closeUnseen(2, new Set(['OWN-01']), 20)).toEqual({ resolved: 0, retired: 1 });
      });

      test('what could not be told this time stays open', async () => {
        await observe([observation('k1'), observation('k1', { check: 'CRD-02' })], 1);
        await observe([], 2, ['CRD-01']);
        expect(await store.findings.closeUnseen(2, new Set(['CRD-01', 'CRD-02']), 20)).toEqual({
          resolved: 1,
          retired: 0,
        });
        expect(await store.findings.count({ shown: ['open'] })).toEqual({
          total: 1,
          bySeverity: { high: 1 },
          byCheck: { 'CRD-01': 1 },
        });
      });

      test('words and owner may change without an event; severity and signature make one', async () => {
        const one = observation('k1');
        await observe([one], 1);
        expect(await observe([{ ...one, title: 'Other words', owner: 'person:bob' }], 2)).toMatchObject({
          unchanged: 1,
        });
        expect(await store.findings.get(one.id)).toMatchObject({ title: 'Other words', owner: 'person:bob' });
        expect(await observe([{ ...one, severity: 'critical' }], 3)).toMatchObject({ changed: 1 });
        expect(await observe([{ ...one, severity: 'critical', signature: 'other' }], 4)).toMatchObject({ changed: 1 });
        expect(await events(one.id)).toEqual(['opened', 'worsened', 'changed']);
      });

      test('an acceptance is applied with its event, expires, and is then lapsed until somebody decides', async () => {
        const one = observation('k1');
        await observe([one], 1);
        const before = await store.findings.get(one.id);
        if (before === undefined) throw new Error('the finding is missing');
        const { next } = step(before, { type: 'accept', at: 11, until: 15 });
        await store.findings.apply(one.id, next, [{ at: 11, type: 'accepted', actor: 'ann', note: 'ticket 7' }]);
        expect(await store.findings.count({ shown: ['accepted'] })).toMatchObject({ total: 1 });
        expect(await store.findings.tick(14)).toBe(0);
        expect(await store.findings.tick(15)).toBe(1);
        expect(await store.findings.tick(15)).toBe(0);
        expect((await flat(store.findings.lapsed())).map(({ finding, expiredAt }) => [finding.id, expiredAt])).toEqual([
          [one.id, 15],
        ]);
        const again = step((await store.findings.get(one.id)) ?? before, { type: 'false-positive', at: 16 });
        await store.findings.apply(one.id, again.next, [
          { at: 16, type: 'marked-false-positive', actor: 'ann', note: null },
        ]);
        expect(await flat(store.findings.lapsed())).toEqual([]);
        expect(await store.findings.events(one.id)).toContainEqual(
          expect.objectContaining({ type: 'accepted', actor: 'ann', note: 'ticket 7' }),
        );
      });

      test('an assignment outlives the next scan', async () => {
        const one = observation('k1');
        await observe([one], 1);
        await store.findings.assign(one.id, 'person:bob', { at: 11, type: 'assigned', actor: 'ann', note: null });
        await observe([{ ...one, severity: 'critical' }], 2);
        expect((await store.findings.get(one.id))?.assignee).toBe('person:bob');
        expect(await store.findings.count({ owner: 'person:bob' })).toMatchObject({ total: 1 });
      });

      test('are listed worst first over page boundaries, equal ones by age and id', async () => {
        const levels: Severity[] = ['low', 'critical', 'medium'];
        const many = Array.from({ length: 1_100 }, (_, n) =>
          observation(`k${n}`, { severity: levels[n % 3] ?? 'low' }),
        );
        await observe(many.slice(0, 600), 1);
        await observe(many.slice(600), 2);
        const listed = await flat(store.findings.list({}));
        const order = ['critical', 'medium', 'low'];
        const expected = listed.toSorted(
          (a, b) =>
            order.indexOf(a.severity) - order.indexOf(b.severity) ||
            a.firstSeen - b.firstSeen ||
            (a.id < b.id ? -1 : 1),
        );
        expect(new Set(listed.map(({ id }) => id)).size).toBe(1_100);
        expect(listed.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
        expect(await flat(store.findings.list({ severity: 'low', limit: 3 }))).toHaveLength(3);
      });

      test('are filtered by every column, and found by the beginning of their id', async () => {
        const one = observation('k1', {
          title: 'Key never expires',
          threat: 'long-lived-credential',
          initiative: 'Billing',
        });
        await observe([one, observation('k2', { check: 'OWN-01' })], 1);
        for (const filter of [
          { text: 'NEVER exp' },
          { check: 'CRD-01' },
          { threat: 'long-lived-credential' },
          { initiative: 'Billing' },
        ]) {
          expect((await flat(store.findings.list(filter))).map(({ id }) => id)).toEqual([one.id]);
        }
        expect(await store.findings.count({ source: SOURCE, shown: ['resolved'] })).toEqual({
          total: 0,
          bySeverity: {},
          byCheck: {},
        });
        expect((await store.findings.get(one.id.slice(0, 12)))?.id).toBe(one.id);
        expect(await store.findings.get('no-such-id')).toBeUndefined();
        await expect(store.findings.get('')).rejects.toThrow('give more of the id');
      });

      test('are counted once a day, and a day again replaces itself', async () => {
        await observe([observation('k1'), observation('k2')], 1);
        await store.trends.snapshot('2026-06-01');
        await store.trends.snapshot('2026-06-01');
        expect(await store.trends.series()).toEqual([
          { day: '2026-06-01', check: 'CRD-01', severity: 'high', shown: 'open', count: 2 },
        ]);
      });
    });

    describe('register, coverage, log', () => {
      test('risks are written when they change', async () => {
        const risk = { id: 'abc', title: 'r', initiative: 'i' } as unknown as Risk;
        expect(await store.register.putRisks([risk], 1)).toBe(1);
        expect(await store.register.putRisks([risk], 2)).toBe(0);
        expect(await store.register.putRisks([{ ...risk, title: 's' }], 3)).toBe(1);
        expect(await store.register.risk('ab')).toMatchObject({ title: 's' });
        expect(await flat(store.register.risks())).toHaveLength(1);
      });

      test('decisions are kept and found by status and subject', async () => {
        const decision = {
          id: 'd1',
          kind: 'accept',
          subject: 'f1',
          requestedBy: 'ann',
          requestedAt: 1,
          reason: 'r',
          status: 'pending',
          ownersThen: [],
        } as const;
        await store.register.putDecision(decision);
        await store.register.putDecision({ ...decision, status: 'effective' });
        expect(await store.register.decisions({ status: 'pending' })).toEqual([]);
        expect(await store.register.decisions({ subject: 'f1' })).toEqual([{ ...decision, status: 'effective' }]);
      });

      test('coverage comes back by run', async () => {
        const stream = {
          source: SOURCE,
          stream: 's',
          outcome: 'failed',
          reason: 'auth',
          detail: 'd',
          items: 3,
          quarantined: 1,
        } as const;
        const check = {
          check: 'CRD-01',
          source: SOURCE,
          pass: 1,
          fail: 2,
          unknown: 3,
          because: [{ reason: 'r', count: 3 }],
        };
        await store.coverage.put(7, [stream], [check]);
        await store.coverage.put(7, [stream], [check]);
        expect(await store.coverage.streams(7)).toEqual([stream]);
        expect(await store.coverage.checks(7)).toEqual([check]);
        expect(await store.coverage.streams(8)).toEqual([]);
        const other = { ...stream, source: 'files:other' };
        await store.coverage.put(8, [other], []);
        expect(await store.coverage.newest()).toEqual(
          [stream, other].toSorted((a, b) => (a.source < b.source ? -1 : 1)),
        );
        await store.coverage.put(9, [{ ...stream, outcome: 'complete', items: 99 }], []);
        expect((await store.coverage.newest()).map(({ items }) => items)).toContain(99);
        expect(await store.coverage.newest()).toHaveLength(2);
      });

      test('the log is a chain that holds', async () => {
        for (const subject of ['a', 'b\u0000', 'c']) {
          await store.audit.append({ at: 1, actor: 'ann', account: 'ann', action: 'decide', subject, body: '{}' });
        }
        expect((await flat(store.audit.entries())).map(({ seq, subject }) => [seq, subject])).toEqual([
          [1, 'a'],
          [2, 'b'],
          [3, 'c'],
        ]);
        expect(await firstBreak(store.audit.entries())).toBeUndefined();
      });

      test('facts are remembered', async () => {
        expect(await store.meta.get('k')).toBeUndefined();
        await store.meta.set('k', '1');
        await store.meta.set('k', '2');
        expect(await store.meta.get('k')).toBe('2');
      });

      test('grouped writes are all there when the walk ends; one that fails leaves a beginning, and the store goes on', async () => {
        const write = (n: number) => store.atomically((tx) => tx.meta.set(`n${n}`, 'here'));
        await store.grouped(async () => {
          for (let n = 0; n < 40; n++) await write(n);
        });
        const there = async (n: number) => (await store.meta.get(`n${n}`)) === 'here';
        expect(await Promise.all(Array.from({ length: 40 }, (_, n) => there(n)))).not.toContain(false);
        const failing = store.grouped(async () => {
          for (let n = 100; n < 140; n++) {
            if (n === 130) throw new Error('stop here');
            await write(n);
          }
        });
        await expect(failing).rejects.toThrow('stop here');
        const kept = await Promise.all(Array.from({ length: 30 }, (_, n) => there(100 + n)));
        expect(kept).toEqual(kept.toSorted((a, b) => Number(b) - Number(a)));
        await write(200);
        expect(await there(200)).toBe(true);
      });

      test('work done atomically is there as a whole or not at all', async () => {
        const work = (fail: boolean) =>
          store.atomically(async (inner) => {
            await inner.meta.set('k', '1');
            await inner.audit.append({ at: 1, actor: 'a', account: 'a', action: 'x', subject: 's', body: '{}' });
            if (fail) throw new Error('half-way');
          });
        await expect(work(true)).rejects.toThrow('half-way');
        expect([await store.meta.get('k'), await flat(store.audit.entries())]).toEqual([undefined, []]);
        await work(false);
        expect([await store.meta.get('k'), (await flat(store.audit.entries())).length]).toEqual(['1', 1]);
      });
    });
  });
}

const empty: StoredPage = { records: [], next: undefined, quarantined: 0, blind: [] };

function pageOf(...records: AnyRecord[]): StoredPage {
  return { ...empty, records: records.map((record) => ({ record })) };
}

function key(id: string, more: Partial<Credential> = {}): Credential {
  return { kind: 'credential', id, name: id, type: 'api-key', status: 'active', ...more };
}

function flow(id: string, links: readonly Link[]): AnyRecord {
  const graph = { steps: [], edges: [], triggers: [] };
  return { kind: 'workflow', id, name: id, platform: 'n8n', state: 'active', graph, links };
}

function gap(subject: string) {
  return { subject, reason: 'schema', detail: 'd' } as const;
}

function ref(id: string) {
  return { source: SOURCE, kind: 'credential', id } as const;
}

function claim(person: string, state: Claim['state']): Claim {
  return {
    role: 'accountable',
    person,
    name: person,
    state,
    basis: 'tag',
    rel: 'owned-by',
    confidence: 'high',
    reason: 'r',
  };
}

function owned(person: string, state: Claim['state']): Ownership {
  return { accountable: claim(person, state), claims: [claim(person, state)] };
}

function joined(name: string, aliases: readonly string[]): JoinedPerson {
  const email = `${name}@acme.example`;
  return { id: `person:${name}`, name, email, state: 'active', status: 'active', teams: [], aliases };
}

function observation(id: string, more: Partial<Observation> = {}): Observation {
  const subject = { source: SOURCE, kind: 'credential', id, name: id } as const;
  const check = more.check ?? 'CRD-01';
  return {
    id: findingId({ check, subject, discriminator: '' }),
    check,
    checkVersion: 1,
    subject,
    discriminator: '',
    title: 't',
    severity: 'high',
    severityReasons: [{ step: 0, because: 'base' }],
    confidence: 'high',
    evidence: [{ fact: 'expires', value: 'never' }],
    signature: 's',
    threat: 'leaked-secret',
    initiative: 'Sales',
    environment: 'production',
    ...more,
  };
}

interface Scan {
  source?: string;
  outcome?: 'complete' | 'partial' | 'failed' | 'skipped';
  blind?: StoredPage['blind'];
}

/** One attempt of one stream, from claim to end. */
async function scan(store: Store, records: readonly AnyRecord[], at: number, options: Scan = {}) {
  const { source = SOURCE, outcome = 'complete', blind = [] } = options;
  const claim = await store.runs.claim(source, 's', at, HOUR);
  const result = await store.runs.page(claim, { ...pageOf(...records), blind }, at);
  const swept = await store.runs.end(claim, { outcome, absence: 'means-gone' }, at);
  return { ...result, swept };
}

function end(store: Store, claim: StreamClaim, at: number) {
  return store.runs.end(claim, { outcome: 'complete', absence: 'means-gone' }, at);
}

async function flat<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const found: T[] = [];
  for await (const page of pages) found.push(...page);
  return found;
}

async function all<K extends Kind>(store: Store, kind: K) {
  return (await flat(store.records.each(kind))).map(({ record }) => record);
}

function get(store: Store, id: string) {
  return store.records.get({ source: SOURCE, kind: 'credential', id });
}

async function types(store: Store, id: string): Promise<string[]> {
  return (await store.records.history({ source: SOURCE, kind: 'credential', id })).map(({ type }) => type);
}
