import {
  connection,
  fitting,
  link,
  pagesOf,
  type Item,
  type PagesOptions,
  type Operation,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import type { z } from 'zod';
import type { AwsConfig } from './config.ts';
import { instancesAsk, instancesNeed, perInstance, type Instance } from './identity-center.ts';
import {
  accountsOfSet,
  describePermissionSet,
  inlinePolicyOfSet,
  listAssignments,
  listPermissionSets,
  managedPoliciesOfSet,
  ownPoliciesOfSet,
  permissionOf,
  setTags,
  tokens,
} from './operations.ts';
import { mapped, unlessGone, wholeList } from './pages.ts';
import { isAdmin, statementsOf } from '../../src/formats/aws/policy.ts';
import { isAdminPolicy } from './rights.ts';
import type { PermissionSet } from './schema-more.ts';
import { setRoles, type SetRoles } from './set-roles.ts';
import { toldBy } from './tags.ts';

type Context = StreamContext<AwsConfig>;
type Described = NonNullable<z.output<typeof PermissionSet>['PermissionSet']>;

/** People act through them, each in their own name: no machine identities, but what single sign-on gives to people. */
export const permissionSets: Stream<AwsConfig> = {
  title: 'Permission sets of IAM Identity Center, and who was given them in how many accounts',
  emits: ['connection'],
  operations: [
    ...instancesAsk,
    listPermissionSets,
    describePermissionSet,
    managedPoliciesOfSet,
    ownPoliciesOfSet,
    inlinePolicyOfSet,
    accountsOfSet,
    listAssignments,
    setTags,
  ],
  requires: [
    ...instancesNeed,
    { scope: permissionOf(listPermissionSets), why: 'it lists what single sign-on hands out' },
    { scope: permissionOf(describePermissionSet), why: 'it names a permission set' },
    { scope: permissionOf(managedPoliciesOfSet), why: 'its policies tell what it may do' },
    { scope: permissionOf(ownPoliciesOfSet), why: 'so do those that it takes from each account' },
    { scope: permissionOf(inlinePolicyOfSet), why: 'so does a policy of its own' },
    { scope: permissionOf(accountsOfSet), why: 'it tells in which accounts it can be used' },
    { scope: permissionOf(listAssignments), why: 'it tells who may use it there' },
    { scope: permissionOf(setTags), why: 'tags name owners' },
  ],
  joins: ['roles'],
  absence: 'means-gone',
  async *pages(ctx) {
    const roles = await setRoles(ctx);
    yield* perInstance(ctx, async function* (instance, here) {
      const pages = pagesOf(here, listPermissionSets, {
        ask: { query: { InstanceArn: instance.InstanceArn, MaxResults: 20 } },
        paging: tokens,
        elements: (body) => body.PermissionSets,
      });
      for await (const page of pages)
        yield mapped(here, page, (arn) => unlessGone(here, arn, () => itemOf(arn, instance, roles, here)));
    });
  },
};

async function itemOf(
  PermissionSetArn: string,
  { InstanceArn }: Instance,
  roles: SetRoles,
  ctx: Context,
): Promise<Item> {
  const query = { InstanceArn, PermissionSetArn };
  const listOf = async <S extends z.ZodType, T>(
    operation: Operation<S>,
    elements: PagesOptions<z.output<S>, T>['elements'],
    more: Readonly<Record<string, string>> = {},
  ): Promise<readonly T[]> =>
    fitting(
      ctx,
      await wholeList(ctx, operation, { ask: { query: { ...query, ...more } }, paging: tokens as never, elements }),
    );

  const described = await ctx.http.read(describePermissionSet, { query });
  const { Name, Description, CreatedDate }: Partial<Described> = described.body.PermissionSet ?? {};
  const attached = await listOf(managedPoliciesOfSet, (body) => body.AttachedManagedPolicies);
  const own = await listOf(ownPoliciesOfSet, (body) => body.CustomerManagedPolicyReferences);
  const inline = (await ctx.http.read(inlinePolicyOfSet, { query })).body.InlinePolicy || undefined;
  const accounts = await listOf(accountsOfSet, (body) => body.AccountIds);
  const tagged = await ctx.http.read(setTags, { query: { InstanceArn, ResourceArn: PermissionSetArn } });
  const given = new Map<string, string | undefined>();
  for (const AccountId of accounts)
    for (const { PrincipalId, PrincipalType } of await listOf(listAssignments, (body) => body.AccountAssignments, {
      AccountId,
    }))
      given.set(PrincipalId, PrincipalType);

  const statements = inline === undefined ? [] : statementsOf(inline);
  const administers = attached.some(({ Arn }) => isAdminPolicy(Arn)) || isAdmin(statements ?? []);
  const told = toldBy(tagged.body.Tags, ctx.config.ownerTags, Description);
  return connection({
    ...told,
    id: PermissionSetArn,
    name: Name ?? PermissionSetArn,
    connector: 'permission-set',
    platform: 'aws',
    status: 'active',
    subject: 'person',
    consent: 'admin',
    createdAt: CreatedDate,
    scopes: [
      ...attached.map(({ Name: policy, Arn }) => policy ?? Arn),
      // What a policy of that name allows, each account says for itself.
      ...own.map(({ Name: policy }) => policy ?? 'a policy of each account'),
      ...(inline === undefined ? [] : ['inline:permission set']),
    ],
    sharedWith: given.size === 0 ? { reach: 'private' } : { reach: 'some', count: given.size },
    tags: [...told.tags, `accounts:${accounts.length}`, ...(administers ? ['administrator'] : [])],
    links: [
      ...[...given].flatMap(([id, type]) => (type === 'USER' ? [link('granted-to', 'person', id)] : [])),
      ...roles(Name, accounts),
    ],
    gaps: { lastUsedAt: 'not-supported', expiresAt: 'not-supported' },
  });
}
