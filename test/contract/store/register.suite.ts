import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { firstBreak } from '../../../src/core/chain.ts';
import type { Store } from '../../../src/core/ports.ts';
import { aRisk, rated } from '../../helpers/a-risk.ts';
import { SOURCE, flat } from '../../helpers/in-store.ts';

/** Risks, decisions, coverage, the audit log, and writing several things at once. */
export function registerSuite(name: string, open: () => Promise<Store>): void {
  describe(`register, coverage and log on ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    test('risks are written when they change', async () => {
      const risk = aRisk({ id: 'abc' });
      expect(await store.register.putRisks([risk], 1, 'scan')).toBe(1);
      expect(await store.register.putRisks([risk], 2, 'scan')).toBe(0);
      expect(await store.register.putRisks([{ ...risk, title: 's' }], 3, 'scan')).toBe(1);
      expect(await store.register.risk('ab')).toMatchObject({ title: 's' });
      expect(await flat(store.register.risks())).toHaveLength(1);
    });

    test('what happened to a risk is kept beside it, and nothing can take it away', async () => {
      const risk = aRisk({ id: 'abc', accountable: 'person:ann' });
      await store.register.putRisks([risk, aRisk({ id: 'other' })], 1, 'scan');
      await store.register.putRisks([risk], 2, 'scan');
      await store.register.putRisks([{ ...risk, title: 'renamed' }], 3, 'scan');
      await store.register.putRisks([{ ...risk, current: rated('high', 3, 4), status: 'treated' }], 4, 'person:rita');
      expect(await store.register.riskEvents('abc')).toMatchObject([
        { at: 1, type: 'raised', actor: 'scan', note: 'moderate (3×3)' },
        { at: 1, type: 'owner', actor: 'scan', note: 'accountable nobody → person:ann' },
        { at: 4, type: 'rated', actor: 'person:rita', note: 'current moderate (3×3) → high (3×4)' },
        { at: 4, type: 'status', actor: 'person:rita', note: 'open → treated' },
      ]);
      expect(await store.register.riskEvents('nobody')).toEqual([]);
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
      expect(await store.coverage.newest()).toEqual([stream, other].toSorted((a, b) => (a.source < b.source ? -1 : 1)));
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
}
