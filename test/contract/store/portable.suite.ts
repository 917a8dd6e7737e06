import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { firstBreak } from '../../../src/core/chain.ts';
import type { JoinedPerson } from '../../../src/core/owner.ts';
import type { Store } from '../../../src/core/ports.ts';
import { aRisk } from '../../helpers/a-risk.ts';
import { flat } from '../../helpers/in-store.ts';

const SOURCE = 'files:x';
/** Too many for 32 bits, as every instant is. */
const NOW = 1_795_000_000_000;
/** More than fit the smallest statements. */
const OFTEN = 20;

/** What engines do differently by themselves, and the store must not. */
export function portableSuite(name: string, open: () => Promise<Store>): void {
  describe(`engines differ, but not ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(async () => {
      await store.close();
    });

    test('text is ordered by its bytes, whatever language the server speaks', async () => {
      const ids = [
        'Z',
        'a',
        'ä',
        'z',
        'É',
        '-',
        '_',
        'B',
        '😀',
        '\ue000',
        'e\u0301',
        'ß',
        'ss',
        ' ',
        'a b',
        'a-b',
        'ab',
      ];
      await read(store, SOURCE, ids);
      const ordered = ids.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect((await flat(store.records.each('credential'))).map(({ record }) => record.id)).toEqual(ordered);
      expect(await found(store, '')).toEqual(ordered);
    });

    test('what is looked for is taken literally, in either case', async () => {
      await read(store, SOURCE, ['É', '50%', 'a_b', 'a\\b', 'axb']);
      for (const id of ['É', '50%', 'a_b', 'a\\b']) expect(await found(store, id)).toEqual([id]);
      expect(await found(store, 'é')).toEqual(['É']);
    });

    test('what no text can hold is looked for in vain', async () => {
      await read(store, SOURCE, ['a']);
      expect(await store.records.get({ source: SOURCE, kind: 'credential', id: '\u0000' })).toBeUndefined();
      expect(await found(store, '\u0000x')).toEqual([]);
      expect([await store.findings.get('x\u0000'), await store.owners.person('x\u0000')]).toEqual([
        undefined,
        undefined,
      ]);
    });

    test('coverage loses what no text can hold', async () => {
      const stream = { source: SOURCE, stream: 's', outcome: 'failed', items: 1, quarantined: 0 } as const;
      await store.coverage.put(1, [{ ...stream, detail: 'a\u0000b' }], []);
      expect(await store.coverage.streams(1)).toEqual([{ ...stream, detail: 'ab' }]);
    });

    test('instants and counts come back as numbers', async () => {
      const { id } = await store.runs.start({ policy: 'p', version: '1', at: NOW });
      await store.runs.finish(id, NOW + 1);
      expect(await store.runs.last()).toMatchObject({ id, startedAt: NOW, finishedAt: NOW + 1 });
      const counted = { pass: 5e9, fail: 6e9, unknown: 7e9 };
      const check = { check: 'CRD-01', source: SOURCE, ...counted, because: [] };
      await store.coverage.put(id, [], [check]);
      expect(await store.coverage.checks(id)).toEqual([check]);
      await store.leases.take('scan', 'a', NOW, 50);
      expect(await store.leases.holder('scan', NOW)).toEqual({ holder: 'a', until: NOW + 50 });
    });

    test('of what is given twice at once, the last counts', async () => {
      const [first, last] = [often(aRisk({ id: 'r', title: 'first' })), aRisk({ id: 'r', title: 'last' })];
      await store.register.putRisks([...first, last], NOW, 'scan');
      expect(await store.register.riskEvents('r')).toHaveLength(1);
      expect(await store.register.risk('r')).toEqual(last);
      const stream = { source: SOURCE, stream: 's', outcome: 'partial', items: 1, quarantined: 0 } as const;
      const check = { check: 'CRD-01', source: SOURCE, pass: 1, fail: 0, unknown: 0, because: [] };
      await store.coverage.put(
        1,
        [...often(stream), { ...stream, items: 2 }],
        [...often(check), { ...check, pass: 2 }],
      );
      expect(await store.coverage.streams(1)).toEqual([{ ...stream, items: 2 }]);
      expect(await store.coverage.checks(1)).toEqual([{ ...check, pass: 2 }]);
      await store.told.mark('a', often('fact'), NOW);
      expect([...(await store.told.when('a', ['fact']))]).toEqual([['fact', NOW]]);
      const ann = { id: 'person:ann', name: 'Ann', state: 'active', status: 'active', teams: [], aliases: ['ann'] };
      await store.owners.putPeople([[...often(ann), { ...ann, name: 'Anna' }]] as unknown as JoinedPerson[][], NOW);
      expect(await store.owners.person('ann')).toMatchObject({ name: 'Anna' });
    });

    test('whoever writes at the same time gets another number, and one alone the lease', async () => {
      const runs = await Promise.all(often(0).map(() => store.runs.start({ policy: 'p', version: '1', at: NOW })));
      expect(new Set(runs.map(({ id }) => id)).size).toBe(OFTEN);
      const entry = { at: NOW, actor: 'a', account: 'a', action: 'x', subject: 's', body: '{}' };
      await Promise.all(often(entry).map((each) => store.audit.append(each)));
      expect(await flat(store.audit.entries())).toHaveLength(OFTEN);
      expect(await firstBreak(store.audit.entries())).toBeUndefined();
      await Promise.all(often(0).map((_, n) => read(store, `${SOURCE}${n}`, ['a', 'b'])));
      expect(await store.records.counts()).toEqual({ credential: 2 * OFTEN });
      const claims = await Promise.all(often(0).map(() => store.runs.claim(SOURCE, 's', NOW, 50)));
      expect(new Set(claims.map(({ fence }) => fence)).size).toBe(OFTEN);
      const taken = await Promise.all(often(0).map((_, n) => store.leases.take('scan', `holder ${n}`, NOW, 50)));
      expect(taken.filter((got) => got)).toHaveLength(1);
    });
  });
}

function often<T>(value: T): T[] {
  return Array.from({ length: OFTEN }, () => value);
}

async function read(store: Store, source: string, ids: readonly string[]): Promise<void> {
  const claim = await store.runs.claim(source, 's', NOW, 1);
  const records = ids.map((id) => ({
    record: { kind: 'credential', id, name: id, type: 'api-key', status: 'active' } as const,
  }));
  await store.runs.page(claim, { records, next: undefined, quarantined: 0, blind: [] }, NOW);
  await store.runs.end(claim, { outcome: 'complete', absence: 'means-gone' }, NOW);
}

async function found(store: Store, text: string): Promise<string[]> {
  return (await flat(store.records.search({ text }))).map(({ record }) => record.id);
}
