import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { step } from '../../../src/core/lifecycle.ts';
import type { Observation, Severity } from '../../../src/core/finding.ts';
import type { Store } from '../../../src/core/ports.ts';
import { SOURCE, observation, flat } from '../../helpers/in-store.ts';

/** What becomes of findings from run to run, and how they are listed. */
export function findingsSuite(name: string, open: () => Promise<Store>): void {
  describe(`findings on ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

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

    test('tell the events of many at once', async () => {
      await observe([observation('k1'), observation('k2')], 1);
      await store.findings.closeUnseen(2, new Set(['CRD-01']), 20);
      const [one, two] = [observation('k1').id, observation('k2').id];
      const found = await store.findings.eventsOf([two, one, 'no such finding']);
      expect([...found.keys()].toSorted()).toEqual([one, two].toSorted());
      for (const id of [one, two]) expect(found.get(id)).toEqual(await store.findings.events(id));
      expect((await store.findings.eventsOf([])).size).toBe(0);
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

    test('words may change without an event; owner, severity and signature make one', async () => {
      const one = observation('k1');
      await observe([one], 1);
      expect(await observe([{ ...one, title: 'Other words', owner: 'person:bob' }], 2)).toMatchObject({
        unchanged: 1,
      });
      expect(await store.findings.get(one.id)).toMatchObject({ title: 'Other words', owner: 'person:bob' });
      expect(await observe([{ ...one, severity: 'critical' }], 3)).toMatchObject({ changed: 1 });
      expect(await observe([{ ...one, severity: 'critical', signature: 'other' }], 4)).toMatchObject({ changed: 1 });
      expect(await events(one.id)).toEqual(['opened', 'owner-changed', 'worsened', 'owner-changed', 'changed']);
      const notes = (await store.findings.events(one.id)).map(({ note }) => note);
      expect(notes).toEqual([
        'high, owner nobody',
        'nobody → person:bob',
        'high → critical',
        'person:bob → nobody',
        null,
      ]);
    });

    test('an acceptance is applied with its event, expires, and is then lapsed until somebody decides', async () => {
      const one = observation('k1');
      await observe([one], 1);
      const before = await store.findings.get(one.id);
      if (before === undefined) throw new Error('the finding is missing');
      const { next } = step(before, { type: 'accept', at: 11, until: 15 });
      await store.findings.apply(one.id, next, [{ at: 11, type: 'accepted', actor: 'ann', note: 'ticket 7' }]);
      expect(await store.findings.count({ shown: ['accepted'] })).toMatchObject({ total: 1 });
      expect([await store.findings.hasExpired(14), await store.findings.tick(14)]).toEqual([false, 0]);
      expect([await store.findings.hasExpired(15), await store.findings.tick(15)]).toEqual([true, 1]);
      expect([await store.findings.hasExpired(15), await store.findings.tick(15)]).toEqual([false, 0]);
      expect((await store.findings.events(one.id)).at(-1)).toMatchObject({
        type: 'acceptance-expired',
        actor: 'clock',
      });
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
      const many = Array.from({ length: 1_100 }, (_, n) => observation(`k${n}`, { severity: levels[n % 3] ?? 'low' }));
      await observe(many.slice(0, 600), 1);
      await observe(many.slice(600), 2);
      const listed = await flat(store.findings.list({}));
      const order = ['critical', 'medium', 'low'];
      const expected = listed.toSorted(
        (a, b) =>
          order.indexOf(a.severity) - order.indexOf(b.severity) || a.firstSeen - b.firstSeen || (a.id < b.id ? -1 : 1),
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
}
