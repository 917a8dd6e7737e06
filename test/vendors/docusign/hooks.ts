import { seeded } from '../../../scanners/secrets/samples.ts';
import { accountId, dana, leaver, otherAccountId } from './people.ts';

const sample = seeded(57);
/** In the address of a webhook. */
export const urlToken = `ghp_${sample.alnum(36)}`;
/** Comes with answers in fields that nobody reads. */
export const unread = sample.alnum(40);

const usual = {
  configurationType: 'custom',
  allowEnvelopePublish: 'true',
  password: unread,
  salesforceAuthcode: unread,
  userName: '',
  includeHMAC: 'false',
  requireMutualTls: 'false',
  signMessageWithX509Certificate: 'false',
  useSoapInterface: 'false',
  includeDocuments: 'false',
  allUsers: 'true',
  userIds: [],
  groupIds: [],
  events: ['envelope-completed'],
  enableLog: 'true',
};

/** One that is well kept, one that nobody can tell from a forgery, one that died with its only user, one with OAuth. */
export const configurations = [
  {
    ...usual,
    connectId: '101',
    name: 'Archive',
    urlToPublishTo: 'https://hooks.acme.example/docusign',
    includeHMAC: 'true',
    requireMutualTls: 'true',
    eventData: { format: 'json', version: 'restv2.1', includeData: ['documents'] },
  },
  {
    ...usual,
    connectId: '102',
    name: 'To Zapier',
    urlToPublishTo: `https://hooks.zapier.com/hooks/catch/1/?token=${urlToken}`,
    includeDocuments: 'true',
    enableLog: 'false',
  },
  {
    ...usual,
    connectId: '103',
    name: 'Old ledger',
    urlToPublishTo: 'http://10.1.2.3/ds',
    userName: 'ledger',
    useSoapInterface: 'true',
    allowEnvelopePublish: 'false',
    disabledBy: 'DocuSign',
    allUsers: 'false',
    userIds: [leaver],
    groupIds: ['12'],
  },
  {
    ...usual,
    connectId: '104',
    name: null,
    urlToPublishTo: 'https://crm.acme.example/in',
    includeOAuth: 'true',
    oAuthConfiguration: {
      authorizationServerUrl: 'https://login.crm.acme.example/token',
      clientId: 'crm',
      clientSecret: unread,
      scope: 'hooks',
    },
    allUsers: 'false',
    userIds: [leaver, dana],
  },
  {
    ...usual,
    connectId: '105',
    name: 'Ledger',
    urlToPublishTo: 'https://ledger.acme.example/in',
    includeOAuth: 'true',
  },
  {
    ...usual,
    connectId: '106',
    name: 'Ledger, test',
    urlToPublishTo: 'https://ledger-test.acme.example/in',
    pausePublish: 'true',
    includeOAuth: 'true',
  },
  {
    ...usual,
    connectId: '107',
    name: 'Bank',
    urlToPublishTo: 'https://bank.example/in',
    requireMutualTls: 'true',
    signMessageWithX509Certificate: 'true',
  },
  // What the platform files by itself, with the sign-in that it was given there.
  { ...usual, connectId: '108', name: 'Salesforce', configurationType: 'salesforce', urlToPublishTo: '' },
];

/** The client that the account and the organisation each have for their webhooks. */
export const oauth = {
  authorizationServerUrl: 'https://login.acme.example/token',
  clientId: 'docusign',
  clientSecret: unread,
  scope: 'hooks ledger',
  customParameters: { audience: unread },
};

export const failures = [
  { connectId: '101', lastTry: '2026-05-30T10:00:00.0000000Z', subject: 'Contract', configUrl: usual.password },
];

export const organisationHooks = [
  {
    connectId: 'cc000000-0000-4000-8000-000000000001',
    name: 'Everything to the lake',
    accountId: null,
    accountIds: [accountId, otherAccountId],
    urlToPublishTo: 'https://lake.acme.example/ds',
    allowEnvelopePublish: 'true',
    includeHMAC: 'false',
    includeOAuth: 'false',
    signMessageWithX509Certificate: 'false',
    pausePublish: 'true',
    eventData: { version: 'restv2.1', includeData: ['documents'] },
  },
  {
    connectId: 'cc000000-0000-4000-8000-000000000002',
    name: 'Everything to the ledger',
    accountId: otherAccountId,
    urlToPublishTo: 'https://ledger.acme.example/all',
    allowEnvelopePublish: 'true',
    includeHMAC: 'true',
    includeOAuth: 'true',
  },
  { connectId: '101', name: 'Archive', accountId, allowEnvelopePublish: 'true' },
];
