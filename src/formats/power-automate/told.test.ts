import { describe, expect, test } from 'vitest';
import { all, only } from '../../../test/helpers/read-formats.ts';
import type { Json } from '../../sdk/index.ts';
import { exampleDocument, readText } from '../document.ts';
import { powerAutomateDefinition } from './bare.ts';
import { powerPlatformConnectionList } from './connection-list.ts';
import { powerAutomateFlowList } from './flow-list.ts';
import { powerAutomatePackage } from './package.ts';
import { readConnectionRefs } from './references.ts';
import { readManifest } from './solution-xml.ts';
import { readStep } from './step.ts';

type Fields = { readonly [key: string]: Json };
const json = (tree: Json) => readText('list.json', JSON.stringify(tree)).document;
const definition = { contentVersion: '1.0.0.0', triggers: {}, actions: {} };

function flowOf(properties: Fields, more: Fields = {}) {
  const flow = { type: 'Microsoft.Flow/flows', ...more, properties: { displayName: 'F', definition, ...properties } };
  return only(powerAutomateDefinition.parse(json(flow)), 'workflow');
}

describe('who made a flow', () => {
  test.each<[Fields, readonly string[]]>([
    [{ creator: { objectId: 'ada', userId: 'old', userType: 'ActiveDirectory' } }, ['ada']],
    [{ creator: { userId: 'old' } }, ['old']],
    [{ creator: { objectId: 'robot', userType: 'ServicePrincipal' } }, []],
    [{ definition: { ...definition, metadata: { creator: { id: 'ada', type: 'User' } } } }, ['ada']],
    [{ definition: { ...definition, metadata: { creator: { id: 'robot', type: 'Application' } } } }, []],
  ])('%j was made by %j', (properties, makers) => {
    expect((flowOf(properties).attributions ?? []).map(({ who }) => who.id)).toEqual(makers);
  });

  test('lists name a service principal as little', () => {
    const row = { FlowName: 'f', Enabled: true, DisplayName: 'F', CreatedTime: '2026-01-01', EnvironmentName: 'e' };
    const made = (CreatedBy: Json) =>
      only(powerAutomateFlowList.parse(json([{ ...row, CreatedBy, Internal: {} }])), 'workflow').attributions ?? [];
    expect(made({ userId: 'ada', userType: 'ActiveDirectory' })).toMatchObject([{ who: { id: 'ada' } }]);
    expect(made({ userId: 'robot', userType: 'ServicePrincipal' })).toEqual([]);
  });

  test('a connection’s maker is a person of the list only where it is a user', () => {
    const row = { ConnectionName: 'c', ConnectorName: 'shared_sql', EnvironmentName: 'e', DisplayName: 'SQL' };
    const read = (CreatedBy: Json) => powerPlatformConnectionList.parse(json([{ ...row, CreatedBy }]));
    const ada = { id: 'ada', type: 'User', email: 'ada.maker@acme.example', displayName: 'Ada Maker' };
    expect(only(read(ada), 'person')).toMatchObject({ id: 'ada', name: 'Ada Maker' });
    expect(only(read(ada), 'connection').attributions).toMatchObject([{ rel: 'created-by', who: { id: 'ada' } }]);
    for (const other of [
      { ...ada, type: 'ServicePrincipal' },
      { ...ada, email: null },
    ])
      expect(all(read(other), 'person')).toEqual([]);
    expect(only(read({ ...ada, type: 'ServicePrincipal' }), 'connection').attributions ?? []).toEqual([]);
  });

  test('a package that was exported with its traces hidden names nobody, and no environment', () => {
    const { example } = powerAutomatePackage;
    const members = 'members' in example ? example.members : {};
    const [manifest, path] = [JSON.parse(members['manifest.json'] ?? '') as Fields, 'hidden.zip'];
    const read = (details: Fields) => {
      const told = { ...manifest, details: { ...(manifest['details'] as object), ...details } };
      return powerAutomatePackage.parse(
        exampleDocument({ path, members: { ...members, 'manifest.json': JSON.stringify(told) } }),
      );
    };
    const hidden = read({ creator: 'N/A', sourceEnvironment: 'N/A' });
    expect(JSON.stringify(hidden.items.map(({ record }) => record))).not.toContain('N/A');
    const open = read({ creator: 'Ada Maker', sourceEnvironment: 'env-1' });
    expect(only(open, 'container')).toMatchObject({ name: 'env-1', type: 'environment' });
    expect(only(open, 'workflow').attributions).toContainEqual(expect.objectContaining({ who: { name: 'Ada Maker' } }));
  });
});

test.each([
  ['Started', 'active'],
  ['enabled', 'active'],
  ['Stopped', 'inactive'],
  ['Suspended', 'inactive'],
  ['Disabled', 'inactive'],
  ['Deleted', 'unknown'],
])('a flow that is %s is %s', (state, expected) => {
  expect(flowOf({ state }).state).toBe(expected);
});

test('a flow is known to lists by its id, and says whether it is managed', () => {
  const name = '2d8f6a10-0000-4000-8000-000000000001';
  expect(flowOf({ isManaged: true }, { name })).toMatchObject({ managed: true, knownAs: [expect.any(String)] });
  expect(flowOf({ isManaged: 'yes' }, { name: 'travel' })).not.toMatchObject({ managed: expect.anything() });
  expect(flowOf({}, { name: 'travel' }).knownAs).toBeUndefined();
});

test.each([
  ['0', false],
  ['1', true],
  ['2', undefined],
])('a solution that says %s of itself is managed: %s', (flag, managed) => {
  const xml = `<ImportExportXml><SolutionManifest><Managed>${flag}</Managed></SolutionManifest></ImportExportXml>`;
  expect(readManifest(readText('solution.xml', xml).document).managed).toBe(managed);
});

describe('a connection reference', () => {
  const refOf = (value: Fields) =>
    readConnectionRefs({ key: value }, { platform: 'logic-apps' }).get('key')?.item.record;

  test('with a managed identity belongs to no person, and has no password', () => {
    const parts: Fields = { authentication: { type: 'ManagedServiceIdentity' } };
    for (const value of [parts, { connectionProperties: parts }])
      expect(refOf(value)).toMatchObject({ authentication: 'managed-identity', subject: 'service' });
    expect(refOf({ authentication: { type: 'Raw' }, source: 'Invoker' })).toMatchObject({ subject: 'caller' });
    expect(refOf({ tier: 'Premium' })).toMatchObject({ subject: 'unknown', tags: ['tier:premium'] });
    expect(refOf({ tier: 'NotSpecified' })).not.toHaveProperty('tags');
  });

  test.each([
    ["[concat('/subscriptions/x/locations/', parameters('l'), '/managedApis/', 'sql')]", 'sql'],
    ["[concat('/subscriptions/x/managedApis/', parameters('api'))]", 'key'],
    ["[resourceId('Microsoft.Web/connections', variables('office365'))]", 'connections'],
    ['/subscriptions/x/managedApis/office365', 'office365'],
  ])('of a template, %s, is to %s', (id, connector) => {
    expect(refOf({ id })).toMatchObject({ connector });
  });
});

test.each<[Fields, Fields]>([
  [
    {
      type: 'OpenApiConnection',
      inputs: { host: { apiId: '/apis/shared_sql', operationId: 'ExecutePassThroughNativeQueryV2' } },
    },
    { connector: 'shared_sql', code: 'sql' },
  ],
  [
    {
      type: 'OpenApiConnection',
      inputs: { host: { apiId: '/apis/shared_crm-5f0123456789', operationId: 'GetItems' } },
    },
    { role: 'source', component: { name: 'shared_crm-5f0123456789', origin: 'local' } },
  ],
  [
    { type: 'OpenApiConnection', inputs: { host: { apiId: '/apis/shared_sql' }, method: 'post' } },
    { operation: 'POST', role: 'both' },
  ],
  [
    {
      type: 'OpenApiConnection',
      inputs: {
        host: { apiId: '/apis/shared_http', operationId: 'HttpRequest' },
        parameters: { 'parameters/method': 'GET' },
      },
    },
    { role: 'source' },
  ],
  [{ type: 'Response' }, { role: 'sink' }],
  [{ type: 'Compose' }, { role: 'transform' }],
  [{ type: 'JavaScriptCode' }, { code: 'javascript' }],
  [{ type: 'PowerShellCode' }, { code: 'shell' }],
])('the action %j is %j', (action, step) => {
  expect(readStep(action, new Map())).toMatchObject(step);
});
