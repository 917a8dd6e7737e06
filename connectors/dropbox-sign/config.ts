import { z } from 'zod';
import { secret, type Paging } from '../../src/sdk/index.ts';

export const PLATFORM = 'dropbox-sign';

export const config = z.strictObject({
  /** Base address of the interface. */
  apiUrl: z.url().default('https://api.hellosign.com/v3'),
  /** API key of an administrator; every key of this platform can do all that its account can. */
  apiKey: secret(),
  /** Elements a page; the platform allows 1 to 100. */
  pageSize: z.number().int().min(1).max(100).default(100),
});
export type Config = z.output<typeof config>;

const ListInfo = z
  .object({ page: z.number().nullish(), num_pages: z.number().nullish(), num_results: z.number().nullish() })
  .nullish();

/** What every list says of its pages. */
export const paged = { list_info: ListInfo };

/** Pages are numbered from 1, and the answer says how many there are. */
export function pagesOfSize(size: number): Paging<{ list_info?: z.output<typeof ListInfo> }> {
  const at = (cursor: unknown): number => (typeof cursor === 'number' ? cursor : 1);
  return {
    ask: (cursor) => ({ query: { page: at(cursor), page_size: size } }),
    total: ({ list_info: info }) => info?.num_results,
    next: ({ body }, cursor) => (at(cursor) < (body.list_info?.num_pages ?? 1) ? at(cursor) + 1 : undefined),
  };
}
