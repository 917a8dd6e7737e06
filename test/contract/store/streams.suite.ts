import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LostClaim } from '../../../src/core/errors.ts';
import type { Store } from '../../../src/core/ports.ts';
import { SOURCE, HOUR, pageOf, key, gap, scan, end, flat, all } from '../../helpers/in-store.ts';

/** What becomes of attempts to read a stream. */
export function streamsSuite(name: string, open: () => Promise<Store>): void {
  describe(`streams on ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

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
      await store.runs.finish(1, 12);
      expect(await store.runs.last()).toEqual(last);
    });
  });
}
