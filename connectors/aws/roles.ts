import type { z } from 'zod';
import {
  DAY,
  pagesOf,
  type Instant,
  type Item,
  type Moment,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { statementsOf } from '../../src/formats/aws/policy.ts';
import { roleRecord } from '../../src/formats/aws/role.ts';
import { firstRegion, type AwsConfig } from './config.ts';
import { creatorsInIam, creatorsNeed, type Creators } from './creators.ts';
import { authorizationDetails, lookupEvents, markers, permissionOf, takeRole } from './operations.ts';
import { policiesOf, type Rights } from './rights.ts';
import type { RoleDetail } from './schema.ts';
import { awsOf } from './sdk.ts';
import { toldBy } from './tags.ts';

type Detail = z.output<typeof RoleDetail>;

export const roles: Stream<AwsConfig> = {
  title: 'IAM roles, and who outside of the account is trusted to take them on',
  emits: ['identity'],
  operations: [authorizationDetails, lookupEvents, takeRole],
  requires: [
    { scope: permissionOf(authorizationDetails), why: 'it lists roles with trust, policies, tags and last use' },
    creatorsNeed,
  ],
  absence: 'means-gone',
  async *pages(ctx) {
    const here = { ...ctx, http: awsOf(ctx)(firstRegion(ctx.config)) };
    const rightsOf = await policiesOf(here);
    const creators = await creatorsInIam(ctx, 'CreateRole');
    const pages = pagesOf(here, authorizationDetails, {
      ask: { query: { Filter: ['Role'], MaxItems: 200 } },
      paging: markers,
      elements: (body) => body.RoleDetailList,
    });
    for await (const page of pages) {
      yield page.map((role) => {
        const rights = rightsOf({
          attached: role.AttachedManagedPolicies,
          inline: role.RolePolicyList,
          boundary: role.PermissionsBoundary?.PermissionsBoundaryArn,
        });
        return roleOf(role, rights, creators, ctx);
      });
    }
  },
};

function roleOf(
  role: Detail,
  rights: Rights,
  creators: Creators,
  { config, now }: Pick<StreamContext<AwsConfig>, 'config' | 'now'>,
): Item {
  const told = toldBy(role.Tags, config.ownerTags);
  const lastUsedAt = role.RoleLastUsed?.LastUsedDate ?? neverSince(role.CreateDate, now);
  return roleRecord({
    id: role.RoleId,
    name: role.RoleName,
    arn: role.Arn,
    path: role.Path,
    createdAt: role.CreateDate,
    trust: statementsOf(role.AssumeRolePolicyDocument),
    told,
    maker: creators([role.RoleName], role.CreateDate),
    scopes: rights.scopes,
    admin: rights.admin,
    lastUsedAt,
    gaps: { ...rights.gaps, ...(lastUsedAt === undefined && { lastUsedAt: 'not-supported' }) },
  });
}

/** "Activity is only reported for the trailing 400 days": https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleLastUsed.html */
function neverSince(createdAt: Instant | undefined, now: Instant): Moment | undefined {
  return createdAt !== undefined && now - createdAt < 400 * DAY ? 'never' : undefined;
}
