import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store, StoredPage } from '../../../src/core/ports.ts';
import type { AnyRecord } from '../../../src/core/record.ts';
import { character } from '../../helpers/character.ts';
import { SOURCE, HOUR, empty, pageOf, key, scan, flat, all, get, types } from '../../helpers/in-store.ts';

/** What becomes of records as they are read again and again. */
export function recordsSuite(name: string, open: () => Promise<Store>): void {
  describe(`records on ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

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

    test.each(['partial', 'failed', 'skipped'] as const)('a read that ended %s makes nothing gone', async (outcome) => {
      await scan(store, [key('a'), key('b')], 1);
      await scan(store, [key('a')], 2, { outcome });
      expect(await all(store, 'credential')).toHaveLength(2);
    });

    test('absence means nothing where the stream says so', async () => {
      await scan(store, [key('a')], 1);
      const claim = await store.runs.claim(SOURCE, 's', 2, HOUR);
      expect(await store.runs.end(claim, { outcome: 'complete', absence: 'means-nothing' }, 2)).toEqual({ gone: 0 });
      expect(await all(store, 'credential')).toHaveLength(1);
    });

    test('where absence is in doubt, what is missing is counted and stays', async () => {
      await scan(store, [key('a'), key('b')], 1);
      for (const at of [2, 3]) {
        const claim = await store.runs.claim(SOURCE, 's', at, HOUR);
        await store.runs.page(claim, pageOf(key('a')), at);
        expect(await store.runs.end(claim, { outcome: 'complete', absence: 'in-doubt' }, at)).toEqual({
          gone: 0,
          held: { wouldVanish: 1, of: 2 },
        });
      }
      expect(await all(store, 'credential')).toHaveLength(2);
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
  });
}
