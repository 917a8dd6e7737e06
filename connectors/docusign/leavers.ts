import { z } from 'zod';
import {
  fitting,
  ifAllowed,
  listOf,
  offsets,
  operation,
  pagesOf,
  time,
  type Instant,
  type StreamContext,
} from '../../src/sdk/index.ts';
import type { Config } from './config.ts';
import { admin, listOrganisations } from './organisation.ts';
import { count, listed } from './words.ts';

const Leaver = z.object({ id: z.string().min(1), closed_on: time(), membership_closed_on: time() });

export const listLeavers = operation(
  'GET /v2/organizations/{organizationId}/users',
  z.object({ users: listOf(Leaver).nullish(), paging: z.object({ total_set_size: count() }).nullish() }),
  admin,
);

/** They are no must for the list of users: without them it lacks this one date. */
const scopes = ['organization_read', 'user_read'];

/**
 * When the users of the account left it, by id in lower case: only the organisation says so. Empty where nobody asked
 * for the scopes, or we are no administrator of the account's organisation.
 */
export async function leavingDates(ctx: StreamContext<Config>): Promise<ReadonlyMap<string, Instant>> {
  const left = new Map<string, Instant>();
  if (!scopes.every((scope) => ctx.config.scopes.includes(scope))) return left;
  await ifAllowed(ctx, 'when users left', async () => {
    const organizationId = await organisationOf(ctx);
    if (organizationId === undefined) return;
    for await (const { elements } of pagesOf({ ...ctx, resume: undefined }, listLeavers, {
      // The user ids of both interfaces are the same: https://developers.docusign.com/docs/admin-api/how-to/retrieve-docusign-profile-using-userid
      ask: { params: { organizationId }, query: { account_id: ctx.config.accountId, membership_status: 'closed' } },
      paging: offsets({
        size: ctx.config.pageSize,
        offset: 'start',
        limit: 'take',
        total: (body) => body.paging?.total_set_size,
      }),
      elements: (body) => listed(body.users, body.paging?.total_set_size),
    })) {
      for (const { id, membership_closed_on: fromAccount, closed_on: fromAll } of fitting(ctx, elements)) {
        const at = fromAccount ?? fromAll;
        if (at !== undefined) left.set(id.toLowerCase(), at);
      }
    }
  });
  return left;
}

/** Which organisation the account belongs to, as far as we administer it. */
export async function organisationOf({ http, config }: StreamContext<Config>): Promise<string | undefined> {
  const { body } = await http.read(listOrganisations);
  return body.organizations.find(({ accounts }) => accounts?.some(({ id }) => id.toLowerCase() === config.accountId))
    ?.id;
}
