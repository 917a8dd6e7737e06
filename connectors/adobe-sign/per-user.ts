import type { z } from 'zod';
import {
  fitting,
  pagesOf,
  perParent,
  type Ask,
  type Item,
  type Operation,
  type Page,
  type Person,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { as, byCursor, type Config } from './config.ts';

type Context = StreamContext<Config>;

/** A list that shows each user something else. */
interface UserList<S extends z.ZodType, T> {
  operation: Operation<S>;
  query?: Ask['query'];
  elements(body: z.output<S>): readonly T[];
  /** The records of an element; what else they need is asked for in the name of the same user. */
  map(element: T, user: Person, ctx: Context): Promise<readonly Item[]>;
}

/** The pages of a list, read in the name of every user. */
export function perUser<S extends z.ZodType<{ page?: string | undefined }>, T>(
  context: Context,
  { operation, query, elements, map }: UserList<S, T>,
): AsyncGenerator<Page> {
  return perParent(context, 'person', async function* (user, ctx) {
    for await (const page of pagesOf(ctx, operation, {
      ask: { ...as(user), query: { ...query, pageSize: ctx.config.pageSize } },
      paging: byCursor(),
      elements,
    })) {
      const items: Item[] = [];
      for (const element of fitting(ctx, page.elements)) items.push(...(await map(element, user, ctx)));
      yield { items, ...(page.next !== undefined && { next: page.next }) };
    }
  });
}
