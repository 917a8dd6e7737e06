import { describe, expect, test } from 'vitest';
import { SourceError, type FailureKind } from '../core/errors.ts';
import type { Page, StreamContext } from './connector.ts';
import type { Http } from './http.ts';
import { perParent } from './per-parent.ts';
import { container } from './records.ts';

type Does = FailureKind | 'a page' | 'an empty list' | 'is none of them';
const http = { read: async () => ({}) } as unknown as Http;

/** Goes over so many parents; `answers` says what each does, by its number. */
async function over(answers: (n: number) => Does, { resume, of = 8 }: { resume?: unknown; of?: number } = {}) {
  const blind: string[] = [];
  const asked: number[] = [];
  const pages: unknown[] = [];
  const ctx = {
    http,
    resume,
    async *parents() {
      for (let n = 0; n < of; n += 1)
        yield container({ id: `p${String(n).padStart(5, '0')}`, name: `Parent ${n}`, type: 'team' }).record;
    },
    blind: (subject: string) => void blind.push(subject),
  } as unknown as StreamContext<unknown>;
  const read = perParent(ctx, 'container', async function* (parent, inner): AsyncGenerator<Page> {
    const n = Number(parent.id.slice(1));
    const answer = answers(n);
    if (answer === 'is none of them') return;
    asked.push(n);
    await inner.http.read({ route: 'GET /', answer: undefined as never });
    if (answer === 'an empty list') return;
    if (answer !== 'a page') {
      inner.blind('told on the way', answer, 'no');
      throw new SourceError(answer, 'no');
    }
    yield { items: [] };
  });
  let problem: unknown;
  try {
    for await (const page of read) pages.push(page.next);
  } catch (error) {
    problem = error;
  }
  const told = blind.filter((subject) => subject !== 'told on the way');
  return { blind: told.length, asked: asked.length, twice: asked.length - new Set(asked).size, pages, problem };
}

test('what one refuses or no longer has is told, and the others go on', async () => {
  expect(await over((n) => (n === 3 ? 'a page' : 'permission'))).toMatchObject({ asked: 8, blind: 7, twice: 0 });
  expect(await over(() => 'not-found')).toMatchObject({ asked: 8, blind: 8, problem: undefined });
  expect(await over(() => 'transient')).toMatchObject({ asked: 1, blind: 0, problem: { kind: 'transient' } });
});

describe('where the first five refuse', () => {
  test('the stream fails when those that are asked among all the others refuse too', async () => {
    expect(await over(() => 'permission')).toMatchObject({ asked: 8, blind: 4, problem: { kind: 'permission' } });
    const { asked, twice, problem } = await over(() => 'permission', { of: 10_000 });
    expect([problem, twice]).toMatchObject([{ kind: 'permission' }, 0]);
    expect(asked).toBeLessThan(100);
  });

  test.each(['a page', 'an empty list'] as const)(
    'one of the others with %s shows that they refuse one by one',
    async (read) => {
      const some = (n: number) => (n < 100 ? 'permission' : read);
      const found = await over(some, { of: 1_000 });
      expect(found).toMatchObject({ blind: 100, problem: undefined });
      // Those that were tried are asked again in their turn, and every page comes once.
      expect(found.twice).toBeLessThan(40);
      expect(found.pages).toHaveLength(read === 'a page' ? 900 : 0);
    },
  );

  test('what is told while others are tried is told in their turn, and once', async () => {
    const blind: string[] = [];
    const ctx = {
      http,
      async *parents() {
        for (let n = 0; n < 9; n += 1) yield container({ id: `p${n}`, name: `p${n}`, type: 'team' }).record;
      },
      blind: (subject: string) => void blind.push(subject),
    } as unknown as StreamContext<unknown>;
    const pages = perParent(ctx, 'container', async function* ({ id }, inner): AsyncGenerator<Page> {
      if (id < 'p5') throw new SourceError('permission', 'no');
      inner.blind(`in ${id}`, 'schema', 'odd');
      yield { items: [] };
    });
    for await (const _ of pages);
    expect(blind).toEqual(['p0', 'p1', 'p2', 'p3', 'p4', 'in p5', 'in p6', 'in p7', 'in p8']);
  });

  test('a parent that is none of those in question shows nothing', async () => {
    const only = (n: number) => (n % 2 === 0 ? 'is none of them' : 'permission');
    expect(await over(only, { of: 40 })).toMatchObject({ problem: { kind: 'permission' } });
    const last = (n: number) => (n === 25 ? 'a page' : only(n));
    expect(await over(last, { of: 40 })).toMatchObject({ problem: undefined, blind: 19 });
  });
});

test('an attempt that goes on has read something before', async () => {
  const resume = { parent: 'p00000' };
  expect(await over(() => 'permission', { resume })).toMatchObject({ asked: 7, blind: 7, problem: undefined });
});
