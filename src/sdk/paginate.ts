import type { z } from 'zod';
import type { Json } from '../core/content.ts';
import { SourceError } from '../core/errors.ts';
import { Misfit } from './answers.ts';
import type { Page, PageVersion, StreamContext } from './connector.ts';
import type { Answer, Ask, Operation } from './http.ts';
import type { Item } from './records.ts';

type Context = Pick<StreamContext<unknown>, 'http' | 'resume' | 'signal' | 'blind' | 'known'>;
type Items = Item | readonly Item[] | undefined;

/** One page of a platform's answer, on its way to becoming a page of records. */
export interface AnswerPage<T, B = unknown> {
  elements: readonly T[];
  /** Undefined for a page that has not changed since it was stored. */
  body: B | undefined;
  next: Json | undefined;
  /** Maps each element to its records; an element that does not fit is set aside, and the others go on. */
  map(to: (element: T) => Items): Page;
}

/** How a platform cuts a list into pages. A cursor is what resuming starts from; undefined asks the first page. */
export interface Paging<B> {
  ask(cursor: Json | undefined): Ask;
  /** The next cursor; undefined after the last page. */
  next(answer: Answer<B>, cursor: Json | undefined, count: number): Json | undefined;
  /**
   * How many elements the platform counts in the whole list. Needed wherever pages are asked for by number or position:
   * when an element is deleted meanwhile, the others move up, and one of them is on no page that is read.
   */
  total?(body: B): number | null | undefined;
}

/** Where a list goes on whose elements are counted: its cursor, and how many there were. */
interface Counted {
  at: Json;
  of: number;
}

export interface PagesOptions<B, T> {
  ask?: Ask;
  paging: Paging<B>;
  elements(body: B): readonly T[];
  /** Asks whether pages have changed (ETag). Only where a page alone makes its records. */
  conditional?: true;
}

/** A list with more pages than this does not end by itself. */
const MOST_PAGES = 20_000;

/**
 * Every page of a list, from where the stream resumes. A list that changes its length while it is read is a blind spot:
 * what it did not show may be there. Throws when the platform leads in a circle.
 */
export async function* pagesOf<S extends z.ZodType, T>(
  ctx: Context,
  operation: Operation<S>,
  { ask = {}, paging, elements, conditional }: PagesOptions<z.output<S>, T>,
): AsyncGenerator<AnswerPage<T, z.output<S>>> {
  const been = new Set<string>();
  let before = '';
  let { at: cursor, of } = placeOf(ctx.resume, paging);
  for (let count = 0; count < MOST_PAGES; count += 1) {
    ctx.signal.throwIfAborted();
    const asked = merged(ask, paging.ask(cursor));
    const request = `${operation.route} ${JSON.stringify([asked.params, asked.query])}`;
    const known = conditional === true ? await ctx.known(request) : undefined;
    const headers = known && { ...asked.headers, 'if-none-match': known.etag };
    const answer = await ctx.http.read(operation, headers ? { ...asked, headers } : asked);
    const unchanged = known !== undefined && answer.status === 304;
    const read = unchanged ? [] : elements(answer.body);
    const content = read.length === 0 ? '' : JSON.stringify(read);
    if (content !== '' && content === before) throw new SourceError('schema', circular(operation));
    before = content;
    const place = unchanged
      ? placeOf(known.next, paging)
      : { at: paging.next(answer, cursor, read.length), of: paging.total?.(answer.body) ?? undefined };
    of = stillOf(ctx, operation, of, place.of);
    const { at } = place;
    const next = at === undefined || of === undefined ? at : ({ at, of } satisfies Counted);
    const etag = unchanged ? known.etag : answer.headers.get('etag');
    const version =
      conditional === true && etag !== null ? { request, etag, ...(next !== undefined && { next }) } : undefined;
    yield answerPage(ctx, unchanged ? undefined : answer.body, read, next, version);
    if (next === undefined) return;
    const key = JSON.stringify(next);
    if (been.has(key)) throw new SourceError('schema', circular(operation));
    been.add(key);
    cursor = at;
  }
  throw new SourceError('schema', `${operation.route} has more than ${MOST_PAGES} pages`);
}

/** A cursor of a paging that counts carries what was counted at first. */
function placeOf(
  resume: Json | undefined,
  { total }: Pick<Paging<never>, 'total'>,
): { [K in keyof Counted]?: Counted[K] | undefined } {
  if (resume === undefined) return {};
  return total !== undefined && isCounted(resume) ? resume : { at: resume };
}

function isCounted(cursor: Json): cursor is Json & Counted {
  return typeof cursor === 'object' && cursor !== null && 'at' in cursor && 'of' in cursor;
}

/** How many elements the list has, as far as its pages have said so by now. */
function stillOf(
  ctx: Pick<Context, 'blind'>,
  { route }: Operation,
  before: number | undefined,
  now: number | undefined,
): number | undefined {
  if (before !== undefined && now !== undefined && before !== now) {
    const detail = `the list changed while it was read, from ${before} to ${now} elements: one may have been passed over`;
    ctx.blind(route, 'suspect', detail);
  }
  return now ?? before;
}

const circular = ({ route }: Operation): string => `${route} gives the same page again and again`;

function answerPage<T, B>(
  ctx: Context,
  body: B | undefined,
  elements: readonly T[],
  next: Json | undefined,
  version: PageVersion | undefined,
): AnswerPage<T, B> {
  const rest = { ...(next !== undefined && { next }), ...(version && { version }) };
  const map = (to: (element: T) => Items): Page => {
    if (body === undefined) return { items: [], unchanged: true, ...rest };
    return { items: fitting(ctx, elements).flatMap((element) => to(element) ?? []), ...rest };
  };
  return { elements, body, next, map };
}

/** The elements that have the expected form; each other one is told as a blind spot. */
export function fitting<T>(ctx: Pick<Context, 'blind'>, elements: readonly T[]): T[] {
  return elements.filter((element, index) => {
    if (!(element instanceof Misfit)) return true;
    ctx.blind(element.id ?? `element ${index + 1}`, 'schema', element.field);
    return false;
  });
}

function merged(ask: Ask, more: Ask): Ask {
  return { ...ask, ...more, query: { ...ask.query, ...more.query } };
}
