import { connection, fitting, type Stream } from '../../src/sdk/index.ts';
import { inAccount } from '../../src/formats/aws/arn.ts';
import { firstRegion, type AwsConfig } from './config.ts';
import { listOidcProviders, listSamlProviders, permissionOf, takeRole } from './operations.ts';
import { awsOf } from './sdk.ts';

export const federation: Stream<AwsConfig> = {
  title: 'Identity providers whose tokens the account accepts',
  emits: ['connection'],
  operations: [listOidcProviders, listSamlProviders, takeRole],
  requires: [
    { scope: permissionOf(listOidcProviders), why: 'it lists the OpenID Connect providers' },
    { scope: permissionOf(listSamlProviders), why: 'it lists the SAML providers and until when they are valid' },
  ],
  absence: 'means-gone',
  async *pages(ctx) {
    const iam = awsOf(ctx)(firstRegion(ctx.config));
    const oidc = await iam.read(listOidcProviders);
    const saml = await iam.read(listSamlProviders);
    const common = { platform: 'aws', status: 'active', subject: 'caller' } as const;
    yield {
      items: [
        ...fitting(ctx, oidc.body.OpenIDConnectProviderList).map(({ Arn }) =>
          connection({
            ...common,
            id: Arn,
            name: Arn.slice(Arn.indexOf('/') + 1),
            connector: 'oidc-provider',
            links: [inAccount(Arn)],
            gaps: { createdAt: 'not-seen', expiresAt: 'not-supported' },
          }),
        ),
        ...fitting(ctx, saml.body.SAMLProviderList).map(({ Arn, CreateDate, ValidUntil }) =>
          connection({
            ...common,
            id: Arn,
            name: Arn.slice(Arn.indexOf('/') + 1),
            connector: 'saml-provider',
            createdAt: CreateDate,
            expiresAt: ValidUntil,
            links: [inAccount(Arn)],
          }),
        ),
      ],
    };
  },
};
