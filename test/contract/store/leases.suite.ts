import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LostClaim } from '../../../src/core/errors.ts';
import type { Store } from '../../../src/core/ports.ts';
import { SOURCE } from '../../helpers/in-store.ts';

/** What every engine must do so that one process at a time scans a register. */
export function leasesSuite(name: string, open: () => Promise<Store>): void {
  describe(`leases on ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    describe('a lease', () => {
      test('is held by one at a time, and given back', async () => {
        expect(await store.leases.take('scan', 'a', 100, 50)).toBe(true);
        expect(await store.leases.take('scan', 'b', 149, 50)).toBe(false);
        expect(await store.leases.holder('scan', 149)).toEqual({ holder: 'a', until: 150 });
        await store.leases.release('scan', 'b');
        expect(await store.leases.take('scan', 'b', 149, 50)).toBe(false);
        await store.leases.release('scan', 'a');
        expect(await store.leases.holder('scan', 149)).toBeUndefined();
        expect(await store.leases.take('scan', 'b', 149, 50)).toBe(true);
      });

      test('ends by itself unless it is renewed', async () => {
        await store.leases.take('scan', 'a', 100, 50);
        expect(await store.leases.renew('scan', 'a', 140, 50)).toBe(true);
        expect(await store.leases.take('scan', 'b', 189, 50)).toBe(false);
        expect(await store.leases.take('scan', 'b', 190, 50)).toBe(true);
        expect(await store.leases.renew('scan', 'a', 191, 50)).toBe(false);
        expect(await store.leases.holder('scan', 191)).toEqual({ holder: 'b', until: 240 });
      });

      test("that would hold for longer than anybody takes one is a wrong clock's", async () => {
        await store.leases.take('scan', 'a', 1_000, 50);
        expect(await store.leases.take('scan', 'b', 950, 50)).toBe(false);
        expect(await store.leases.take('scan', 'b', 949, 50)).toBe(true);
      });

      test('of one name says nothing of another, and its holder may take it again', async () => {
        expect(await store.leases.take('scan', 'a', 1, 50)).toBe(true);
        expect(await store.leases.take('other', 'b', 1, 50)).toBe(true);
        expect(await store.leases.take('scan', 'a', 20, 50)).toBe(true);
        expect(await store.leases.holder('scan', 60)).toEqual({ holder: 'a', until: 70 });
        expect([await store.leases.holder('scan', 69), await store.leases.holder('scan', 70)]).toEqual([
          { holder: 'a', until: 70 },
          undefined,
        ]);
        await store.leases.take('other', 'a', 60, 50);
        await store.leases.renew('scan', 'a', 65, 500);
        expect(await store.leases.holder('other', 65)).toEqual({ holder: 'a', until: 110 });
        await store.leases.release('scan', 'a');
        expect(await store.leases.holder('other', 65)).toEqual({ holder: 'a', until: 110 });
      });
    });

    describe('a fence', () => {
      test('lets nobody write who has lost the lease, whatever was begun', async () => {
        await store.leases.take('scan', 'a', 1, 50);
        const mine = store.fenced('scan', 'a', () => 60);
        const { id } = await mine.runs.start({ policy: 'p', version: '1', at: 1 });
        const claim = await mine.runs.claim(SOURCE, 's', 1, 1);
        await store.leases.take('scan', 'b', 100, 50);
        const page = { records: [], next: undefined, quarantined: 0, blind: [] };
        for (const write of [
          () => mine.runs.page(claim, page, 100),
          () => mine.owners.putPeople([], 100),
          () => mine.findings.tick(100),
          () => mine.grouped(() => mine.findings.observe({ subjects: [], observed: [] }, id, 100)),
          () => mine.findings.closeUnseen(id, new Set(), 100),
          () => mine.register.putRisks([], 100, 'scan'),
          () => mine.coverage.put(id, [], []),
          () => mine.trends.snapshot('2026-11-21'),
          () => mine.runs.finish(id, 100),
        ]) {
          await expect(write()).rejects.toThrow(LostClaim);
        }
        expect(await mine.runs.last()).toBeUndefined();
        await store.fenced('scan', 'b', () => 250).runs.finish(id, 100);
        expect(await mine.runs.last()).toMatchObject({ id, finishedAt: 100 });
      });

      test('prolongs the lease with whatever is written', async () => {
        await store.leases.take('scan', 'a', 1, 50);
        await store.fenced('scan', 'a', () => 200).runs.start({ policy: 'p', version: '1', at: 1 });
        expect(await store.leases.holder('scan', 199)).toEqual({ holder: 'a', until: 200 });
      });
    });
  });
}
