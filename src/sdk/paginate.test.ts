import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Json } from '../core/content.ts';
import { operation, type Answer, type Ask } from './http.ts';
import { pagesOf, type Paging } from './paginate.ts';
import { cursors, linkHeaders, nextAddresses, numbered, offsets } from './pagings.ts';
import { streamContext } from './testing.ts';

const Body = z.object({ items: z.array(z.string()), next: z.string().nullish(), total: z.number().optional() });
type Body = z.output<typeof Body>;
const list = operation('GET /list', Body);

/** Reads a list whose answers follow from what is asked; every query, and what came. */
async function read(paging: Paging<Body>, answer: (ask: Ask, number: number) => Partial<Answer<Body>>, resume?: Json) {
  const queries: unknown[] = [];
  const items: string[] = [];
  const http = {
    read: async (_: unknown, ask: Ask = {}) => {
      queries.push(ask.query);
      return { status: 200, headers: new Headers(), body: { items: [] }, ...answer(ask, queries.length) } as never;
    },
    fetch: () => Promise.reject(new Error('not asked')),
  };
  const ctx = streamContext({}, { http, resume });
  for await (const page of pagesOf(ctx, list, { paging, elements: (body) => body.items })) items.push(...page.elements);
  return { queries, items };
}
const linked = (link: string, items = ['a']): Partial<Answer<Body>> => ({
  headers: new Headers({ link }),
  body: { items },
});
const origin = 'https://api.example';

describe('links', () => {
  test('are followed by their query alone, whatever else they are the relation of', async () => {
    const { queries, items } = await read(linkHeaders(), (_, n) =>
      n === 1
        ? { ...linked('<https://api.example/organizations/7/list?page=2&tag=x&tag=y>; rel="prev next"'), origin }
        : linked('<https://api.example/list?page=1>; rel="prev"', ['b']),
    );
    expect(queries).toEqual([{}, { page: '2', tag: ['x', 'y'] }]);
    expect(items).toEqual(['a', 'b']);
  });

  test.each([
    ['https://evil.example/list?page=2', 'on another host, evil.example'],
    ['//evil.example/list?page=2', 'on another host, evil.example'],
    ['https://api.example@evil.example/list', 'on another host, evil.example'],
  ])('to %s end the stream', async (url, words) => {
    await expect(read(linkHeaders(), () => ({ ...linked(`<${url}>; rel="next"`), origin }))).rejects.toThrow(words);
    await expect(
      read(
        nextAddresses(() => url),
        () => ({ body: { items: ['a'] }, origin }),
      ),
    ).rejects.toThrow(words);
  });
});

describe('a list that does not end by itself', () => {
  test('ends when its cursor comes again', async () => {
    const turns = cursors<Body>(({ next }) => next, 'cursor');
    const answer = (_: Ask, n: number) => ({ body: { items: [`${n}`], next: n % 2 === 0 ? 'a' : 'b' } });
    await expect(read(turns, answer)).rejects.toMatchObject({ kind: 'schema' });
  });

  test('ends when its page comes again under another number', async () => {
    await expect(read(numbered({ size: 1 }), () => ({ body: { items: ['a'] } }))).rejects.toMatchObject({
      kind: 'schema',
    });
  });
});

describe('pages', () => {
  test('by number end with a short one, and go on where they were left', async () => {
    const answer = (_: Ask, n: number) => ({ body: { items: n === 1 ? ['a', 'b'] : ['c'] } });
    expect((await read(numbered({ size: 2 }), answer)).queries).toEqual([
      { per_page: 2, page: 1 },
      { per_page: 2, page: 2 },
    ]);
    expect((await read(numbered({ size: 2 }), answer, 7)).queries[0]).toEqual({ per_page: 2, page: 7 });
  });

  test('by offset go on by as many as came, to the total where it is known', async () => {
    const total = offsets<Body>({ size: 3, total: (body) => body.total });
    const answer = (_: Ask, n: number) => ({ body: { items: n === 1 ? ['a', 'b'] : ['c'], total: 3 } });
    expect((await read(total, answer)).queries).toEqual([
      { limit: 3, offset: 0 },
      { limit: 3, offset: 2 },
    ]);
  });

  test('by cursor end with an empty one', async () => {
    const paging = cursors<Body>(({ next }) => next, 'after');
    const { queries } = await read(paging, (_, n) => ({ body: { items: [`${n}`], next: n === 1 ? 'x' : '' } }));
    expect(queries).toEqual([{}, { after: 'x' }]);
  });
});

describe('a list that is counted', () => {
  const paging = offsets<Body>({ size: 2, total: (body) => body.total });
  const counted = async (totals: readonly (number | undefined)[], resume?: Json) => {
    const told: string[] = [];
    const cursors: unknown[] = [];
    let asked = 0;
    const http = {
      read: async () => {
        const total = totals[asked];
        asked += 1;
        const items = asked < totals.length ? [`${asked}a`, `${asked}b`] : ['last'];
        return { status: 200, headers: new Headers(), body: { items, total } } as never;
      },
      fetch: () => Promise.reject(new Error('not asked')),
    };
    const blind = (subject: string, reason: string, detail: string) => told.push(`${subject} ${reason}: ${detail}`);
    const ctx = streamContext({}, { http, blind, resume });
    for await (const { next } of pagesOf(ctx, list, { paging, elements: (body) => body.items })) cursors.push(next);
    return { told, cursors };
  };
  const changed = (from: number, to: number) =>
    `GET /list suspect: the list changed while it was read, from ${from} to ${to} elements: one may have been passed over`;

  test('and keeps its length is read in peace', async () => {
    const { told, cursors } = await counted([5, 5, 5]);
    expect(told).toEqual([]);
    expect(cursors).toEqual([{ at: 2, of: 5 }, { at: 4, of: 5 }, undefined]);
  });

  test('and changes its length on the way is a blind spot, told once for each change', async () => {
    expect((await counted([7, 6, 6, 6])).told).toEqual([changed(7, 6)]);
    expect((await counted([5, 6, 5])).told).toEqual([changed(5, 6), changed(6, 5)]);
  });

  test('remembers its length where it was left', async () => {
    expect((await counted([4], { at: 4, of: 5 })).told).toEqual([changed(5, 4)]);
    expect((await counted([4], { at: 4, of: 4 })).told).toEqual([]);
    expect((await counted([4], 3)).told).toEqual([]);
  });

  test('goes on behind a page that has not changed since it was stored', async () => {
    const queries: unknown[] = [];
    const http = {
      read: async (_: unknown, { query }: Ask = {}) => {
        queries.push(query);
        const status = queries.length < 3 ? 304 : 200;
        return { status, headers: new Headers(), body: { items: ['e'], total: 5 } } as never;
      },
      fetch: () => Promise.reject(new Error('not asked')),
    };
    const next = (request: string): Json => ({ at: request.includes('"offset":0') ? 2 : 4, of: 5 });
    const known = async (request: string) => ({ request, etag: 'v', next: next(request) });
    const ctx = { ...streamContext({}, { http }), known } as unknown as ReturnType<typeof streamContext<object>>;
    const pages = pagesOf(ctx, list, { paging, elements: (body) => body.items, conditional: true });
    const cursors = await Array.fromAsync(pages, (page) => page.next);
    expect(cursors).toEqual([{ at: 2, of: 5 }, { at: 4, of: 5 }, undefined]);
    expect(queries).toEqual([0, 2, 4].map((offset) => ({ limit: 2, offset })));
  });

  test('is not suspected where a page does not say it', async () => {
    expect((await counted([5, undefined, 5])).told).toEqual([]);
  });
});
