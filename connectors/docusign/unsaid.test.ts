import { expect, test } from 'vitest';
import { person, SourceError } from '../../src/sdk/index.ts';
import { readStream } from '../../test/helpers/read-stream.ts';
import { docusign } from './index.ts';

const given = { integrationKey: 'k', userId: 'robot', privateKey: 'env:KEY', accountId: 'acme' };
const olga = person({ id: 'olga', name: 'Olga', status: 'active' });
const read = (stream: string, bodies: Record<string, unknown>, settings = {}) =>
  readStream(docusign.streams[stream], docusign.config.parse({ ...given, ...settings }), bodies, [olga]);
const esign = '/v2.1/accounts/{accountId}';

test('a PowerForm of which little is said', async () => {
  const powerForms = [
    { powerFormId: 'p' },
    { powerFormId: 'q', isActive: 'true', maxUseEnabled: 'true', usesRemaining: '0', limitUseIntervalEnabled: 'true' },
  ];
  const { records } = await read('power-forms', { [`${esign}/powerforms`]: { powerForms } });
  const [bare, spent] = records;
  expect(bare).toMatchObject({
    name: 'p',
    state: 'unknown',
    authentication: 'unknown',
    gaps: { lastUsedAt: 'not-seen' },
  });
  for (const field of ['usesLeft', 'tags', 'lastUsedAt']) expect(bare).not.toHaveProperty(field);
  expect(bare?.links).toHaveLength(1);
  expect(spent).toMatchObject({ state: 'active', usesLeft: 0, tags: ['limited-interval'] });
});

test('users whose status nobody knows, and an account whose settings are refused', async () => {
  const users = [
    { userId: 'a', userStatus: 'Paused', userSettings: { canManageAccount: 'true' } },
    { userId: 'b', email: 'Bo@acme.example', userStatus: 'ACTIVE', isAdmin: 'true', groupList: [{ groupName: null }] },
    { userId: 'c', userStatus: null, isAdmin: 'false' },
  ];
  const { records, blind } = await read('users', { [`${esign}/users`]: { users, totalSetSize: '3' } });
  expect(blind).toEqual([['settings', 'permission']]);
  expect(records).toMatchObject([
    { name: 'a', status: 'unknown', admin: true, gaps: { lastUsedAt: 'not-seen' } },
    { name: 'Bo@acme.example', status: 'active', emails: ['bo@acme.example'], admin: true },
    { status: 'unknown', admin: false },
    { name: 'DocuSign account acme', admins: 1, gaps: { policies: 'denied' } },
  ]);
  expect(records[3]).not.toHaveProperty('policies');
});

test('when somebody left is said by the account, or else by the organisation', async () => {
  const ids = ['a', 'b', 'c'];
  const left = ['2026-01-05T00:00:00Z', null, null];
  const bodies = {
    [`${esign}/users`]: { users: ids.map((userId) => ({ userId, userStatus: 'Closed' })) },
    [`${esign}/settings`]: {},
    '/v2/organizations': { organizations: [{ id: 'o', accounts: [{ id: 'ACME' }] }] },
    '/v2/organizations/{organizationId}/users': {
      users: ids.map((id, n) => ({
        id,
        membership_closed_on: left[n],
        closed_on: n === 2 ? null : '2026-02-05T00:00:00Z',
      })),
    },
  };
  const { records } = await read('users', bodies, { scopes: ['signature', 'organization_read', 'user_read'] });
  expect(records.slice(0, 2)).toMatchObject([
    { leftAt: Date.UTC(2026, 0, 5), gaps: { lastUsedAt: 'not-seen' } },
    { leftAt: Date.UTC(2026, 1, 5) },
  ]);
  expect(records[2]).toMatchObject({ gaps: { leftAt: 'not-seen' } });
  const less = await read('users', bodies, { scopes: ['signature', 'organization_read'] });
  expect(less.records[0]).toMatchObject({ gaps: { leftAt: 'not-seen' } });
});

test('a permission to act for somebody, of which little is said', async () => {
  const authorizations = [
    {
      authorizationId: '1',
      permission: 'Edit',
      agentUser: { email: 'Bo@acme.example' },
      endDate: '2026-06-01T00:00:00Z',
    },
    { authorizationId: '2', created: '2025-01-01T00:00:00Z', principalUser: {}, agentUser: null },
    {
      authorizationId: '3',
      startDate: '2025-02-01T00:00:00Z',
      created: '2025-01-01T00:00:00Z',
      endDate: '2026-06-01T00:00:01Z',
    },
  ];
  const list = { [`${esign}/users/{userId}/authorizations`]: { authorizations } };
  const { records } = await read('delegations', list);
  expect(records).toMatchObject([
    {
      name: 'bo@acme.example may Edit for olga',
      account: { id: 'olga' },
      delegation: { to: { email: 'bo@acme.example' }, may: ['prepare'] },
      status: 'expired',
    },
    { name: 'somebody may act for olga', createdAt: Date.UTC(2025, 0, 1), expiresAt: 'never', status: 'active' },
    { createdAt: Date.UTC(2025, 1, 1), status: 'active' },
  ]);
  expect(records[1]).not.toHaveProperty('delegation');
  expect(records.flatMap(({ links = [] }) => links)).toHaveLength(3);
});

test('an organisation says of its policies what it may be asked', async () => {
  const organizations = [{ id: 'o', accounts: [{ id: 'acme' }] }];
  const domains = { '/v2/organizations/{organizationId}/reserved_domains': { reserved_domains: [{ id: 'd' }] } };
  const providers = { '/v2/organizations/{organizationId}/identity_providers': { identity_providers: [] } };
  const policies = async (bodies: object) => {
    const { records, blind } = await read('organisations', { '/v2/organizations': { organizations }, ...bodies });
    const [whole] = records;
    return [
      whole?.kind === 'container' && whole.policies,
      whole?.gaps?.['policies'],
      blind.map(([subject]) => subject),
    ];
  };
  expect(await policies(domains)).toEqual([{ reservedDomains: 1 }, 'denied', ['identity providers']]);
  expect(await policies(providers)).toEqual([{ identityProviders: 0 }, 'denied', ['claimed domains']]);
  expect(await policies({ ...domains, ...providers })).toEqual([
    { reservedDomains: 1, identityProviders: 0 },
    undefined,
    [],
  ]);
});

test.each([
  ['active', ['permission']],
  ['inactive', []],
])('that a workflow which is %s has no trigger', async (status, told) => {
  const trigger = `/v1/accounts/{accountId}/workflows/{workflowId}/trigger-requirements`;
  const list = { '/v1/accounts/{accountId}/workflows': { data: [{ id: 'w', status }] } };
  const found = (kind: 'not-found' | 'transient') =>
    read('workflows', {
      ...list,
      [trigger]: new SourceError(kind, 'no'),
      [trigger.replace('trigger-requirements', 'instances')]: { data: [] },
    });
  const { records, blind } = await found('not-found');
  expect(records).toMatchObject([{ name: 'w', state: status, gaps: { lastRunAt: 'not-seen' } }]);
  expect(blind.map(([subject]) => subject)).toEqual(told.map(() => 'w'));
  await expect(found('transient')).rejects.toThrow('no');
});

test('a list that is left out is empty where the platform counts none, and a part of it is not taken for another', async () => {
  const groups = (body: object) => read('groups', { [`${esign}/groups`]: body });
  expect((await groups({ totalSetSize: '0' })).records).toEqual([]);
  await expect(groups({})).rejects.toThrow('without its list');
  await expect(groups({ groups: [], startPosition: '2' })).rejects.toThrow('another page');
});
