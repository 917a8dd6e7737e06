import type { z } from 'zod';
import {
  DAY,
  identity,
  pagesOf,
  publicName,
  type Instant,
  type Item,
  type Moment,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { accountOf, inAccount } from '../../src/formats/aws/arn.ts';
import { firstRegion, type AwsConfig } from './config.ts';
import { creatorsInIam, creatorsNeed, type Creators } from './creators.ts';
import { authorizationDetails, lookupEvents, markers, permissionOf, takeRole } from './operations.ts';
import { statementsOf, trustsOf } from './policy.ts';
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
  const statements = statementsOf(role.AssumeRolePolicyDocument);
  const lastUsedAt = role.RoleLastUsed?.LastUsedDate ?? neverSince(role.CreateDate, now);
  const { Path: path = '/' } = role;
  const own = path.startsWith('/aws-service-role/');
  // Identity Center makes one of each permission set, and takes it away again: what it may do is decided there.
  const ofSet = path.startsWith('/aws-reserved/sso.amazonaws.com/');
  return identity({
    ...told,
    attributions: [...told.attributions, creators([role.RoleName], role.CreateDate)],
    id: role.RoleId,
    name: role.RoleName,
    type: 'role',
    status: 'active',
    platform: 'aws',
    knownAs: [publicName('aws-arn', role.Arn)],
    // Made, used and kept by a service of AWS; nobody in the account can change what it may do.
    ...(own && { publisher: { name: 'Amazon Web Services', verified: true } }),
    thirdParty: own,
    builtIn: own || ofSet || undefined,
    createdAt: role.CreateDate,
    scopes: rights.scopes,
    admin: rights.admin,
    trusts: statements && trustsOf(statements, accountOf(role.Arn)),
    lastUsedAt,
    links: [inAccount(role.Arn)],
    gaps: {
      ...rights.gaps,
      ...(statements === undefined && { trusts: 'not-seen' }),
      ...(lastUsedAt === undefined && { lastUsedAt: 'not-supported' }),
    },
  });
}

/** "Activity is only reported for the trailing 400 days": https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleLastUsed.html */
function neverSince(createdAt: Instant | undefined, now: Instant): Moment | undefined {
  return createdAt !== undefined && now - createdAt < 400 * DAY ? 'never' : undefined;
}
