import { z } from 'zod';
import { secret, type Paging } from '../../src/sdk/index.ts';

export const PLATFORM = 'pandadoc';

export const config = z
  .strictObject({
    /** Base address of the interface. */
    apiUrl: z.url().default('https://api.pandadoc.com'),
    /** API key of an organisation administrator; every key can do all that its user can. */
    apiKey: secret().optional(),
    /** OAuth access token, instead of a key. */
    accessToken: secret().optional(),
    /** Ids of workspaces that have sources of their own: that this one does not read them is not told. */
    readElsewhere: z.array(z.string().min(1)).default([]),
    /** Elements a page; users come 50 at most. */
    pageSize: z.number().int().min(1).max(50).default(50),
    /** How many entries of the API log are opened to see which credentials are in use; 0 reads none. */
    logSample: z.number().int().min(0).max(1_000).default(200),
    /** How far back the API log and webhook deliveries are looked at; the log is kept 90 days. */
    logDays: z.number().int().min(1).max(90).default(90),
  })
  .refine(({ apiKey, accessToken }) => (apiKey === undefined) !== (accessToken === undefined), {
    error: 'give either apiKey or accessToken',
  });
export type Config = z.output<typeof config>;

/** What lists say of their pages, where they say anything. */
export const paged = { total: z.number().nullish(), has_next_page: z.boolean().nullish() };
interface Paged {
  total?: number | null | undefined;
  has_next_page?: boolean | null | undefined;
}

/** Pages are numbered from 1. The end is what the list itself says, or else the first short page. */
export function pagesOfSize(size: number): Paging<unknown> {
  const at = (cursor: unknown): number => (typeof cursor === 'number' ? cursor : 1);
  return {
    ask: (cursor) => ({ query: { count: size, page: at(cursor) } }),
    total: (body) => (body as Paged).total,
    next: ({ body }, cursor, count) => {
      const { total, has_next_page: more } = body as Paged;
      const goesOn = more ?? (typeof total === 'number' ? at(cursor) * size < total : count >= size);
      return goesOn && count > 0 ? at(cursor) + 1 : undefined;
    },
  };
}

/** A list that comes as a whole. */
export const inOnePage: Paging<unknown> = { ask: () => ({}), next: () => undefined };
