import { z } from 'zod';
import {
  fitting,
  listOf,
  link,
  operation,
  pagesOf,
  person,
  type Json,
  type Page,
  type PersonStatus,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { accountWith, readSettings } from './account.ts';
import { type Config, inAccount } from './config.ts';
import { flag, listed, moment, place, positions } from './words.ts';

const User = z.object({
  userId: z.string().min(1),
  userName: z.string().nullish(),
  email: z.string().nullish(),
  userStatus: z.string().nullish(),
  isAdmin: flag(),
  createdDateTime: moment(),
  lastLogin: moment(),
  permissionProfileId: z.string().nullish(),
  groupList: z.array(z.object({ groupName: z.string().nullish() })).nullish(),
  userSettings: z
    .object({
      canManageAccount: flag(),
      canSendAPIRequests: flag(),
      apiAccountWideAccess: flag(),
      allowSendOnBehalfOf: flag(),
      accountManagementGranular: z
        .object({ canManageConnect: flag(), canManageAdmins: flag(), canManageSharing: flag() })
        .nullish(),
    })
    .nullish(),
});
type User = z.output<typeof User>;

const listUsers = operation(
  'GET /v2.1/accounts/{accountId}/users',
  z.object({ users: listOf(User).nullish(), ...place }),
);

/** Without a word on the status, closed accounts stay hidden: and theirs are the leavers. */
const EVERY_STATUS = 'Active,ActivationRequired,ActivationSent,Closed,Disabled';

const statuses: { readonly [word: string]: PersonStatus } = {
  active: 'active',
  activationrequired: 'invited',
  activationsent: 'invited',
  closed: 'deprovisioned',
  disabled: 'suspended',
};

/** Where the list is read on, and how many administrators stood before. */
interface Place {
  at: Json;
  admins: number;
}

export const users: Stream<Config> = {
  title: 'Users, closed ones included, and their account with its settings',
  emits: ['person', 'container'],
  operations: [listUsers, readSettings],
  requires: [{ scope: 'signature', why: 'it lists the users of the account, their status and what they may do' }],
  absence: 'means-gone',
  async *pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
    const { accountId, pageSize } = ctx.config;
    const begun = ctx.resume as unknown as Place | undefined;
    let admins = begun?.admins ?? 0;
    for await (const page of pagesOf({ ...ctx, resume: begun?.at }, listUsers, {
      ask: { params: { accountId }, query: { additional_info: 'true', status: EVERY_STATUS } },
      paging: positions(pageSize),
      elements: (body) => listed(body.users, body.totalSetSize),
    })) {
      const people = fitting(ctx, page.elements).map((user) => personOf(user, ctx.config));
      admins += people.filter(({ record }) => record.admin === true && record.status === 'active').length;
      // Only a list that was read to its end says how many administrators there are.
      if (page.next === undefined) yield { items: [...people, await accountWith(admins, ctx)] };
      else yield { items: people, next: { at: page.next, admins } };
    }
  },
};

function personOf(user: User, config: Config) {
  const { links } = inAccount(config);
  const profile = user.permissionProfileId ?? '';
  return person({
    id: user.userId,
    name: user.userName || user.email || user.userId,
    status: statuses[(user.userStatus ?? '').toLowerCase()] ?? 'unknown',
    emails: user.email ? [user.email.toLowerCase()] : [],
    admin: user.isAdmin ?? user.userSettings?.canManageAccount,
    teams: (user.groupList ?? []).flatMap(({ groupName }) => groupName ?? []),
    tags: powersOf(user),
    createdAt: user.createdDateTime,
    lastUsedAt: user.lastLogin,
    lastInteractiveAt: user.lastLogin,
    links: [...links, ...(profile === '' ? [] : [link('uses', 'identity', `profile/${profile}`)])],
    gaps: { leftAt: 'not-supported', ...(user.lastLogin === undefined && { lastUsedAt: 'not-seen' }) },
  });
}

/** In the platform's own words: what lets this user's applications do more than an ordinary user's. */
function powersOf({ userSettings }: User): string[] {
  const { accountManagementGranular, ...settings } = userSettings ?? {};
  const powers = Object.entries({ ...settings, ...accountManagementGranular });
  return powers.filter(([, on]) => on === true).map(([power]) => power);
}
