import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store, StoredPage } from '../../../src/core/ports.ts';
import type { AnyRecord } from '../../../src/core/record.ts';
import { HOUR, SOURCE, all, empty, gap, key, pageOf, types } from '../../helpers/in-store.ts';

const PAGE = { request: 'GET /keys', etag: 'v1', next: { page: 2 } };
const [a, b] = [
  { kind: 'credential', id: 'a' },
  { kind: 'credential', id: 'b' },
] as const;

/** What is kept so that the next read asks for less, and when it is not believed. */
export function changesSuite(name: string, open: () => Promise<Store>): void {
  describe(`reading less, on ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    const take = (at: number, attempt = {}) => store.runs.claim(SOURCE, 's', at, HOUR, attempt);
    const live = async () => (await all(store, 'credential')).map(({ id }) => id);

    type End = Partial<Parameters<Store['runs']['end']>[1]>;
    /** One attempt of these pages; what it was told to begin from, and how it ended. */
    async function read(at: number, pages: readonly Partial<StoredPage>[], end: End = {}, attempt = {}) {
      const claim = await take(at, attempt);
      for (const page of pages) await store.runs.page(claim, { ...empty, ...page }, at);
      const swept = await store.runs.end(claim, { outcome: 'complete', absence: 'means-gone', ...end }, at);
      return { claim, swept };
    }
    const known = async () => store.runs.known(await take(1_000_000), PAGE.request);

    test('what a source says is gone is gone once, whatever else stays, and comes back when it is shown', async () => {
      await read(1, [pageOf(key('a'), key('b'))]);
      for (const at of [2, 3]) await read(at, [{ removed: [a] }], { absence: 'means-nothing' });
      expect([await live(), await types(store, 'a'), await types(store, 'b')]).toEqual([
        ['b'],
        ['appeared', 'vanished'],
        ['appeared'],
      ]);
      await read(4, [pageOf(key('a'))], { absence: 'means-nothing' });
      expect(await types(store, 'a')).toEqual(['appeared', 'vanished', 'returned']);
    });

    test('what cannot be seen any more is not missed, and what is gone does not come back by it', async () => {
      await read(1, [pageOf(key('a'), key('b'), key('c'))]);
      await read(2, [pageOf(key('a'), key('c'))]);
      await read(3, [{ ...pageOf(key('c')), hidden: [a, b] }]);
      expect(await live()).toEqual(['a', 'c']);
    });

    test('what is said of one kind is said of no other of the same id, nor of what another stream holds', async () => {
      const twin = { ...key('a'), kind: 'identity', platform: 'n8n', type: 'bot' } as AnyRecord;
      await read(1, [{ ...empty, records: [{ record: key('a') }, { record: twin }] }]);
      const other = await store.runs.claim(SOURCE, 'other', 1, HOUR);
      await store.runs.page(other, pageOf(key('b')), 1);
      await store.runs.end(other, { outcome: 'complete', absence: 'means-gone' }, 1);
      await read(2, [{ removed: [a, b] }], { absence: 'means-nothing' });
      expect(await store.records.counts()).toEqual({ credential: 1, identity: 1 });
      await read(3, [{ hidden: [a] }]);
      expect(await store.records.counts()).toEqual({ credential: 1 });
      await read(4, [pageOf(key('a'))]);
      await read(5, [{ hidden: [{ kind: 'identity', id: 'a' }] }]);
      expect(await live()).toEqual(['b']);
    });

    test('a page that has not changed shows what it showed, and leads on', async () => {
      await read(1, [{ ...pageOf(key('a'), key('b')), version: PAGE }, pageOf(key('c'))]);
      expect(await known()).toEqual(PAGE);
      const claim = await take(2);
      const unchanged = { ...empty, version: PAGE, unchanged: true } as const;
      expect(await store.runs.page(claim, unchanged, 2)).toMatchObject({ seen: 2, appeared: 0 });
      await store.runs.end(claim, { outcome: 'complete', absence: 'means-gone' }, 2);
      expect(await live()).toEqual(['a', 'b']);
      expect(await known()).toEqual(PAGE);
      const { next: _, ...last } = PAGE;
      await read(3, [{ ...pageOf(key('a'), key('b')), version: { ...last, etag: 'v2' } }]);
      expect(await known()).toEqual({ ...last, etag: 'v2' });
    });

    test.each<[string, Partial<StoredPage>]>([
      ['of which something could not be read', { ...pageOf(key('a')), blind: [gap('x')], version: PAGE }],
      ['of which something came twice', { ...pageOf(key('a'), key('a', { name: 'other' })), version: PAGE }],
      ['of which something went', { removed: [a] }],
    ])('a page %s is read again', async (_what, page) => {
      await read(1, [{ ...pageOf(key('a'), key('b')), version: PAGE }]);
      expect(await known()).toBeDefined();
      await read(2, [page], { absence: 'means-nothing' });
      expect(await known()).toBeUndefined();
    });

    test('a page is read again when what it defined is only mentioned elsewhere since', async () => {
      await read(1, [{ ...pageOf(key('a')), version: PAGE }]);
      await read(2, []);
      const elsewhere = await store.runs.claim(SOURCE, 'other', 3, HOUR);
      await store.runs.page(elsewhere, { ...empty, records: [{ record: key('a'), reference: true }] }, 3);
      expect([await live(), await known()]).toEqual([['a'], undefined]);
    });

    test.each<[string, unknown, End, number | undefined]>([
      ['a complete one', 'token', {}, 5],
      ['one of changes alone, which is no full one', 'token', { absence: 'means-nothing' }, 1],
      ['a partial one', undefined, { outcome: 'partial' }, undefined],
      ['a failed one', undefined, { outcome: 'failed' }, undefined],
    ])('after a read, changes are asked for from where it ended: %s', async (_what, changesFrom, end, readInFullAt) => {
      await read(1, [pageOf(key('a'))], { changesFrom: 'first' });
      const { claim } = await read(5, [pageOf(key('a'))], { changesFrom: 'token', ...end });
      expect(claim).toMatchObject({ changesFrom: 'first', readInFullAt: 1 });
      expect(await take(6)).toMatchObject({ changesFrom, readInFullAt });
    });

    test('after a read that a mass disappearance was held in, everything is read again', async () => {
      const many = Array.from({ length: 60 }, (_, n) => key(`k${n}`));
      await read(1, [pageOf(...many)], { changesFrom: 'first' });
      const { swept } = await read(2, [pageOf(key('k1'))], { changesFrom: 'second' });
      expect(swept.held).toEqual({ wouldVanish: 59, of: 60 });
      expect((await take(3)).changesFrom).toBeUndefined();
    });

    test('what another reading was told is forgotten, and its attempt not gone on with', async () => {
      await read(1, [{ ...pageOf(key('a')), version: PAGE }], { changesFrom: 'first' }, { reading: 'one' });
      const same = await take(2, { reading: 'one' });
      expect(same).toMatchObject({ changesFrom: 'first', readInFullAt: 1, resumed: false });
      await store.runs.page(same, { ...empty, next: { page: 2 } }, 2);
      expect(await take(3, { reading: 'one' })).toMatchObject({ resumed: true, cursor: { page: 2 } });
      const other = await take(4, { reading: 'two' });
      expect(other).toMatchObject({
        resumed: false,
        cursor: undefined,
        changesFrom: undefined,
        readInFullAt: undefined,
      });
      expect(await store.runs.known(other, PAGE.request)).toBeUndefined();
    });

    test('an attempt that goes on lacks what it lacked, and is as bounded as it was; a new one is not', async () => {
      const first = await take(1, { lacking: 'a permission' });
      await store.runs.page(first, { ...pageOf(key('a')), bounded: true, next: { page: 2 }, blind: [gap('x')] }, 1);
      await store.runs.page(first, { ...pageOf(key('b')), next: { page: 3 } }, 1);
      expect(await take(2)).toMatchObject({
        resumed: true,
        lacking: 'a permission',
        bounded: true,
        items: 2,
        unmapped: 1,
      });
      const later = 2 * HOUR + 5;
      expect(await take(later, { lacking: 'another' })).toMatchObject({
        resumed: false,
        lacking: 'another',
        bounded: false,
      });
      // Where no page was read there is nothing to go on with.
      expect(await take(later + 1)).toMatchObject({ resumed: true, cursor: undefined, lacking: undefined });
    });
  });
}
