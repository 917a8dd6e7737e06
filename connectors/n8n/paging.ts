import type { z } from 'zod';
import { cursors, pagesOf, type AnswerPage, type Ask, type Operation } from '../../src/sdk/index.ts';

/** A page of any of n8n's lists. */
interface ListPage<T> {
  data: readonly T[];
  nextCursor?: string | null | undefined;
}

/** The pages of a list, so many elements each; n8n gives 250 at most. https://docs.n8n.io/api/pagination/ */
export function listed<T>(
  ctx: Parameters<typeof pagesOf>[0],
  operation: Operation<z.ZodType<ListPage<T>>>,
  limit: number,
  { params, query }: Pick<Ask, 'params' | 'query'> = {},
): AsyncGenerator<AnswerPage<T, ListPage<T>>> {
  return pagesOf(ctx, operation, {
    ask: { ...(params && { params }), query: { ...query, limit } },
    paging: cursors((body: ListPage<T>) => body.nextCursor, 'cursor'),
    elements: (body) => body.data,
  });
}
