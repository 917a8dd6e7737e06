import { accountId } from './iam.ts';

const at = (iso: string): number => Date.parse(iso) / 1_000;
const arn = (service: string, region: string, rest: string): string =>
  `arn:aws:${service}:${region}:${accountId}:${rest}`;

const secretOf = (name: string, more: object = {}, region = 'eu-west-1') => ({
  ARN: arn('secretsmanager', region, `secret:${name}-AbCdEf`),
  Name: name,
  CreatedDate: at('2025-01-01T00:00:00Z'),
  LastChangedDate: at('2026-01-01T00:00:00Z'),
  Tags: [] as object[],
  ...more,
});

/** By region. */
export const secrets: Readonly<Record<string, readonly ReturnType<typeof secretOf>[]>> = {
  'eu-west-1': [
    secretOf('shop/stripe', {
      RotationEnabled: true,
      LastRotatedDate: at('2026-05-15T00:00:00Z'),
      NextRotationDate: at('2026-06-15T00:00:00Z'),
      LastAccessedDate: at('2026-05-31T00:00:00Z'),
      Description: 'The shop charges cards with it',
      Tags: [
        { Key: 'acme:Owner', Value: 'Ada@acme.example' },
        { Key: 'env', Value: 'prod' },
      ],
    }),
    secretOf('shop/old', { DeletedDate: at('2026-06-07T00:00:00Z') }),
    secretOf('shop/hanging', { RotationEnabled: true, NextRotationDate: at('2026-05-01T00:00:00Z') }),
    secretOf('shared/partner', { RotationEnabled: false, Description: null }),
    secretOf('shared/world'),
    secretOf('closed'),
    secretOf('rds!cluster-1', { OwningService: 'rds', RotationEnabled: true }),
    secretOf('rds!by-hand', {
      OwningService: 'rds',
      RotationEnabled: true,
      RotationLambdaARN: arn('lambda', 'eu-west-1', 'function:rotate'),
    }),
    secretOf('events!connection/courier', { OwningService: 'events' }),
  ],
  'us-east-1': [secretOf('shop/stripe', { PrimaryRegion: 'eu-west-1', RotationEnabled: true }, 'us-east-1')],
};

/** Versions by name of the secret; the others have one. */
export const versions: Readonly<Record<string, readonly object[]>> = {
  'shop/stripe': [
    { VersionId: 'b', VersionStages: ['AWSCURRENT', 'AWSPENDING'], CreatedDate: at('2026-05-15T00:00:00Z') },
    { VersionId: 'a', VersionStages: ['AWSPREVIOUS'], CreatedDate: at('2026-04-15T00:00:00Z') },
  ],
  'shop/hanging': [
    { VersionId: 'a', VersionStages: ['AWSCURRENT'], CreatedDate: at('2025-01-01T00:00:00Z') },
    { VersionId: 'b', VersionStages: ['AWSPENDING'], CreatedDate: at('2026-05-01T00:00:00Z') },
  ],
};
export const oneVersion = [
  { VersionId: 'a', VersionStages: ['AWSCURRENT'], CreatedDate: at('2025-01-01T00:00:00Z') },
] as const;

const allow = (Principal: unknown, more: object = {}): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal, Action: 'secretsmanager:GetSecretValue', Resource: '*', ...more },
  });
/** Resource policies by name of the secret; `closed` has one that keeps us out. */
export const policies: Readonly<Record<string, string>> = {
  'shared/partner': allow({ AWS: ['arn:aws:iam::999999999999:role/reader', `arn:aws:iam::${accountId}:root`] }),
  'shared/world': allow('*'),
  'rds!cluster-1': allow({ AWS: 'arn:aws:iam::999999999999:role/reader' }),
};

const parameterOf = (name: string, type: string, more: object = {}, region = 'eu-west-1') => ({
  Name: name,
  ARN: arn('ssm', region, `parameter${name}`),
  Type: type,
  LastModifiedDate: at('2025-03-01T00:00:00Z'),
  LastModifiedUser: arn('sts', '', 'assumed-role/developers/bob@acme.example'),
  ...more,
});
/** By region. */
export const parameters: Readonly<Record<string, readonly ReturnType<typeof parameterOf>[]>> = {
  'eu-west-1': [
    parameterOf('/shop/database', 'SecureString', {
      LastModifiedUser: arn('sts', '', 'assumed-role/deployers/GitHubActions'),
      Policies: [
        {
          PolicyType: 'Expiration',
          PolicyText: JSON.stringify({
            Type: 'Expiration',
            Version: '1.0',
            Attributes: { Timestamp: '2026-09-01T00:00:00.000Z' },
          }),
          PolicyStatus: 'Pending',
        },
      ],
    }),
    parameterOf('/shop/apiKey', 'String'),
    parameterOf('/shop/theme', 'String'),
    parameterOf('/shop/token-url', 'String'),
    parameterOf('/shop/hosts', 'StringList'),
  ],
  'us-east-1': [parameterOf('/shop/database', 'SecureString', {}, 'us-east-1')],
};
export const parameterTags: Readonly<Record<string, readonly object[]>> = {
  '/shop/database': [{ Key: 'team', Value: 'shop' }],
};
