import { z } from 'zod';
import {
  fitting,
  listOf,
  link,
  operation,
  pagesOf,
  person,
  time,
  type Instant,
  type Json,
  type Link,
  type Page,
  type PersonStatus,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { accountWith, readSettings } from './account.ts';
import { type Config, inAccount } from './config.ts';
import { leavingDates, listLeavers } from './leavers.ts';
import { listOrganisations } from './organisation.ts';
import { profileId } from './permission-profiles.ts';
import { flag, listed, place, positions } from './words.ts';

const User = z.object({
  userId: z.string().min(1),
  userName: z.string().nullish(),
  email: z.string().nullish(),
  userStatus: z.string().nullish(),
  isAdmin: flag(),
  createdDateTime: time(),
  lastLogin: time(),
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
  operations: [listUsers, readSettings, listOrganisations, listLeavers],
  requires: [{ scope: 'signature', why: 'it lists the users of the account, their status and what they may do' }],
  absence: 'means-gone',
  async *pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
    const { accountId, pageSize } = ctx.config;
    const begun = ctx.resume as unknown as Place | undefined;
    const left = await leavingDates(ctx);
    let admins = begun?.admins ?? 0;
    for await (const page of pagesOf({ ...ctx, resume: begun?.at }, listUsers, {
      ask: { params: { accountId }, query: { additional_info: 'true', status: EVERY_STATUS } },
      paging: positions(pageSize),
      elements: (body) => listed(body.users, body.totalSetSize),
    })) {
      const people = fitting(ctx, page.elements).map((user) => personOf(user, left, ctx.config));
      admins += people.filter(({ record }) => record.admin === true && record.status === 'active').length;
      // Only a list that was read to its end says how many administrators there are.
      if (page.next === undefined) yield { items: [...people, await accountWith(admins, ctx)] };
      else yield { items: people, next: { at: page.next, admins } };
    }
  },
};

function personOf(user: User, left: ReadonlyMap<string, Instant>, config: Config) {
  const { links } = inAccount(config);
  const status = statuses[(user.userStatus ?? '').toLowerCase()] ?? 'unknown';
  const admin = administers(user);
  // Somebody may be closed, and be let in again.
  const leftAt = status === 'deprovisioned' ? left.get(user.userId.toLowerCase()) : undefined;
  return person({
    id: user.userId,
    name: user.userName || user.email || user.userId,
    status,
    emails: user.email ? [user.email.toLowerCase()] : [],
    admin,
    teams: (user.groupList ?? []).flatMap(({ groupName }) => groupName ?? []),
    tags: powersOf(user),
    createdAt: user.createdDateTime,
    lastUsedAt: user.lastLogin,
    lastInteractiveAt: user.lastLogin,
    leftAt,
    links: [...links, ...(admin === true ? [] : permissionOf(user))],
    gaps: {
      ...(status === 'deprovisioned' && leftAt === undefined && { leftAt: 'not-seen' }),
      ...(user.lastLogin === undefined && { lastUsedAt: 'not-seen' }),
    },
  });
}

/** Either word makes an administrator: `canManageAccount` of https://github.com/docusign/OpenAPI-Specifications */
function administers({ isAdmin, userSettings }: User): boolean | undefined {
  const said = [isAdmin, userSettings?.canManageAccount];
  return said.includes(true) || (said.includes(false) ? false : undefined);
}

/** What the user's profile permits to applications; administrators have it without. */
function permissionOf({ permissionProfileId: profile, userSettings }: User): Link[] {
  const { apiAccountWideAccess, allowSendOnBehalfOf } = userSettings ?? {};
  const beyond = apiAccountWideAccess === true || allowSendOnBehalfOf === true;
  return profile && beyond ? [link('uses', 'connection', profileId(profile))] : [];
}

/** In the platform's own words: what lets this user's applications do more than an ordinary user's. */
function powersOf({ userSettings }: User): string[] {
  const { accountManagementGranular, ...settings } = userSettings ?? {};
  const powers = Object.entries({ ...settings, ...accountManagementGranular });
  return powers.filter(([, on]) => on === true).map(([power]) => power);
}
