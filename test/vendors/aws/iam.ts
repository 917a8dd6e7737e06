import { seeded } from '../../../scanners/secrets/samples.ts';

export const accountId = '210987654321';
const arn = (rest: string): string => `arn:aws:iam::${accountId}:${rest}`;
const chars = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const idOf = (prefix: string, seed: number): string => prefix + seeded(seed).chars(chars, 16);
const encoded = (document: object): string => encodeURIComponent(JSON.stringify(document));
const policyOf = (...Statement: object[]): string => encoded({ Version: '2012-10-17', Statement });
const attached = (name: string) => ({ PolicyName: name, PolicyArn: `arn:aws:iam::aws:policy/${name}` });
const own = (name: string) => ({ PolicyName: name, PolicyArn: arn(`policy/${name}`) });

interface UserSeed {
  name: string;
  password?: { lastUsed: string; mfa: boolean };
  tags?: object[];
  groups?: string[];
  policies?: object[];
  keys?: { status: string; created: string; lastUsed?: string }[];
}
const people: readonly UserSeed[] = [
  { name: 'ada@acme.example', password: { lastUsed: '2026-05-30T08:00:00+00:00', mfa: true }, groups: ['admins'] },
  {
    name: 'bob',
    password: { lastUsed: 'no_information', mfa: false },
    tags: [{ Key: 'email', Value: 'Bob@acme.example' }],
    keys: [{ status: 'Active', created: '2024-02-01T00:00:00Z', lastUsed: '2026-05-01T00:00:00Z' }],
  },
  {
    name: 'deploy',
    tags: [
      { Key: 'Owner', Value: 'ada@acme.example' },
      { Key: 'Environment', Value: 'production' },
    ],
    policies: [own('everything')],
    keys: [
      { status: 'Active', created: '2023-01-01T00:00:00Z', lastUsed: '2026-05-31T00:00:00Z' },
      { status: 'Inactive', created: '2022-01-01T00:00:00Z' },
    ],
  },
  { name: 'backup', keys: [{ status: 'Active', created: '2014-01-01T00:00:00Z' }] },
  { name: 'relay', policies: [attached('AmazonSESFullAccess')] },
  { name: 'bedrock-reader', policies: [attached('AmazonBedrockLimitedAccess')] },
  { name: 'idle' },
  { name: 'reporter', keys: [{ status: 'Active', created: '2026-04-02T10:00:00Z' }] },
];

export const users = people.map(({ name, tags = [], groups = [], policies = [] }, at) => ({
  Path: '/',
  UserName: name,
  UserId: idOf('AIDA', 100 + at),
  Arn: arn(`user/${name}`),
  CreateDate: '2022-01-01T00:00:00Z',
  UserPolicyList: [],
  GroupList: groups,
  AttachedManagedPolicies: policies,
  Tags: tags,
}));

export const groups = [
  {
    Path: '/',
    GroupName: 'admins',
    GroupId: idOf('AGPA', 200),
    Arn: arn('group/admins'),
    CreateDate: '2022-01-01T00:00:00Z',
    GroupPolicyList: [],
    AttachedManagedPolicies: [attached('AdministratorAccess')],
  },
];

export const policies = [
  {
    PolicyName: 'everything',
    PolicyId: idOf('ANPA', 300),
    Arn: arn('policy/everything'),
    PolicyVersionList: [
      { VersionId: 'v2', IsDefaultVersion: true, Document: policyOf({ Effect: 'Allow', Action: '*', Resource: '*' }) },
      { VersionId: 'v1', IsDefaultVersion: false, Document: policyOf({ Effect: 'Deny', Action: '*', Resource: '*' }) },
    ],
  },
  {
    PolicyName: 'storage',
    PolicyId: idOf('ANPA', 301),
    Arn: arn('policy/storage'),
    PolicyVersionList: [
      {
        VersionId: 'v1',
        IsDefaultVersion: true,
        Document: policyOf({ Effect: 'Allow', Action: 's3:*', Resource: '*' }),
      },
    ],
  },
];

const github = 'token.actions.githubusercontent.com';
const trust = (Principal: unknown, Condition?: object): string =>
  policyOf({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...(Condition && { Condition }) });
const roleOf = (name: string, document: string, more: object = {}) => ({
  Path: '/',
  RoleName: name,
  RoleId: idOf('AROA', 400 + name.charCodeAt(0)),
  Arn: arn(`role/${name}`),
  CreateDate: '2026-01-01T00:00:00Z',
  AssumeRolePolicyDocument: document,
  RolePolicyList: [],
  AttachedManagedPolicies: [],
  Tags: [],
  ...more,
});
export const roles = [
  roleOf(
    'deploys-from-github',
    trust(
      { Federated: arn(`oidc-provider/${github}`) },
      { StringEquals: { [`${github}:aud`]: 'sts.amazonaws.com' }, StringLike: { [`${github}:sub`]: 'repo:acme/*' } },
    ),
    { RoleLastUsed: { LastUsedDate: '2026-05-31T00:00:00Z', Region: 'eu-west-1' } },
  ),
  roleOf('vendor', trust({ AWS: 'arn:aws:iam::999999999999:root' })),
  roleOf('lambda', trust({ Service: 'lambda.amazonaws.com' }), {
    CreateDate: '2020-01-01T00:00:00Z',
    RolePolicyList: [
      { PolicyName: 'all', PolicyDocument: policyOf({ Effect: 'Allow', Action: 'iam:*', Resource: '*' }) },
    ],
  }),
  roleOf('sandbox', trust({ Service: 'ec2.amazonaws.com' }), {
    AttachedManagedPolicies: [attached('AdministratorAccess')],
    PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn('policy/storage') },
  }),
  roleOf('key-giver', trust({ Service: 'ec2.amazonaws.com' }), {
    RolePolicyList: [
      { PolicyName: 'keys', PolicyDocument: policyOf({ Effect: 'Allow', Action: 'iam:*AccessKey', Resource: '*' }) },
    ],
  }),
  roleOf('AWSServiceRoleForSupport', trust({ Service: 'support.amazonaws.com' }), {
    Path: '/aws-service-role/support.amazonaws.com/',
  }),
  roleOf(
    'AWSReservedSSO_Developers_0123456789abcdef',
    trust({ Federated: arn('saml-provider/AWSSSO_DO_NOT_DELETE') }),
    {
      Path: '/aws-reserved/sso.amazonaws.com/eu-west-1/',
      RoleId: idOf('AROA', 398),
    },
  ),
  // Of a set that is not given here, two of one set, and one that the customer made: only the path tells.
  ...['Auditors_0123456789abcdef', 'Key-makers_0123456789abcdef', 'Key-makers_fedcba9876543210'].map((of, n) =>
    roleOf(`AWSReservedSSO_${of}`, trust({ Federated: arn('saml-provider/AWSSSO_DO_NOT_DELETE') }), {
      Path: '/aws-reserved/sso.amazonaws.com/',
      RoleId: idOf('AROA', 390 + n),
    }),
  ),
  roleOf('AWSReservedSSO_Administrators_0123456789abcdef', trust({ Service: 'lambda.amazonaws.com' }), {
    RoleId: idOf('AROA', 394),
  }),
];

/** By user name. */
export const accessKeys = new Map(
  people.map(({ name, keys = [] }, at) => [
    name,
    keys.map(({ status, created, lastUsed }, number) => ({
      UserName: name,
      AccessKeyId: idOf('AKIA', 500 + at * 10 + number),
      Status: status,
      CreateDate: created,
      lastUsed,
    })),
  ]),
);
export const serviceCredentials = new Map([
  [
    'bedrock-reader',
    [
      {
        UserName: 'bedrock-reader',
        Status: 'Active',
        ServiceSpecificCredentialId: idOf('ACCA', 600),
        ServiceName: 'bedrock.amazonaws.com',
        CreateDate: '2026-04-01T00:00:00Z',
        ExpirationDate: '2026-07-01T00:00:00Z',
      },
    ],
  ],
  [
    'relay',
    [
      {
        UserName: 'relay',
        Status: 'Inactive',
        ServiceSpecificCredentialId: idOf('ACCA', 601),
        ServiceName: 'codecommit.amazonaws.com',
        CreateDate: '2025-04-01T00:00:00Z',
      },
    ],
  ],
]);
export const sshKeys = new Map([
  [
    'relay',
    [{ UserName: 'relay', SSHPublicKeyId: idOf('APKA', 700), Status: 'Active', UploadDate: '2025-01-01T00:00:00Z' }],
  ],
]);
export const serverCertificates = [
  {
    Path: '/',
    ServerCertificateName: 'shop.acme.example',
    ServerCertificateId: idOf('ASCA', 800),
    Arn: arn('server-certificate/shop.acme.example'),
    UploadDate: '2025-01-01T00:00:00Z',
    Expiration: '2026-01-01T00:00:00Z',
  },
  {
    Path: '/',
    ServerCertificateName: 'pay.acme.example',
    ServerCertificateId: idOf('ASCA', 801),
    Arn: arn('server-certificate/pay.acme.example'),
    UploadDate: '2025-01-01T00:00:00Z',
    Expiration: '2027-01-01T00:00:00Z',
  },
];
export const oidcProviders = [{ Arn: arn(`oidc-provider/${github}`) }];
export const samlProviders = [
  { Arn: arn('saml-provider/corp'), CreateDate: '2025-01-01T00:00:00Z', ValidUntil: '2035-01-01T00:00:00Z' },
];

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html */
const columns =
  'user arn user_creation_time password_enabled password_last_used password_last_changed mfa_active access_key_1_active access_key_1_last_rotated access_key_1_last_used_date access_key_2_active access_key_2_last_rotated access_key_2_last_used_date'.split(
    ' ',
  );
const rows: readonly Readonly<Record<string, string>>[] = [
  {
    user: '<root_account>',
    arn: arn('root'),
    password_enabled: 'not_supported',
    password_last_used: '2025-12-24T10:00:00+00:00',
    mfa_active: 'false',
    access_key_1_active: 'true',
    access_key_1_last_rotated: '2019-01-01T00:00:00+00:00',
    access_key_1_last_used_date: '2026-01-02T00:00:00+00:00',
    access_key_2_active: 'false',
  },
  ...people.map(({ name, password }) => ({
    user: name,
    arn: arn(`user/${name}`),
    user_creation_time: '2022-01-01T00:00:00+00:00',
    password_enabled: String(password !== undefined),
    password_last_used: password?.lastUsed ?? 'N/A',
    password_last_changed: password === undefined ? 'N/A' : '2025-06-01T00:00:00+00:00',
    mfa_active: String(password?.mfa ?? false),
  })),
];
export const report = [
  columns.join(','),
  ...rows.map((row) => columns.map((column) => row[column] ?? 'N/A').join(',')),
].join('\n');
