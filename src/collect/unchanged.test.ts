import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { collectPorts, connectorOf } from '../../test/helpers/collecting.ts';
import type { Coverage } from '../core/coverage.ts';
import type { Store } from '../core/ports.ts';
import { credential, workflow, type Item, type Page, type StreamContext } from '../sdk/index.ts';
import { collect } from './collect.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore({ memory: true });
});
afterEach(() => store.close());

const key = (id: string, name = id) => credential({ id, name, type: 'api-key', status: 'active' });
const flow = (id: string, name: string) => workflow({ id, name, status: 'active' } as never);

type Streams = Parameters<typeof connectorOf>[0];
const read = (streams: Streams): Promise<Coverage[]> =>
  collect(store, [{ id: 'made-up:1', connector: connectorOf(streams), config: {} }], collectPorts());
const live = async (): Promise<string[]> => {
  const found: string[] = [];
  for await (const page of store.records.each('credential')) found.push(...page.map(({ record }) => record.name));
  return found;
};

/** A page as a platform with ETags gives it: its items, or that they are the same as before. */
async function conditional(ctx: StreamContext<unknown>, request: string, etag: string, items: Item[]): Promise<Page> {
  const known = await ctx.known(request);
  const version = { request, etag };
  return known?.etag === etag ? { items: [], unchanged: true, version } : { items, version };
}

describe('a page that has not changed', () => {
  test('of which something came twice is read again, so that the gap shows again', async () => {
    const streams: Streams = {
      flows: {
        async *pages(ctx) {
          yield await conditional(ctx, 'page', 'v1', [flow('a', 'One'), flow('a', 'Another')]);
        },
      },
    };
    expect(await read(streams)).toMatchObject([{ outcome: 'partial', quarantined: 1 }]);
    expect(await read(streams)).toMatchObject([{ outcome: 'partial', quarantined: 1 }]);
  });

  test('keeps what another stream held too, and no longer has', async () => {
    const streams = (shared: Item[]): Streams => ({
      first: {
        async *pages() {
          yield { items: shared };
        },
      },
      second: {
        after: ['first'],
        async *pages(ctx) {
          yield await conditional(ctx, 'page', 'v1', [key('shared'), key('own')]);
        },
      },
    });
    await read(streams([key('shared')]));
    await read(streams([]));
    await read(streams([]));
    expect(await live()).toEqual(['own', 'shared']);
  });

  test('does not say for another stream that it has seen what it holds', async () => {
    const first: Streams = {
      first: {
        pages: async function* () {
          yield { items: [] };
        },
      },
    };
    const second = (etag: string): Streams => ({
      second: {
        async *pages(ctx) {
          yield await conditional(ctx, 'page', etag, [key('shared')]);
        },
      },
    });
    await read({
      first: {
        pages: async function* () {
          yield { items: [key('shared')] };
        },
      },
    });
    for (let n = 0; n < 4; n += 1) await read(second('v1'));
    await read(first);
    expect(await live()).toEqual([]);
  });

  test('is read again when what it defined is only mentioned any more', async () => {
    const known: unknown[] = [];
    const defining: Streams = {
      defining: {
        absence: 'means-nothing',
        async *pages(ctx) {
          known.push((await ctx.known('page'))?.etag);
          yield { items: [key('a', 'defined')], version: { request: 'page', etag: 'v1' } };
        },
      },
    };
    await read(defining);
    await read({
      defining: {
        absence: 'means-nothing',
        pages: async function* () {
          yield { items: [], removed: [{ kind: 'credential', id: 'a' }] };
        },
      },
    });
    await read({
      other: {
        pages: async function* () {
          yield { items: [{ ...key('a', 'mentioned'), reference: true }] };
        },
      },
    });
    await read(defining);
    expect(known).toEqual([undefined, undefined]);
    expect(await live()).toEqual(['defined']);
  });

  test('speaks for what it defines, and not for what it mentions', async () => {
    const streams = (name: string): Streams => ({
      keys: {
        async *pages(ctx) {
          yield await conditional(ctx, 'page 1', 'v1', [{ ...key('a', 'mentioned'), reference: true }]);
          yield { items: [key('a', name)] };
        },
      },
    });
    await read(streams('old'));
    expect(await read(streams('new'))).toMatchObject([{ outcome: 'complete' }]);
    expect(await live()).toEqual(['new']);
  });
});
