import { describe, expect, test } from 'vitest';
import { all, only, parseExample, survivesDamage } from '../../../test/helpers/read-formats.ts';
import type { Connection, Json } from '../../sdk/index.ts';
import { readText } from '../document.ts';
import { azureApiConnections } from './api-connections.ts';

const type = 'Microsoft.Web/connections';
const apis = '/subscriptions/1/providers/Microsoft.Web/locations/westeurope/managedApis';

function read(tree: Json) {
  return azureApiConnections.parse(readText('a/connections.json', JSON.stringify(tree)).document);
}
function one(properties: { readonly [key: string]: Json }, more: { readonly [key: string]: Json } = {}): Connection {
  return only(read({ ...more, resources: [{ type, name: 'one', properties }] }), 'connection');
}

test('a template: which connector, whose, and how it signs in', () => {
  expect(only(parseExample(azureApiConnections), 'connection')).toMatchObject({
    name: 'Orders',
    connector: 'servicebus',
    authentication: 'password',
    subject: 'unknown',
    environment: 'production',
    attributions: [{ rel: 'owned-by', who: { email: 'ada@acme.example' } }],
  });
});

test.each<[{ readonly [key: string]: Json }, Partial<Connection>]>([
  [{ parameterValueType: 'Alternative' }, { authentication: 'managed-identity', subject: 'service' }],
  [{ parameterValueSet: { name: 'managedIdentityAuth', values: {} } }, { authentication: 'managed-identity' }],
  [{ parameterValues: { 'token:clientId': 'a', 'token:clientSecret': 'b' } }, { authentication: 'service-principal' }],
  [{ parameterValues: { api_key: "[parameters('key')]" } }, { authentication: 'api-key' }],
  [
    { parameterValueSet: { name: 'sqlAuthentication', values: { server: {}, password: {} } } },
    { authentication: 'password' },
  ],
  [{ parameterValues: { siteUrl: 'x' } }, { subject: 'unknown' }],
  [{}, { subject: 'unknown' }],
  [
    { authenticatedUser: { name: 'ada@acme.example' }, statuses: [{ status: 'Connected' }] },
    { authentication: 'oauth-personal', subject: 'person', account: { email: 'ada@acme.example' }, status: 'active' },
  ],
  [{ overallStatus: 'Error', statuses: [{ status: 'Unauthenticated' }] }, { status: 'error' }],
])('of %j', (properties, expected) => {
  expect(one(properties)).toMatchObject(expected);
});

describe('the connector', () => {
  test.each([
    [`${apis}/office365`, 'office365'],
    ["[concat(variables('base'), 'servicebus')]", 'servicebus'],
    ["[variables('id')]", 'sql'],
    ["[parameters('id')]", 'azureblob'],
    ["[variables('round')]", 'unknown'],
    ["[concat(variables('base'), parameters('which'))]", 'unknown'],
  ])('%s is %s', (id, expected) => {
    const said = {
      variables: {
        id: "[subscriptionResourceId('Microsoft.Web/managedApis', 'x', 'sql')]",
        round: "[variables('round')]",
      },
      parameters: { id: { defaultValue: `${apis}/azureblob` } },
    };
    expect(one({ api: { id } }, said).connector).toBe(expected);
  });
});

test('answers: a list as `az` writes it, and a page of the resource manager', () => {
  const id = '/subscriptions/1/resourceGroups/Shop/providers/Microsoft.Web/connections/mail';
  const row = { id, name: 'mail', type, createdTime: '2024-03-05T09:00:00Z', properties: null };
  expect(only(read([row]), 'connection')).toMatchObject({ name: 'mail', createdAt: Date.UTC(2024, 2, 5, 9) });
  const full = { ...row, id: id.toLowerCase(), properties: { api: { name: 'office365' }, displayName: 'Mail' } };
  const page = read({ value: [full], nextLink: 'https://management.azure.com/next' });
  expect(only(page, 'connection')).toMatchObject({ name: 'Mail', connector: 'office365' });
  expect(page.problems).toHaveLength(1);
  expect(only(page, 'connection').id).toBe(only(read([row]), 'connection').id);
});

test('two of one template are two, also where their names are expressions', () => {
  const name = "[parameters('name')]";
  const ids = all(
    read({
      resources: [
        { type, name },
        { type, name },
      ],
    }),
    'connection',
  ).map((each) => each.id);
  expect(new Set(ids).size).toBe(2);
});

test('what stands beside a workflow is read with it', () => {
  const definition = { contentVersion: '1', triggers: {}, actions: {} };
  const flow = { type: 'Microsoft.Logic/workflows', name: 'a', properties: { definition } };
  const { document } = readText('a.json', JSON.stringify({ resources: [{ type, name: 'one' }, flow] }));
  expect(azureApiConnections.recognise(document)).toBe(false);
});

test('damage does no harm', () => {
  survivesDamage(azureApiConnections);
});
