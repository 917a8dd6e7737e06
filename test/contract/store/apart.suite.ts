import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store, StreamClaim } from '../../../src/core/ports.ts';
import type { AnyRecord } from '../../../src/core/record.ts';
import { HOUR, empty, flat, flow, gap, key, observation, owned } from '../../helpers/in-store.ts';

const sources = ['n8n:one', 'n8n:two'] as const;
const streams = ['keys', 'flows'] as const;
type Source = (typeof sources)[number];
const by = { person: 'person:ann', reason: 'we have moved', at: 30 };

/** What each stream of each source shows: the same ids in two kinds, and a workflow that uses one of them. */
const shown: Record<(typeof streams)[number], readonly AnyRecord[]> = {
  keys: [key('a'), key('b'), { kind: 'identity', id: 'a', name: 'a', platform: 'n8n', type: 'bot', status: 'active' }],
  flows: [flow('a', [{ rel: 'uses', kind: 'credential', id: 'a' }]), key('c')],
};
const kinds = ['credential', 'identity', 'workflow'] as const;

function about(source: Source, kind: (typeof kinds)[number], id: string) {
  return observation(`${source} ${kind} ${id}`, { subject: { source, kind, id, name: id } });
}

/** However alike their ids are, what is done to one leaves every other as it was. */
export function apartSuite(name: string, open: () => Promise<Store>): void {
  describe(`what belongs to others, on ${name}`, () => {
    let store: Store;
    const claims = new Map<string, StreamClaim>();
    beforeEach(async () => {
      store = await open();
      for (const source of sources) {
        for (const stream of streams) await readAll(source, stream, 10);
        const observed = kinds.map((kind) => about(source, kind, 'a'));
        await store.findings.observe({ subjects: observed.map(evaluated), observed }, 1, 10);
        const ownership = owned('person:bob', 'active');
        await store.owners.put(kinds.map((kind) => ({ ref: { source, kind, id: 'a' }, ownership })));
      }
    });
    afterEach(() => store.close());

    const evaluated = ({ subject }: ReturnType<typeof about>) => ({ ...subject, unknown: [] });

    async function readAll(source: Source, stream: (typeof streams)[number], at: number): Promise<void> {
      const claim = await store.runs.claim(source, stream, at, HOUR, { reading: 'r' });
      claims.set(`${source} ${stream}`, claim);
      const records = shown[stream].map((record) => ({ record }));
      await store.runs.page(claim, { ...empty, records, version: { request: 'GET /all', etag: `${stream} v1` } }, at);
      await store.runs.page(claim, { ...empty, blind: [gap(`${stream} page 2`)] }, at);
      await store.runs.end(claim, { outcome: 'complete', absence: 'means-gone', changesFrom: stream }, at);
    }

    /** All that can be asked about a source, or about a stream of it. */
    async function standing(source: Source, ...of: readonly (typeof streams)[number][]) {
      const wanted = of.length === 0 ? streams : of;
      const refs = wanted.flatMap((stream) => shown[stream]).map(({ kind, id }) => ({ source, kind, id }));
      const findings = await flat(store.findings.list({ source }));
      return {
        records: await Promise.all(refs.map((ref) => store.records.get(ref))),
        histories: await Promise.all(refs.map((ref) => store.records.history(ref))),
        owners: await Promise.all(refs.map((ref) => store.owners.get(ref))),
        blind: (await flat(store.coverage.blindSpots())).filter(
          (spot) => spot.source === source && wanted.some((stream) => stream === spot.stream),
        ),
        pages: await Promise.all(
          wanted.map((stream) => store.runs.known(claims.get(`${source} ${stream}`)!, 'GET /all')),
        ),
        findings: of.length > 0 ? [] : findings,
        events: await Promise.all(findings.map(({ id }) => store.findings.events(id))),
      };
    }

    const taking = (source: Source, reading = 'r') => store.runs.claim(source, 'keys', 20, HOUR, { reading });
    const ending = { outcome: 'complete', absence: 'means-gone' } as const;
    const acts: readonly [string, boolean, () => Promise<unknown>][] = [
      ['a read that shows nothing', true, async () => store.runs.end(await taking('n8n:one'), ending, 20)],
      [
        'a page that tells what is gone and what is hidden',
        true,
        async () => {
          const claim = await taking('n8n:one');
          const [removed, hidden] = [
            [{ kind: 'credential', id: 'a' } as const],
            [{ kind: 'identity', id: 'a' } as const],
          ];
          await store.runs.page(claim, { ...empty, removed, hidden }, 20);
          await store.runs.end(claim, ending, 20);
        },
      ],
      [
        'a page that has not changed',
        true,
        async () => {
          const claim = await taking('n8n:one');
          const version = { request: 'GET /all', etag: 'keys v1' };
          expect(await store.runs.page(claim, { ...empty, version, unchanged: true }, 20)).toMatchObject({ seen: 3 });
          expect(await store.runs.end(claim, ending, 20)).toEqual({ gone: 0 });
        },
      ],
      ['another reading', true, () => taking('n8n:one', 'another')],
      ['retiring the source', false, () => store.sources.retire('n8n:one', by)],
      [
        'a check that answers no more',
        false,
        () =>
          store.findings.observe(
            { subjects: kinds.map((kind) => evaluated(about('n8n:one', kind, 'a'))), observed: [] },
            2,
            20,
          ),
      ],
      [
        'another owner',
        false,
        () =>
          store.owners.put([
            { ref: { source: 'n8n:one', kind: 'credential', id: 'a' }, ownership: owned('x', 'left') },
          ]),
      ],
    ];

    test.each(acts)('is left alone by %s', async (_act, streamAlone, act) => {
      const before = [await standing('n8n:two'), await standing('n8n:one', 'flows')];
      const mine = await standing('n8n:one', 'keys');
      await act();
      expect(await standing('n8n:two')).toEqual(before[0]);
      if (streamAlone) {
        const { records: _seen, ...others } = await standing('n8n:one', 'flows');
        const { records: _was, ...same } = before[1]!;
        expect(others).toEqual(same);
      }
      expect([_act === 'a check that answers no more', await standing('n8n:one', 'keys')]).not.toEqual([false, mine]);
      for (const source of sources)
        for (const stream of streams) {
          if (source === 'n8n:one' && (stream === 'keys' || !streamAlone)) continue;
          expect((await store.runs.claim(source, stream, 40, 1, { reading: 'r' })).changesFrom).toBe(stream);
        }
    });

    test('is left alone by a decision about one finding, and by whom it is given to', async () => {
      const { id } = about('n8n:one', 'credential', 'a');
      const others = async () => (await flat(store.findings.list({}))).filter((finding) => finding.id !== id);
      const before = await others();
      const finding = (await store.findings.get(id))!;
      const event = { at: 20, actor: 'person:ann', note: 'r' };
      await store.findings.apply(id, { ...finding, disposition: 'accepted', dispositionUntil: 90 }, [
        { ...event, type: 'accepted' },
      ]);
      await store.findings.assign(id, 'person:bob', { ...event, type: 'assigned' });
      expect(await store.findings.get(id)).toMatchObject({ disposition: 'accepted', assignee: 'person:bob' });
      expect(await others()).toEqual(before);
      expect((await store.findings.events(id)).map(({ type }) => type)).toEqual(['opened', 'accepted', 'assigned']);
      for (const other of before) expect(await store.findings.events(other.id)).toHaveLength(1);
    });

    test('is counted and listed by itself', async () => {
      expect(await flat(store.findings.list({ source: 'n8n:two' }))).toHaveLength(3);
      expect((await store.findings.count({ source: 'n8n:two' })).total).toBe(3);
      expect(await store.records.nameOf({ source: 'n8n:two', kind: 'workflow', id: 'a' })).toBe('a');
      expect(await store.records.nameOf({ source: 'n8n:two', kind: 'workflow', id: 'b' })).toBeUndefined();
      const held = (await store.sources.holdings()).map(({ source, records, findings }) => [source, records, findings]);
      expect(held).toEqual(sources.map((source) => [source, 5, 3]));
    });
  });
}
