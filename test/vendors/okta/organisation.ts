import { seeded } from '../../../scanners/secrets/samples.ts';

const id = (prefix: string, n: number): string => `${prefix}${seeded(40_000 + n).alnum(17)}`;
export const userId = (n: number): string => id('00u', n);
export const groupId = (n: number): string => id('00g', n);
export const appId = (n: number): string => id('0oa', n);
export const tokenId = (n: number): string => id('00T', n);
const hex = (n: number, length: number): string => seeded(50_000 + n).alnum(length);

const user = (n: number, status: string, profile: object = {}, more: object = {}) => ({
  id: userId(n),
  status,
  created: '2022-04-04T15:56:05.000Z',
  activated: null,
  statusChanged: '2026-05-20T08:00:00.000Z',
  lastLogin: '2026-05-30T08:00:00.000Z',
  lastUpdated: '2026-05-20T08:00:00.000Z',
  passwordChanged: null,
  profile: {
    login: `user${n}@acme.example`,
    email: `user${n}@acme.example`,
    firstName: `First${n}`,
    lastName: 'User',
    displayName: null,
    managerId: n === 1 ? null : userId(1),
    ...profile,
  },
  credentials: { password: {}, provider: { type: 'OKTA', name: 'OKTA' } },
  ...more,
});
export const users = [
  user(1, 'ACTIVE'),
  user(2, 'DEPROVISIONED'),
  user(3, 'SUSPENDED'),
  user(4, 'STAGED', { login: 'Dana@Acme.example', email: null, firstName: null }, { lastLogin: null }),
  user(5, 'LOCKED_OUT', { displayName: 'Robin Root', email: 'Robin@Acme.example' }),
];
export const administrators = [1, 2, 5].map((n) => ({ id: userId(n), orn: `orn:okta:directory:x:users:${userId(n)}` }));

const dated = { created: '2025-01-10T00:00:00.000Z', lastUpdated: '2025-02-10T00:00:00.000Z' };
/** The end moves with each use; `lastUpdated` moves with every change of the network as well. */
export const apiTokens = [
  { network: { connection: 'ANYWHERE' }, userId: userId(1), ...dated, expiresAt: '2026-06-30T10:00:00.000Z' },
  { network: { connection: 'ZONE', include: ['nzo1'] }, userId: userId(2), ...dated, tokenWindow: null },
  { network: null, userId: userId(1), created: '2026-05-25T00:00:00.000Z', expiresAt: '2026-06-24T00:00:00.000Z' },
  { network: { connection: 'ZONE', include: ['nzo1', 'nzo3'] }, userId: userId(5), ...dated },
  { network: { connection: 'ZONE', include: [], exclude: ['nzo2'] }, userId: userId(3), ...dated },
  // Made and never used; Okta cuts the end to a second.
  { created: '2026-05-25T00:00:00.600Z', tokenWindow: 'P7D', expiresAt: '2026-06-01T00:00:00.000Z' },
  // Its window was longer when it was made.
  { created: '2026-05-25T00:00:00.000Z', expiresAt: '2026-06-20T00:00:00.000Z' },
  { network: { connection: 'ZONE', include: ['nzo5'] }, ...dated },
  { network: { connection: 'ZONE', include: ['ALL_IP_ZONES'] }, ...dated },
].map((each, n) => ({
  id: tokenId(n + 1),
  name: n === 1 ? null : `token ${n + 1}`,
  clientName: 'Okta API',
  tokenWindow: 'P30D',
  expiresAt: '2026-06-20T00:00:00.000Z',
  lastUpdated: '2026-05-28T00:00:00.000Z',
  ...each,
}));
const zone = (n: number, type: string, more: object = {}) => ({
  id: `nzo${n}`,
  name: `zone ${n}`,
  type,
  status: 'ACTIVE',
  usage: 'POLICY',
  system: false,
  ...dated,
  ...more,
});
export const zones = [
  zone(1, 'IP', { gateways: [{ type: 'CIDR', value: '192.0.2.0/24' }], proxies: null }),
  zone(2, 'DYNAMIC', { locations: [{ country: 'CH', region: null }], asns: [] }),
  zone(3, 'IP', { gateways: [{ type: 'CIDR', value: '0.0.0.0/0' }], proxies: null }),
  zone(4, 'IP', { gateways: null, proxies: null, system: true }),
  zone(5, 'IP', { gateways: [{ type: 'RANGE', value: '0.0.0.0-255.255.255.255' }], proxies: null }),
];
const role = (type: string, label: string, assignmentType = 'USER', status = 'ACTIVE') => ({
  id: `ra-${type}`,
  ...(type === 'CUSTOM' && { role: roleId(label) }),
  label,
  type,
  status,
  assignmentType,
  ...dated,
});
/** Of a custom role, by its label. */
export const roleId = (label: string): string => `cr0${label.replaceAll(/\W/g, '')}`;
/** By custom role; a name says nothing of what it allows. */
export const permissions: Readonly<Record<string, readonly string[]>> = {
  [roleId('Group editors')]: ['okta.groups.read', 'okta.groups.members.manage'],
  [roleId('Admin viewers')]: ['okta.iam.read', 'okta.users.read'],
  [roleId('Read-only desk')]: ['okta.users.read', 'okta.users.credentials.resetPassword'],
  [roleId('Report on apps')]: ['okta.apps.read', 'okta.apps.clientCredentials.read'],
};
/** By user. */
export const userRoles: Readonly<Record<string, readonly object[]>> = {
  [userId(1)]: [role('SUPER_ADMIN', 'Super Administrator', 'GROUP'), role('ORG_ADMIN', 'Organization Administrator')],
  [userId(2)]: [
    role('READ_ONLY_ADMIN', 'Read-Only Administrator'),
    role('HELP_DESK_ADMIN', 'Help Desk', 'USER', 'INACTIVE'),
  ],
  [userId(5)]: [
    role('CUSTOM', 'Group editors'),
    role('REPORT_ADMIN', 'Report Administrator'),
    role('READ_ONLY_ADMIN', 'Read-Only Administrator'),
  ],
};

const keptOut = { connection: 'ZONE', exclude: ['nzo2'] };
const oauthApp = (n: number, label: string, type: string, method: string, more: object = {}) => ({
  id: appId(n),
  name: 'oidc_client',
  label,
  status: 'ACTIVE',
  signOnMode: 'OPENID_CONNECT',
  ...dated,
  credentials: {
    oauthClient: {
      client_id: appId(n),
      client_secret: hex(n, 40),
      autoKeyRotation: true,
      token_endpoint_auth_method: method,
    },
  },
  settings: {
    oauthClient: {
      application_type: type,
      grant_types: type === 'service' ? ['client_credentials'] : ['authorization_code', 'refresh_token'],
      network: { 1: { connection: 'ZONE', include: ['nzo1'] }, 7: keptOut }[n] ?? { connection: 'ANYWHERE' },
    },
    notes: { admin: null, enduser: null },
  },
  ...more,
});
const kidOf = (n: number): string => hex(1_000 + n, 43);
const signed = (n: number, label: string, signOnMode: string, status = 'ACTIVE') => ({
  id: appId(n),
  name: `acme_${n}`,
  label,
  status,
  signOnMode,
  ...dated,
  credentials: { signing: n === 11 ? {} : { kid: kidOf(n === 4 ? 2 : 3) }, userNameTemplate: {} },
  settings: { app: {}, notes: { admin: n === 6 ? `the key was ${hex(600, 30)}` : null } },
});
export const apps = [
  oauthApp(1, 'Payroll sync', 'service', 'private_key_jwt'),
  oauthApp(2, 'Intranet', 'web', 'client_secret_basic'),
  oauthApp(3, 'Phone app', 'native', 'none'),
  signed(4, 'Expenses', 'SAML_2_0'),
  signed(5, 'Old wiki', 'BOOKMARK', 'INACTIVE'),
  signed(6, 'Mail', 'WS_FEDERATION'),
  signed(11, 'Travel', 'SAML_2_0'),
  oauthApp(7, 'Rollcall', 'service', 'private_key_jwt'),
  { ...signed(10, 'Okta Admin Console', 'AUTO_LOGIN'), name: 'saasure' },
  ...[8, 9, 12].map((n) => ({
    id: appId(n),
    name: 'template_swa',
    label: { 8: 'Courier portal', 9: 'Weather' }[n] ?? 'Old portal',
    status: n === 12 ? 'INACTIVE' : 'ACTIVE',
    signOnMode: 'BROWSER_PLUGIN',
    ...dated,
    credentials:
      n !== 9
        ? { scheme: 'SHARED_USERNAME_AND_PASSWORD', userName: 'acme', revealPassword: true, password: {} }
        : { scheme: 'EDIT_USERNAME_AND_PASSWORD', revealPassword: false },
    settings: { app: {}, notes: { admin: null } },
  })),
];

/** Newest first. */
export const appsMade = [
  { app: 1, actor: { id: userId(5), type: 'User', alternateId: 'user5@acme.example' } },
  { app: 1, actor: { id: userId(3), type: 'User', alternateId: 'user3@acme.example' } },
  { app: 3, actor: { id: appId(7), type: 'PublicClientApp', alternateId: appId(7) } },
  { app: 2, actor: { id: userId(2), type: 'User', alternateId: 'user2@acme.example' } },
].map(({ app, actor }, n) => ({
  uuid: `made-${n}`,
  eventType: 'application.lifecycle.create',
  published: `2026-05-2${9 - n}T10:00:00.000Z`,
  outcome: { result: 'SUCCESS' },
  actor,
  target: [
    { id: appId(app), type: 'AppInstance' },
    { id: userId(1), type: 'User' },
  ],
}));

const grant = (n: number, scopeId: string, more: object = {}) => ({
  id: id('oag', n),
  status: 'ACTIVE',
  ...dated,
  createdBy: { id: userId(1), type: 'User' },
  issuer: 'https://acme.okta.example',
  clientId: appId(1),
  scopeId,
  source: 'ADMIN',
  ...more,
});
export const grants: Readonly<Record<string, readonly object[]>> = {
  [appId(1)]: [
    grant(1, 'okta.users.manage'),
    // A program granted it, and nobody stands for that.
    grant(2, 'okta.groups.read', { createdBy: { id: appId(7), type: 'PublicClientApp' } }),
    grant(3, 'okta.apps.manage', { status: 'REVOKED' }),
  ],
  [appId(2)]: [
    grant(4, 'okta.myAccount.profile.read', { source: 'END_USER', createdBy: { id: userId(4), type: 'User' } }),
  ],
};
export const roles: Readonly<Record<string, readonly object[]>> = {
  [appId(1)]: [
    { id: 'r1', label: 'Super Administrator', type: 'SUPER_ADMIN', status: 'ACTIVE', ...dated },
    { id: 'r2', label: 'Help Desk Administrator', type: 'HELP_DESK_ADMIN', status: 'INACTIVE', ...dated },
  ],
  [appId(7)]: [
    { id: 'r3', label: 'Read-Only Administrator', type: 'READ_ONLY_ADMIN', status: 'ACTIVE', ...dated },
    role('CUSTOM', 'Admin viewers', 'CLIENT'),
  ],
};

const secret = (n: number, status: string) => ({
  id: id('ocs', n),
  status,
  client_secret: hex(700 + n, 40),
  secret_hash: hex(800 + n, 22),
  ...dated,
});
export const secrets: Readonly<Record<string, readonly object[]>> = {
  [appId(2)]: [secret(1, 'ACTIVE'), secret(2, 'INACTIVE'), secret(3, 'ACTIVE')],
};
export const keys: Readonly<Record<string, readonly object[]>> = {
  [appId(1)]: [1, 2].map((n) => ({
    id: id('pks', n),
    kid: `payroll-${n}`,
    kty: 'RSA',
    alg: 'RS256',
    use: 'sig',
    e: 'AQAB',
    n: hex(900 + n, 60),
    status: n === 1 ? 'ACTIVE' : 'INACTIVE',
    ...dated,
  })),
  [appId(7)]: [{ id: id('pks', 7), kid: 'rollcall', kty: 'EC', crv: 'P-256', use: 'sig', status: 'ACTIVE', ...dated }],
};
const certificate = (n: number) => ({
  kid: kidOf(n),
  kty: 'RSA',
  use: 'sig',
  ...dated,
  expiresAt: '2027-12-10T18:56:22.000Z',
  x5c: [hex(1_100 + n, 80)],
});
export const certificates: Readonly<Record<string, readonly object[]>> = {
  [appId(4)]: [certificate(1), certificate(2)],
  [appId(6)]: [certificate(3)],
  [appId(11)]: [certificate(4), certificate(5)],
};
export const refreshTokens: Readonly<Record<string, readonly object[]>> = {
  [appId(2)]: [1, 2, 3].map((n) => ({
    id: id('oar', n),
    status: n === 3 ? 'REVOKED' : 'ACTIVE',
    clientId: appId(2),
    userId: userId(n),
    scopes: ['offline_access', 'openid'],
    expiresAt: '2026-07-01T00:00:00.000Z',
    ...dated,
  })),
};

export const integrations = [1, 2, 3].map((n) => ({
  id: id('0oi', n),
  type: `vendor_${n}`,
  name: n === 2 ? null : `Vendor ${n}`,
  createdAt: '2025-03-01T00:00:00.000Z',
  createdBy: userId(n),
  grantedScopes: n === 3 ? [] : ['okta.users.read', 'okta.logs.read'],
}));
export const integrationSecrets: Readonly<Record<string, readonly object[]>> = {
  [integrations[0]!.id]: [{ ...secret(10, 'ACTIVE'), client_secret: '***abcd' }],
};

const account = (n: number, statusDetail: string, more: object) => ({
  id: `d1b65a78-21ed-429b-8ea3-00000000000${n}`,
  name: `account-${n}`,
  description: null,
  username: `svc${n}@acme.example`,
  status: 'NO_ISSUES',
  statusDetail,
  ownerUserIds: [userId(n)],
  ownerGroupIds: n === 1 ? [groupId(1)] : [],
  ...dated,
  ...more,
});
export const serviceAccounts = [
  account(1, 'ROTATED', { containerInstanceName: 'salesforce Prod-1', password: hex(1_200, 30) }),
  account(2, 'ROTATION_FAILED', { containerInstanceName: null }),
  account(3, 'UNMANAGED', { containerInstanceName: 'HR', ownerUserIds: [] }),
];
export const oktaServiceAccounts = [
  account(4, 'VAULTED', { oktaUserId: userId(5), ownerGroupIds: [groupId(1)] }),
  account(5, 'CREATION_FAILED', { oktaUserId: null }),
  account(6, 'STAGED', { oktaUserId: userId(3) }),
];
export const groups: Readonly<Record<string, object>> = {
  [groupId(1)]: { id: groupId(1), type: 'OKTA_GROUP', profile: { name: 'Sales operations', description: null } },
};
export const members: Readonly<Record<string, readonly object[]>> = { [groupId(1)]: users.slice(0, 3) };

export const authorizationServers = ['AUTO', 'MANUAL', undefined].map((rotationMode, n) => ({
  id: id('aus', n),
  name: n === 2 ? null : `server ${n + 1}`,
  audiences: ['https://api.acme.example'],
  issuer: `https://acme.okta.example/oauth2/${n}`,
  status: n === 1 ? 'INACTIVE' : 'ACTIVE',
  ...dated,
  credentials: rotationMode && {
    signing: {
      kid: hex(1_300 + n, 43),
      rotationMode,
      lastRotated: '2026-04-01T00:00:00.000Z',
      ...(rotationMode === 'AUTO' && { nextRotation: '2026-07-01T00:00:00.000Z' }),
      use: 'sig',
    },
  },
}));

const channel = (host: string, more: object = {}) => ({
  type: 'HTTP',
  version: '1.0.0',
  config: {
    uri: `https://${host}/okta?key=${hex(1_400, 24)}`,
    method: 'POST',
    headers: [{ key: 'x-tenant', value: hex(1_401, 20) }],
    authScheme: { type: 'HEADER', key: 'authorization', value: hex(1_402, 20) },
    ...more,
  },
});
export const eventHooks = ['hooks.acme.example', 'old.acme.example'].map((host, n) => ({
  id: id('who', n),
  name: n === 0 ? 'Lifecycle' : null,
  status: n === 0 ? 'ACTIVE' : 'INACTIVE',
  verificationStatus: n === 0 ? 'VERIFIED' : 'UNVERIFIED',
  createdBy: userId(1),
  ...dated,
  events: { type: 'EVENT_TYPE', items: ['user.lifecycle.create'] },
  channel: channel(host, n === 0 ? {} : { authScheme: null, headers: [] }),
}));
export const inlineHooks = [
  { type: 'com.okta.oauth2.tokens.transform', channel: channel('tokens.acme.example') },
  {
    type: 'com.okta.telephony.provider',
    channel: { ...channel('phone.acme.example', { authType: 'client_secret_post' }), type: 'OAUTH' },
  },
  {
    type: 'com.okta.saml.tokens.transform',
    channel: channel('claims.acme.example', {
      uri: 'https://claims.acme.example',
      authScheme: null,
      headers: [{ key: 'x-api-key', value: hex(1_403, 40) }],
    }),
  },
].map((hook, n) => ({ id: id('cal', n), name: `hook ${n}`, status: 'ACTIVE', version: '1.0.0', ...dated, ...hook }));
export const logStreams = [
  { type: 'aws_eventbridge', settings: { accountId: '123456789012', eventSourceName: 'acme', region: 'eu-west-1' } },
  {
    type: 'splunk_cloud_logstreaming',
    settings: { edition: 'aws', host: 'acme.splunkcloud.com', token: hex(1_500, 36) },
  },
  { type: 'splunk_cloud_logstreaming', settings: null },
].map((each, n) => ({
  id: id('0ol', n),
  name: `stream ${n}`,
  status: n === 2 ? 'INACTIVE' : 'ACTIVE',
  ...dated,
  ...each,
}));
