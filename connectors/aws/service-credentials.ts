import { credential, fitting, type Stream } from '../../src/sdk/index.ts';
import { hashOfKey, statusOf } from '../../src/formats/aws/access-key.ts';
import { ofUser } from './access-keys.ts';
import type { AwsConfig } from './config.ts';
import { listServiceCredentials, permissionOf } from './operations.ts';
import { perUser, usersAsk, usersNeed } from './users.ts';

export const serviceCredentials: Stream<AwsConfig> = {
  title: 'Credentials of IAM users for single services, such as API keys for Bedrock',
  emits: ['credential'],
  operations: [...usersAsk, listServiceCredentials],
  requires: [...usersNeed, { scope: permissionOf(listServiceCredentials), why: 'it lists them and when they end' }],
  absence: 'means-gone',
  pages: (ctx) =>
    perUser(ctx, async (user, here) => {
      const { body } = await here.http.read(listServiceCredentials, { query: { UserName: user.detail.UserName } });
      return fitting(here, body.ServiceSpecificCredentials).map((key) => {
        const common = ofUser(user);
        return credential({
          ...common,
          id: `${user.detail.UserId}/${hashOfKey(key.ServiceSpecificCredentialId)}`,
          name: `${key.ServiceName} credential of ${user.detail.UserName}`,
          type: /^(?:bedrock|logs)\./.test(key.ServiceName) ? 'api-key' : 'password',
          status: statusOf(key.Status),
          createdAt: key.CreateDate,
          // "only present for Bedrock API keys and CloudWatch Logs API keys that were created with an expiration period":
          // https://docs.aws.amazon.com/IAM/latest/APIReference/API_ServiceSpecificCredentialMetadata.html
          expiresAt: key.ExpirationDate ?? 'never',
          gaps: { ...common.gaps, lastUsedAt: 'not-supported' },
        });
      });
    }),
};
