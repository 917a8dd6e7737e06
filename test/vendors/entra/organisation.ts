import { seeded, uuid } from '../../../scanners/secrets/samples.ts';

/** The n-th made-up id, the same every time. */
export const guid = (n: number): string => uuid(seeded(70_000 + n));

export const tenant = guid(1);
export const reader = { clientId: guid(2), principal: guid(3) };
const microsoft = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a';
const user = (id: string) => ({ '@odata.type': '#microsoft.graph.user', id });

const person = (n: number, name: string, more: object = {}) => ({
  '@odata.type': '#microsoft.graph.user',
  id: guid(100 + n),
  displayName: name,
  userPrincipalName: `${name.split(' ')[0]}@acme.example`,
  mail: `${name.split(' ')[0]}@acme.example`,
  otherMails: [],
  accountEnabled: true,
  userType: 'Member',
  externalUserState: null,
  createdDateTime: '2020-01-01T00:00:00Z',
  employeeLeaveDateTime: null,
  passwordProfile: null,
  ...more,
});

export const users = [
  person(1, 'Ada Admin', {
    proxyAddresses: ['X500:/o=mail/cn=ada', 'smtp:ada.maiden@acme.example', 'SMTP:Ada@acme.example'],
  }),
  person(2, 'Bo Blocked', { accountEnabled: false, employeeLeaveDateTime: '2026-05-01T00:00:00Z' }),
  person(3, 'Cy Guest', {
    userType: 'Guest',
    userPrincipalName: 'cy_partner.example#EXT#@acme.example',
    mail: null,
    otherMails: ['Cy@partner.example'],
  }),
  person(4, 'Di Invited', { userType: 'Guest', externalUserState: 'PendingAcceptance' }),
  person(5, 'Eve Nobody', {
    proxyAddresses: ['smtp:old@acme.example', 'SMTP:eve@acme.example'],
    displayName: null,
    mail: null,
    accountEnabled: null,
    userType: null,
  }),
  person(8, 'Agent’s account', { '@odata.type': '#microsoft.graph.agentUser', mail: null }),
];
/** What stands beside the list of changes, asked for one at a time. */
export const managers: Readonly<Record<string, string>> = { [guid(102)]: guid(101), [guid(105)]: guid(101) };
export const signIns: Readonly<Record<string, object>> = {
  [guid(101)]: {
    lastSignInDateTime: '2026-05-30T07:00:00Z',
    lastNonInteractiveSignInDateTime: '2026-05-31T07:00:00Z',
    lastSuccessfulSignInDateTime: '2026-05-29T07:00:00Z',
    lastSignInRequestId: guid(190),
  },
  [guid(103)]: {
    lastSignInDateTime: '2022-02-02T00:00:00Z',
    lastNonInteractiveSignInDateTime: '2022-03-03T00:00:00Z',
    lastSuccessfulSignInDateTime: null,
  },
  // From the time before Entra told which attempts succeeded.
  [guid(105)]: { lastSignInDateTime: '2023-05-05T00:00:00Z', lastNonInteractiveSignInDateTime: null },
  [guid(108)]: { lastSignInDateTime: '2026-04-04T00:00:00Z', lastSuccessfulSignInDateTime: '2026-05-05T00:00:00Z' },
};
export const deleted = [
  person(6, 'Flo Left', {
    accountEnabled: false,
    userPrincipalName: `${guid(106).replaceAll('-', '')}Flo@acme.example`,
    deletedDateTime: '2026-05-20T00:00:00Z',
  }),
  person(7, 'Gus Left', { accountEnabled: false }),
  person(9, 'Hal Left', { accountEnabled: false }),
];

const secret = (n: number, endDateTime: string | null) => ({
  keyId: guid(200 + n),
  displayName: n % 2 === 0 ? null : `Key ${n}`,
  hint: seeded(300 + n).alnum(3),
  secretText: null,
  startDateTime: '2025-01-01T00:00:00Z',
  endDateTime,
});
const certificate = (n: number) => ({
  keyId: guid(250 + n),
  displayName: `CN=cert${n}`,
  type: 'AsymmetricX509Cert',
  usage: 'Verify',
  key: null,
  customKeyIdentifier: seeded(310 + n).alnum(27),
  startDateTime: '2025-06-01T00:00:00Z',
  endDateTime: '2027-06-01T00:00:00Z',
});

const application = (n: number, displayName: string | null, more: object = {}) => ({
  '@odata.type': '#microsoft.graph.application',
  id: guid(400 + n),
  appId: guid(500 + n),
  displayName,
  createdDateTime: '2024-03-01T08:00:00Z',
  isDisabled: null,
  disabledByMicrosoftStatus: null,
  signInAudience: 'AzureADMyOrg',
  notes: null,
  serviceManagementReference: null,
  tags: [],
  passwordCredentials: [],
  keyCredentials: [],
  owners: [],
  federatedIdentityCredentials: [],
  ...more,
});
const github = {
  id: guid(600),
  name: 'deploy',
  issuer: 'https://token.actions.githubusercontent.com',
  subject: 'repo:acme/site:environment:production',
  description: null,
  audiences: ['api://AzureADTokenExchange'],
};
/** It has an expression in place of a subject, and that is not on this list. */
const flexible = { ...github, id: guid(601), name: 'any branch', subject: null };

export const applications = [
  application(1, 'Contract robot', {
    passwordCredentials: [secret(1, '2026-12-31T00:00:00Z'), secret(2, null)],
    keyCredentials: [certificate(1)],
    owners: [user(guid(101)), { '@odata.type': '#microsoft.graph.servicePrincipal', id: guid(702) }],
    serviceManagementReference: 'ask robots@acme.example',
  }),
  application(2, 'Deployer', { federatedIdentityCredentials: [github, flexible], owners: [user(guid(102))] }),
  application(3, null, { disabledByMicrosoftStatus: 'DisabledDueToViolationOfServicesAgreement', tags: ['old'] }),
  application(4, 'Support agents', {
    '@odata.type': '#microsoft.graph.agentIdentityBlueprint',
    sponsors: [user(guid(101))],
  }),
  application(5, 'Left over', { isDisabled: true, passwordCredentials: [secret(3, '2024-01-01T00:00:00Z')] }),
];

const principal = (n: number, displayName: string | null, more: object = {}) => ({
  '@odata.type': '#microsoft.graph.servicePrincipal',
  id: guid(700 + n),
  appId: guid(500 + n),
  displayName,
  accountEnabled: true,
  isDisabled: null,
  servicePrincipalType: 'Application',
  appOwnerOrganizationId: tenant,
  createdDateTime: '2024-03-02T08:00:00Z',
  signInAudience: 'AzureADMyOrg',
  verifiedPublisher: { displayName: null, verifiedPublisherId: null, addedDateTime: null },
  notificationEmailAddresses: [],
  notes: null,
  tags: ['WindowsAzureActiveDirectoryIntegratedApp'],
  passwordCredentials: [],
  keyCredentials: [],
  owners: [],
  appRoles: [],
  ...more,
});
export const graph = { id: guid(700), appId: '00000003-0000-0000-c000-000000000000' };
const forApps = ['Application'];
export const permissions = [
  'AgentIdentity.Read.All',
  'Application.Read.All',
  'DelegatedPermissionGrant.Read.All',
  'Directory.ReadWrite.All',
  'Mail.Read',
  'Organization.Read.All',
  'User.Read.All',
].map((value, n) => ({ id: guid(800 + n), value, allowedMemberTypes: forApps, isEnabled: true }));
const unnamed = { id: guid(899), value: null, allowedMemberTypes: forApps };
const forPeople = { id: guid(898), value: 'Case.Manage', allowedMemberTypes: ['User'] };

const agent = {
  ...principal(30, 'Support agent 1', { appId: null }),
  '@odata.type': '#microsoft.graph.agentIdentity',
  servicePrincipalType: 'ServiceIdentity',
  agentIdentityBlueprintId: guid(504),
  createdDateTime: '2026-02-01T00:00:00Z',
  owners: [user(guid(102))],
  sponsors: [user(guid(101))],
};
export const agents = [
  agent,
  { ...agent, '@odata.type': null, id: guid(731), displayName: null, accountEnabled: false, sponsors: [] },
  {
    ...agent,
    id: guid(732),
    displayName: 'Support agent 3',
    servicePrincipalType: null,
    // Its blueprint is not in this tenant.
    agentIdentityBlueprintId: guid(599),
    owners: [],
    sponsors: [{ '@odata.type': '#microsoft.graph.group', id: guid(150) }],
  },
];

export const principals = [
  principal(0, 'Microsoft Graph', {
    ...graph,
    appOwnerOrganizationId: microsoft,
    appRoles: [...permissions, unnamed, forPeople],
  }),
  principal(1, 'Contract robot', {
    owners: [user(guid(101))],
    disabledByMicrosoftStatus: 'NotDisabled',
    notificationEmailAddresses: ['robots@acme.example'],
    notes: `client_secret=${seeded(320).alnum(40)}`,
  }),
  principal(2, 'Deployer'),
  principal(4, 'Support agents'),
  principal(10, 'Slide maker', {
    appOwnerOrganizationId: guid(9),
    verifiedPublisher: { displayName: 'Slides Inc', verifiedPublisherId: '42', addedDateTime: '2024-01-01T00:00:00Z' },
    // One certificate for single sign-on: both halves, and the password of the file that they came in.
    keyCredentials: [
      { ...certificate(2), type: 'X509CertAndPassword', usage: 'Sign' },
      { ...certificate(2), keyId: guid(259) },
    ],
    passwordCredentials: [{ ...secret(2, '2027-06-01T00:00:00Z'), keyId: guid(252) }],
  }),
  principal(11, 'Free converter', {
    appOwnerOrganizationId: guid(10),
    disabledByMicrosoftStatus: 'DisabledDueToViolationOfServicesAgreement',
  }),
  principal(12, 'vm-invoices', {
    servicePrincipalType: 'ManagedIdentity',
    appOwnerOrganizationId: null,
    keyCredentials: [certificate(3)],
  }),
  principal(13, 'Directory provisioning', {
    appOwnerOrganizationId: '47df5bb7-e6bc-4256-afb0-dd8c8e3c1ce8',
    createdDateTime: null,
  }),
  principal(14, 'From before registrations', {
    servicePrincipalType: 'Legacy',
    appOwnerOrganizationId: null,
    accountEnabled: false,
  }),
  principal(3, 'Rollcall', { id: reader.principal, appId: reader.clientId }),
  ...agents,
];

const assignment = (n: number, principalId: string, role: string, principalType = 'ServicePrincipal') => ({
  id: seeded(900 + n).base64url(43),
  appRoleId: permissions.find(({ value }) => value === role)?.id ?? guid(899),
  principalId,
  principalType,
  principalDisplayName: null,
  resourceId: graph.id,
  resourceDisplayName: 'Microsoft Graph',
  createdDateTime: '2025-01-01T00:00:00Z',
});
export const assignments = [
  assignment(1, guid(701), 'Mail.Read'),
  assignment(2, guid(701), 'Directory.ReadWrite.All'),
  assignment(3, guid(730), 'Mail.Read'),
  assignment(4, guid(101), 'Mail.Read', 'User'),
  assignment(5, guid(702), 'a role without a value'),
  { ...assignment(6, guid(702), ''), appRoleId: forPeople.id },
  ...permissions
    .filter(({ value }) => /^(?:Agent|Application|Delegated|Organization|User)/.test(value))
    .map(({ value }, n) => assignment(20 + n, reader.principal, value)),
];

export const roles = [
  { id: 'r1', principalId: guid(101), directoryScopeId: '/', roleDefinition: { displayName: 'Global Administrator' } },
  {
    id: 'r2',
    principalId: guid(702),
    directoryScopeId: '/',
    roleDefinition: { displayName: 'Application Administrator' },
  },
  { id: 'r3', principalId: guid(103), directoryScopeId: '/', roleDefinition: { displayName: 'Directory Readers' } },
];

const eligible = (id: string, principalId: string, displayName: string) => ({
  id,
  principalId,
  directoryScopeId: '/',
  memberType: 'Direct',
  startDateTime: '2026-01-01T00:00:00Z',
  endDateTime: null,
  roleDefinition: { displayName },
});
export const eligibleRoles = [
  eligible('e1', guid(102), 'Global Administrator'),
  eligible('e2', guid(102), 'Application Administrator'),
  eligible('e3', guid(150), 'User Administrator'),
];

/** Secrets last 90 days; who may still get them is not restricted, because that rule is switched off. */
export const appPolicy = {
  id: '00000000-0000-0000-0000-000000000000',
  displayName: 'Default app management tenant policy',
  isEnabled: true,
  applicationRestrictions: {
    passwordCredentials: [
      { restrictionType: 'passwordAddition', state: 'disabled', maxLifetime: null },
      {
        restrictionType: 'passwordLifetime',
        state: 'enabled',
        maxLifetime: 'P90D',
        restrictForAppsCreatedAfterDateTime: '2025-01-01T10:37:00Z',
      },
    ],
    keyCredentials: [{ restrictionType: 'asymmetricKeyLifetime', state: 'disabled', maxLifetime: 'P365D' }],
  },
  servicePrincipalRestrictions: null,
};
export const appPolicies = [1, 2, 3].map((n) => ({ id: guid(160 + n), isEnabled: n < 3 }));

const grant = (n: number, clientId: string, consentType: string, scope: string | null, principalId: string | null) => ({
  id: seeded(950 + n).base64url(43),
  clientId,
  consentType,
  principalId,
  resourceId: graph.id,
  scope,
});
export const grants = [
  grant(1, guid(710), 'AllPrincipals', ' User.Read Files.ReadWrite.All', null),
  grant(2, guid(711), 'Principal', 'Mail.Read offline_access', guid(102)),
  grant(3, guid(999), 'Principal', null, guid(103)),
];

export const appActivity = [1, 2, 10].map((n) => ({
  id: `a${n}`,
  appId: guid(500 + n),
  lastSignInActivity: { lastSignInDateTime: `2026-05-${10 + n}T00:00:00Z` },
}));
export const credentialActivity = [1, 3, 99].map((n) => ({
  id: `c${n}`,
  keyId: guid(200 + n),
  signInActivity: n === 3 ? null : { lastSignInDateTime: '2026-05-20T00:00:00Z' },
}));
