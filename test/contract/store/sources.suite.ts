import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findingId } from '../../../src/core/identity.ts';
import type { Store, StoredVersion } from '../../../src/core/ports.ts';
import { anObservation } from '../../helpers/observation.ts';
import { aMatch } from '../../helpers/match.ts';
import { processorTime } from '../../helpers/processor-time.ts';

const SOURCE = 'n8n:old';
const by = { person: 'person:ann', reason: 'we have moved', at: 30 };

/** What every engine must do with sources that are read no more. */
export function sourcesSuite(name: string, open: () => Promise<Store>): void {
  describe(`sources on ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(async () => {
      await store.close();
    });

    test('are listed with what the register holds of them', async () => {
      await read(store, SOURCE, ['a', 'b'], 10);
      await read(store, 'n8n:other', [], 20);
      await found(store, SOURCE, 'a');
      await found(store, 'n8n:other', 'mended');
      await store.findings.closeUnseen(2, new Set(['AUT-02']), 11);
      await found(store, SOURCE, 'a');
      // It could not even be opened, and so no stream of it was begun.
      await covered(store, 'n8n:shut', 25, 'failed');
      await store.runs.claim('n8n:killed', 's', 26, 1);
      expect(await store.sources.holdings()).toEqual([
        { source: 'n8n:killed', records: 0, findings: 0 },
        { source: SOURCE, records: 2, findings: 1, lookedAt: 10 },
        { source: 'n8n:other', records: 0, findings: 0, lookedAt: 20 },
        { source: 'n8n:shut', records: 0, findings: 0, lookedAt: 25 },
      ]);
    });

    test('that are retired lose their records and findings, with the reason, and nobody else does', async () => {
      for (const source of [SOURCE, 'n8n:other']) {
        await read(store, source, ['a', 'b'], 10);
        await found(store, source, 'a');
      }
      expect(await store.sources.retire(SOURCE, by)).toEqual({ records: 2, findings: 1 });
      expect(await store.records.counts()).toEqual({ credential: 2 });
      const history = await store.records.history({ source: SOURCE, kind: 'credential', id: 'a' });
      expect(history.at(-1)).toMatchObject({ at: 30, type: 'vanished', fields: ['source retired'] });
      const states = await Promise.all([SOURCE, 'n8n:other'].map((source) => store.findings.get(id(source, 'a'))));
      expect(states.map((finding) => finding?.state)).toEqual(['retired', 'open']);
      expect((await store.findings.events(id(SOURCE, 'a'))).at(-1)).toMatchObject({
        at: 30,
        type: 'retired',
        actor: 'person:ann',
        note: 'we have moved',
      });
      expect((await store.sources.holdings()).map(({ source }) => source)).toEqual(['n8n:other']);
      expect(await store.sources.retire(SOURCE, { ...by, at: 31 })).toEqual({ records: 0, findings: 0 });
    });

    test('that are retired take a secret with them only where it lay nowhere else', async () => {
      const [alone, shared] = ['f1', 'f2'].map((fingerprint) => `found:${fingerprint}`) as [string, string];
      await read(store, SOURCE, ['a'], 10, { secrets: ['f1', 'f2'] });
      await read(store, 'n8n:other', ['a'], 10, { secrets: ['f2'] });
      for (const secret of [alone, shared]) await found(store, '*', secret);
      const states = () =>
        Promise.all([alone, shared].map(async (secret) => (await store.findings.get(id('*', secret)))?.state));
      expect(await store.sources.retire(SOURCE, by)).toEqual({ records: 1, findings: 1 });
      expect(await states()).toEqual(['retired', 'open']);
      expect(await store.sources.retire('n8n:other', { ...by, at: 31 })).toEqual({ records: 1, findings: 1 });
      expect(await states()).toEqual(['retired', 'retired']);
    });

    test('that are retired with thousands of secrets ask about each of them alone', async () => {
      const secrets = Array.from({ length: 2_000 }, (_, at) => `f${at}`);
      await read(store, SOURCE, ['a'], 10, { secrets });
      for (const secret of secrets) await found(store, '*', `found:${secret}`);
      const taken = await processorTime(async () => {
        expect(await store.sources.retire(SOURCE, by)).toEqual({ records: 1, findings: 2_000 });
      });
      expect(taken).toBeLessThan(1_000);
    });

    test('that are retired are no more said to be blind, and what was seen of them is no disappearance', async () => {
      await read(store, SOURCE, ['a'], 10, { outcome: 'partial' });
      await covered(store, 'n8n:shut', 20, 'failed');
      await store.sources.retire(SOURCE, by);
      await store.sources.retire('n8n:shut', by);
      expect(await store.coverage.newest()).toEqual([]);
      expect(await store.coverage.lastRead()).toEqual(new Map());
      for await (const page of store.coverage.blindSpots()) expect(page).toEqual([]);
      for await (const page of store.records.vanished('credential', 0)) expect(page).toEqual([]);
      // What a run has seen stays in the history of that run.
      expect(await store.coverage.streams(1)).toHaveLength(1);
    });

    test('that are read again come back whole, whatever was known of their pages', async () => {
      const version = { request: 'GET /keys', etag: 'v1' };
      await read(store, SOURCE, ['a', 'b'], 10, { version, changesFrom: 'token' });
      await store.sources.retire(SOURCE, by);
      const claim = await store.runs.claim(SOURCE, 's', 40, 1);
      expect([claim.changesFrom, claim.cursor, claim.resumed]).toEqual([undefined, undefined, false]);
      expect(await store.runs.known(claim, version.request)).toBeUndefined();
      await read(store, SOURCE, ['a'], 50);
      expect(await store.sources.holdings()).toEqual([{ source: SOURCE, records: 1, findings: 0, lookedAt: 50 }]);
      expect((await store.coverage.newest()).map(({ source }) => source)).toEqual([SOURCE]);
      const history = await store.records.history({ source: SOURCE, kind: 'credential', id: 'a' });
      expect(history.map(({ type }) => type)).toEqual(['appeared', 'vanished', 'returned']);
    });

    test('that are retired while a worker still writes are written no more', async () => {
      const claim = await store.runs.claim(SOURCE, 's', 10, 1);
      await store.sources.retire(SOURCE, by);
      const page = { records: [], next: undefined, quarantined: 0, blind: [] };
      await expect(store.runs.page(claim, page, 40)).rejects.toThrow('taken');
    });
  });
}

interface Ending {
  /** Fingerprints that every record read holds. */
  secrets?: readonly string[];
  outcome?: 'complete' | 'partial';
  version?: StoredVersion;
  changesFrom?: string;
}

async function read(store: Store, source: string, ids: readonly string[], at: number, end: Ending = {}): Promise<void> {
  const { outcome = 'complete', version, changesFrom, secrets = [] } = end;
  const matches = secrets.map(aMatch);
  const claim = await store.runs.claim(source, 's', at, 1);
  const records = ids.map((id) => ({
    record: { kind: 'credential', id, name: id, type: 'api-key', status: 'active', matches } as const,
  }));
  const blind = outcome === 'partial' ? [{ subject: 'x', reason: 'schema' as const, detail: 'd' }] : [];
  const page = { records, next: undefined, quarantined: blind.length, blind, ...(version && { version }) };
  await store.runs.page(claim, page, at);
  await store.runs.end(claim, { outcome, absence: 'means-gone', ...(changesFrom && { changesFrom }) }, at);
  await covered(store, source, at, outcome);
}

async function covered(store: Store, source: string, at: number, outcome: 'complete' | 'partial' | 'failed') {
  const run = await store.runs.start({ policy: 'p', version: '1', at });
  await store.coverage.put(run.id, [{ source, stream: 's', outcome, items: 0, quarantined: 0 }], []);
  await store.runs.finish(run.id, at);
}

async function found(store: Store, source: string, name: string): Promise<void> {
  const observation = observed(source, name);
  const subjects = [{ ...observation.subject, unknown: [] }];
  await store.findings.observe({ subjects, observed: [observation] }, 1, 10);
}

function observed(source: string, name: string) {
  const subject = { source, kind: 'credential', id: name, name } as const;
  return anObservation({ severity: 'high', subject, id: findingId({ check: 'AUT-02', subject, discriminator: '' }) });
}

function id(source: string, name: string): string {
  return observed(source, name).id;
}
