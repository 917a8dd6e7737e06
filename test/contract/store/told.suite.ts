import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Severity } from '../../../src/core/finding.ts';
import type { Store } from '../../../src/core/ports.ts';
import { streamFact } from '../../../src/core/told.ts';
import { anObservation } from '../../helpers/observation.ts';
import { flat } from '../../helpers/in-store.ts';

/** What every engine must remember so that people are told what is new, and only once. */
export function toldSuite(name: string, open: () => Promise<Store>): void {
  describe(`what was told, on ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(async () => {
      await store.close();
    });

    test('is kept by channel, with the last time', async () => {
      await store.told.mark('a', ['x', 'y'], 1);
      await store.told.mark('a', ['y', 'z'], 2);
      await store.told.mark('b', ['x'], 3);
      expect([...(await store.told.when('a', ['x', 'y', 'z', 'never']))]).toEqual([
        ['x', 1],
        ['y', 2],
        ['z', 2],
      ]);
      expect((await store.told.when('b', ['x', 'y'])).size).toBe(1);
    });

    test('can be forgotten, on that channel alone', async () => {
      for (const channel of ['a', 'b']) await store.told.mark(channel, ['x', 'y'], 1);
      await store.told.forget('a', ['x', 'never']);
      expect([...(await store.told.when('a', ['x', 'y'])).keys()]).toEqual(['y']);
      expect((await store.told.when('b', ['x', 'y'])).size).toBe(2);
    });

    test('of a source that was retired is forgotten when it is read again, whether or not that succeeds', async () => {
      const cover = async (at: number) => {
        const run = await store.runs.start({ policy: 'p', version: '1', at });
        const streams = ['n8n:x', 'n8n:y'].map((source) => ({ source, stream: 's', outcome: 'failed' as const }));
        await store.coverage.put(
          run.id,
          streams.map((each) => ({ ...each, items: 0, quarantined: 0 })),
          [],
        );
        await store.runs.finish(run.id, at);
      };
      const newest = async () => (await store.coverage.newest()).map(({ source }) => source);
      const facts = ['n8n:x', 'n8n:y'].map((source) => streamFact({ source, stream: 's' }));
      const told = async () => [...(await store.told.when('a', facts)).keys()];
      await cover(10);
      await store.told.mark('a', facts, 20);
      await store.sources.retire('n8n:x', { person: 'person:ann', reason: 'moved', at: 30 });
      // This run began before, and saw it under the old configuration.
      await cover(25);
      expect([await newest(), await told()]).toEqual([['n8n:y'], facts]);
      await cover(40);
      expect([await newest(), await told()]).toEqual([['n8n:x', 'n8n:y'], facts.slice(1)]);
      await store.sources.retire('n8n:y', { person: 'person:ann', reason: 'moved', at: 50 });
      await store.runs.claim('n8n:y', 's', 60, 1);
      expect([await newest(), await told()]).toEqual([['n8n:x', 'n8n:y'], []]);
    });

    test('may be nothing, or a great deal', async () => {
      await store.told.mark('a', [], 1);
      await store.told.forget('a', []);
      expect((await store.told.when('a', [])).size).toBe(0);
      const many = Array.from({ length: 1_000 }, (_, at) => `fact ${at}`);
      await store.told.mark('a', many, 1);
      await store.told.forget('a', many.slice(0, 300));
      expect((await store.told.when('a', many)).size).toBe(700);
    });

    test('findings are listed by when they became open', async () => {
      await observe(store, 10, { old: 'low' });
      await observe(store, 20, { young: 'low' });
      const opened = async (filter: { openedSince?: number; openedBefore?: number }): Promise<string[]> =>
        (await flat(store.findings.list(filter))).map(({ subject }) => subject.id);
      expect(await opened({ openedSince: 20 })).toEqual(['young']);
      expect(await opened({ openedBefore: 20 })).toEqual(['old']);
      expect(await opened({ openedSince: 10, openedBefore: 21 })).toEqual(['old', 'young']);
    });

    test('findings that got worse are listed once, with the last time, while they are open and worse than they were', async () => {
      await observe(store, 10, { a: 'low', b: 'low', c: 'low', d: 'low' });
      await observe(store, 20, { a: 'medium', b: 'high', c: 'low', d: 'high' });
      await observe(store, 30, { a: 'high', b: 'medium', c: 'low', d: 'low' });
      const worse = async (since: number): Promise<[string, number][]> =>
        (await flat(store.findings.worsened(since))).map(({ finding, worsenedAt }) => [finding.subject.id, worsenedAt]);
      expect(await worse(0)).toEqual([
        ['b', 20],
        ['a', 30],
      ]);
      expect(await worse(21)).toEqual([['a', 30]]);
      await store.findings.closeUnseen(99, new Set(['AUT-02']), 40);
      expect(await worse(0)).toEqual([]);
    });
  });
}

function observe(store: Store, at: number, severities: { [name: string]: Severity }) {
  const observed = Object.entries(severities).map(([name, severity]) => anObservation({ name, severity }));
  const subjects = observed.map(({ subject }) => ({ ...subject, unknown: [] }));
  return store.findings.observe({ subjects, observed }, at, at);
}
