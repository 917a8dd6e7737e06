import { credential, fitting, Secret, type Instant, type Moment, type Stream } from '../../src/sdk/index.ts';
import { accessKeyRecordId, maskedKey, statusOf } from '../../src/formats/aws/access-key.ts';
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
          id: accessKeyRecordId(key.AccessKeyId),
          name: `Access key ${maskedKey(key.AccessKeyId)} of ${user.detail.UserName}`,
          masked: maskedKey(key.AccessKeyId),
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

/** No date is "never" only for a key that is younger than AWS's own count. */
function neverSince(createdAt: Instant | undefined): Moment | undefined {
  return createdAt !== undefined && createdAt >= KEYS_TRACKED_SINCE ? 'never' : undefined;
}
