import { expect, test } from 'vitest';
import { container, person, SourceError, type Ask } from '../../src/sdk/index.ts';
import { readStream } from '../../test/helpers/read-stream.ts';
import { adobeSign } from './index.ts';

const config = adobeSign.config.parse({ integrationKey: 'env:ADOBE_KEY' });
const dana = person({ id: 'dana', name: 'Dana', status: 'active', emails: ['dana@acme.example'] });
const lee = person({ id: 'lee', name: 'Lee', status: 'deprovisioned' });
const account = container({ id: 'account', name: 'Acme', type: 'account' });
const group = container({ id: 'group/legal', name: 'Legal', type: 'team' });
const read = (stream: string, bodies: Record<string, unknown>) =>
  readStream(adobeSign.streams[stream], config, bodies, [dana, lee, account, group]);

test.each([
  [null, ['userid:dana']],
  ['Dana@Acme.example', ['userid:dana']],
  // No header can carry that.
  ['jürgen@acme.example', ['userid:dana']],
  ['lee@acme.example', ['email:lee@acme.example', 'userid:dana']],
])(
  'who changed a template of %s is asked in the name of its maker, or else of whoever has it',
  async (creatorEmail, names) => {
    const asked: unknown[] = [];
    const libraryDocumentList = [{ id: 't', sharingMode: 'ACCOUNT', status: 'ACTIVE', creatorEmail }];
    const { records } = await read('library', {
      '/libraryDocuments': ({ headers = {} }: Ask) => ({
        libraryDocumentList: headers['x-api-user'] === 'userid:dana' ? libraryDocumentList : [],
      }),
      '/libraryDocuments/{libraryDocumentId}/events': ({ headers = {} }: Ask) => {
        asked.push(headers['x-api-user']);
        return headers['x-api-user'] === 'userid:dana'
          ? { events: [{ type: 'MODIFIED', actingUserEmail: 'Olga@acme.example' }] }
          : new SourceError('permission', 'no');
      },
    });
    expect(asked).toEqual(names);
    expect(records).toMatchObject([{ name: 't', sharedWith: { reach: 'everyone' } }]);
    expect(records[0]?.attributions?.at(-1)).toMatchObject({ rel: 'edited-by', who: { email: 'olga@acme.example' } });
  },
);

test('who administers a group is not known where its members are refused, and leavers do not count', async () => {
  const list = { '/groups': { groupInfoList: [{ groupId: 'legal', groupName: null }] } };
  const refused = await read('groups', list);
  expect(refused).toMatchObject({
    records: [{ name: 'legal', gaps: { admins: 'denied' } }],
    blind: [['legal', 'permission']],
  });
  expect(refused.records[0]).not.toHaveProperty('admins');
  const userInfoList = ['dana', 'lee'].map((id) => ({ id, isGroupAdmin: true }));
  const { records } = await read('groups', { ...list, '/groups/{groupId}/users': { userInfoList } });
  expect(records).toMatchObject([{ admins: 1 }]);
  expect(records[0]?.gaps).not.toHaveProperty('admins');
});

test('workflows are asked of the account and of each group', async () => {
  const asked: unknown[] = [];
  const { records } = await read('workflows', {
    '/workflows': ({ query = {} }: Ask) => {
      asked.push(query['groupId']);
      return { userWorkflowList: [{ id: `f${asked.length}`, scope: 'GROUP', scopeId: query['groupId'] }] };
    },
  });
  expect(asked).toEqual([undefined, 'legal']);
  expect(records).toMatchObject([
    { links: [{ id: 'account' }], sharedWith: { reach: 'some' } },
    { links: [{ id: 'account' }, { id: 'group/legal' }] },
  ]);
});

test('an OAuth client of webhooks of which little is said', async () => {
  const webhookEndpointList = [{ webhookEndpointId: 'we', name: '', oAuth20: null }];
  const { records } = await read('webhook-endpoints', { '/webhookEndpoints': { webhookEndpointList } });
  expect(records).toMatchObject([{ name: 'we', type: 'client-secret', gaps: { createdAt: 'not-supported' } }]);
  for (const field of ['scopes', 'allowedHosts', 'tags']) expect(records[0]).not.toHaveProperty(field);
});

test('what a webhook puts behind the address of its endpoint is searched for secrets, as an address of its own is', async () => {
  const webhookEndpointInfo = { webhookEndpointId: 'we', domainPrefix: 'hooks', urlSuffix: '?key=abc' };
  const { items } = await read('webhooks', { '/webhooks': { userWebhookList: [{ id: 'h', webhookEndpointInfo }] } });
  expect(items[0]).toMatchObject({
    record: { authentication: 'oauth', gaps: { host: 'not-seen' } },
    contents: [{ place: 'configuration', tree: { url: '', urlSuffix: '?key=abc' } }],
  });
});
