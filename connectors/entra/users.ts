import { operation, person, type Item, type PersonStatus, type Stream } from '../../src/sdk/index.ts';
import { layingOnAccounts, listAccounts } from './accounts.ts';
import { changingPages } from './changes.ts';
import type { Config } from './config.ts';
import { listed } from './lists.ts';
import { listDirectoryRoles, listEligible } from './relations.ts';
import { AGENT, Users, type User } from './schema.ts';
import { scopes } from './scopes.ts';

const changed = operation('GET /users/delta', Users);
const listDeleted = operation('GET /directory/deletedItems/microsoft.graph.user', Users);

const select = [
  'displayName',
  'userPrincipalName',
  'mail',
  'otherMails',
  'proxyAddresses',
  'accountEnabled',
  'userType',
  'externalUserState',
  'createdDateTime',
];

export const users: Stream<Config> = {
  title: 'Users, guests and blocked accounts included, with their managers, roles and last sign-in',
  emits: ['person'],
  operations: [changed, listAccounts, listDirectoryRoles, listEligible],
  requires: [{ ...scopes.users, why: 'owners are looked for among them, and leavers are blocked or deleted' }],
  absence: 'means-gone',
  async *pages(ctx) {
    const lay = await layingOnAccounts(ctx);
    yield* changingPages(ctx, {
      operation: changed,
      select: ctx.config.leaveDates ? [...select, 'employeeLeaveDateTime'] : select,
      kinds: ['person'],
      prefix: '',
      map: (user) => {
        const item = itemOf(user, statusOf(user));
        return [{ ...item, record: lay(item.record) }];
      },
      renewed: lay,
    });
  },
};

/** After `users`, so that who was deleted since has left that list. */
export const deletedUsers: Stream<Config> = {
  title: 'Users that were deleted in the last 30 days',
  emits: ['person'],
  operations: [listDeleted],
  requires: [{ ...scopes.users, why: 'what leavers own stays behind, and no other list shows them' }],
  after: ['users'],
  absence: 'means-gone',
  async *pages(ctx) {
    const ask = { query: { $select: ['id', 'deletedDateTime', ...select].join() } };
    for await (const page of listed(ctx, listDeleted, ask)) yield page.map((user) => itemOf(user, 'deleted'));
  },
};

function statusOf({ accountEnabled, externalUserState }: User): PersonStatus {
  if (accountEnabled === false) return 'suspended';
  if (externalUserState === 'PendingAcceptance') return 'invited';
  return accountEnabled === true ? 'active' : 'unknown';
}

function itemOf(user: User, status: PersonStatus): Item<'person'> {
  const { id, displayName, userType } = user;
  const login = loginOf(user);
  const agent = user['@odata.type'] === AGENT;
  const guest = userType === 'Guest';
  return person({
    id,
    name: displayName || login || id,
    status,
    type: agent ? 'bot' : undefined,
    emails: emailsOf(user),
    logins: login ? [login] : [],
    external: userType ? guest : undefined,
    directory: userType === 'Member' && !agent ? true : undefined,
    createdAt: user.createdDateTime,
    leftAt: user.employeeLeaveDateTime ?? user.deletedDateTime,
    gaps: { lastUsedAt: 'not-seen', ...(status === 'unknown' && { status: 'denied' as const }) },
  });
}

/** Who is deleted gets the own id in front of the name, so that somebody else can have it. */
function loginOf({ id, userPrincipalName }: User): string | undefined {
  const login = userPrincipalName?.toLowerCase();
  const mark = id.replaceAll('-', '').toLowerCase();
  return login?.startsWith(mark) ? login.slice(mark.length) : login;
}

/**
 * Addresses that somebody had before stay among `proxyAddresses`, and other platforms may know them by these; `SMTP:`
 * marks the one that is in use. https://learn.microsoft.com/graph/api/resources/user
 */
function emailsOf({ mail, otherMails, proxyAddresses }: User): string[] {
  const inUse = (address: string): number => (address.startsWith('SMTP:') ? 0 : 1);
  const addresses = (proxyAddresses ?? [])
    .filter((each) => /^smtp:/i.test(each))
    .toSorted((a, b) => inUse(a) - inUse(b))
    .map((each) => each.slice(5).trim());
  const all = [mail, ...(otherMails ?? []), ...addresses].flatMap((email) => email?.toLowerCase() || []);
  return [...new Set(all)];
}
