import { z } from 'zod';
import { link, listOf, operation, pagesOf, person, SourceError, type Item, type Stream } from '../../src/sdk/index.ts';
import { authTest, placeOf } from './access.ts';
import { cursorPages, epoch, listed, pageOf } from './answers.ts';
import type { Config } from './config.ts';
import { inTurn } from './turns.ts';

const User = z.object({
  id: z.string(),
  email: z.string().nullish(),
  username: z.string().nullish(),
  full_name: z.string().nullish(),
  is_active: z.boolean().nullish(),
  is_admin: z.boolean().nullish(),
  is_owner: z.boolean().nullish(),
  is_primary_owner: z.boolean().nullish(),
  is_restricted: z.boolean().nullish(),
  is_ultra_restricted: z.boolean().nullish(),
  is_bot: z.boolean().nullish(),
  date_created: epoch(),
  deactivated_ts: epoch(),
  expiration_ts: epoch(),
  last_active_ts: epoch(),
  workspaces: z.array(z.string()).nullish(),
});
type User = z.output<typeof User>;

const listUsers = operation('GET /admin.users.list', pageOf({ users: listOf(User).nullish() }));

/** Leavers are left out unless they are asked for: `is_active` is true by default. */
export const users: Stream<Config> = {
  title: 'Users of the whole organisation, deactivated ones included',
  emits: ['person'],
  operations: [authTest, listUsers],
  requires: [{ scope: 'admin.users:read', why: 'owners are looked for among them, and leavers are deactivated users' }],
  absence: 'means-gone',
  async *pages(ctx) {
    const { enterprise } = await placeOf(ctx);
    if (enterprise === undefined)
      throw new SourceError(
        'not-licensed',
        'only a token of an Enterprise organisation lists the users of all workspaces',
      );
    yield* inTurn(ctx, [true, false], async function* (active, inner) {
      const options = {
        ask: { query: { is_active: active, ...(!active && { include_deactivated_user_workspaces: true }) } },
        paging: cursorPages(ctx.config.pageSize),
        elements: ({ users: found }: { users?: User[] | null | undefined }) => listed(found, 'users'),
      };
      for await (const page of pagesOf(inner, listUsers, options))
        yield page.map((user) => (user.is_bot === true ? undefined : userItem(user, active)));
    });
  },
};

function userItem(user: User, asked: boolean): Item<'person'> {
  const { id, email, username, full_name: name } = user;
  const active = user.is_active ?? asked;
  return person({
    id,
    name: name || username || email || id,
    emails: email ? [email.toLowerCase()] : [],
    logins: username ? [username] : [],
    status: active ? 'active' : 'deprovisioned',
    admin: [user.is_admin, user.is_owner, user.is_primary_owner].includes(true),
    external: [user.is_restricted, user.is_ultra_restricted].includes(true),
    createdAt: user.date_created,
    lastUsedAt: user.last_active_ts,
    leftAt: active ? undefined : user.deactivated_ts,
    expiresAt: user.expiration_ts,
    links: (user.workspaces ?? []).map((team) => link('contained-in', 'container', `team/${team}`)),
    gaps: user.last_active_ts === undefined ? { lastUsedAt: 'not-supported' } : {},
  });
}
