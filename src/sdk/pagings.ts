import type { Json } from '../core/content.ts';
import { SourceError } from '../core/errors.ts';
import type { Answer } from './http.ts';
import type { Paging } from './paginate.ts';

/** Pages 1, 2, 3 …; the first short one is the last. */
export function numbered<B = unknown>({
  size,
  page = 'page',
  perPage = 'per_page',
  first = 1,
  total,
}: {
  size: number;
  page?: string;
  perPage?: string;
  first?: number;
  total?: (body: B) => number | null | undefined;
}): Paging<B> {
  return {
    ask: (cursor) => ({ query: { [perPage]: size, [page]: typeof cursor === 'number' ? cursor : first } }),
    next: (_, cursor, count) => (count < size ? undefined : (typeof cursor === 'number' ? cursor : first) + 1),
    ...(total && { total }),
  };
}

/** Starts at 0 and goes on by as many as came; ends after a short page, or at the total where the platform says it. */
export function offsets<B>({
  size,
  offset = 'offset',
  limit = 'limit',
  total,
}: {
  size: number;
  offset?: string;
  limit?: string;
  total?: (body: B) => number | undefined;
}): Paging<B> {
  const at = (cursor: Json | undefined): number => (typeof cursor === 'number' ? cursor : 0);
  return {
    ask: (cursor) => ({ query: { [limit]: size, [offset]: at(cursor) } }),
    next: ({ body }, cursor, count) => {
      const reached = at(cursor) + count;
      const all = total?.(body);
      return count === 0 || (all === undefined ? count < size : reached >= all) ? undefined : reached;
    },
    ...(total && { total }),
  };
}

/** A cursor in the answer is put into the next request's query; an empty one is the end. */
export function cursors<B>(next: (body: B) => string | number | null | undefined, parameter: string): Paging<B> {
  return {
    ask: (cursor) => (cursor === undefined ? {} : { query: { [parameter]: cursor as string | number } }),
    next: ({ body }) => {
      const cursor = next(body);
      return cursor === null || cursor === undefined || cursor === '' ? undefined : cursor;
    },
  };
}

/** The `Link` header's `rel="next"` (RFC 8288). */
export function linkHeaders(): Paging<unknown> {
  return urls(({ headers }) => {
    const links = (headers.get('link') ?? '').split(/,\s*(?=<)/);
    const next = /^<(?<url>[^>]+)>.*;\s*rel=(?:next\b|"(?:[^"]*\s)?next(?:\s[^"]*)?")/i;
    return links.map((link) => next.exec(link)?.groups?.['url']).find((url) => url !== undefined);
  });
}

/** A whole address of the next page, as in `@odata.nextLink`; with `total` where it leads to a position. */
export function nextAddresses<B>(
  next: (body: B) => string | null | undefined,
  total?: (body: B) => number | null | undefined,
): Paging<B> {
  return { ...urls<B>(({ body }) => next(body) ?? undefined), ...(total && { total }) };
}

/**
 * Only an address's query is kept: the request goes to the operation as declared. An address on another host is no page
 * of this list, and ends the stream.
 */
function urls<B>(find: (answer: Answer<B>) => string | undefined): Paging<B> {
  return {
    ask: (cursor) => (typeof cursor === 'string' ? { query: queryOf(cursor) } : {}),
    next: (answer) => {
      const found = find(answer);
      if (found === undefined || found === '') return undefined;
      const { origin = 'https://host.invalid' } = answer;
      const url = URL.parse(found, origin);
      if (url === null) throw new SourceError('schema', 'the address of the next page is none');
      if (answer.origin !== undefined && url.host !== new URL(origin).host) {
        throw new SourceError(
          'schema',
          `the next page is said to be on another host, ${url.host}: it is not asked there`,
        );
      }
      return url.search.slice(1);
    },
  };
}

function queryOf(search: string): { [name: string]: string | string[] } {
  const query = new URLSearchParams(search);
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const [first = '', ...more] = query.getAll(name);
      return [name, more.length === 0 ? first : [first, ...more]];
    }),
  );
}
