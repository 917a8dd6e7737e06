import { certificate as pem } from './certificate.ts';
import { accountId } from './iam.ts';

const at = (iso: string): number => Date.parse(iso) / 1_000;

const certificateOf = (id: string, Status: string, more: object = {}, detail: object = {}) => {
  const CertificateArn = `arn:aws:acm:eu-west-1:${accountId}:certificate/${id}`;
  const both = {
    CertificateArn,
    DomainName: `${id}.acme.example`,
    Status,
    CreatedAt: at('2026-03-01T00:00:00Z'),
    ...more,
  };
  return {
    listed: { NotAfter: at('2026-08-01T00:00:00Z'), KeyAlgorithm: 'RSA_2048', ...both },
    described: {
      ...both,
      KeyAlgorithm: 'RSA-2048',
      SignatureAlgorithm: 'SHA256WITHRSA',
      InUseBy: [] as string[],
      RenewalEligibility: 'INELIGIBLE',
      ...detail,
    },
  };
};
const balancer = (name: string): string =>
  `arn:aws:elasticloadbalancing:eu-west-1:${accountId}:loadbalancer/app/${name}/0123456789abcdef`;
/** What is listed unasked, and what only for other keys than RSA's usual ones. */
export const certificates = [
  certificateOf(
    'shop',
    'ISSUED',
    { Type: 'AMAZON_ISSUED', IssuedAt: at('2026-03-02T00:00:00Z') },
    {
      InUseBy: [balancer('shop'), balancer('shop-2')],
      RenewalEligibility: 'ELIGIBLE',
      RenewalSummary: { RenewalStatus: 'PENDING_VALIDATION', DomainValidationOptions: [] },
    },
  ),
  certificateOf('imported', 'ISSUED', {
    Type: 'IMPORTED',
    ImportedAt: at('2026-05-01T00:00:00Z'),
    KeyAlgorithm: 'EC_prime256v1',
  }),
  certificateOf('never', 'VALIDATION_TIMED_OUT', { Type: 'AMAZON_ISSUED' }),
  certificateOf('gone', 'EXPIRED', { Type: 'AMAZON_ISSUED' }, { RenewalEligibility: 'ELIGIBLE' }),
];
export const certificateTags = [{ Key: 'owner', Value: 'ada@acme.example' }];

export const instance = {
  InstanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
  IdentityStoreId: 'd-0123456789',
  OwnerAccountId: accountId,
  Status: 'ACTIVE',
};
const storeUser = (name: string, UserStatus: string) => ({
  IdentityStoreId: instance.IdentityStoreId,
  UserId: `user-${name}`,
  UserName: name,
  DisplayName: `${name.charAt(0).toUpperCase()}${name.slice(1)} Porter`,
  Emails: [{ Value: `${name}@acme.example`, Type: 'work', Primary: true }],
  UserStatus,
  CreatedAt: at('2025-01-01T00:00:00Z'),
});
export const storeUsers = [
  storeUser('dora', 'ENABLED'),
  storeUser('emil', 'DISABLED'),
  storeUser('fay', 'ENABLED'),
  storeUser('gus', 'ENABLED'),
];

const setArn = (n: number): string => `arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-000000000000000${n}`;
interface SetSeed {
  name: string;
  managed?: string[];
  own?: string[];
  inline?: string;
  accounts?: string[];
}
const seeds: readonly SetSeed[] = [
  { name: 'Administrators', managed: ['AdministratorAccess'], accounts: [accountId, '111111111111'] },
  { name: 'Developers', managed: ['PowerUserAccess'], own: ['acme-developers'], accounts: [accountId] },
  { name: 'Auditors', managed: ['SecurityAudit'], accounts: ['111111111111'] },
  {
    name: 'Key-makers',
    inline: JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'iam:*', Resource: '*' }] }),
    accounts: [accountId],
  },
];
export const sets = new Map(seeds.map((seed, at) => [setArn(at), seed]));
export const assignments: Readonly<Record<string, readonly { PrincipalType: string; PrincipalId: string }[]>> = {
  Administrators: [
    { PrincipalType: 'USER', PrincipalId: 'user-dora' },
    { PrincipalType: 'GROUP', PrincipalId: 'group-admins' },
  ],
  Developers: ['dora', 'emil', 'fay', 'gus'].map((name) => ({ PrincipalType: 'USER', PrincipalId: `user-${name}` })),
};

const anywhere = (rest: string): string => `arn:aws:rolesanywhere:eu-west-1:${accountId}:${rest}`;
const dated = { createdAt: '2025-06-01T00:00:00Z', updatedAt: '2025-07-01T00:00:00Z' };
export const trustAnchors = [
  { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: pem } },
  {
    sourceType: 'AWS_ACM_PCA',
    sourceData: { acmPcaArn: `arn:aws:acm-pca:eu-west-1:${accountId}:certificate-authority/1` },
  },
].map((source, n) => ({
  trustAnchorId: `anchor-${n}`,
  trustAnchorArn: anywhere(`trust-anchor/anchor-${n}`),
  name: `plant ${n}`,
  enabled: n === 0,
  source,
  ...dated,
}));
export const profiles = [0, 1, 2, 3].map((n) => ({
  profileId: `profile-${n}`,
  profileArn: anywhere(`profile/profile-${n}`),
  name: `machines ${n}`,
  enabled: n !== 1,
  createdBy: `arn:aws:sts::${accountId}:assumed-role/${n === 0 ? 'AWSReservedSSO_Developers_0123456789abcdef/dora' : 'deployers/pipeline'}`,
  durationSeconds: 3_600,
  roleArns: [`arn:aws:iam::${accountId}:role/${n === 0 ? 'vendor' : 'elsewhere'}`],
  ...dated,
}));
export const subjects = [0, 1].map((n) => ({
  subjectId: `subject-${n}`,
  subjectArn: anywhere(`subject/subject-${n}`),
  x509Subject: `CN=press-${n}.plant.acme.example`,
  enabled: n === 0,
  lastSeenAt: '2026-05-30T00:00:00Z',
  ...dated,
}));
