import { expect, test } from 'vitest';
import { container, person, SourceError } from '../../src/sdk/index.ts';
import { readStream } from '../../test/helpers/read-stream.ts';
import { adobeSign } from './index.ts';

const config = adobeSign.config.parse({ integrationKey: 'env:ADOBE_KEY' });
const dana = person({ id: 'dana', name: 'Dana', status: 'active', emails: ['dana@acme.example'] });
const account = container({ id: 'account', name: 'Acme', type: 'account' });
const group = container({ id: 'group/legal', name: 'Legal', type: 'team' });
const read = (stream: string, bodies: Record<string, unknown>) =>
  readStream(adobeSign.streams[stream], config, bodies, [dana, account, group]);

const hook = { id: 'h', name: 'Archive', scope: 'ACCOUNT', webhookUrlInfo: { url: 'https://hooks.acme.example/in' } };
const hooks = (said: object, detail?: unknown) =>
  read('webhooks', { '/webhooks': { userWebhookList: [{ ...hook, ...said }] }, '/webhooks/{webhookId}': detail });

test.each([
  ['ACTIVE', 'active'],
  ['INACTIVE', 'inactive'],
  ['PAUSED', 'unknown'],
  [null, 'unknown'],
])('a webhook whose status is %s is %s', async (status, state) => {
  expect((await hooks({ status })).records).toMatchObject([{ state }]);
});

test.each([
  ['ACCOUNT', 'all'],
  ['RESOURCE', 'one'],
  ['DIVISION', 'some'],
  [null, undefined],
])('a webhook of the scope %s tells of %s', async (scope, reach) => {
  const [record] = (await hooks({ scope })).records;
  expect(record?.kind === 'endpoint' && record.reach).toBe(reach);
});

test('what a webhook sends is not known where its own page is refused, nor where it has no address of its own', async () => {
  const { records, blind } = await hooks({
    webhookUrlInfo: null,
    applicationDisplayName: 'CRM',
    applicationName: 'crm',
  });
  expect(blind).toEqual([['Archive', 'permission']]);
  expect(records).toMatchObject([
    { tags: ['CRM'], gaps: { host: 'not-seen', payload: 'denied', createdAt: 'denied', signed: 'not-supported' } },
  ]);
  expect(records[0]).not.toHaveProperty('payload');
  const events = { webhookConditionalParams: { webhookAgreementEvents: { includeSignedDocuments: false } } };
  const told = await hooks({ applicationName: 'crm' }, { created: '2025-02-06T22:52:27-08:00', ...events });
  expect(told.records).toMatchObject([
    { payload: 'events', tags: ['crm'], createdAt: Date.UTC(2025, 1, 7, 6, 52, 27) },
  ]);
  expect(told.records[0]?.gaps).not.toHaveProperty('payload');
});

const NONE = 'NONE';
test.each([
  ['asks nobody who they are', [NONE, NONE], 'none'],
  ['says nothing of how people prove who they are', [undefined], 'none'],
  ['asks each to sign in', ['ADOBE_SIGN', 'WEB_IDENTITY'], 'session'],
  ['asks one to sign in, and the other for a password', ['ADOBE_SIGN', 'PASSWORD'], 'unknown'],
  ['asks one alone to sign in', [NONE, 'WEB_IDENTITY'], 'unknown'],
  ['asks for a code', ['PHONE'], 'unknown'],
])('a web form that %s', async (_, methods, authentication) => {
  const memberInfos = methods.map((authenticationMethod) => ({ securityOption: { authenticationMethod } }));
  const { records } = await read('widgets', {
    '/widgets': { userWidgetList: [{ id: 'w', status: 'PUBLISHED' }] },
    '/widgets/{widgetId}': { widgetParticipantSetInfo: { memberInfos } },
  });
  const seen = { name: 'w', state: 'unknown', gaps: { 'published-by': 'not-seen' } };
  expect(records).toMatchObject([
    { ...seen, graph: { triggers: [{ authentication }] } },
    { authentication, gaps: { host: 'not-seen' } },
  ]);
});

test('a web form whose own page is refused is told, and is no form that anybody made', async () => {
  const { records, blind } = await read('widgets', { '/widgets': { userWidgetList: [{ id: 'w', name: 'Visitors' }] } });
  expect([records, blind]).toEqual([[], [['Visitors', 'permission']]]);
});

test.each([
  ['IN_PROCESS', 'active'],
  ['WAITING_FOR_MY_SIGNATURE', 'active'],
  ['WAITING_FOR_AUTHORING', 'draft'],
  ['WAITING_FOR_PREFILL', 'draft'],
  ['HALTED', 'unknown'],
  [null, 'unknown'],
])('a bulk send whose status is %s is %s', async (status, state) => {
  const list = { '/megaSigns': { megaSignList: [{ id: 'm', name: 'Policy', status }] } };
  const { records } = await read('mega-signs', { ...list, '/megaSigns/{megaSignId}': {} });
  expect(records).toMatchObject([{ state, tags: ['bulk-send'] }]);
  expect(await read('mega-signs', list)).toMatchObject({ records: [], blind: [['Policy', 'permission']] });
});

test.each(['COMPLETED', 'CANCELLED', 'ARCHIVED', 'EXPIRED'])('a bulk send that is %s is over', async (status) => {
  const list = { megaSignList: [{ id: 'm', status }] };
  expect(await read('mega-signs', { '/megaSigns': list })).toMatchObject({ records: [], blind: [] });
});

test.each([
  ['ACTIVE', 'active'],
  ['DRAFT', 'draft'],
  ['HIDDEN', 'inactive'],
  ['INACTIVE', 'inactive'],
  ['OTHER', 'unknown'],
  [null, 'unknown'],
])('a workflow whose status is %s is %s', async (status, state) => {
  const { records } = await read('workflows', {
    '/workflows': { userWorkflowList: [{ id: 'f', name: 'Offer', status }] },
  });
  expect(records[0]).toMatchObject({ name: 'Offer', state });
  expect(records[0]).not.toHaveProperty('sharedWith');
});

const template = { id: 't', name: 'NDA', status: 'ACTIVE', sharingMode: 'GROUP', creatorEmail: 'lee@acme.example' };
const events = '/libraryDocuments/{libraryDocumentId}/events';
test.each([
  ['shared and in use', {}, 'some', 1],
  ['shared, and removed', { status: 'REMOVED' }, 'some', 0],
  ['private', { sharingMode: 'USER' }, 'private', 0],
])(
  'of a template that is %s it is asked who changed it as far as that says something',
  async (_, said, reach, told) => {
    const libraryDocumentList = [{ ...template, ...said }];
    const { records, blind } = await read('library', { '/libraryDocuments': { libraryDocumentList } });
    expect(records).toMatchObject([{ sharedWith: { reach }, gaps: { createdAt: 'not-seen' } }]);
    expect(blind).toHaveLength(told);
  },
);

test('a failure that is no refusal is not taken for one', async () => {
  const down = new SourceError('transient', 'busy');
  const bodies = { '/libraryDocuments': { libraryDocumentList: [template] }, [events]: down };
  await expect(read('library', bodies)).rejects.toThrow('busy');
});
