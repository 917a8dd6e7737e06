import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import {
  Misfit,
  pagesOf,
  SourceError,
  type AnyRecord,
  type AnswerPage,
  type Item,
  type Kind,
  type Operation,
  type Page,
  type Paging,
} from '../../src/sdk/index.ts';
import type { Context } from './config.ts';
import { following, type ListPage } from './lists.ts';

interface Changing {
  id: string;
  '@removed'?: unknown;
}

/** A part of the directory that tells what has changed in it. */
export interface Changeable<T extends Changing> {
  operation: Operation<z.ZodType<ListPage<T>>>;
  /** Properties that are watched. */
  select?: readonly string[];
  map(object: T): readonly Item[];
  /** Records that an object stands for: their ids begin with it, or are it. */
  kinds: readonly Kind[];
  prefix: string;
  /** Lays over a stored record what is told beside the changes: owners, rights, last use. */
  renewed?(record: AnyRecord): AnyRecord;
}

type Mode = 'all' | 'changes';
interface Place {
  mode: Mode;
  at: string;
}

/**
 * Everything the first time, then only what has changed since; everything again when Graph no longer knows since when.
 * https://learn.microsoft.com/graph/delta-query-overview
 */
export async function* changingPages<T extends Changing>(ctx: Context, part: Changeable<T>): AsyncGenerator<Page> {
  const place = ctx.resume as Place | undefined;
  const mode = place?.mode ?? (ctx.changesFrom === undefined ? 'all' : 'changes');
  if (mode === 'changes') {
    try {
      yield* read({ ...ctx, resume: place?.at ?? ctx.changesFrom }, part, mode);
      yield* renewals(ctx, part);
      return;
    } catch (problem) {
      if (!(problem instanceof SourceError) || problem.status !== 410) throw problem;
    }
  }
  yield* read({ ...ctx, resume: mode === 'all' ? place?.at : undefined }, part, 'all');
}

async function* read<T extends Changing>(ctx: Context, part: Changeable<T>, mode: Mode): AsyncGenerator<Page> {
  const { operation, select, map } = part;
  // A link carries all that was asked at first; to ask it again is refused.
  const paging: Paging<ListPage<T>> = {
    ask: (cursor) => (cursor === undefined && select ? { query: { $select: select.join() } } : following.ask(cursor)),
    next: following.next,
  };
  for await (const page of pagesOf(ctx, operation, { paging, elements: (body) => body.value })) {
    const { items, next } = page.map((object) => (object['@removed'] ? undefined : map(object)));
    const changesFrom = linkOf(page);
    // Who leaves while everything is read comes twice: as somebody, and pages later as removed. No later read says it again.
    const told = mode === 'changes' ? page.elements : page.elements.filter(isRemoved);
    yield {
      items,
      // Only at their end: where Graph forgets since when among them, everything that is read then is everything.
      ...(mode === 'changes' && next === undefined && { bounded: true }),
      ...(told.length > 0 && { removed: await gone(ctx, part, told, items) }),
      ...(next !== undefined && { next: { mode, at: next } }),
      ...(changesFrom !== undefined && { changesFrom }),
    };
  }
}

function linkOf<T>({ body }: AnswerPage<T, ListPage<T>>): string | undefined {
  const link = body?.['@odata.deltaLink'];
  return link ? new URL(link, 'https://host.invalid').search.slice(1) : undefined;
}

const isRemoved = <T extends Changing>(each: T | Misfit): boolean =>
  !(each instanceof Misfit) && Boolean(each['@removed']);

/** Stored records of what was removed, and of what an object no longer has: a secret that was deleted, for instance. */
async function gone<T extends Changing>(
  ctx: Context,
  { kinds, prefix }: Changeable<T>,
  elements: readonly (T | Misfit)[],
  items: readonly Item[],
): Promise<NonNullable<Page['removed']>> {
  const changed = new Set(elements.flatMap((each) => (each instanceof Misfit ? [] : `${prefix}${each.id}`)));
  if (changed.size === 0) return [];
  const told = new Set(items.map(({ record }) => `${record.kind}/${record.id}`));
  const removed: { kind: Kind; id: string }[] = [];
  for (const kind of kinds) {
    for await (const { id } of ctx.parents(kind)) {
      const [object = ''] = /^[^/]+\/[^/]+/.exec(id) ?? [id];
      if (changed.has(object) && !told.has(`${kind}/${id}`)) removed.push({ kind, id });
    }
  }
  return removed;
}

const RENEWED_AT_ONCE = 500;

/** Stored records of which something has changed that Graph does not count as a change. */
async function* renewals<T extends Changing>(ctx: Context, part: Changeable<T>): AsyncGenerator<Page> {
  const { kinds, prefix, renewed } = part;
  if (!renewed) return;
  let items: Item[] = [];
  for (const kind of kinds) {
    for await (const record of ctx.parents(kind)) {
      if (!record.id.startsWith(prefix)) continue;
      const fresh = renewed(record);
      if (!isDeepStrictEqual(fresh, record)) items.push({ record: fresh });
      if (items.length < RENEWED_AT_ONCE) continue;
      yield { items, bounded: true };
      items = [];
    }
  }
  if (items.length > 0) yield { items, bounded: true };
}
