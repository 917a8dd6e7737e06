import type { z } from 'zod';
import {
  fitting,
  pagesOf,
  person,
  SourceError,
  type Item,
  type Json,
  type Page,
  type PersonStatus,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { firstRegion, type AwsConfig } from './config.ts';
import { listInstances, listStoreUsers, permissionOf, takeRole, tokens, whoAmI } from './operations.ts';
import { wholeList } from './pages.ts';
import { perRegion } from './regions.ts';
import type { Instances, StoreUser } from './schema-more.ts';
import { awsOf } from './sdk.ts';

type Context = StreamContext<AwsConfig>;
export type Instance = z.output<typeof Instances>['Instances'][number];

export const instancesAsk = [listInstances, whoAmI, takeRole] as const;
export const instancesNeed = [
  { scope: permissionOf(listInstances), why: 'it says where IAM Identity Center is, if it is' },
  { scope: permissionOf(whoAmI), why: 'it tells whether that is in this account' },
] as const;

/**
 * The pages of every instance of IAM Identity Center. Only the account that has it, and one that it named, may look
 * inside: in all others the organisation's instance is seen and closed, and belongs to another source.
 */
export async function* perInstance(
  ctx: Context,
  pages: (instance: Instance, ctx: Context) => AsyncIterable<Page>,
): AsyncGenerator<Page> {
  let seen = false;
  yield* perRegion(ctx, async function* (here, region) {
    const from = here.resume as { instance: string; inner?: Json } | undefined;
    const all = fitting(
      here,
      await wholeList(here, listInstances, { ask: {}, paging: tokens, elements: (body) => body.Instances }),
    );
    seen ||= all.length > 0;
    // A replica has the same people and permissions.
    const own = all.filter(({ PrimaryRegion: home = region }) => home === region || !ctx.config.regions.includes(home));
    const at = from === undefined ? 0 : own.findIndex(({ InstanceArn }) => InstanceArn === from.instance);
    for (const instance of own.slice(Math.max(0, at))) {
      const again = instance.InstanceArn === from?.instance;
      if (again && from.inner === undefined) continue;
      try {
        for await (const page of pages(instance, { ...here, resume: again ? from.inner : undefined })) {
          const inner = page.next;
          yield { ...page, next: { instance: instance.InstanceArn, ...(inner !== undefined && { inner }) } };
        }
      } catch (problem) {
        if (!(problem instanceof SourceError) || problem.kind !== 'permission') throw problem;
        if (!(await isElsewhere(instance, ctx))) throw problem;
        ctx.blind(instance.InstanceArn, problem.kind, 'another account has it: read it from there', 'expected');
        ctx.doubt('IAM Identity Center is another account’s, and not open to this one (any more): read it from there');
      }
    }
  });
  if (!seen) ctx.doubt('IAM Identity Center is not shown to this account in the regions that are configured');
}

async function isElsewhere({ OwnerAccountId: owner }: Instance, ctx: Context): Promise<boolean> {
  if (owner === undefined) return false;
  const { body } = await awsOf(ctx)(firstRegion(ctx.config)).read(whoAmI);
  return owner !== body.Account;
}

export const identityCenterPeople: Stream<AwsConfig> = {
  title: 'People of IAM Identity Center, and whether they still may sign in',
  emits: ['person'],
  operations: [...instancesAsk, listStoreUsers],
  requires: [
    ...instancesNeed,
    { scope: permissionOf(listStoreUsers), why: 'owners and makers are looked for among them' },
  ],
  absence: 'means-gone',
  pages: (ctx) =>
    perInstance(ctx, async function* ({ IdentityStoreId }, here) {
      const pages = pagesOf(here, listStoreUsers, {
        ask: { query: { IdentityStoreId, MaxResults: 100 } },
        paging: tokens,
        elements: (body) => body.Users,
      });
      for await (const page of pages) yield page.map(personOf);
    }),
};

const statuses: Readonly<Record<string, PersonStatus>> = { ENABLED: 'active', DISABLED: 'suspended' };

function personOf(user: z.output<typeof StoreUser>): Item {
  const { UserId, UserName, DisplayName, Name, Emails, UserStatus, CreatedAt } = user;
  const name = DisplayName || [Name?.GivenName, Name?.FamilyName].filter(Boolean).join(' ') || UserName || UserId;
  return person({
    id: UserId,
    name,
    type: 'human',
    status: statuses[UserStatus ?? ''] ?? 'unknown',
    emails: Emails.flatMap(({ Value }) => Value?.toLowerCase() ?? []),
    logins: UserName === undefined ? [] : [UserName],
    createdAt: CreatedAt,
    gaps: { lastUsedAt: 'not-supported', admin: 'not-seen' },
  });
}
