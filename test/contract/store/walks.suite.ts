import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../src/core/ports.ts';
import type { Link } from '../../../src/core/record.ts';
import { breaksWithIt, type Way } from '../../../src/core/walk.ts';
import { SOURCE, key, flow, ref, owned, scan, flat, get } from '../../helpers/in-store.ts';
import { aMatch } from '../../helpers/match.ts';

/** How records are found again: joined, searched, walked and grouped. */
export function walksSuite(name: string, open: () => Promise<Store>): void {
  describe(`walks over records on ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    test('no incoming link is lost where reading pauses', async () => {
      const ids = Array.from({ length: 20 }, (_, n) => `k${n}`);
      const flows = ids.flatMap((id) =>
        Array.from({ length: 150 }, (_, n) => flow(`${id}-${n}`, [{ rel: 'uses', kind: 'credential', id }])),
      );
      await scan(store, [...ids.map((id) => key(id)), ...flows], 1);
      for (const { in: incoming } of await flat(store.records.joined('credential'))) expect(incoming).toHaveLength(150);
    });

    test('are joined with what they link to, what links to them, and their owners', async () => {
      const workflow = flow('w', [
        { rel: 'uses', kind: 'credential', id: 'a' },
        { rel: 'uses', kind: 'credential', id: 'nowhere' },
      ]);
      await scan(store, [workflow, key('a'), key('b')], 1);
      await store.owners.put([{ ref: ref('a'), ownership: owned('person:ann', 'active') }]);
      const [a, b] = await flat(store.records.joined('credential'));
      expect(a?.in.map(({ rel, record }) => [rel, record.id])).toEqual([['uses', 'w']]);
      expect(a?.ownership.accountable?.person).toBe('person:ann');
      expect([b?.in, b?.out, b?.ownership]).toEqual([[], [], { claims: [] }]);
      const [w] = await flat(store.records.joined('workflow'));
      expect(w?.out.map(({ record }) => record.id)).toEqual(['a']);
      expect(w?.firstSeen).toBeLessThanOrEqual(w?.sourceFirstSeen ?? 0);
      await scan(store, [flow('w', []), key('a'), key('b'), key('c')], 2);
      expect((await get(store, 'a'))?.in).toEqual([]);
      const news = await get(store, 'c');
      expect(news?.firstSeen).toBeGreaterThan(news?.sourceFirstSeen ?? Number.POSITIVE_INFINITY);
    });

    test('are joined with the same thing in other sources, while it goes by the same name there', async () => {
      const robot = (id: string, ...knownAs: string[]) =>
        ({ kind: 'identity', id, name: id, type: 'integration', status: 'active', platform: 'p', knownAs }) as const;
      await scan(
        store,
        [robot('a', 'docusign-key:1', 'entra-app:1'), robot('b', 'entra-app:1'), robot('c', 'entra-app:2')],
        1,
      );
      await scan(store, [robot('x', 'docusign-key:1'), robot('y')], 1, { source: 'another' });
      const same = async () =>
        Object.fromEntries(
          (await flat(store.records.joined('identity'))).map(({ record, same = [] }) => [
            record.id,
            same.map((one) => `${one.source} ${one.record.id}`),
          ]),
        );
      expect(await same()).toEqual({
        a: ['another x', `${SOURCE} b`],
        b: [`${SOURCE} a`],
        c: [],
        x: [`${SOURCE} a`],
        y: [],
      });
      await scan(store, [robot('x')], 2, { source: 'another' });
      await scan(store, [robot('a', 'docusign-key:1', 'entra-app:1'), robot('c', 'entra-app:2')], 2);
      expect(await same()).toEqual({ a: [], c: [], x: [] });
    });

    test('a target that very many lean on shows a part of them, and its neighbours all of theirs', async () => {
      const crowd = Array.from({ length: 2_500 }, (_, n) =>
        flow(`w${n}`, [{ rel: 'uses', kind: 'credential', id: 'a' }]),
      );
      await scan(store, [key('a'), key('b'), ...crowd, flow('z', [{ rel: 'uses', kind: 'credential', id: 'b' }])], 1);
      const [a, b] = await flat(store.records.joined('credential'));
      expect(a?.in).toHaveLength(200);
      expect(b?.in.map(({ record }) => record.id)).toEqual(['z']);
    });

    test('walk in order over page boundaries, one source after the other', async () => {
      const ids = Array.from({ length: 1_201 }, (_, n) => `k${n}`);
      await scan(
        store,
        ids.map((id) => key(id)),
        1,
      );
      await scan(store, [key('other')], 1, { source: 'another' });
      const walked = await flat(store.records.each('credential'));
      expect(walked.map(({ record }) => record.id)).toEqual(['other', ...ids.toSorted()]);
      expect((await flat(store.records.joined('credential'))).map(({ record }) => record.id)).toEqual([
        'other',
        ...ids.toSorted(),
      ]);
      expect(await flat(store.records.each('credential', { source: 'another' }))).toHaveLength(1);
      expect(await store.records.counts()).toEqual({ credential: 1_202 });
    });

    test('are found by a part of their name or id, taken literally', async () => {
      await scan(store, [key('a', { name: 'Invoice BOT' }), key('b', { name: '100%_sure' }), flow('w', [])], 1);
      const search = async (query: Parameters<Store['records']['search']>[0]) =>
        (await flat(store.records.search(query))).map(({ record }) => record.id);
      expect(await search({ text: 'voice b' })).toEqual(['a']);
      expect(await search({ text: '%_' })).toEqual(['b']);
      expect(await search({ kind: 'workflow' })).toEqual(['w']);
      expect(await search({ limit: 2 })).toEqual(['a', 'b']);
      expect(await search({ source: 'none' })).toEqual([]);
    });

    test('lead to their neighbours, each told once at its least depth, and from where', async () => {
      const uses = (id: string): Link => ({ rel: 'uses', kind: 'workflow', id });
      await scan(
        store,
        [flow('a', [uses('b'), uses('c')]), flow('b', [uses('c'), uses('a')]), flow('c', [uses('d')])],
        1,
      );
      await scan(store, [flow('a', [uses('x')]), flow('x', [])], 1, { source: 'another' });
      const walk = async (id: string, way: Way, depth: number) =>
        (await store.records.neighbours({ source: SOURCE, kind: 'workflow', id }, () => [way], depth)).map(
          ({ by, depth, record, from }) => `${depth}${record.id}${from ?? ''}${by.along ? '>' : '<'}`,
        );
      const [along, against] = [true, false].map((direction): Way => ({ rel: 'uses', along: direction }));
      expect(await walk('a', along as Way, 1)).toEqual(['1b>', '1c>']);
      expect(await walk('a', along as Way, 5)).toEqual(['1b>', '1c>']);
      expect(await walk('c', against as Way, 5)).toEqual(['1a<', '1b<']);
      expect(await walk('b', { rel: 'uses', along: true, to: ({ id }) => id !== 'a' }, 5)).toEqual(['1c>']);
      expect(await walk('nowhere', along as Way, 5)).toEqual([]);
      expect(await walk('b', { rel: 'contained-in', along: true }, 5)).toEqual([]);
      await scan(store, [flow('a', [uses('b')]), flow('b', [uses('c')]), flow('c', [])], 2);
      expect(await walk('a', along as Way, 5)).toEqual(['1b>', '2c0>']);
      expect(await walk('c', against as Way, 1)).toEqual(['1b<']);
    });

    test('of a secret that was found lead on through every source that it was found in', async () => {
      const found = (name: string) => key('found:f1', { name, knownAs: ['secret:f1'] });
      const user = (id: string) => flow(id, [{ rel: 'uses', kind: 'credential', id: 'found:f1' }]);
      await scan(store, [found('key'), user('w1')], 1);
      await scan(store, [found('key'), user('w2')], 1, { source: 'another' });
      const broken = async (source: string) =>
        (await store.records.neighbours({ source, kind: 'credential', id: 'found:f1' }, breaksWithIt, 3)).map(
          (one) => `${one.source} ${one.record.id}`,
        );
      expect(await broken(SOURCE)).toEqual([`${SOURCE} w1`, 'another found:f1', 'another w2']);
      expect(await broken('another')).toEqual(['another w2', `${SOURCE} found:f1`, `${SOURCE} w1`]);
      expect((await broken('*')).toSorted()).toEqual(['another found:f1', 'another w2', `${SOURCE} w1`]);
    });

    test('secrets are grouped over all sources, and forgotten with their records', async () => {
      const leak = (id: string) => ({ ...flow(id, []), matches: [aMatch('f1'), aMatch('f1'), aMatch('f2')] });
      await scan(store, [leak('w1'), leak('w2')], 1);
      await scan(store, [leak('w3')], 1, { source: 'another' });
      const groups = await flat(store.records.secrets());
      expect(
        groups.map(({ fingerprint, members }) => [fingerprint, members.map((member) => member.record.id)]),
      ).toEqual([
        ['f1', ['w1', 'w2', 'w3']],
        ['f2', ['w1', 'w2', 'w3']],
      ]);
      expect(groups[0]?.members[0]?.matches).toHaveLength(2);
      await scan(store, [flow('w1', [])], 2);
      expect((await flat(store.records.secrets()))[0]?.members.map(({ record }) => record.id)).toEqual(['w3']);
    });

    test('a secret is told with what the records that hold it stand in', async () => {
      const at = (id: string) => ({ rel: 'contained-in', kind: 'container', id }) as const;
      const leak = { ...flow('w', [at('p'), at('unread')]), matches: [aMatch('f1')] };
      const project = { kind: 'container', id: 'p', name: 'Payroll', type: 'project' } as const;
      await scan(store, [leak, project], 1);
      await scan(store, [leak, { ...project, name: 'Another' }], 1, { source: 'another' });
      const [group] = await flat(store.records.secrets());
      expect(group?.members.map(({ source, containers = [] }) => [source, containers.map(({ name }) => name)])).toEqual(
        [
          [SOURCE, ['Payroll']],
          ['another', ['Another']],
        ],
      );
    });

    test('a secret is told with the credentials by which platforms list it, and who answers for them', async () => {
      const leak = { ...flow('w', []), matches: [aMatch('f1'), aMatch('f2')] };
      await scan(store, [leak, key('found:f1', { knownAs: ['secret:f1'] })], 1);
      await scan(store, [key('listed', { knownAs: ['secret:f1'] }), key('other')], 1, { source: 'cloud' });
      const listed = { source: 'cloud', kind: 'credential', id: 'listed' } as const;
      await store.owners.put([{ ref: listed, ownership: owned('person:ann', 'active') }]);
      const issued = async () =>
        (await flat(store.records.secrets())).map(({ fingerprint, issued = [] }) => [
          fingerprint,
          issued.map(({ source, record, ownership }) => [source, record.id, ownership.accountable?.person]),
        ]);
      expect(await issued()).toEqual([
        ['f1', [['cloud', 'listed', 'person:ann']]],
        ['f2', []],
      ]);
      await scan(store, [key('other')], 2, { source: 'cloud' });
      expect(await issued()).toEqual([
        ['f1', []],
        ['f2', []],
      ]);
    });

    test('a secret found nearly everywhere is capped, and says by how many', async () => {
      await scan(
        store,
        Array.from({ length: 230 }, (_, n) => ({ ...flow(`w${n}`, []), matches: [aMatch('f')] })),
        1,
      );
      const [group] = await flat(store.records.secrets());
      expect([group?.members.length, group?.more]).toEqual([200, 30]);
    });
  });
}
