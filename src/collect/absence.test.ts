import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { collectPorts, connectorOf } from '../../test/helpers/collecting.ts';
import { SourceError } from '../core/errors.ts';
import type { Coverage } from '../core/coverage.ts';
import type { Store } from '../core/ports.ts';
import { container, credential, type Page } from '../sdk/index.ts';
import { Secret } from '../core/secret.ts';
import { collect, type CollectPorts } from './collect.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore({ memory: true });
});
afterEach(() => store.close());

const key = (id: string, name = id) => credential({ id, name, type: 'api-key', status: 'active' });

type Streams = Parameters<typeof connectorOf>[0];
const read = (streams: Streams, ports: Partial<CollectPorts> = {}, config: unknown = {}): Promise<Coverage[]> =>
  collect(store, [{ id: 'made-up:1', connector: connectorOf(streams), config }], collectPorts(ports));
const live = async (): Promise<string[]> => {
  const found: string[] = [];
  for await (const page of store.records.each('credential')) found.push(...page.map(({ record }) => record.name));
  return found;
};

describe('an attempt that is continued', () => {
  /** Two pages, between which the scan is stopped or slowed down once. */
  const inTwo = (first: Page, second: Page, slow: () => boolean): Streams[string]['pages'] =>
    async function* (ctx) {
      if (ctx.resume === undefined) yield { ...first, next: 'second' };
      if (slow()) throw new SourceError('rate-limited', 'slow down');
      yield second;
    };

  test('has not read more than its first half said', async () => {
    await read({
      keys: {
        pages: async function* () {
          yield { items: [key('a'), key('b'), key('c')] };
        },
      },
    });
    let slow = true;
    const streams: Streams = {
      keys: { pages: inTwo({ items: [key('a')], bounded: true }, { items: [key('b')] }, () => slow) },
    };
    await read(streams);
    slow = false;
    expect(await read(streams)).toMatchObject([{ outcome: 'complete' }]);
    expect(await live()).toEqual(['a', 'b', 'c']);
  });

  test('goes on where it was slowed down, though things were set aside since', async () => {
    const places: unknown[] = [];
    let slow = true;
    const streams: Streams = {
      keys: {
        async *pages(ctx) {
          places.push(ctx.resume);
          if (ctx.resume === undefined) yield { items: [key('a')], next: 'second' };
          if (slow) {
            ctx.blind('x', 'permission', 'refused');
            throw new SourceError('rate-limited', 'slow down');
          }
          yield { items: [key('b')] };
        },
      },
    };
    await read(streams);
    slow = false;
    await read(streams);
    expect(places).toEqual([undefined, 'second']);
  });

  test('begins anew with another configuration', async () => {
    let slow = true;
    const pages = inTwo({ items: [key('a')] }, { items: [key('b')] }, () => slow);
    await read({ keys: { pages } }, {}, { org: 'one' });
    slow = false;
    await read({ keys: { pages } }, {}, { org: 'two' });
    expect(await live()).toEqual(['a', 'b']);
    const resumes: unknown[] = [];
    slow = true;
    await read({ keys: { pages } }, {}, { org: 'one' });
    await read(
      {
        keys: {
          async *pages(ctx) {
            resumes.push(ctx.resume);
            yield { items: [] };
          },
        },
      },
      {},
      { org: 'two' },
    );
    expect(resumes).toEqual([undefined]);
  });

  test('is no more complete than what it read from when it began', async () => {
    let slow = true;
    const streams: Streams = {
      teams: {
        async *pages(ctx) {
          if (slow) ctx.blind('x', 'unreadable', 'no');
          yield { items: [container({ id: 't', name: 't', type: 'team' })] };
        },
      },
      keys: { after: ['teams'], pages: inTwo({ items: [key('a')] }, { items: [key('b')] }, () => slow) },
    };
    await read(streams);
    slow = false;
    expect(await read(streams)).toMatchObject([{ outcome: 'complete' }, { outcome: 'partial' }]);
    expect(await read(streams)).toMatchObject([{ outcome: 'complete' }, { outcome: 'complete' }]);
  });
});

describe('with another configuration', () => {
  const delta = (asked: unknown[]): Streams => ({
    keys: {
      async *pages(ctx) {
        asked.push(ctx.changesFrom, (await ctx.known('page'))?.etag);
        yield { items: [key('a')], changesFrom: 'token', version: { request: 'page', etag: 'v1' } };
      },
    },
  });
  test('changes alone are not asked for', async () => {
    const asked: unknown[] = [];
    await read(delta(asked), {}, { groups: 'some' });
    await read(delta(asked), {}, { groups: 'some' });
    await read(delta(asked), {}, { groups: 'all' });
    expect(asked).toEqual([undefined, undefined, 'token', 'v1', undefined, undefined]);
  });
});

describe('a scan that is stopped', () => {
  test('has not read a stream to its end, though the stream says so', async () => {
    await read({
      keys: {
        pages: async function* () {
          yield { items: [key('a'), key('b')] };
        },
      },
    });
    const stop = new AbortController();
    const coverage = await read(
      {
        keys: {
          async *pages() {
            yield { items: [key('a')], next: 1 };
            stop.abort();
          },
        },
      },
      { signal: stop.signal },
    );
    expect(coverage).toMatchObject([{ outcome: 'partial', reason: 'interrupted' }]);
    expect(await live()).toEqual(['a', 'b']);
  });

  test('while a source is opened has found no fault in this program', async () => {
    const stop = new AbortController();
    const connector = connectorOf({ keys: { async *pages() {} } }, async (_, { signal }) => {
      stop.abort();
      signal.throwIfAborted();
      return { account: '', granted: 'unknown' };
    });
    const coverage = await collect(
      store,
      [{ id: 'made-up:1', connector, config: {} }],
      collectPorts({ signal: stop.signal }),
    );
    expect(coverage).toMatchObject([{ outcome: 'partial', reason: 'interrupted' }]);
  });
});

describe('a list that may be a part only', () => {
  const seeing = (shown: readonly string[], doubt?: string): Streams => ({
    keys: {
      async *pages(ctx) {
        if (doubt !== undefined) ctx.doubt(doubt);
        yield { items: shown.map((id) => key(id)) };
      },
    },
  });

  test('takes nothing away, however often it is read, and says why; what is shown by more, goes again', async () => {
    await read(seeing(['a', 'b', 'c']));
    for (const _ of [1, 2]) {
      const [coverage] = await read(seeing(['a'], 'the token sees one team'));
      expect(coverage).toMatchObject({ outcome: 'partial', reason: 'permission' });
      expect(coverage?.detail).toBe(
        '2 of 3 records are not shown any more, and may still be there: the token sees one team',
      );
    }
    expect(await live()).toEqual(['a', 'b', 'c']);
    expect(await read(seeing(['a', 'b']))).toMatchObject([{ outcome: 'complete' }]);
    expect(await live()).toEqual(['a', 'b']);
  });

  test('is complete where it shows all that is known', async () => {
    await read(seeing(['a']));
    expect(await read(seeing(['a', 'b'], 'the token sees one team'))).toMatchObject([{ outcome: 'complete' }]);
  });

  test('does not count towards a mass disappearance', async () => {
    const many = Array.from({ length: 60 }, (_, n) => `k${n}`);
    await read(seeing(many));
    await read(seeing(['k1'], 'the token sees one team'));
    expect(await read(seeing(['k1']))).toMatchObject([{ outcome: 'partial', reason: 'suspect' }]);
    expect(await live()).toHaveLength(60);
  });
});

test('where to go on is not kept when a secret stands in it', async () => {
  const access = 'own-opaque-credential';
  for (const secret of [`canary-${'x'.repeat(20)}`, access]) {
    const given = { link: `https://vendor.example/?token=${secret}` };
    const claims: unknown[] = [];
    const streams: Streams = {
      keys: {
        async *pages(ctx) {
          claims.push(ctx.resume, ctx.changesFrom, await ctx.known('page'));
          yield {
            items: [key('a')],
            next: given,
            changesFrom: given,
            version: { request: 'page', etag: 'v', next: given },
          };
          if (claims.length > 3) return;
          throw new SourceError('rate-limited', 'slow down');
        },
      },
    };
    const config = { key: new Secret(access) };
    for (let n = 0; n < 3; n += 1) await read(streams, {}, config);
    expect(claims.filter((each) => each !== undefined)).toEqual([]);
  }
});

test('a stream that was taken over lets go of what it holds', async () => {
  let cleaned = false;
  await read({
    keys: {
      async *pages() {
        try {
          yield { items: [key('a')], next: 1 };
          await store.runs.claim('made-up:1', 'keys', Date.now(), 0);
          yield { items: [key('b')], next: 2 };
          yield { items: [key('c')] };
        } finally {
          cleaned = true;
        }
      },
    },
  });
  expect(cleaned).toBe(true);
});

test('what nobody is shown any more stands as it was, and what else was not shown is gone', async () => {
  const page = (items: Page['items'], more: Partial<Page> = {}): Streams => ({
    keys: {
      async *pages() {
        yield { items, ...more };
      },
    },
  });
  await read(page([key('a'), key('b'), key('c')]));
  const hidden = [{ kind: 'credential', id: 'b' } as const, { kind: 'credential', id: 'never seen' } as const];
  expect(await read(page([key('a')], { hidden }))).toMatchObject([{ outcome: 'complete' }]);
  expect(await live()).toEqual(['a', 'b']);
  await read(page([key('a')]));
  expect(await live()).toEqual(['a']);
});
