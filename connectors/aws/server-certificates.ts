import { credential, pagesOf, type Stream } from '../../src/sdk/index.ts';
import { inAccount } from '../../src/formats/aws/arn.ts';
import { firstRegion, type AwsConfig } from './config.ts';
import { listServerCertificates, markers, permissionOf, takeRole } from './operations.ts';
import { awsOf } from './sdk.ts';

export const serverCertificates: Stream<AwsConfig> = {
  title: 'Server certificates that IAM keeps with their private keys',
  emits: ['credential'],
  operations: [listServerCertificates, takeRole],
  requires: [{ scope: permissionOf(listServerCertificates), why: 'it lists them and when they end' }],
  absence: 'means-gone',
  async *pages(ctx) {
    const pages = pagesOf({ ...ctx, http: awsOf(ctx)(firstRegion(ctx.config)) }, listServerCertificates, {
      ask: { query: { MaxItems: 100 } },
      paging: markers,
      elements: (body) => body.ServerCertificateMetadataList,
    });
    for await (const page of pages) {
      yield page.map(({ ServerCertificateId, ServerCertificateName, Arn, UploadDate, Expiration }) =>
        credential({
          id: ServerCertificateId,
          name: ServerCertificateName,
          type: 'certificate',
          status: Expiration !== undefined && Expiration <= ctx.now ? 'expired' : 'active',
          platform: 'aws',
          store: 'platform',
          createdAt: UploadDate,
          expiresAt: Expiration,
          links: [inAccount(Arn)],
          gaps: { lastUsedAt: 'not-supported', attributions: 'not-supported' },
        }),
      );
    }
  },
};
