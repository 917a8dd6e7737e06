import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { collectPorts, connectorOf } from '../../test/helpers/collecting.ts';
import { SourceError, UsageError } from '../core/errors.ts';
import type { Store } from '../core/ports.ts';
import { container, credential, workflow, type Connector, type Item, type Page } from '../sdk/index.ts';
import { collect, type CollectPorts } from './collect.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore({ memory: true });
});
afterEach(() => store.close());

const run = (connector: Connector, ports: Partial<CollectPorts> = {}) =>
  collect(store, [{ id: 'made-up:1', connector, config: {} }], collectPorts(ports));
const key = (id: string, name = id): Item => credential({ id, name, type: 'api-key', status: 'active' });
const pages = (...items: Item[][]) =>
  async function* (): AsyncGenerator<Page> {
    for (const page of items) yield { items: page, next: 1 };
  };
const live = async (): Promise<string[]> => {
  const found: string[] = [];
  for await (const page of store.records.each('credential')) found.push(...page.map(({ record }) => record.id));
  return found;
};

describe('an account', () => {
  const of = (accountId: string | undefined, ...ids: string[]) =>
    connectorOf({ keys: { pages: pages(ids.map((id) => key(id))) } }, async () => ({
      account: `the one of ${accountId}`,
      granted: 'unknown',
      ...(accountId !== undefined && { accountId }),
    }));

  test('that is another one than before is not read, and nothing of the first is gone', async () => {
    await run(of('T1', 'a'));
    expect(await run(of('T2', 'b'))).toMatchObject([
      { stream: 'keys', outcome: 'failed', reason: 'config', detail: expect.stringContaining('an id of its own') },
    ]);
    expect(await live()).toEqual(['a']);
    expect(await run(of('T1', 'c'))).toMatchObject([{ outcome: 'complete' }]);
    expect(await live()).toEqual(['c']);
  });

  test('that the platform does not tell is taken for the same', async () => {
    await run(of('T1', 'a'));
    expect(await run(of(undefined, 'b'))).toMatchObject([{ outcome: 'complete' }]);
  });
});

describe('a stream', () => {
  test('read to its end is complete, and what it no longer shows is gone', async () => {
    expect(await run(connectorOf({ keys: { pages: pages([key('a')], [key('b')]) } }))).toEqual([
      { source: 'made-up:1', stream: 'keys', outcome: 'complete', items: 2, quarantined: 0 },
    ]);
    await run(connectorOf({ keys: { pages: pages([key('b')]) } }));
    expect(await live()).toEqual(['b']);
  });

  test.each([
    ['auth', 'failed'],
    ['permission', 'failed'],
    ['transient', 'failed'],
    ['not-licensed', 'skipped'],
  ] as const)('that meets %s ends %s and makes nothing gone', async (kind, outcome) => {
    await run(connectorOf({ keys: { pages: pages([key('a')]) } }));
    const broken = connectorOf({
      keys: {
        async *pages() {
          yield { items: [key('b')], next: 1 };
          throw new SourceError(kind, 'the platform said canary-123');
        },
      },
    });
    const [coverage] = await run(broken);
    expect(coverage).toMatchObject({ outcome, reason: kind, detail: 'the platform said [masked]', items: 1 });
    expect(await live()).toEqual(['a', 'b']);
  });

  test('that meets a fault of ours says so without quoting what it was reading', async () => {
    const faulty = (error: unknown) =>
      connectorOf({
        keys: {
          // eslint-disable-next-line require-yield -- it fails before its first page
          async *pages() {
            throw error instanceof Error ? error : new Error('no error');
          },
        },
      });
    const [fault] = await run(faulty(new TypeError('canary-1 is no function\nsecond line')));
    expect(fault).toMatchObject({ outcome: 'failed', reason: 'bug' });
    expect(fault?.detail).toMatch(/TypeError at src\/collect\/collect\.test\.ts:\d+/);
    expect(fault?.detail).not.toContain('second');
    const [quoting] = await run(faulty(new SyntaxError('Unexpected token in "hunter2"')));
    expect(quoting?.detail).not.toContain('hunter2');
  });

  test('with a gap is partial; an expected gap is none', async () => {
    const gaps = (expected?: 'expected') =>
      connectorOf({
        keys: {
          async *pages(ctx) {
            ctx.blind('canary-9.png', 'unreadable', 'holds canary-9', expected);
            yield { items: [key('a')] };
          },
        },
      });
    expect(await run(gaps())).toMatchObject([{ outcome: 'partial', quarantined: 1 }]);
    expect(await run(gaps('expected'))).toMatchObject([{ outcome: 'complete', quarantined: 0 }]);
    for await (const spots of store.coverage.blindSpots()) {
      expect(spots).toMatchObject([{ subject: '[masked].png', detail: 'holds [masked]', expected: true }]);
    }
  });

  test('keeps gaps that were reported after its last page', async () => {
    const late = connectorOf({
      keys: {
        async *pages(ctx) {
          yield { items: [key('a')] };
          ctx.blind('late.json', 'unparsable', 'd');
        },
      },
    });
    expect(await run(late)).toMatchObject([{ outcome: 'partial', quarantined: 1 }]);
  });

  test.each([
    [5, 'partial'],
    [6, 'failed'],
  ] as const)('of which %i items do not fit the schema ends %s', async (bad, outcome) => {
    const odd = connectorOf({
      keys: {
        async *pages(ctx) {
          for (let n = 0; n < bad; n++) ctx.blind(`${n}`, 'schema', 'name: expected string');
          yield { items: [key('a')] };
        },
      },
    });
    const [coverage] = await run(odd);
    expect(coverage).toMatchObject({ outcome, quarantined: bad });
  });

  test('that shows one workflow id twice with different content is partial, and names it', async () => {
    const graph = { steps: [], edges: [], triggers: [] };
    const flow = (name: string) => workflow({ id: 'a', name, platform: 'n8n', state: 'active', graph });
    expect(await run(connectorOf({ keys: { pages: pages([flow('one')], [flow('two')]) } }))).toMatchObject([
      { outcome: 'partial', quarantined: 1 },
    ]);
    for await (const spots of store.coverage.blindSpots()) {
      expect(spots).toMatchObject([{ subject: 'a', reason: 'duplicate-id' }]);
    }
  });

  test('that describes one credential twice keeps the first and says so, which is no gap', async () => {
    expect(await run(connectorOf({ keys: { pages: pages([key('a', 'one')], [key('a', 'two')]) } }))).toMatchObject([
      { outcome: 'complete', quarantined: 0 },
    ]);
    for await (const spots of store.coverage.blindSpots()) {
      expect(spots).toMatchObject([{ subject: 'a', reason: 'duplicate-id', expected: true }]);
    }
  });

  test('whose records nearly all vanish is suspect, and believed the second time', async () => {
    const crowd = Array.from({ length: 40 }, (_, n) => key(`k${n}`));
    await run(connectorOf({ keys: { pages: pages(crowd) } }));
    const few = connectorOf({ keys: { pages: pages([key('k1')]) } });
    expect(await run(few)).toMatchObject([{ outcome: 'partial', reason: 'suspect' }]);
    expect(await live()).toHaveLength(40);
    expect(await run(few)).toMatchObject([{ outcome: 'complete' }]);
    expect(await live()).toEqual(['k1']);
  });

  test('that says it holds more than was read makes nothing gone', async () => {
    await run(connectorOf({ keys: { pages: pages([key('a')]) } }));
    const bounded = connectorOf({
      keys: {
        async *pages() {
          yield { items: [key('b')], bounded: true };
        },
      },
    });
    expect(await run(bounded)).toMatchObject([{ outcome: 'complete', items: 1 }]);
    expect(await live()).toEqual(['a', 'b']);
  });

  test('that does not apply to the configuration is not there, also where nothing can be reached', async () => {
    const connector = connectorOf({
      keys: { pages: pages([key('a')]) },
      more: { pages: pages([key('b')]), applies: () => false },
    });
    expect((await run(connector)).map(({ stream }) => stream)).toEqual(['keys']);
    const probe = (): Promise<never> => Promise.reject(new SourceError('auth', 'refused'));
    expect((await run({ ...connector, probe })).map(({ stream }) => stream)).toEqual(['keys']);
    const unlisted = { grants: 'no interface lists them' };
    expect((await run({ ...connector, probe, unlisted })).map(({ stream, outcome }) => [stream, outcome])).toEqual([
      ['grants', 'skipped'],
      ['keys', 'failed'],
    ]);
  });

  test('that is stopped goes on from there the next time', async () => {
    const stop = new AbortController();
    const asked: unknown[] = [];
    const slow = connectorOf({
      keys: {
        async *pages({ resume }) {
          for (let n = typeof resume === 'number' ? resume : 0; n < 3; n++) {
            asked.push(n);
            if (n === 1) stop.abort();
            yield { items: [key(`k${n}`)], next: n + 1 };
          }
        },
      },
    });
    expect(await run(slow, { signal: stop.signal })).toMatchObject([
      { outcome: 'partial', reason: 'interrupted', items: 2 },
    ]);
    expect(await run(slow)).toMatchObject([{ outcome: 'complete', items: 3 }]);
    expect(asked).toEqual([0, 1, 2]);
  });

  test('that another scan takes over stops quietly', async () => {
    const contested = connectorOf({
      keys: {
        async *pages() {
          yield { items: [key('a')], next: 1 };
          await store.runs.claim('made-up:1', 'keys', 5_000, 1_000_000);
          yield { items: [key('b')], next: 2 };
        },
      },
    });
    expect(await run(contested)).toMatchObject([{ outcome: 'partial', reason: 'interrupted', items: 1 }]);
    expect(await live()).toEqual(['a']);
  });

  test('does not hide that the store itself cannot be written', async () => {
    const full: Store = {
      ...store,
      runs: { ...store.runs, page: () => Promise.reject(new UsageError('the disk is full')) },
    };
    const sources = [{ id: 'made-up:1', connector: connectorOf({ keys: { pages: pages([key('a')]) } }), config: {} }];
    await expect(collect(full, sources, collectPorts())).rejects.toThrow('the disk is full');
  });
});

describe('streams of one source', () => {
  test('run after those they read from, and cannot be more complete than they are', async () => {
    const order: string[] = [];
    const family = (failing: boolean) =>
      connectorOf({
        children: {
          after: ['parents'],
          async *pages(ctx) {
            order.push('children');
            for await (const { id } of ctx.parents('container')) yield { items: [key(`${id}/key`)] };
          },
        },
        parents: {
          async *pages() {
            order.push('parents');
            yield { items: [container({ id: 'p', name: 'p', type: 'project' })] };
            if (failing) throw new SourceError('transient', 'gone away');
          },
        },
      });
    expect(await run(family(false))).toMatchObject([
      { stream: 'parents', outcome: 'complete' },
      { stream: 'children', outcome: 'complete' },
    ]);
    expect(order).toEqual(['parents', 'children']);
    expect(await live()).toEqual(['p/key']);
    expect(await run(family(true))).toMatchObject([
      { outcome: 'failed' },
      { outcome: 'partial', detail: expect.stringContaining('parents') as string },
    ]);
  });

  test('that had not begun when a scan was stopped are read whole by the next one', async () => {
    const stop = new AbortController();
    const family = connectorOf({
      parents: {
        async *pages({ resume }) {
          yield { items: [container({ id: `p${resume === 1 ? 1 : 0}`, name: 'p', type: 'project' })], next: 1 };
          if (resume === undefined) stop.abort();
        },
      },
      children: {
        after: ['parents'],
        async *pages(ctx) {
          ctx.signal.throwIfAborted();
          for await (const { id } of ctx.parents('container')) yield { items: [key(`${id}/key`)] };
        },
      },
    });
    expect(await run(family, { signal: stop.signal })).toMatchObject([
      { stream: 'parents', reason: 'interrupted' },
      { stream: 'children', reason: 'interrupted', items: 0 },
    ]);
    expect(await run(family)).toMatchObject([{ outcome: 'complete' }, { outcome: 'complete' }]);
    expect(await live()).toEqual(['p0/key', 'p1/key']);
  });

  test('are skipped, with those that read from them, when a permission is lacking', async () => {
    const requires = [{ scope: 'keys:read', why: 'lists keys', orElse: ['admin'] }];
    const streams = { keys: { requires, pages: pages([key('a')]) }, uses: { after: ['keys'], pages: pages([]) } };
    const granting = (granted: string[]) => connectorOf(streams, async () => ({ account: 'test', granted }));
    expect(await run(granting(['other']))).toMatchObject([
      {
        stream: 'keys',
        outcome: 'skipped',
        reason: 'permission',
        detail: 'needs the permission keys:read: lists keys',
      },
      { stream: 'uses', outcome: 'skipped', reason: 'permission' },
    ]);
    expect(await run(granting(['admin']))).toMatchObject([{ outcome: 'complete' }, { outcome: 'complete' }]);
  });

  test('are not licensed, where no permission of this plan would do', async () => {
    const requires = [{ scope: 'keys:read', why: 'lists keys' }];
    const beyondPlan = { scopes: ['keys:read'], detail: 'the plan does not include it' };
    const connector = connectorOf({ keys: { requires, pages: pages([key('a')]) } }, async () => ({
      account: 'test',
      granted: [],
      beyondPlan,
    }));
    expect(await run(connector)).toMatchObject([
      { outcome: 'skipped', reason: 'not-licensed', detail: beyondPlan.detail },
    ]);
  });

  test('are skipped with what they read from, where only reading shows that the plan lacks it', async () => {
    const family = connectorOf({
      apps: {
        async *pages() {
          yield { items: [] };
          throw new SourceError('not-licensed', 'the plan does not include it');
        },
      },
      keys: { after: ['apps'], pages: pages([key('a')]) },
    });
    expect(await run(family)).toMatchObject([
      { stream: 'apps', outcome: 'skipped' },
      { stream: 'keys', outcome: 'skipped', reason: 'not-licensed', detail: expect.stringContaining('apps') as string },
    ]);
    expect(await live()).toEqual([]);
  });

  test('go on without those that they only join, where these are skipped; not where they fail', async () => {
    const requires = [{ scope: 'teams:read', why: 'lists teams' }];
    const family = (granted: string[], failing = false) =>
      connectorOf(
        {
          keys: {
            joins: ['teams', 'nowhere'],
            async *pages(ctx) {
              yield { items: [key('own')] };
              for await (const { id } of ctx.parents('container')) yield { items: [key(`${id}/key`)] };
            },
          },
          teams: {
            requires,
            async *pages() {
              yield { items: [container({ id: 't', name: 't', type: 'team' })] };
              if (failing) throw new SourceError('transient', 'gone away');
            },
          },
        },
        async () => ({ account: 'test', granted }),
      );
    expect(await run(family([]))).toMatchObject([{ outcome: 'skipped' }, { stream: 'keys', outcome: 'complete' }]);
    expect(await live()).toEqual(['own']);
    expect(await run(family(['teams:read']))).toMatchObject([{ outcome: 'complete' }, { outcome: 'complete' }]);
    expect(await live()).toEqual(['own', 't/key']);
    expect(await run(family(['teams:read'], true))).toMatchObject([
      { outcome: 'failed' },
      { stream: 'keys', outcome: 'partial', detail: expect.stringContaining('teams') as string },
    ]);
  });

  test('all fail with the reason when the source cannot be reached; other sources go on', async () => {
    const shut = connectorOf({ a: { pages: pages([]) }, b: { pages: pages([]) } }, () =>
      Promise.reject(new SourceError('auth', 'the token has expired')),
    );
    const open = connectorOf({ keys: { pages: pages([key('a')]) } });
    const sources = [
      { id: 'shut', connector: shut, config: {} },
      { id: 'open', connector: open, config: {} },
    ];
    expect(await collect(store, sources, collectPorts())).toMatchObject([
      { source: 'shut', stream: 'a', outcome: 'failed', reason: 'auth' },
      { source: 'shut', stream: 'b', outcome: 'failed', reason: 'auth' },
      { source: 'open', outcome: 'complete' },
    ]);
  });

  test('that wait for each other are a fault of the connector', async () => {
    const circle = connectorOf({ a: { after: ['b'], pages: pages([]) }, b: { after: ['a'], pages: pages([]) } });
    await expect(run(circle)).rejects.toThrow('a → b → a');
  });
});
