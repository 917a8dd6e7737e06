import { expect, test } from 'vitest';
import { container, noHttp, SourceError, type Http } from '../../src/sdk/index.ts';
import { readStream } from '../../test/helpers/read-stream.ts';
import { docusign } from './index.ts';

const given = { integrationKey: 'k', userId: 'robot', privateKey: 'env:KEY', accountId: 'acme', environment: 'demo' };
const config = docusign.config.parse(given);
const whole = container({ id: 'organisation/o', name: 'Acme', type: 'organisation' });
const own = container({ id: 'acme', name: 'Acme GmbH', type: 'account' });
const read = (stream: string, bodies: Record<string, unknown>) =>
  readStream(docusign.streams[stream], config, bodies, [whole, own]);
const esign = '/v2.1/accounts/{accountId}';

test('a user who is not in the account is told which to check', async () => {
  const body = { accounts: [{ account_id: 'other', base_uri: 'https://eu.docusign.net' }], email: '', name: 'Robot' };
  const asked = (accountId: string) => {
    const accounts = [{ ...body.accounts[0], account_id: accountId }];
    const http: Http = {
      ...noHttp,
      read: async () => ({ body: { ...body, accounts } as never, status: 200, headers: new Headers() }),
    };
    return docusign.remote?.locate?.(config, http);
  };
  await expect(asked('other')).rejects.toThrow('the user robot has no account acme: check accountId');
  expect(await asked('ACME')).toEqual({ api: 'https://eu.docusign.net/restapi' });
});

test('a webhook of the organisation whose own page is refused is told, and the others are read', async () => {
  const list = '/v2/organizations/{organizationId}/connect';
  const configurations = [
    { connectId: '1', name: 'Lake', disabledBy: 'DocuSign' },
    { connectId: '2', pausePublish: 'false' },
    { connectId: '3', name: 'Of us', accountId: 'ACME' },
  ];
  const detail = {
    connectId: '1',
    name: 'Lake',
    urlToPublishTo: 'https://lake.acme.example',
    allowEnvelopePublish: 'true',
  };
  const { records, blind } = await read('organisation-connect', {
    [list]: { configurations },
    [`${list}/{connectId}`]: ({ params }: { params: { connectId: string } }) =>
      params.connectId === '1'
        ? { ...detail, includeOAuth: 'true', accountIds: ['acme', 'other'] }
        : new SourceError('permission', 'no'),
  });
  expect(blind).toEqual([['2', 'permission']]);
  const [hook, client] = records;
  expect(records).toHaveLength(2);
  expect(hook).toMatchObject({ id: 'organisation-connect/1', state: 'active', delivery: 'stopped', payload: 'events' });
  expect(hook?.links).toEqual([
    { rel: 'contained-in', kind: 'container', id: 'organisation/o' },
    { rel: 'uses', kind: 'container', id: 'acme' },
    { rel: 'uses', kind: 'container', id: 'other' },
  ]);
  // Without the scope for it nobody is asked which client that is.
  expect(client).toMatchObject({ type: 'client-secret', gaps: { scopes: 'denied', createdAt: 'not-supported' } });
});

test('that runs cannot be listed at the moment does not mean that there were none', async () => {
  const workflow = '/v1/accounts/{accountId}/workflows';
  const runs = (kind: 'permission' | 'transient') =>
    read('workflows', {
      [workflow]: {
        data: [
          { id: 'a', name: 'Offers', status: 'Active' },
          { id: 'b', status: 'Active' },
        ],
      },
      [`${workflow}/{workflowId}/trigger-requirements`]: {},
      [`${workflow}/{workflowId}/instances`]: new SourceError(kind, 'busy'),
    });
  const { records, blind } = await runs('permission');
  expect(blind).toEqual([['runs of workflows', 'permission']]);
  expect(records).toMatchObject([
    // Without an address nothing starts it from outside.
    { name: 'Offers', state: 'active', graph: { steps: [], triggers: [] }, gaps: { lastRunAt: 'not-seen' } },
    { name: 'b', state: 'active', gaps: { lastRunAt: 'not-seen' } },
  ]);
  await expect(runs('transient')).rejects.toThrow('busy');
});

test('a profile that lets applications reach far is no addition for whoever administers the account', async () => {
  const beyond = { apiAccountWideAccess: 'true' };
  const users = [
    { userId: 'a', permissionProfileId: '3', isAdmin: 'false', userSettings: beyond },
    { userId: 'b', permissionProfileId: '3', isAdmin: 'true', userSettings: beyond },
    { userId: 'c', permissionProfileId: '3', isAdmin: null, userSettings: { ...beyond, canManageAccount: 'true' } },
    { userId: 'd', permissionProfileId: '3', isAdmin: 'false', userSettings: { ...beyond, canManageAccount: 'true' } },
    { userId: 'e', permissionProfileId: '3', isAdmin: 'false', userSettings: { apiAccountWideAccess: 'false' } },
    { userId: 'f', userSettings: { canManageAccount: 'false' } },
    { userId: 'g' },
  ];
  const { records } = await read('users', { [`${esign}/users`]: { users } });
  const uses = records.map(({ links = [] }) => links.filter(({ rel }) => rel === 'uses').map(({ id }) => id));
  expect(uses).toEqual([['profile/3'], [], [], [], [], [], [], []]);
  const admins = records.map((record) => (record.kind === 'person' ? record.admin : undefined));
  expect(admins.slice(0, -1)).toEqual([false, true, true, true, false, false, undefined]);
  expect(records.at(-1)).toMatchObject({ kind: 'container', environment: 'development' });
});

test('whatever people write into a template is searched', async () => {
  const customFields = {
    textCustomFields: [{ name: 'unit', value: 'sales' }],
    listCustomFields: [{ name: 'key', value: 'abc' }],
  };
  const envelopeTemplates = [{ templateId: 't', emailSubject: 'Offer', customFields }];
  const { items } = await read('templates', { [`${esign}/templates`]: { envelopeTemplates } });
  expect(items[0]?.contents).toMatchObject([
    {
      tree: {
        description: '',
        emailSubject: 'Offer',
        emailBlurb: '',
        customFields: [{ value: 'sales' }, { value: 'abc' }],
      },
    },
  ]);
});
