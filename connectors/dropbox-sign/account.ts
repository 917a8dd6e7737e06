import { targetOf } from '../../src/formats/hosts.ts';
import { z } from 'zod';
import {
  container,
  endpoint,
  operation,
  SourceError,
  type Item,
  type Page,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { PLATFORM, type Config } from './config.ts';

const Account = z.object({
  account_id: z.string(),
  email_address: z.string().nullish(),
  callback_url: z.string().nullish(),
  is_locked: z.boolean().nullish(),
  team_id: z.string().nullish(),
  role_code: z.string().nullish(),
});

export const readAccount = operation('GET /account', z.object({ account: Account }));

/**
 * What `read` yields of our team; undefined where we are in none. What is asked of a team answers 404 then
 * (https://developers.hellosign.com/api/reference/operation/teamGet/), and the account names neither a team nor a role.
 */
export async function ofOurTeam<T>(
  { http }: Pick<StreamContext<Config>, 'http'>,
  read: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (problem) {
    if (!(problem instanceof SourceError) || problem.kind !== 'not-found') throw problem;
    const { team_id: team, role_code: role } = (await http.read(readAccount)).body.account;
    if (team || role) throw problem;
    return undefined;
  }
}

/** Administrators (`a`) see what teammates have. */
const ADMINISTRATORS: readonly string[] = ['a'];

/**
 * Lists get shorter, and nothing says so, when the account of the key is given a role that sees less than `roles` do
 * (https://help.dropbox.com/account-access/team-roles-and-permissions-dropbox-sign), or leaves a team that it was in:
 * what they do not show any more may be there.
 */
export async function tellUnlessWhole(ctx: StreamContext<Config>, roles = ADMINISTRATORS): Promise<void> {
  const { team_id: team, role_code: role } = (await ctx.http.read(readAccount)).body.account;
  const todo = 'what it does not list may still be there; use the key of an administrator';
  if (role && !roles.includes(role))
    ctx.blind('what teammates have', 'permission', `the account of the key is no administrator: ${todo}`);
  if (team || role) return;
  for await (const { id } of ctx.parents('container')) {
    if (!id.startsWith('team/')) continue;
    return ctx.blind('the team', 'permission', `the account of the key is in no team any more: ${todo}`);
  }
}

export const account: Stream<Config> = {
  title: 'The account, and where its events go',
  emits: ['container', 'endpoint'],
  operations: [readAccount],
  requires: [],
  absence: 'means-gone',
  async *pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
    const { body } = await ctx.http.read(readAccount);
    const { account_id: id, email_address: email, callback_url: url } = body.account;
    const items: Item[] = [container({ id: `account/${id}`, name: email || id, type: 'account', platform: PLATFORM })];
    if (url) {
      items.push(
        endpoint({
          id: `account/${id}/callback`,
          name: `Events of the account ${email || id}`,
          direction: 'outbound',
          platform: PLATFORM,
          type: 'event-webhook',
          authentication: 'signature',
          signed: true,
          payload: 'events',
          reach: 'all',
          state: 'active',
          ...targetOf(url, 'callback_url'),
        }),
      );
    }
    yield { items };
  },
};
