import { describe, expect, test } from 'vitest';
import { all, expectSound, only, parseExample, samples, survivesDamage } from '../../../test/helpers/read-formats.ts';
import type { Document, Json } from '../../sdk/index.ts';
import { exampleDocument, readText } from '../document.ts';
import { powerAutomateDefinition } from '../power-automate/bare.ts';
import { workatoRecipe } from '../workato/recipe.ts';
import { makeBlueprint } from './blueprint.ts';

function json(tree: Json): Document {
  return readText('scenario.json', JSON.stringify(tree)).document;
}

function scenario(first: { readonly [key: string]: Json }, metadata: Json = { instant: false }): Document {
  return json({ name: 'S', flow: [{ id: 1, parameters: {}, ...first }], metadata });
}

describe('recognition', () => {
  test('takes its own example and no one else’s', () => {
    const example = exampleDocument(makeBlueprint.example);
    const known = [makeBlueprint, powerAutomateDefinition, workatoRecipe].filter((format) => format.recognise(example));
    expect(known).toEqual([makeBlueprint]);
    for (const other of [powerAutomateDefinition, workatoRecipe]) {
      expect(makeBlueprint.recognise(exampleDocument(other.example))).toBe(false);
    }
  });

  test.each([[{}], [[]], [null], [{ flow: [] }], [{ flow: [{ module: 'no colon' }] }], [{ name: 'x', version: 'y' }]])(
    'leaves %j alone',
    (tree) => {
      expect(makeBlueprint.recognise(json(tree))).toBe(false);
    },
  );

  test('survives damage', () => {
    survivesDamage(makeBlueprint);
  });
});

describe('a blueprint', () => {
  const parsed = parseExample(makeBlueprint);
  const flow = only(parsed, 'workflow');

  test('gives the scenario, and whether its runs are kept', () => {
    expect(flow).toMatchObject({
      id: 'leads.blueprint.json',
      name: 'New leads',
      state: 'unknown',
      logging: { runs: 'off' },
      gaps: { state: 'not-seen' },
    });
    expect(flow.attributions ?? []).toEqual([]);
  });

  test('gives the graph with routes and error handlers', () => {
    expect(flow.graph.steps.map(({ id, connector, operation, role }) => [id, connector, operation, role])).toEqual([
      ['1', 'gateway', 'CustomWebHook', 'source'],
      ['2', 'google-sheets', 'addRow', 'sink'],
      ['9', 'builtin', 'Ignore', 'transform'],
      ['3', 'builtin', 'BasicRouter', 'transform'],
      ['4', 'http', 'ActionSendDataAPIKeyAuth', 'both'],
      ['5', 'slack', 'CreateMessage', 'sink'],
    ]);
    expect(flow.graph.edges.map(({ from, to }) => `${from} > ${to}`)).toEqual([
      '1 > 2',
      '2 > 9',
      '2 > 3',
      '3 > 4',
      '3 > 5',
    ]);
    expect(flow.graph.triggers).toEqual([{ step: '1', kind: 'webhook', authentication: 'unknown' }]);
    expect(flow.graph.steps[0]).toMatchObject({ label: 'Lead form', pointer: '/flow/0' });
    expect(flow.graph.steps[4]).toMatchObject({
      destinations: ['crm.partner.example'],
      connection: 'make/eu1.make.com/keychain/5001',
      pointer: '/flow/2/routes/0/flow/0',
    });
  });

  test('names the connected account, which is not the owner of the scenario', () => {
    expect(all(parsed, 'connection')).toMatchObject([
      {
        id: 'make/eu1.make.com/account/4001',
        connector: 'google',
        subject: 'person',
        account: { email: 'ada.maker@acme.example' },
      },
      { id: 'make/eu1.make.com/keychain/5001', name: 'Partner CRM', authentication: 'api-key', subject: 'unknown' },
    ]);
    expect(parsed.items.filter((item) => item.reference)).toHaveLength(2);
  });

  test.each([
    [
      { account: 7 },
      { account: { label: 'Mail (ada@acme.example)', data: { connection: 'google-restricted' } } },
      'account/7',
    ],
    [{ keychain: 8 }, { keychain: { label: 'Partner' } }, 'keychain/8'],
    // An account of an advertiser is none of Make's.
    [{ account: 'act_1234567890' }, { account: { label: 'Ads' } }, undefined],
  ])('a connection without its type is told by what is restored of it: %j', (parameters, restored, id) => {
    const module = {
      module: 'google-email:ActionSendEmail',
      parameters,
      metadata: { restore: { parameters: restored } },
    };
    const found = all(makeBlueprint.parse(scenario(module)), 'connection').map((one) => one.id);
    expect(found).toEqual(id === undefined ? [] : [expect.stringMatching(new RegExp(`/${id}$`))]);
  });

  test('gives the webhook and each host called', () => {
    expect(all(parsed, 'endpoint')).toMatchObject([
      { direction: 'inbound', type: 'webhook', authentication: 'unknown' },
      { direction: 'outbound', host: 'crm.partner.example', verifyTls: false, authentication: 'api-key' },
    ]);
    expect(JSON.stringify(parsed.items.map(({ record }) => record))).not.toContain('/v2/leads');
  });

  test.each([
    [{ module: 'gateway:CustomWebHook' }, 'webhook', 'unknown'],
    [{ module: 'gateway:CustomMailHook' }, 'email', 'none'],
    [{ module: 'stripe:watchEvents', parameters: { __IMTHOOK__: 77 } }, 'webhook', 'unknown'],
    [{ module: 'google-sheets:watchRows' }, 'event', 'unknown'],
    [{ module: 'scenario-service:StartSubscenario' }, 'call', 'session'],
    [{ module: 'util:SetVariables' }, 'schedule', 'unknown'],
  ])('that starts with %j: %s, %s', (first, kind, authentication) => {
    const { graph } = only(makeBlueprint.parse(scenario(first)), 'workflow');
    expect(graph.triggers).toEqual([{ step: '1', kind, authentication }]);
  });

  test.each<[string, { readonly [key: string]: Json }, string]>([
    ['http:ActionSendData', { authUser: '', authPass: '', headers: [{ name: 'Accept', value: 'x' }] }, 'unknown'],
    ['http:ActionSendData', { authUser: 'svc', authPass: 'x' }, 'basic'],
    ['http:ActionSendData', { headers: [{ name: 'Accept' }, { name: 'X-Auth-Token', value: 'x' }] }, 'header'],
    ['http:ActionSendDataBasicAuth', {}, 'basic'],
    ['http:ActionSendDataAPIKeyAuth', {}, 'api-key'],
  ])('a request by %s with %j proves who it is by %s', (module, mapper, authentication) => {
    const parsed = makeBlueprint.parse(scenario({ module, mapper: { url: 'http://erp.acme.example/', ...mapper } }));
    expect(only(parsed, 'endpoint')).toMatchObject({ scheme: 'http', authentication });
  });

  test('takes no host from an expression', () => {
    for (const url of ['{{1.url}}', 'https://{{1.host}}/x', 'https://a{{1.b}}.example']) {
      const parsed = makeBlueprint.parse(scenario({ module: 'http:ActionSendData', mapper: { url } }));
      expect(all(parsed, 'endpoint')).toEqual([]);
      expect(only(parsed, 'workflow').graph.steps[0]?.destinations).toBeUndefined();
    }
  });

  test('gives an agent’s tools as tools, and code as code', () => {
    const tools = [{ name: 'Run', flow: [{ id: 2, module: 'code:ExecuteCode', mapper: { language: 'python' } }] }];
    const { graph } = only(
      makeBlueprint.parse(scenario({ module: 'ai-local-agent:RunLocalAIAgent', tools })),
      'workflow',
    );
    expect(graph.steps[1]).toMatchObject({ tool: true, code: 'python' });
    expect(graph.edges).toEqual([{ from: '1', to: '2' }]);
  });
});

test('several blueprints in one list are as many scenarios, and a stranger among them is named', () => {
  const blueprint = (name: string, module: string) => ({ name, flow: [{ id: 1, module, parameters: { x: name } }] });
  const document = json([
    blueprint('Orders', 'gateway:CustomWebHook'),
    { code: 'OK', response: { blueprint: blueprint('Invoices', 'util:SetVariables') } },
    { hello: 1 },
  ]);
  expect(makeBlueprint.recognise(document)).toBe(true);
  const parsed = makeBlueprint.parse(document);
  expect(all(parsed, 'workflow').map(({ id, name, at }) => [id, name, at?.pointer])).toEqual([
    ['scenario.json#0', 'Orders', '/0'],
    ['scenario.json#1', 'Invoices', '/1'],
  ]);
  expect(all(parsed, 'workflow')[1]?.graph.steps[0]?.pointer).toBe('/1/response/blueprint/flow/0');
  expect(all(parsed, 'endpoint')).toMatchObject([{ direction: 'inbound', type: 'webhook' }]);
  expect(parsed.problems).toEqual([{ pointer: '/2', detail: 'This entry of the list is no scenario.' }]);
  const trees = parsed.items.flatMap((item) => item.contents ?? []).map((content) => JSON.stringify(content.tree));
  expect(trees.filter((tree) => tree.includes('"x":"Invoices"'))).toHaveLength(1);
});

test('an answer of the API adds state, dates and people', () => {
  const document = json({
    scenario: {
      id: 42,
      name: 'Named',
      isActive: true,
      created: '2026-01-01T00:00:00Z',
      lastEdit: '2026-02-01T00:00:00Z',
      createdByUser: { id: 7, name: 'Ada Maker', email: 'ada.maker@acme.example' },
      updatedByUser: { id: 8, name: 'Bo Editor', email: 'bo@acme.example' },
      blueprint: { flow: [{ id: 1, module: 'util:SetVariables' }], metadata: { zone: 'eu1.make.com' } },
    },
  });
  expect(makeBlueprint.recognise(document)).toBe(true);
  expect(only(makeBlueprint.parse(document), 'workflow')).toMatchObject({
    id: 'scenario.json#42',
    name: 'Named',
    state: 'active',
    createdAt: Date.UTC(2026, 0, 1),
    attributions: [
      { rel: 'created-by', who: { id: '7', email: 'ada.maker@acme.example' } },
      { rel: 'edited-by', who: { id: '8' } },
    ],
    graph: { steps: [{ pointer: '/scenario/blueprint/flow/0' }] },
  });
});

test('real blueprints are recognised and read', async () => {
  for (const document of await samples('make')) {
    expect([document.path, makeBlueprint.recognise(document)]).toEqual([document.path, true]);
    const parsed = makeBlueprint.parse(document);
    expect(parsed.problems).toEqual([]);
    expectSound(parsed);
  }
});
