import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Observation } from '../../../src/core/finding.ts';
import { step } from '../../../src/core/lifecycle.ts';
import type { Store } from '../../../src/core/ports.ts';
import { SOURCE, flat, gap, joined, key, observation, scan } from '../../helpers/in-store.ts';
import { aRisk } from '../../helpers/a-risk.ts';

/** Which findings stand, whose they are and what they count towards; and that lists come in their order. */
export function standingSuite(name: string, open: () => Promise<Store>): void {
  describe(`what stands, on ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    /** Subjects come in the order of the store. */
    const observe = async (run: number, ...observed: readonly Observation[]) => {
      const subjects = observed.map(({ subject }) => ({ ...subject, unknown: [] }));
      const batch = { subjects: subjects.toSorted((a, b) => (a.id < b.id ? -1 : 1)), observed };
      await store.findings.observe(batch, run, run * 10);
    };
    async function decide(id: string, at: number, what: 'accept' | 'false-positive' | 'withdraw', until = 20) {
      const type = (
        { accept: 'accepted', 'false-positive': 'marked-false-positive', withdraw: 'decision-withdrawn' } as const
      )[what];
      const { next } = step((await store.findings.get(id))!, { type: what, at, until });
      await store.findings.apply(id, next, [{ at, type, actor: 'person:ann', note: null }]);
    }
    const one = (id: string, more: Partial<Observation> = {}) => observation(id, more);

    test('towards risks counts what is open, accepted or mended, in the order of the risks', async () => {
      const at = (initiative: string, threat: string) => ({ initiative, threat });
      const [accepted, refuted] = [one('accepted', at('B', 'x')), one('refuted', at('A', 'x'))];
      await observe(
        1,
        one('later', at('B', 'y')),
        accepted,
        refuted,
        one('mended', at('A', 'y')),
        one('open', at('A', 'x')),
      );
      await decide(accepted.id, 11, 'accept', 99);
      await decide(refuted.id, 11, 'false-positive');
      const gone = one('retired', { ...at('A', 'x'), check: 'OLD-01' });
      await observe(1, gone);
      await observe(2, one('later', at('B', 'y')), accepted, refuted, one('open', at('A', 'x')));
      await store.findings.closeUnseen(2, new Set(['CRD-01']), 20);
      const towards = async (only?: { initiative: string; threat: string }) =>
        (await flat(store.findings.byRisk(only))).map(
          ({ subject, initiative, threat }) => `${initiative} ${threat} ${subject.id}`,
        );
      expect(await towards()).toEqual(['A x open', 'A y mended', 'B x accepted', 'B y later']);
      expect(await towards(at('A', 'x'))).toEqual(['A x open']);
    });

    test('is somebody’s who owns it or to whom it was given, also under an id that they had before', async () => {
      await store.owners.putPeople([[joined('ann', ['a.smith']), joined('bob', ['b.jones'])]], 1);
      const [given, before, other] = [one('given', { owner: 'person:bob' }), one('before'), one('other')];
      await observe(1, one('owned', { owner: 'person:ann' }), given, before, other);
      const event = { at: 11, type: 'assigned', actor: 'person:bob', note: null } as const;
      await store.findings.assign(given.id, 'person:ann', event);
      await store.findings.assign(before.id, 'person:a.smith', event);
      await store.findings.assign(other.id, 'person:b.jones', event);
      const of = async (owner: string) =>
        (await flat(store.findings.list({ owner }))).map(({ subject }) => subject.id).toSorted();
      expect(await of('person:ann')).toEqual(['before', 'given', 'owned']);
      expect(await of('person:bob')).toEqual(['given', 'other']);
    });

    test('a lapsed acceptance is told while the finding is open and nobody has decided about it since', async () => {
      const all = ['lapsed', 'mended', 'again', 'withdrawn'].map((id) => one(id));
      await observe(1, ...all);
      for (const { id } of all) await decide(id, 11, 'accept', 20);
      await store.findings.tick(20);
      const lapsed = async () => (await flat(store.findings.lapsed())).map(({ finding }) => finding.subject.id);
      expect((await lapsed()).toSorted()).toEqual(all.map(({ subject }) => subject.id).toSorted());
      const [still, mended, again, withdrawn] = all;
      await decide(again!.id, 21, 'accept', 40);
      await decide(withdrawn!.id, 21, 'withdraw');
      await observe(3, still!, again!, withdrawn!);
      await store.findings.closeUnseen(3, new Set(['CRD-01']), 30);
      expect([(await store.findings.get(mended!.id))?.state, await lapsed()]).toEqual(['resolved', ['lapsed']]);
    });

    test('what was called false is open again when it rests on more, unless it is a secret, which lies where it lies', async () => {
      const on = (...facts: string[]) => ({ evidence: facts.map((fact) => ({ fact, value: 'x' })) });
      const everywhere = { subject: { source: '*', kind: 'credential', id: 'found:f1', name: 's' } } as const;
      const [wider, other, secret] = [
        one('wider', on('step')),
        one('other', on('step')),
        one('secret', { ...everywhere, ...on('place') }),
      ];
      await observe(1, wider, other, secret);
      for (const { id } of [wider, other, secret]) await decide(id, 11, 'false-positive');
      await observe(
        2,
        { ...wider, ...on('step', 'step') },
        { ...other, ...on('header') },
        { ...secret, ...on('place', 'place') },
      );
      const dispositions = await Promise.all(
        [wider, other, secret].map(async ({ id }) => (await store.findings.get(id))?.disposition),
      );
      expect(dispositions).toEqual(['none', 'false-positive', 'false-positive']);
      expect((await store.findings.events(wider.id)).at(-1)).toMatchObject({
        type: 'refutation-voided',
        actor: 'scan',
      });
    });

    test('a finding says today’s words, and keeps who it was given to', async () => {
      const was = one('a', {
        owner: 'person:ann',
        ownerReason: 'its tag',
        ownerConfidence: 'high',
        title: 'Old words',
      });
      await observe(1, was);
      await store.findings.assign(was.id, 'person:bob', { at: 11, type: 'assigned', actor: 'person:ann', note: null });
      const { owner: _o, ownerReason: _r, ownerConfidence: _c, ...nobody } = was;
      await observe(2, { ...nobody, title: 'New words', evidence: [] });
      const finding = await store.findings.get(was.id);
      expect(finding).toMatchObject({
        title: 'New words',
        evidence: [],
        assignee: 'person:bob',
        lastSeen: 20,
        lastRun: 2,
      });
      for (const field of ['owner', 'ownerReason', 'ownerConfidence']) expect(finding).not.toHaveProperty(field);
      expect(await flat(store.findings.list({ text: 'NEW words' }))).toHaveLength(1);
      expect(await flat(store.findings.list({ text: 'old words' }))).toEqual([]);
    });

    test('lists come in their order, in whichever they were written', async () => {
      const names = ['c', 'b', 'a'];
      for (const source of names)
        for (const at of [1, 2]) await scan(store, [key('k')], at, { source, blind: [gap('x'), gap('y')] });
      const run = await store.runs.start({ policy: 'p', version: '1', at: 1 });
      const coverage = names.flatMap((source) =>
        names.map((stream) => ({ source, stream, outcome: 'complete' as const, items: 0, quarantined: 0 })),
      );
      const asked = names.flatMap((check) =>
        names.map((source) => ({ check, source, pass: 1, fail: 0, unknown: 0, because: [] })),
      );
      await store.coverage.put(run.id, coverage, asked);
      await store.owners.putPeople([names.map((each) => joined(each, []))], 1);
      await store.register.putRisks(
        names.map((id) => aRisk({ id })),
        1,
        'scan',
      );
      const decision = {
        kind: 'accept',
        subject: 's',
        requestedBy: 'person:ann',
        reason: 'r',
        status: 'pending',
        ownersThen: [],
      } as const;
      for (const id of ['d3', 'd2']) await store.register.putDecision({ ...decision, id, requestedAt: 5 });
      await store.register.putDecision({ ...decision, id: 'd9', requestedAt: 1 });
      for (const id of names)
        await store.owners.assert({
          subject: { source: SOURCE, kind: 'credential', id },
          role: 'accountable',
          person: 'ann',
          basis: 'confirmed',
          at: 1,
        });
      const pairs = ['a a', 'a b', 'a c', 'b a', 'b b', 'b c', 'c a', 'c b', 'c c'];
      for (const list of [await store.coverage.streams(run.id), await store.coverage.newest()])
        expect(list.map(({ source, stream }) => `${source} ${stream}`)).toEqual(pairs);
      expect((await store.coverage.checks(run.id)).map(({ check, source }) => `${check} ${source}`)).toEqual(pairs);
      expect((await flat(store.coverage.blindSpots())).map(({ source, subject }) => source + subject)).toEqual([
        'ax',
        'ay',
        'bx',
        'by',
        'cx',
        'cy',
      ]);
      expect((await flat(store.owners.people())).map(({ name: each }) => each)).toEqual(['a', 'b', 'c']);
      expect((await flat(store.register.risks())).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
      expect((await store.register.decisions()).map(({ id }) => id)).toEqual(['d9', 'd2', 'd3']);
      expect((await store.owners.assertions()).map(({ subject }) => 'id' in subject && subject.id)).toEqual([
        'a',
        'b',
        'c',
      ]);
      expect((await store.sources.holdings()).map(({ source }) => source)).toEqual(['a', 'b', 'c']);
    });
  });
}
