import { describe, expect, test } from 'vitest';
import { all, only } from '../../../test/helpers/read-formats.ts';
import type { Document, Json } from '../../sdk/index.ts';
import { readText } from '../document.ts';
import { logicApp } from './bare.ts';

const apis = "'/providers/Microsoft.Web/locations/', resourceGroup().location";
const flow = (name: string, more: { readonly [key: string]: Json } = {}): Json => ({
  type: 'Microsoft.Logic/workflows',
  name,
  properties: { definition: { contentVersion: '1', triggers: {}, actions: {} }, ...more },
});

function template(resources: Json, more: { readonly [key: string]: Json } = {}): Document {
  return readText('deploy/azuredeploy.json', JSON.stringify({ contentVersion: '1.0.0.0', ...more, resources }))
    .document;
}

function namesIn(document: Document): string[] {
  return all(logicApp.parse(document), 'workflow').map(({ name }) => name);
}

test.each([
  ["[parameters('App')]", 'Block a user'],
  ["[variables('Long')]", 'sentinel-Block a user'],
  ["[concat('x-', parameters('App'))]", 'x-Block a user'],
  ["[parameters('Asked')]", 'azuredeploy'],
  ["[concat('x-', uniqueString('a'))]", 'azuredeploy'],
  ["[variables('Round')]", 'azuredeploy'],
  ['Plain', 'Plain'],
])('a workflow named %s is called %s', (name, expected) => {
  const said = {
    parameters: { App: { type: 'string', defaultValue: 'Block a user' }, Asked: { type: 'string' } },
    variables: { Long: "[concat('sentinel-', parameters('App'))]", Round: "[variables('Round')]" },
  };
  expect(namesIn(template([flow(name)], said))).toEqual([expected]);
});

describe('workflows are found', () => {
  const nested = (parameters: Json): Json => ({
    type: 'Microsoft.Resources/deployments',
    name: 'module',
    properties: { parameters, template: { parameters: { n: {} }, resources: [flow("[parameters('n')]")] } },
  });

  test('in deployments within deployments, as compiled Bicep has them, and named by what is passed in', () => {
    const given = { n: { value: "[parameters('outer')]" } };
    const outer = { parameters: { outer: { defaultValue: 'Approve leave' } } };
    expect(namesIn(template([nested(given), flow('Plain')], outer))).toEqual(['Approve leave', 'Plain']);
    expect(namesIn(template([nested({})]))).toEqual(['azuredeploy']);
  });

  test('by symbolic name', () => {
    expect(namesIn(template({ app: flow('Plain') }))).toEqual(['Plain']);
  });
});

test.each([
  [
    `[concat('/subscriptions/', subscription().subscriptionId, ${apis}, '/managedApis/azuresentinel')]`,
    'azuresentinel',
  ],
  ["[subscriptionResourceId('Microsoft.Web/locations/managedApis', parameters('location'), 'office365')]", 'office365'],
  [`[concat(${apis}, '/managedApis/', parameters('api'))]`, 'mail'],
  ['/subscriptions/1/providers/Microsoft.Web/locations/westeurope/managedApis/office365', 'office365'],
])('the connector of %s is %s', (id, connector) => {
  const mail = { id, connectionId: "[resourceId('a', 'b')]", connectionName: "[variables('mail')]" };
  const parsed = logicApp.parse(template([flow('Plain', { parameters: { $connections: { value: { mail } } } })]));
  expect(only(parsed, 'connection')).toMatchObject({ name: 'mail', connector });
});

test('a workflow is found however deep its deployment is nested', () => {
  const nested = Array.from({ length: 12 }).reduce<Json>(
    (resources) => [{ type: 'Microsoft.Resources/deployments', properties: { template: { resources } } }],
    [flow('Deep down')],
  );
  expect(namesIn(template(nested))).toEqual(['Deep down']);
});

test('tags of the resource name its owner and environment, also where the template computes them', () => {
  const parsed = logicApp.parse(
    template(
      [
        {
          ...(flow('Track parcels') as object),
          tags: { Owner: "[parameters('who')]", env: 'prod', cost: "[resourceGroup().tags['x']]" },
        },
      ],
      {
        parameters: { who: { type: 'string', defaultValue: 'dana@acme.example' } },
      },
    ),
  );
  const workflow = only(parsed, 'workflow');
  expect(workflow).toMatchObject({ environment: 'production', tags: ['Owner=dana@acme.example', 'env=prod', 'cost'] });
  expect(workflow.attributions).toMatchObject([
    { rel: 'owned-by', who: { email: 'dana@acme.example' }, basis: 'tag', evidence: 'tag Owner' },
  ]);
});
