import { createHash } from 'node:crypto';
import {
  credential,
  fitting,
  Secret,
  type CredentialStatus,
  type Instant,
  type Moment,
  type Stream,
} from '../../src/sdk/index.ts';
import { inAccount } from '../../src/formats/aws/arn.ts';
import type { AwsConfig } from './config.ts';
import { creatorsInIam, creatorsNeed } from './creators.ts';
import { accessKeyLastUsed, listAccessKeys, lookupEvents, permissionOf } from './operations.ts';
import { KEYS_TRACKED_SINCE } from '../../src/formats/aws/report.ts';
import { perUser, userLink, userOwners, usersAsk, usersNeed, type User } from './users.ts';

export const accessKeys: Stream<AwsConfig> = {
  title: 'Access keys of IAM users, with their last use',
  emits: ['credential'],
  operations: [...usersAsk, listAccessKeys, accessKeyLastUsed, lookupEvents],
  requires: [
    ...usersNeed,
    { scope: permissionOf(listAccessKeys), why: 'it lists the keys of a user' },
    { scope: permissionOf(accessKeyLastUsed), why: 'it tells when a key was last used' },
    creatorsNeed,
  ],
  absence: 'means-gone',
  async *pages(ctx) {
    const creators = await creatorsInIam(ctx, 'CreateAccessKey');
    yield* perUser(ctx, async (user, here) => {
      // A user has two at most.
      const { body } = await here.http.read(listAccessKeys, { query: { UserName: user.detail.UserName } });
      const reading = fitting(ctx, body.AccessKeyMetadata).map(async (key) => {
        const answer = await here.http.read(accessKeyLastUsed, { query: { AccessKeyId: key.AccessKeyId } });
        const usedAt = answer.body.AccessKeyLastUsed?.LastUsedDate;
        const common = ofUser(user);
        return credential({
          ...common,
          id: hashedId(user, key.AccessKeyId),
          name: `Access key ${masked(key.AccessKeyId)} of ${user.detail.UserName}`,
          masked: masked(key.AccessKeyId),
          writtenDown: new Secret(key.AccessKeyId),
          type: 'access-key',
          status: statusOf(key.Status),
          createdAt: key.CreateDate,
          lastUsedAt: usedAt ?? neverSince(key.CreateDate),
          attributions: [...common.attributions, creators([key.AccessKeyId], key.CreateDate)],
        });
      });
      return Promise.all(reading);
    });
  },
};

/** The id of such a key looks like half a secret, and is masked wherever it stands: its hash tells keys apart as well. */
export function hashedId({ detail }: User, id: string): string {
  return `${detail.UserId}/${createHash('sha256').update(id).digest('hex').slice(0, 16)}`;
}

function masked(accessKeyId: string): string {
  return `${accessKeyId.slice(0, 4)}••••${accessKeyId.slice(-4)}`;
}

/** What every credential of a user has from them. Keys do not end by themselves; where one does, its mapping says so. */
export function ofUser(user: User) {
  const { rights, told, detail } = user;
  return {
    environment: told.environment,
    attributions: userOwners(user),
    platform: 'aws',
    store: 'platform',
    scopes: rights.scopes,
    admin: rights.admin,
    // "Long-term credentials": https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
    expiresAt: 'never',
    rotation: 'manual',
    links: [userLink(user), inAccount(detail.Arn)],
    gaps: rights.gaps,
  } as const;
}

/** `Expired` is said of credentials with an end; `Active` and `Inactive` of all. */
export function statusOf(status: string): CredentialStatus {
  const known: Readonly<Record<string, CredentialStatus>> = {
    Active: 'active',
    Inactive: 'inactive',
    Expired: 'expired',
  };
  return known[status] ?? 'unknown';
}

/** No date is "never" only for a key that is younger than AWS's own count. */
function neverSince(createdAt: Instant | undefined): Moment | undefined {
  return createdAt !== undefined && createdAt >= KEYS_TRACKED_SINCE ? 'never' : undefined;
}
