import { seeded } from '../../../scanners/secrets/samples.ts';
import { accountId, dana, integrationKey, leaver, olga, otherAccountId, otherKey, robot } from './people.ts';

const sample = seeded(58);
/** In the text of a template. */
export const blurbToken = `ghp_${sample.alnum(36)}`;
/** A default that a workflow starts with. */
export const defaultToken = `ghp_${sample.alnum(36)}`;
const unread = sample.alnum(40);

const user = (userId: string, userName: string) => ({ userId, userName, email: `${userName}@acme.example` });

export const templates = ['Offer', 'Lease', 'Non-disclosure', 'Purchase', 'Transfer'].map((name, n) => ({
  templateId: `te000000-0000-4000-8000-00000000000${n}`,
  name,
  description: n === 1 ? null : 'For everybody',
  emailSubject: `Please sign: ${name}`,
  emailBlurb: n === 0 ? `Upload it with the token ${blurbToken}` : '',
  created: '2024-06-01T08:00:00.0000000Z',
  lastModified: '2026-03-01T08:00:00.0000000Z',
  lastUsed: n === 4 ? '0001-01-01T00:00:00.0000000Z' : '2026-05-01T08:00:00.0000000Z',
  owner: n === 2 ? user(leaver, 'lee') : user(dana, 'dana'),
  lastModifiedBy: n === 3 ? null : user(olga, 'olga'),
  shared: String(n % 2 === 0),
  folderName: 'Templates',
  password: unread,
  passwordProtected: 'true',
  customFields: n === 0 ? { textCustomFields: [{ name: 'unit', value: 'sales' }] } : null,
}));

const sharedUser = (userId: string, shared = 'shared_to') => ({
  shared,
  user: { userId, activationAccessCode: unread },
});
const sharedGroup = (groupId: string, groupName: string, usersCount?: string) => ({
  shared: 'shared_to',
  group: { groupId, groupName, groupType: groupName === 'Everyone' ? 'everyoneGroup' : 'customGroup', usersCount },
});
/** Whoever owns templates, and with whom they share each: with two people and a group, with all, with one who has left. */
export const sharedAccess = [
  {
    user: { userId: dana },
    templates: [
      {
        templateId: templates[0]?.templateId,
        password: unread,
        sharedUsers: [sharedUser(olga), sharedUser(robot), sharedUser(leaver, 'not_shared')],
        sharedGroups: [sharedGroup('12', 'Legal', '3')],
      },
      { templateId: templates[1]?.templateId, sharedUsers: [], sharedGroups: null },
    ],
  },
  { user: { userId: olga }, templates: null },
  {
    user: { userId: leaver },
    templates: [
      { templateId: templates[2]?.templateId, sharedUsers: null, sharedGroups: [sharedGroup('11', 'Everyone')] },
      { templateId: templates[4]?.templateId, sharedUsers: [sharedUser(leaver)] },
    ],
  },
];

export const powerForms = ['Visitor form', 'Complaint', 'Membership', 'Waiver'].map((name, n) => ({
  powerFormId: `bf000000-0000-4000-8000-00000000000${n}`,
  name,
  isActive: String(n !== 2),
  powerFormUrl: `https://powerforms.docusign.net/${unread}?env=eu`,
  createdBy: olga,
  createdDateTime: '2025-01-01T08:00:00.0000000Z',
  ...(n < 3 && { lastUsed: n === 1 ? null : '2026-05-20T08:00:00.0000000Z' }),
  timesUsed: n === 3 ? '0' : '7',
  senderUserId: n === 0 ? leaver : dana,
  senderName: n === 0 ? 'Lee Leaver' : 'Dana Maker',
  templateId: templates[n]?.templateId,
  signingMode: n === 1 ? 'email' : 'direct',
  maxUseEnabled: String(n === 1),
  usesRemaining: n === 1 ? '12' : '0',
  instructions: 'Please fill in everything',
}));

const somebody = (userId: string) => ({ userId, userName: 'Somebody' });
/** Dana published what she had edited; Olga published Dana's; nobody has published the third. */
export const forms = [dana, olga, undefined].map((publisher, n) => ({
  id: `fo000000-0000-4000-8000-00000000000${n}`,
  accountId,
  isPublished: publisher !== undefined,
  isEnabled: n === 0,
  hasDraftChanges: false,
  formState: publisher === undefined ? 'draft' : 'active',
  formProperties: { name: `Form ${n}`, isPrivateAccess: n === 1, allowSending: true },
  formMetadata: {
    owner: somebody(dana),
    sender: n === 0 ? somebody(dana) : somebody(robot),
    formContentModifiedBy: somebody(dana),
    formContentModifiedDateTime: '2026-04-01T08:00:00Z',
    lastPublishedBy: publisher === undefined ? null : somebody(publisher),
    lastPublishedDateTime: publisher === undefined ? null : '2026-04-02T08:00:00Z',
    createdDateTime: '2026-03-01T08:00:00Z',
    lastModifiedDateTime: '2026-04-02T08:00:00Z',
    publishedSlug: unread,
  },
}));

export const workflows = ['active', 'inactive', 'archived'].map((status, n) => ({
  id: `70000000-0000-4000-8000-00000000000${n}`,
  name: `Workflow ${n}`,
  account_id: accountId,
  status,
  metadata: {
    created_at: '2025-07-05T12:00:00+02:00',
    created_by: dana,
    ...(n === 0 && { modified_at: '2026-02-05T12:00:00+02:00', modified_by: olga }),
  },
}));

export const trigger = {
  trigger_id: '71000000-0000-4000-8000-000000000000',
  trigger_event_type: 'HTTP',
  trigger_http_config: {
    method: 'POST',
    url: `https://api.docusign.com/v1/accounts/${accountId}/trigger?mtid=${unread}`,
  },
  trigger_input_schema: [
    { field_name: 'startDate', field_data_type: 'string', default_value: '' },
    { field_name: 'repository', field_data_type: 'string', default_value: defaultToken },
    { field_name: 'amount', field_data_type: 'number', default_value: 3 },
  ],
};

/** By workflow: the inputs of a run are as good as the agreement. */
export const runs: { readonly [workflow: string]: readonly object[] } = {
  '70000000-0000-4000-8000-000000000000': ['2026-04-01T08:00:00Z', '2026-05-03T08:00:00Z', '2026-02-01T08:00:00Z'].map(
    (started_at, n) => ({
      id: `72000000-0000-4000-8000-00000000000${n}`,
      started_at,
      started_by: dana,
      trigger_inputs: { iban: unread },
    }),
  ),
};

/** Two keys, one of them also in the name of somebody who has left; another account's; a person in the browser, where the key is all zeros. */
export const events = [
  { IntegratorKey: integrationKey, userId: robot, day: 20 },
  { IntegratorKey: otherKey, userId: dana, day: 21 },
  { IntegratorKey: integrationKey, userId: leaver, day: 22 },
  { IntegratorKey: '00000000-0000-0000-0000-000000000000', userId: olga, day: 23 },
  // Spelt as where Monitor is now.
  { integratorKey: integrationKey, userId: robot, day: 24 },
  { IntegratorKey: otherKey, userId: olga, day: 25, accountId: otherAccountId },
].map(({ day, ...event }, n) => ({
  eventId: `ev${n}`,
  timestamp: `2026-05-${day}T08:00:00Z`,
  organizationId: '0a000000-0000-4000-8000-00000000000a',
  accountId,
  object: 'Envelope',
  action: 'Created',
  result: 'Success',
  ipAddress: '192.0.2.1',
  ...event,
}));
