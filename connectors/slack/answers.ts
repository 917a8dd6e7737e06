import { z } from 'zod';
import { instant, SourceError, type Instant, type Json, type Paging } from '../../src/sdk/index.ts';

const metadata = z.object({ next_cursor: z.string().nullish() }).nullish();

/** An answer of the Web API: `ok` is the only sign of success, the status is always 200. */
export function answer<S extends z.ZodRawShape>(shape: S) {
  return z.object({ ok: z.literal(true), ...shape });
}

/** One page of a list. */
export function pageOf<S extends z.ZodRawShape>(shape: S) {
  return answer({ response_metadata: metadata, ...shape });
}

/** What a cut list of the Web API says of its pages. */
export interface Cut {
  response_metadata?: z.output<typeof metadata>;
}

/** Cursor pages of `limit` elements; an empty cursor is the end: https://docs.slack.dev/apis/web-api/pagination */
export function cursorPages(
  limit: number,
  as: 'query' | 'form' = 'query',
  more: Readonly<Record<string, string>> = {},
) {
  const paging: Paging<Cut> = {
    ask: (cursor) => {
      const asked = { ...more, limit: String(limit), ...(typeof cursor === 'string' && { cursor }) };
      return as === 'query' ? { query: asked } : { form: asked };
    },
    next: ({ body }): Json | undefined => body.response_metadata?.next_cursor || undefined,
  };
  return paging;
}

/** A list that a successful answer has to hold: without it, nothing was said. */
export function listed<T>(list: readonly T[] | null | undefined, name: string): readonly T[] {
  if (list) return list;
  throw new SourceError('schema', `the answer has no ${name}: the platform may have changed`);
}

/** Seconds of the epoch, as a number or as digits; 0 is no time. */
export function epoch() {
  return z
    .union([z.string(), z.number()])
    .nullish()
    .transform((value): Instant | undefined => instant(Number(value ?? 0)));
}
