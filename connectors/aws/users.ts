import type { z } from 'zod';
import {
  identity,
  pagesOf,
  person,
  publicName,
  type Item,
  type Link,
  link,
  type Page,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { inAccount } from '../../src/formats/aws/arn.ts';
import { firstRegion, type AwsConfig } from './config.ts';
import { creatorsInIam, creatorsNeed, type Creators } from './creators.ts';
import { policiesOf, type Rights } from './rights.ts';
import {
  authorizationDetails,
  lookupEvents,
  markers,
  permissionOf,
  readReport,
  takeRole,
  writeReport,
} from './operations.ts';
import { mapped, unlessGone } from './pages.ts';
import type { Report, ReportRow } from '../../src/formats/aws/report.ts';
import { credentialReport } from './report.ts';
import type { UserDetail } from './schema.ts';
import { awsOf } from './sdk.ts';
import { who } from '../../src/formats/resource-tags.ts';
import { toldBy, type Told } from './tags.ts';

type Context = StreamContext<AwsConfig>;
type Detail = z.output<typeof UserDetail>;

/** An IAM user: a person where somebody can sign in to the console with it, a machine otherwise. */
export interface User {
  detail: Detail;
  human: boolean;
  row: ReportRow | undefined;
  rights: Rights;
  told: Told;
}

/** What every stream that goes through the users asks. */
export const usersAsk = [authorizationDetails, writeReport, readReport, takeRole] as const;
export const usersNeed = [
  { scope: permissionOf(authorizationDetails), why: 'it lists users, groups and roles with their policies and tags' },
  { scope: permissionOf(writeReport), why: 'it has the credential report written' },
  { scope: permissionOf(readReport), why: 'the report tells people from machines, and when passwords were used' },
] as const;

const USERS_A_PAGE = 100;

/**
 * All users, a page at a time, each mapped to its records; a user that goes meanwhile is set aside. What comes from
 * the report as a whole goes before them.
 */
export async function* perUser(
  ctx: Context,
  to: (user: User, ctx: Context) => Promise<readonly Item[]> | readonly Item[],
  before: (report: Report) => readonly Item[] = () => [],
): AsyncGenerator<Page> {
  const here = { ...ctx, http: awsOf(ctx)(firstRegion(ctx.config)) };
  const report = await credentialReport(here.http);
  const rightsOf = await policiesOf(here);
  let first = ctx.resume === undefined ? before(report) : [];
  const pages = pagesOf(here, authorizationDetails, {
    ask: { query: { Filter: ['User'], MaxItems: USERS_A_PAGE } },
    paging: markers,
    elements: (body) => body.UserDetailList,
  });
  for await (const page of pages) {
    const { items, ...rest } = await mapped(here, page, (detail) => {
      const row = report.get(detail.Arn);
      const rights = rightsOf({
        attached: detail.AttachedManagedPolicies,
        inline: detail.UserPolicyList,
        memberOf: detail.GroupList ?? [],
        boundary: detail.PermissionsBoundary?.PermissionsBoundaryArn,
      });
      const told = toldBy(detail.Tags, ctx.config.ownerTags);
      const user = { detail, row, rights, told, human: row?.password === true };
      return unlessGone(here, detail.UserName, async () => to(user, here));
    });
    yield { ...rest, items: [...first, ...items] };
    first = [];
  }
}

/** The record of a user, as its credentials point at it. */
export function userLink({ human, detail }: User): Link {
  return link('authenticates', human ? 'person' : 'identity', detail.UserId);
}

/** Whose a credential of this user is: the person's, or whoever the tags name. */
export function userOwners({ human, detail, told }: User): Told['attributions'] {
  const self = { rel: 'owned-by', who: { id: detail.UserId }, basis: 'platform-owner', evidence: 'IAM user' } as const;
  return human ? [self, ...told.attributions] : told.attributions;
}

export const users: Stream<AwsConfig> = {
  title: 'IAM users: people with a console password, and machines without',
  emits: ['person', 'identity'],
  operations: [...usersAsk, lookupEvents],
  requires: [...usersNeed, creatorsNeed],
  absence: 'means-gone',
  async *pages(ctx) {
    const creators = await creatorsInIam(ctx, 'CreateUser');
    yield* perUser(ctx, (user) => [recordOf(user, creators)]);
  },
};

function recordOf({ human, detail, row, rights, told }: User, creators: Creators): Item {
  const common = {
    ...told,
    id: detail.UserId,
    name: detail.UserName,
    createdAt: detail.CreateDate,
    admin: rights.admin,
    links: [inAccount(detail.Arn)],
  };
  if (!human) {
    const gaps = { lastUsedAt: 'not-supported', ...rights.gaps } as const;
    return identity({
      ...common,
      type: 'service-account',
      status: 'active',
      platform: 'aws',
      knownAs: [publicName('aws-arn', detail.Arn)],
      scopes: rights.scopes,
      attributions: [...told.attributions, creators([detail.UserName], detail.CreateDate)],
      gaps,
    });
  }
  const { email, login } = who(detail.UserName);
  const tagged = told.attributions.map((each) => each?.who.email);
  const emails = [...new Set([email, ...tagged].filter((each) => each !== undefined))];
  return person({
    ...common,
    // Nobody owns a person; their tags say who they are.
    attributions: [],
    status: 'active',
    emails,
    logins: [login ?? detail.UserName],
    type: 'human',
    lastInteractiveAt: row?.passwordLastUsed,
    tags: [...told.tags, ...(row?.mfa === false ? ['no MFA'] : [])],
    gaps: rights.gaps,
  });
}
