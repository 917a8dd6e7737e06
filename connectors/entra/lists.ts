import type { z } from 'zod';
import { fitting, nextAddresses, pagesOf, type Ask, type Operation } from '../../src/sdk/index.ts';

/** What every list of Graph says of its pages. */
export interface ListPage<T> {
  value: readonly T[];
  '@odata.nextLink'?: string | null | undefined;
  '@odata.deltaLink'?: string | null | undefined;
}
type Reader = Parameters<typeof pagesOf>[0];

/** https://learn.microsoft.com/graph/paging */
export const following = nextAddresses((body: ListPage<unknown>) => body['@odata.nextLink']);

/** The pages of a list, from where the stream resumes. */
export function listed<T>(ctx: Reader, operation: Operation<z.ZodType<ListPage<T>>>, ask: Ask = {}) {
  return pagesOf(ctx, operation, { ask, paging: following, elements: (body) => body.value });
}

/** Every element of a list that another one is joined with: always from its beginning. */
export async function* everyOf<T>(
  ctx: Reader,
  operation: Operation<z.ZodType<ListPage<T>>>,
  ask: Ask = {},
): AsyncGenerator<T> {
  for await (const page of listed({ ...ctx, resume: undefined }, operation, ask)) yield* fitting(ctx, page.elements);
}
