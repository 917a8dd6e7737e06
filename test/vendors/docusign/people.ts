export const accountId = 'a1000000-0000-4000-8000-00000000000a';
export const otherAccountId = 'a1000000-0000-4000-8000-00000000000b';
export const organizationId = '0a000000-0000-4000-8000-00000000000a';
export const userId = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`;
export const [olga, dana, robot, leaver, novice] = [1, 2, 3, 4, 5].map(userId) as [
  string,
  string,
  string,
  string,
  string,
];
export const integrationKey = '1c000000-0000-4000-8000-00000000000a';
export const otherKey = '1c000000-0000-4000-8000-00000000000b';

const ordinary = { canManageAccount: 'False', canSendAPIRequests: 'true', apiAccountWideAccess: 'false' };

/** An administrator, a maker, a service user that may do much, somebody who left, and somebody who never came. */
export const users = [
  {
    userId: olga,
    userName: 'Olga Owner',
    email: 'Olga@acme.example',
    userStatus: 'Active',
    isAdmin: 'True',
    createdDateTime: '2024-01-05T08:00:00.0000000Z',
    lastLogin: '2026-05-28T09:12:44.1230000Z',
    permissionProfileId: '1',
    groupList: [{ groupId: '10', groupName: 'Administrators' }],
    userSettings: { ...ordinary, canManageAccount: 'true' },
  },
  {
    userId: dana,
    userName: 'Dana Maker',
    email: 'dana@acme.example',
    userStatus: 'Active',
    isAdmin: 'False',
    createdDateTime: '2024-02-05T08:00:00.0000000Z',
    lastLogin: '2026-05-30T09:12:44.1230000Z',
    permissionProfileId: '2',
    groupList: [],
    userSettings: ordinary,
  },
  {
    userId: robot,
    userName: 'Contracts Robot',
    email: 'svc-contracts@acme.example',
    userStatus: 'Active',
    isAdmin: 'False',
    createdDateTime: '2024-03-05T08:00:00.0000000Z',
    lastLogin: '2026-05-31T09:12:44.1230000Z',
    permissionProfileId: '3',
    groupList: null,
    userSettings: {
      ...ordinary,
      apiAccountWideAccess: 'true',
      allowSendOnBehalfOf: 'true',
      accountManagementGranular: { canManageConnect: 'true', canManageAdmins: 'false' },
    },
  },
  {
    userId: leaver,
    userName: 'Lee Leaver',
    email: 'lee@acme.example',
    userStatus: 'Closed',
    isAdmin: 'True',
    createdDateTime: '2023-01-05T08:00:00.0000000Z',
    lastLogin: '0001-01-01T00:00:00.0000000Z',
    permissionProfileId: '1',
  },
  { userId: novice, userName: null, email: 'nia@acme.example', userStatus: 'ActivationSent', isAdmin: null },
];

export const groups = ['Administrators', 'Everyone', 'Legal', 'Sales', 'Purchasing'].map((groupName, n) => ({
  groupId: String(10 + n),
  groupName,
  groupType: 'customGroup',
  usersCount: '3',
}));

export const permissionProfiles = [
  {
    permissionProfileId: '1',
    permissionProfileName: 'Account Administrator',
    modifiedDateTime: '2025-11-01T10:00:00.0000000Z',
    modifiedByUsername: 'Olga Owner',
    userCount: '2',
    settings: { allowAccountManagement: 'true', allowApiAccess: 'true', allowApiAccessToAccount: 'true' },
  },
  {
    permissionProfileId: '2',
    permissionProfileName: 'Sender',
    modifiedDateTime: null,
    modifiedByUsername: '',
    userCount: '3',
    settings: { allowApiAccess: 'true', allowApiSendingOnBehalfOfOthers: 'false', allowEnvelopeSending: 'true' },
  },
  {
    permissionProfileId: '3',
    permissionProfileName: 'Contracts API',
    modifiedDateTime: '2025-11-02T10:00:00.0000000Z',
    modifiedByUsername: 'Olga Owner',
    userCount: '1',
    settings: {
      allowAccountManagement: 'false',
      allowApiAccess: 'true',
      allowApiAccessToAccount: 'true',
      allowApiSendingOnBehalfOfOthers: 'true',
    },
  },
  // Listed without its settings, as in the vendor’s example.
  {
    permissionProfileId: '4',
    permissionProfileName: 'Deals API',
    modifiedDateTime: '2025-11-02T10:00:00.0000000Z',
    modifiedByUsername: '',
  },
];
/** What a profile’s own page says. */
export const profileSettings = { allowAccountManagement: 'false', allowApiSendingOnBehalfOfOthers: 'true' };

export const settings = {
  accountName: 'Acme GmbH',
  allowConnectHttpListenerConfigs: 'false',
  disableUserSharing: 'false',
  enablePowerFormDirect: 'true',
  sessionTimeout: '20',
  singleSignOnEnabled: '',
  usesAPI: 'true',
};

/** As the organisation lists them: one left this account alone, the other all; times are those of the organisation. */
export const leavers = [
  { id: leaver.toUpperCase(), closed_on: null, membership_closed_on: '2026-03-31T17:00:00.000' },
  { id: userId(8), closed_on: '2025-12-31T17:00:00.000', membership_closed_on: null },
  // Was closed once, and is back.
  { id: dana, closed_on: null, membership_closed_on: '2024-12-31T17:00:00.000' },
].map((user, n) => ({ ...user, user_name: `Leaver ${n}`, user_status: 'active', membership_status: 'closed' }));

const person = (id: string, name: string) => ({
  accountId,
  userId: id,
  name,
  email: `${name.split(' ')[0]}@acme.example`,
});

/** Olga lets three others act for her; one of them has left, one permission has run out. */
export const authorizations: { readonly [user: string]: readonly object[] } = {
  [olga]: [
    ['au1', leaver, 'Lee Leaver', 'Sign', null],
    ['au2', dana, 'Dana Maker', 'Send', '2026-12-31T00:00:00.0000000Z'],
    ['au3', robot, 'Contracts Robot', 'Manage', '2026-01-31T00:00:00.0000000Z'],
  ].map(([authorizationId, agent, name, permission, endDate]) => ({
    authorizationId,
    principalUser: person(olga, 'Olga Owner'),
    agentUser: person(agent ?? '', name ?? ''),
    permission,
    startDate: '2025-02-01T00:00:00.0000000Z',
    endDate,
    created: '2025-02-01T00:00:00.0000000Z',
    createdBy: olga,
    modified: '2025-02-01T00:00:00.0000000Z',
    modifiedBy: olga,
  })),
};
