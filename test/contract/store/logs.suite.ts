import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Attribution } from '../../../src/core/attribution.ts';
import type { Store } from '../../../src/core/ports.ts';
import type { Credential } from '../../../src/core/record.ts';

const made: Attribution = { rel: 'created-by', who: { id: 'ada' }, basis: 'audit-log', at: 1 };
const edited: Attribution = { rel: 'edited-by', who: { id: 'bo' }, basis: 'audit-log', at: 2 };
const owned: Attribution = { rel: 'owned-by', who: { id: 'ada' }, basis: 'audit-log', at: 3 };

/** What every engine must do with what logs tell: they keep some months, and who built something is asked for years. */
export function logsSuite(name: string, open: () => Promise<Store>): void {
  describe(`what logs told, on ${name}`, () => {
    let store: Store;
    let at = 0;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(async () => {
      await store.close();
    });

    const key = (more: Partial<Credential> = {}): Credential => ({
      kind: 'credential',
      id: 'key',
      name: 'Key',
      type: 'api-key',
      status: 'active',
      ...more,
    });
    const read = async (...records: Credential[]): Promise<readonly Attribution[]> => {
      at += 1;
      const claim = await store.runs.claim('aws', 'keys', at, 60);
      const page = { records: records.map((record) => ({ record })), next: undefined, quarantined: 0, blind: [] };
      const { changed } = await store.runs.page(claim, page, at);
      await store.runs.end(claim, { outcome: 'complete', absence: 'means-gone' }, at);
      written = changed;
      return (await store.records.get({ source: 'aws', kind: 'credential', id: 'key' }))?.record.attributions ?? [];
    };
    let written = 0;

    test('an act stays known when the log has forgotten it, and the same again is nothing', async () => {
      await read(key({ attributions: [made, edited, owned] }));
      expect(await read(key())).toEqual([made, edited]);
      for (let again = 0; again < 2; again++) {
        expect(await read(key())).toEqual([made, edited]);
        expect(written).toBe(0);
      }
      expect(await read(key({ name: 'Renamed' }))).toEqual([made, edited]);
    });

    test('what the source says today of the same part replaces it', async () => {
      await read(key({ attributions: [made, edited] }));
      const now: Attribution = { rel: 'edited-by', who: { id: 'cy' }, basis: 'editor-field', at: 9 };
      expect(await read(key({ attributions: [now] }))).toEqual([now, made]);
    });

    test('another thing of the same name was made by somebody else', async () => {
      await read(key({ attributions: [made], createdAt: 1 }));
      expect(await read(key({ createdAt: 5 }))).toEqual([]);
      await read(key({ attributions: [made], createdAt: 5 }));
      await read();
      expect(await read(key({ createdAt: 5 }))).toEqual([]);
    });
  });
}
