import { describe, expect, test } from 'vitest';
import { all, expectSound, only, parseExample, samples, survivesDamage } from '../../../test/helpers/read-formats.ts';
import type { Document, Json } from '../../sdk/index.ts';
import { exampleDocument, readText } from '../document.ts';
import { makeBlueprint } from '../make/blueprint.ts';
import { workatoConnection, workatoRecipe } from '../workato/recipe.ts';
import { zapierExport } from '../zapier/zapier.ts';
import { logicApp, powerAutomateDefinition } from './bare.ts';
import { powerAutomatePackage } from './package.ts';
import { readConnectionRefs } from './references.ts';
import { powerAutomateSolution } from './solution.ts';

const mine = [powerAutomatePackage, powerAutomateSolution, powerAutomateDefinition, logicApp];
const others = [makeBlueprint, workatoRecipe, workatoConnection, zapierExport];

function json(path: string, tree: Json): Document {
  return readText(path, JSON.stringify(tree)).document;
}

function flowOf(definition: { readonly [key: string]: Json }): Document {
  return json('flow.json', {
    type: 'Microsoft.Flow/flows',
    properties: {
      displayName: 'Flow',
      definition: { contentVersion: '1.0.0.0', triggers: {}, actions: {}, ...definition },
    },
  });
}

function onApi(connector: string, operationId: string): Json {
  return { type: 'OpenApiConnectionWebhook', inputs: { host: { apiId: `/apis/${connector}`, operationId } } };
}

describe.each(mine)('$id', (format) => {
  test('recognises its own example and no other format does', () => {
    const example = exampleDocument(format.example);
    expect([...mine, ...others].filter((one) => one.recognise(example)).map(({ id }) => id)).toEqual([format.id]);
  });

  test('recognises no other format, and no ordinary document', () => {
    const foreign = others.map((one) => exampleDocument(one.example));
    const plain = [json('a.json', {}), json('a.json', []), json('a.json', null), json('a.json', { actions: {} })];
    for (const document of [...foreign, ...plain]) expect(format.recognise(document)).toBe(false);
  });

  test('survives damage', () => {
    survivesDamage(format);
  });

  test('reads the same twice', () => {
    expect(parseExample(format)).toEqual(parseExample(format));
  });

  test('keeps addresses, parameter values and code out of the records', () => {
    const text = JSON.stringify(parseExample(format).items.map(({ record }) => record));
    expect(text).not.toMatch(/v1\/people|badge key'|sites\/people|return 1/);
  });
});

describe('a definition', () => {
  test('unpacked from a solution has its name from the file, without the id that the packager puts behind it', () => {
    const definition = { contentVersion: '1.0.0.0', triggers: {}, actions: {} };
    const flow = { type: 'Microsoft.Flow/flows', properties: { definition } };
    const nameOf = (path: string): string => only(powerAutomateDefinition.parse(json(path, flow)), 'workflow').name;
    expect(nameOf('Workflows/Importdata-2D8F6A10-0000-4000-8000-000000000001.json')).toBe('Importdata');
    expect(nameOf('2d8f6a10-0000-4000-8000-000000000001.json')).toBe('2d8f6a10-0000-4000-8000-000000000001');
  });

  test('as the API answers it has its environment, state, dates and creator', () => {
    const parsed = parseExample(powerAutomateDefinition);
    expect(only(parsed, 'workflow')).toMatchObject({
      id: 'flows/onboarding.json#2d8f6a10-0000-4000-8000-000000000001',
      state: 'active',
      createdAt: Date.parse('2026-01-05T08:00:00Z'),
      attributions: [{ evidence: 'properties.creator' }, { evidence: 'definition.metadata.creator' }],
    });
    expect(only(parsed, 'container').name).toBe('Default-0001');
    expect(parsed.items.filter((item) => item.reference).map(({ record }) => record.kind)).toEqual([
      'container',
      'connection',
      'connection',
    ]);
  });

  test.each([
    [{ type: 'Request', kind: 'Http', inputs: { triggerAuthenticationType: 'All' } }, 'webhook', 'none'],
    [{ type: 'Request', kind: 'Http', inputs: { triggerAuthenticationType: 'Tenant' } }, 'webhook', 'tenant'],
    [{ type: 'Request', kind: 'Http', inputs: {} }, 'webhook', 'unknown'],
    [{ type: 'Request', kind: 'Button' }, 'manual', 'session'],
    [{ type: 'Request', kind: 'PowerAppV2' }, 'manual', 'session'],
    [
      { type: 'Request', kind: 'TeamsWebhook', inputs: { triggerAuthenticationType: 'SpecificUsers' } },
      'webhook',
      'tenant',
    ],
    [{ type: 'Request', kind: 'Skills' }, 'call', 'session'],
    [{ type: 'Request', kind: 'Agent' }, 'chat', 'unknown'],
    [{ type: 'Request', kind: 'SomethingNew' }, 'unknown', 'unknown'],
    [{ type: 'HttpWebhook', inputs: { subscribe: {} } }, 'webhook', 'unknown'],
    [{ type: 'Batch' }, 'call', 'unknown'],
    [{ type: 'SlidingWindow' }, 'schedule', 'unknown'],
    [onApi('shared_microsoftforms', 'CreateFormWebhook'), 'form', 'unknown'],
    [onApi('shared_office365', 'OnNewEmailV3'), 'email', 'unknown'],
    [onApi('shared_office365', 'CalendarGetOnNewItemsV3'), 'event', 'unknown'],
    [{ type: 'Recurrence', recurrence: { frequency: 'Day' } }, 'schedule', 'unknown'],
    [{ type: 'OpenApiConnection', inputs: { host: { operationId: 'GetOnNewItems' } } }, 'event', 'unknown'],
    [{ type: 'Later' }, 'unknown', 'unknown'],
  ])('trigger %j is %s, callers prove themselves by %s', (trigger, kind, authentication) => {
    const parsed = powerAutomateDefinition.parse(flowOf({ triggers: { start: trigger } }));
    expect(only(parsed, 'workflow').graph.triggers).toEqual([{ step: 'start', kind, authentication }]);
  });

  test.each<[Json, string]>([
    [{}, 'unknown'],
    [{ headers: { Accept: 'text/plain', 'Ocp-Apim-Subscription-Key': 'x' } }, 'header'],
    [{ headers: { Accept: 'text/plain' } }, 'unknown'],
    [{ authentication: { type: 'Basic', username: 'u' } }, 'basic'],
    [{ authentication: { type: 'ClientCertificate' } }, 'mtls'],
    [{ authentication: { type: 'ActiveDirectoryOAuth' } }, 'oauth'],
    [{ authentication: { type: 'ManagedServiceIdentity' } }, 'managed-identity'],
    [{ authentication: { type: 'Raw', value: 'x' } }, 'header'],
  ])('a request with %j proves who it is by %s', (inputs, authentication) => {
    const call = { type: 'Http', inputs: { uri: 'http://erp.acme.example/', ...(inputs as object) } };
    expect(only(powerAutomateDefinition.parse(flowOf({ actions: { call } })), 'endpoint')).toMatchObject({
      authentication,
    });
  });

  test('takes a host only where it is written out', () => {
    const uris = [
      "https://@{parameters('host')}/x",
      "@{variables('url')}",
      "@concat('https://a.example/', 'x')",
      'https://b.example:8443/hook?sig=1',
      'http://user:@{variables(1)}@C.example./',
      'https://{{d}}.example/',
    ];
    const actions = Object.fromEntries(uris.map((uri, index) => [`a${index}`, { type: 'Http', inputs: { uri } }]));
    const outbound = all(powerAutomateDefinition.parse(flowOf({ actions })), 'endpoint');
    expect(outbound.map(({ scheme, host }) => `${scheme} ${host}`)).toEqual(['https b.example', 'http c.example']);
  });

  test('finds the connection of every shape of step', () => {
    const refs = { key: { connectionName: 'native', source: 'Embedded', id: '/apis/shared_sql' } };
    const hosts = [
      { connectionName: 'key' },
      { connection: { name: "@parameters('$connections')['key']['connectionId']" } },
      {
        connection: {
          name: "@json(decodeBase64(triggerOutputs().headers['X']))['$connections']['key']['connectionId']",
        },
      },
      { connection: { referenceName: 'key' } },
    ];
    const actions = Object.fromEntries(
      hosts.map((host, index) => [`a${index}`, { type: 'ApiConnection', inputs: { host } }]),
    );
    const tree = {
      type: 'Microsoft.Flow/flows',
      properties: { definition: { contentVersion: '1', triggers: {}, actions }, connectionReferences: refs },
    };
    const { graph } = only(powerAutomateDefinition.parse(json('f.json', tree)), 'workflow');
    expect(new Set(graph.steps.map((step) => step.connection))).toEqual(
      new Set(['power-automate/-/shared_sql/native']),
    );
  });

  test('says when an action waits for one that is not there, and keeps it reachable', () => {
    const parsed = powerAutomateDefinition.parse(
      flowOf({
        triggers: { t: { type: 'Recurrence' } },
        actions: { a: { type: 'Compose', runAfter: { gone: ['Succeeded'] } } },
      }),
    );
    expect(parsed.problems).toEqual([
      {
        pointer: '/properties/definition/actions/a/runAfter/gone',
        detail: 'runAfter names an action that is not there.',
      },
    ]);
    expect(only(parsed, 'workflow').graph.edges).toEqual([{ from: 't', to: 'a' }]);
  });

  test('stays small when thousands of actions follow a group of thousands, and says so', () => {
    const many = (prefix: string, action: Json): Json =>
      Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`${prefix}${index}`, action]));
    const group: Json = { type: 'Scope', runAfter: {}, actions: many('inner', { type: 'Compose' }) };
    const after = many('after', { type: 'Compose', runAfter: { Group: ['Succeeded'] } }) as { [key: string]: Json };
    const parsed = powerAutomateDefinition.parse(flowOf({ actions: { Group: group, ...after } }));
    expect(only(parsed, 'workflow').graph.edges.length).toBeLessThan(110_000);
    expect(parsed.problems).toMatchObject([{ pointer: '/properties/definition/actions' }]);
  });

  test('marks what the platform treats as secret, and settings as settings', () => {
    const parsed = powerAutomateDefinition.parse(
      flowOf({ actions: {}, parameters: { key: { type: 'SecureString', defaultValue: 'x' } } }),
    );
    const [content] = parsed.items[0]?.contents ?? [];
    expect(content?.labels).toContainEqual({
      pointer: '/properties/definition/parameters/key/defaultValue',
      place: 'configuration',
      secret: true,
    });
  });

  test('several flows in one file share nothing but the file', () => {
    const flow = (name: string): Json => ({
      name,
      type: 'Microsoft.ProcessSimple/environments/flows',
      properties: { displayName: name, definition: { contentVersion: '1', triggers: {}, actions: {} } },
    });
    const parsed = powerAutomateDefinition.parse(json('list.json', { value: [flow('a'), flow('b')], nextLink: 'n' }));
    expect(all(parsed, 'workflow').map(({ id }) => id)).toEqual(['list.json#a', 'list.json#b']);
    const trees = parsed.items.map((item) => (item.contents ?? []).map((content) => content.tree));
    expect(trees[0]).toHaveLength(2);
    expect(trees[0]?.[1]).toMatchObject({ nextLink: 'n', value: { 0: null, 1: null } });
    expect(trees[1]).toMatchObject([{ value: { 1: { name: 'b' } } }]);
  });
});

describe('a logic app', () => {
  test('asks callers for the signature in its address, unless it asks for OAuth', () => {
    const parsed = parseExample(logicApp);
    expect(only(parsed, 'workflow')).toMatchObject({
      name: 'Collect',
      graph: {
        steps: [{ id: 'When_called' }, { id: 'Ask', role: 'source' }, { id: 'Shape', code: 'javascript' }],
        triggers: [{ kind: 'webhook', authentication: 'query' }],
      },
    });
    expect(all(parsed, 'endpoint')).toMatchObject([
      { direction: 'inbound', authentication: 'query' },
      { direction: 'outbound', host: 'ratings.acme.example', scheme: 'http', authentication: 'managed-identity' },
    ]);
  });

  test('is found among the resources of a deployment template', () => {
    const definition = { contentVersion: '1', triggers: { t: { type: 'Request', kind: 'Http' } }, actions: {} };
    const oauth = { openAuthenticationPolicies: { policies: { a: { type: 'AAD' } } } };
    const triggers = { ...oauth, sasAuthenticationPolicy: { state: 'Disabled' } };
    const template = {
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      resources: [
        { type: 'Microsoft.Web/connections', name: 'c' },
        {
          type: 'Microsoft.Logic/workflows',
          name: "[parameters('name')]",
          properties: { state: 'Disabled', definition, accessControl: { triggers } },
        },
      ],
    };
    const document = json('deploy/orders.json', template);
    expect([logicApp.recognise(document), powerAutomateDefinition.recognise(document)]).toEqual([true, false]);
    const flow = only(logicApp.parse(document), 'workflow');
    expect(flow).toMatchObject({ id: 'deploy/orders.json', name: 'orders', state: 'inactive' });
    expect(flow.graph.triggers[0]?.authentication).toBe('oauth');
  });

  test.each([
    [{}, 'query'],
    [{ openAuthenticationPolicies: { policies: { a: { type: 'AAD' } } } }, 'query'],
    [{ sasAuthenticationPolicy: { state: 'Disabled' } }, 'unknown'],
  ])('goes on to be opened by the signature in its address until that is switched off: %j', (triggers, by) => {
    const definition = { contentVersion: '1', triggers: { t: { type: 'Request', kind: 'Http' } }, actions: {} };
    const resource = {
      type: 'Microsoft.Logic/workflows',
      name: 'w',
      properties: { definition, accessControl: { triggers } },
    };
    const flow = only(logicApp.parse(json('w.json', resource)), 'workflow');
    expect(flow.graph.triggers[0]?.authentication).toBe(by);
  });
});

describe('real exports', () => {
  test.each(['power-automate', 'logic-apps'])('of %s are recognised once and read', async (folder) => {
    for (const document of await samples(folder)) {
      const hits = [...mine, ...others].filter((format) => format.recognise(document));
      expect([document.path, hits.length]).toEqual([document.path, 1]);
      const parsed = hits[0]?.parse(document);
      expect(parsed?.problems).toEqual([]);
      if (parsed) expectSound(parsed);
    }
  });
});

test.each([
  [{ source: 'Embedded' }, 'unknown'],
  [{ runtimeSource: 'embedded', displayName: 'ada.maker@acme.example' }, 'person'],
  [{ source: 'Invoker' }, 'caller'],
])('a connection that the maker put in is a person only where it is called by one: %j', (said, subject) => {
  const refs = { mail: { id: '/providers/Microsoft.PowerApps/apis/shared_office365', connectionName: 'c1', ...said } };
  const item = readConnectionRefs(refs, { platform: 'power-automate' }).get('mail')?.item;
  expect(item?.record).toMatchObject({ subject });
});
