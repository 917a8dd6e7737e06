import type { Json, Page } from '../../src/sdk/index.ts';
import type { Context } from './config.ts';

interface Turn {
  turn: number;
  inner?: Json;
}

/** The pages of the same list asked in several ways, one after the other; resumes inside the one that broke off. */
export async function* inTurn<T>(
  ctx: Context,
  ways: readonly T[],
  pages: (way: T, ctx: Context) => AsyncIterable<Page>,
): AsyncGenerator<Page> {
  const from = ctx.resume as unknown as Turn | undefined;
  for (const [turn, way] of ways.entries()) {
    if (from !== undefined && turn < from.turn) continue;
    const resume = from?.turn === turn ? from.inner : undefined;
    for await (const { next, ...page } of pages(way, { ...ctx, resume })) {
      if (next !== undefined) yield { ...page, next: { turn, inner: next } };
      else yield turn + 1 < ways.length ? { ...page, next: { turn: turn + 1 } } : page;
    }
  }
}
