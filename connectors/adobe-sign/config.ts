import { z } from 'zod';
import { cursors, link, secret, type Ask, type Paging, type Person } from '../../src/sdk/index.ts';

export const PLATFORM = 'adobe-sign';
/** The account has no id that its own key could ask for; a source reads one account. */
export const ACCOUNT = 'account';

export const config = z
  .strictObject({
    /** An integration key of an account administrator; or `oauth`. */
    integrationKey: secret().optional(),
    /** An application with a refresh token; or `integrationKey`. */
    oauth: z
      .strictObject({
        clientId: z.string().min(1),
        clientSecret: secret(),
        refreshToken: secret(),
        /** On the account’s own access point, such as https://api.na1.adobesign.com/oauth/v2/refresh. */
        tokenUrl: z.url(),
      })
      .optional(),
    /** Where the account’s own access point is asked for. */
    apiUrl: z.url().default('https://secure.adobesign.com/api/rest/v6'),
    /** Decides how soon the same request may be sent again. */
    plan: z.enum(['enterprise', 'other']).default('other'),
    /** Entries of a page. */
    pageSize: z.number().int().min(1).max(500).default(50),
  })
  .refine(({ integrationKey, oauth }) => (integrationKey === undefined) !== (oauth === undefined), {
    message: 'give either integrationKey or oauth',
    path: ['integrationKey'],
  });
export type Config = z.output<typeof config>;

/** What every record of the account has in common. */
export const inAccount = { platform: PLATFORM, links: [link('contained-in', 'container', ACCOUNT)] } as const;

/** The next cursor; documented examples write a blank where there is none. */
export const PageInfo = z
  .object({ nextCursor: z.string().nullish() })
  .nullish()
  .transform((page) => page?.nextCursor?.trim() || undefined);

export function byCursor(): Paging<{ page?: string | undefined }> {
  return cursors((body) => body.page, 'cursor');
}

/** In the name of a user: lists show what this user made. */
export function as(user: Pick<Person, 'id'> | { email: string }): Pick<Ask, 'headers'> {
  return { headers: { 'x-api-user': 'id' in user ? `userid:${user.id}` : `email:${user.email}` } };
}
