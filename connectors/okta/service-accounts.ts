import {
  attributed,
  credential,
  identity,
  ifAllowed,
  link,
  Misfit,
  operation,
  person,
  reference,
  type Item,
  type Page,
  type Stream,
} from '../../src/sdk/index.ts';
import { PLATFORM, type Config, type Context } from './config.ts';
import { allOf, listedBySize } from './lists.ts';
import { Group, Members, OktaServiceAccounts, ServiceAccounts, type ServiceAccount } from './schema.ts';
import { need } from './scopes.ts';

const listAccounts = operation('GET /privileged-access/api/v1/service-accounts', ServiceAccounts);
const listOktaAccounts = operation('GET /privileged-access/api/v1/okta-service-accounts', OktaServiceAccounts);
const getGroup = operation('GET /api/v1/groups/{groupId}', Group);
const listMembers = operation('GET /api/v1/groups/{groupId}/users', Members);

const common = { emits: ['identity', 'credential', 'person'], absence: 'means-gone' } as const;

/** Accounts in apps that Okta Privileged Access keeps. */
export const serviceAccounts: Stream<Config> = {
  ...common,
  title: 'Service accounts of apps, with their owners and whether their password rotates',
  operations: [listAccounts, getGroup, listMembers],
  requires: [need('okta.serviceAccounts.read', 'it lists shared accounts in apps, and who owns them')],
  async *pages(ctx) {
    for await (const page of listedBySize(ctx, listAccounts))
      yield* withGroups(
        ctx,
        page.elements,
        page.map((account) => itemsOf(account, account.containerInstanceName)),
      );
  },
};

/** Okta users that Okta Privileged Access keeps as service accounts. */
export const oktaServiceAccounts: Stream<Config> = {
  ...common,
  title: 'Okta users that are kept as service accounts',
  operations: [listOktaAccounts, getGroup, listMembers],
  requires: [need('okta.serviceAccounts.okta.read', 'it says which users are no people, and who owns them')],
  async *pages(ctx) {
    for await (const page of listedBySize(ctx, listOktaAccounts))
      yield* withGroups(
        ctx,
        page.elements,
        page.map((account) => itemsOf(account, undefined, account.oktaUserId)),
      );
  },
};

/** Groups own accounts too, and are as present as their members. */
async function* withGroups(ctx: Context, accounts: readonly ServiceAccount[], page: Page): AsyncGenerator<Page> {
  const fit = accounts.filter((account) => !(account instanceof Misfit));
  const owners = new Set(fit.flatMap(({ ownerGroupIds }) => ownerGroupIds ?? []));
  const groups: Item[] = [];
  for (const id of owners) groups.push(...(await groupOf(ctx, id)));
  yield { ...page, items: [...page.items, ...groups] };
}

async function groupOf(ctx: Context, groupId: string): Promise<Item[]> {
  const read = await ifAllowed(ctx, `group ${groupId}`, async () => ({
    group: (await ctx.http.read(getGroup, { params: { groupId } })).body,
    members: await allOf(ctx, listMembers, { params: { groupId }, query: { limit: ctx.config.pageSize } }),
  }));
  if (read === undefined) return [];
  const name = read.group.profile?.name || groupId;
  const members = read.members.map(({ id }) => id);
  // Both kinds of service accounts may name it.
  return [
    reference(person({ id: `group/${groupId}`, name, type: 'group', status: 'active', logins: [groupId], members })),
  ];
}

function itemsOf(account: ServiceAccount, container?: string | null, userId?: string | null): Item[] {
  const { created, lastUpdated, statusDetail, ownerUserIds, ownerGroupIds } = account;
  const id = `service-account/${account.id}`;
  const name = account.name || account.username || account.id;
  const owner = (who: { id?: string; login?: string }, evidence: string) =>
    attributed('owned-by', who, 'platform-owner', { evidence });
  const isThere = statusDetail !== 'CREATION_FAILED';
  return [
    identity({
      id,
      name: container ? `${name} (${container})` : name,
      type: 'service-account',
      status: isThere ? 'active' : 'disabled',
      platform: PLATFORM,
      createdAt: created,
      updatedAt: lastUpdated,
      attributions: [
        ...(ownerUserIds ?? []).map((user) => owner({ id: user }, 'ownerUserIds')),
        ...(ownerGroupIds ?? []).map((group) => owner({ login: group }, 'ownerGroupIds')),
      ],
      links: userId ? [link('uses', 'person', userId)] : [],
      gaps: { scopes: 'not-supported', lastUsedAt: 'not-supported' },
    }),
    ...(isThere ? [passwordOf(account, id, name)] : []),
  ];
}

/** https://developer.okta.com/docs/api/openapi/okta-management/management/tag/ServiceAccount/ */
function passwordOf(account: ServiceAccount, id: string, name: string): Item {
  const { created, lastUpdated, statusDetail: detail } = account;
  const rotates = detail?.startsWith('ROTAT') === true;
  const vaulted = detail === 'VAULTED';
  return credential({
    id: `${id}/password`,
    name: `Password of ${name}`,
    type: 'password',
    status: 'active',
    platform: PLATFORM,
    createdAt: created,
    updatedAt: lastUpdated,
    store: rotates || vaulted ? 'vault' : 'unknown',
    // A vaulted password is one that people change.
    rotation: rotates ? 'automatic' : vaulted ? 'manual' : undefined,
    rotationFailing: detail === 'ROTATION_FAILED' ? true : undefined,
    links: [link('authenticates', 'identity', id)],
    gaps: { lastRotatedAt: 'not-supported', expiresAt: 'not-supported', lastUsedAt: 'not-supported' },
  });
}
