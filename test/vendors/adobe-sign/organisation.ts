import { seeded } from '../../../scanners/secrets/samples.ts';

const sample = seeded(71);
/** In the address of a webhook, in a header of a webhook endpoint, and where a form leads. */
export const [urlToken, headerToken, completionToken] = [1, 2, 3].map(() => `ghp_${sample.alnum(36)}`) as [
  string,
  string,
  string,
];
/** Comes with answers in fields that nobody reads. */
export const unread = sample.alnum(40);

export const id = (kind: string, n: number): string => `CBJCHBCAABAA${kind}${n}`;
const email = (name: string): string => `${name.toLowerCase()}@acme.example`;

/** Two administrators of whom one has left, a maker, somebody nobody can act for, and somebody without a name. */
export const users = [
  ['Olga', 'Owner', true, 'ACTIVE'],
  ['Lee', 'Leaver', true, 'INACTIVE'],
  ['Dana', 'Maker', false, 'ACTIVE'],
  ['Nia', null, false, 'CREATED'],
  [null, null, null, null],
].map(([firstName, lastName, isAccountAdmin, status], n) => ({
  id: id('user', n),
  email: typeof firstName === 'string' ? email(firstName) : null,
  firstName,
  lastName,
  isAccountAdmin,
  status,
}));

export const groups = ['Default', 'Legal', 'Sales'].map((groupName, n) => ({ groupId: id('group', n), groupName }));
/** Sales has nobody in charge. */
export const members: { readonly [group: string]: readonly object[] } = {
  [id('group', 0)]: users.map((user, n) => ({ id: user.id, isGroupAdmin: n < 2 })),
  [id('group', 1)]: [{ id: id('user', 2), isGroupAdmin: true }],
  [id('group', 2)]: [{ id: id('user', 2), isGroupAdmin: false }],
};

const hook = {
  scope: 'ACCOUNT',
  status: 'ACTIVE',
  lastModified: '2026-02-06T22:52:27-08:00',
  created: '2025-02-06T22:52:27-08:00',
  applicationName: 'CRM',
  webhookSubscriptionEvents: ['AGREEMENT_ALL'],
};
export const webhooks: { readonly [user: string]: readonly { id: string; [field: string]: unknown }[] } = {
  [id('user', 0)]: [
    {
      ...hook,
      id: id('hook', 0),
      name: 'Archive',
      webhookUrlInfo: { url: `https://hooks.acme.example/?key=${urlToken}` },
    },
    { ...hook, id: id('hook', 1), name: 'Secured', scope: 'GROUP', webhookEndpointInfo: { webhookEndpointId: 'we1' } },
    {
      ...hook,
      id: id('hook', 2),
      name: null,
      scope: 'USER',
      status: 'INACTIVE',
      webhookUrlInfo: { url: 'https://10.0.0.7/x' },
    },
  ],
  [id('user', 1)]: [
    { ...hook, id: id('hook', 3), name: 'Of a leaver', webhookUrlInfo: { url: 'https://old.acme.example/' } },
  ],
};

export const webhookEndpoints = [
  {
    webhookEndpointId: 'we1',
    name: 'Secured by OAuth',
    webhookEndpointUrl: 'https://*.acme.example/*',
    oAuth20: {
      authorizationServerUrl: 'https://login.acme.example/token',
      clientId: 'crm',
      clientSecret: unread,
      scope: 'openid hooks',
      customHeaders: [{ headerName: 'X-Token', headerValue: headerToken }],
    },
  },
];

const shared = {
  id: id('lib', 0),
  creatorEmail: 'lee@acme.example',
  sharingMode: 'ACCOUNT',
  status: 'ACTIVE',
  name: 'NDA',
};
const template = { modifiedDate: '2026-01-06T22:52:27-08:00', hidden: false, templateTypes: ['DOCUMENT'] };
export const library: { readonly [user: string]: readonly object[] } = {
  [id('user', 0)]: [
    { ...template, ...shared },
    {
      ...template,
      id: id('lib', 1),
      name: 'Mine',
      creatorEmail: 'olga@acme.example',
      sharingMode: 'USER',
      status: 'AUTHORING',
    },
  ],
  [id('user', 2)]: [
    { ...template, ...shared },
    {
      ...template,
      id: id('lib', 2),
      name: 'Sales',
      creatorEmail: 'dana@acme.example',
      sharingMode: 'GROUP',
      status: 'ACTIVE',
    },
    {
      ...template,
      id: id('lib', 3),
      name: null,
      creatorEmail: null,
      sharingMode: 'GLOBAL',
      status: 'REMOVED',
      hidden: true,
    },
  ],
};

const widget = {
  status: 'ACTIVE',
  url: `https://na1.documents.adobe.com/public/esignWidget?wid=${unread}`,
  javascript: unread,
  modifiedDate: '2026-01-06T22:52:27-08:00',
};
export const widgets: { readonly [user: string]: readonly { id: string; [field: string]: unknown }[] } = {
  [id('user', 2)]: [
    {
      ...widget,
      id: id('form', 0),
      name: 'Visitors',
      creatorEmail: 'dana@acme.example',
      createdDate: '2025-01-06T22:52:27-08:00',
      completionInfo: { url: `https://thanks.acme.example/?token=${completionToken}` },
      securityOption: { openPassword: unread },
      widgetParticipantSetInfo: { memberInfos: [{ email: '', securityOption: { authenticationMethod: 'NONE' } }] },
    },
    { ...widget, id: id('form', 1), name: 'Of a leaver', creatorEmail: 'lee@acme.example', createdDate: null },
    {
      ...widget,
      id: id('form', 2),
      name: 'Closed',
      status: 'DISABLED',
      creatorEmail: 'dana@acme.example',
      widgetParticipantSetInfo: { memberInfos: [{ securityOption: { authenticationMethod: 'ADOBE_SIGN' } }] },
    },
  ],
};

const event = (type: string, name: string, date: string) => ({
  type,
  date,
  actingUserEmail: email(name),
  actingUserName: name,
  actingUserIpAddress: '192.0.2.7',
  comment: unread,
});
/** By what they are events of: Dana opened what Olga had changed; Olga changed Lee's template in his name. */
export const events: { readonly [of: string]: readonly object[] } = {
  [id('form', 0)]: [
    event('CREATED', 'Dana', '2025-01-06T22:52:27-08:00'),
    event('ACTIVATED', 'Dana', '2025-01-07T22:52:27-08:00'),
    event('MODIFIED', 'Dana', '2025-12-06T22:52:27-08:00'),
    event('ACTIVATED', 'Dana', '2026-01-06T22:52:27-08:00'),
    event('MODIFIED', 'Olga', '2026-01-05T22:52:27-08:00'),
  ],
  [id('lib', 0)]: [
    event('CREATED', 'Lee', '2023-05-06T00:00:00Z'),
    { ...event('MODIFIED', 'Lee', '2026-01-06T22:52:27-08:00'), initiatingUserEmail: 'Olga@acme.example' },
    event('MODIFIED', 'Dana', '2025-01-06T22:52:27-08:00'),
  ],
};

/** By group; the account's own come with every group. */
const everywhere = {
  id: id('flow', 0),
  name: 'offer',
  displayName: 'Offer',
  status: 'ACTIVE',
  scope: 'ACCOUNT',
  scopeId: 'acme',
  created: '2024-01-06T22:52:27-08:00',
};
export const workflows: { readonly [group: string]: readonly object[] } = {
  '': [everywhere],
  [id('group', 1)]: [
    everywhere,
    { id: id('flow', 1), name: 'Lease', status: 'DRAFT', scope: 'GROUP', scopeId: id('group', 1), description: null },
  ],
};

export const megaSigns: { readonly [user: string]: readonly { id: string; [field: string]: unknown }[] } = {
  [id('user', 2)]: [
    {
      id: id('mega', 0),
      name: 'Policy 2026',
      status: 'IN_PROCESS',
      esign: true,
      senderEmail: 'Dana@acme.example',
      createdDate: '2026-05-06T22:52:27-08:00',
      message: 'Please sign',
    },
    { id: id('mega', 1), name: 'Policy 2025', status: 'COMPLETED', esign: true, senderEmail: 'dana@acme.example' },
    { id: id('mega', 2), name: null, status: 'WAITING_FOR_AUTHORING', esign: true, senderEmail: null },
  ],
};
