import { describe, expect, test } from 'vitest';
import { all, only } from '../../../test/helpers/read-formats.ts';
import type { Json } from '../../sdk/index.ts';
import { readText } from '../document.ts';
import { makeBlueprint } from './blueprint.ts';

type Fields = { readonly [key: string]: Json };

/** A scenario that starts on its schedule and then runs one module. */
function read(module: Fields, scenario: Fields = {}) {
  const flow = [
    { id: 1, module: 'util:SetVariables' },
    { id: 2, parameters: {}, ...module },
  ];
  const tree = { name: 'S', flow, metadata: { instant: false, zone: 'eu1.make.com' }, ...scenario };
  return makeBlueprint.parse(readText('scenario.json', JSON.stringify(tree)).document);
}
const stepOf = (module: Fields) => only(read(module), 'workflow').graph.steps[1];

test.each<[Fields, object]>([
  [{ module: 'mysql:executeQuery' }, { code: 'sql' }],
  [{ module: 'ssh:executeCommand' }, { code: 'shell' }],
  [{ module: 'code:ExecuteCode', mapper: { language: 'javascript' } }, { code: 'javascript' }],
  [{ module: 'code:ExecuteCode', mapper: { language: 'python' } }, { code: 'python' }],
  [{ module: 'http:ActionSendData', mapper: { method: 'get' } }, { role: 'source' }],
  [{ module: 'http:ActionGetFile' }, { role: 'source' }],
  [{ module: 'http:ActionSendData' }, { role: 'both' }],
  [{ module: 'gateway:WebhookRespond' }, { role: 'sink' }],
  [{ module: 'json:ParseJSON' }, { role: 'transform' }],
  [{ module: 'google-sheets:searchRows' }, { role: 'source' }],
  [{ module: 'app#erp-x1:getOrders' }, { connector: 'app#erp-x1', component: { name: 'app#erp-x1', origin: 'local' } }],
  [
    {
      module: 'google-email:ActionSendEmail',
      mapper: { to: ['a@partner.example'], cc: 'b@other.example', subject: 'c@none.example' },
    },
    { destinations: ['partner.example', 'other.example'] },
  ],
])('the module %j is %j', (module, step) => {
  expect(stepOf(module)).toMatchObject(step);
});

test('a module that runs no code and leads nowhere says so by nothing', () => {
  const step = stepOf({ module: 'google-sheets:addRow' });
  for (const field of ['code', 'destinations', 'component', 'connection']) expect(step).not.toHaveProperty(field);
});

describe('what a module runs on', () => {
  const declared = (name: string, type: string): Fields => ({ metadata: { parameters: [{ name, type }] } });
  test.each<[string, Fields, string | undefined, object]>([
    ['slack:CreateMessage', { parameters: { __IMTCONN__: 7 } }, 'account/7', { connector: 'slack' }],
    [
      'slack:CreateMessage',
      { parameters: { __IMTCONN__: 7 }, ...declared('__IMTCONN__', 'account:slack2,slack3') },
      'account/7',
      { connector: 'slack2' },
    ],
    [
      'crm:get',
      { parameters: { key: 8 }, ...declared('key', 'keychain:basicauth') },
      'keychain/8',
      { authentication: 'basic' },
    ],
    [
      'crm:get',
      { parameters: { __IMTKEY__: 8 }, ...declared('__IMTKEY__', 'keychain:oauth') },
      'keychain/8',
      { authentication: 'oauth' },
    ],
    [
      'crm:get',
      { parameters: { keychain: 8 }, ...declared('keychain', 'keychain:certificate') },
      'keychain/8',
      { authentication: 'mtls' },
    ],
    ['http:ActionSendDataBasicAuth', { parameters: { key: 9 } }, 'keychain/9', { authentication: 'basic' }],
    // Of other apps a field of that name is any text.
    ['crm:get', { parameters: { key: 9 } }, undefined, {}],
    // None is chosen yet, or it is told at run time.
    ['slack:CreateMessage', { parameters: { __IMTCONN__: 0 } }, undefined, {}],
    ['slack:CreateMessage', { parameters: { __IMTCONN__: '{{1.id}}' } }, undefined, {}],
    // An address that Make gives out is no connection.
    ['stripe:watchEvents', { parameters: { __IMTHOOK__: 5 } }, undefined, {}],
  ])('%s with %j: %s', (module, fields, id, told) => {
    const found = all(read({ module, ...fields }), 'connection');
    expect(found.map((one) => one.id)).toEqual(id === undefined ? [] : [`make/eu1.make.com/${id}`]);
    if (id !== undefined) expect(found[0]).toMatchObject(told);
  });
});

test.each<[Fields, string, string]>([
  [{}, 'schedule', 'unknown'],
  [{ scheduling: { type: 'on-demand' } }, 'manual', 'session'],
  [{ metadata: { instant: true } }, 'unknown', 'unknown'],
])('a scenario with %j starts by %s, %s', (scenario, kind, authentication) => {
  const { graph } = only(read({ module: 'json:ParseJSON' }, scenario), 'workflow');
  expect(graph.triggers).toEqual([{ step: '1', kind, authentication }]);
});

describe('part of a scenario, as people copy it', () => {
  const slack = { id: 4, module: 'slack:CreateMessage', parameters: { __IMTCONN__: 7 }, mapper: {} };
  const documentOf = (tree: Json) => readText('part.json', JSON.stringify(tree)).document;

  test('starts nothing, and says of itself what it is', () => {
    const router = { id: 3, module: 'builtin:BasicRouter', routes: [{ flow: [slack] }] };
    for (const tree of [router, { first: router, second: { ...slack, id: 5 } }]) {
      expect(makeBlueprint.recognise(documentOf(tree))).toBe(true);
      const { graph, tags, id } = only(makeBlueprint.parse(documentOf(tree)), 'workflow');
      expect([id, tags, graph.triggers]).toEqual(['part.json', ['fragment'], []]);
      expect(graph.steps.map(({ connector }) => connector)).toContain('slack');
    }
    expect(only(read({ module: 'json:ParseJSON' }), 'workflow')).not.toHaveProperty('tags');
  });

  test.each<[Json]>([
    [{ id: 4, module: 'no colon', mapper: {} }],
    [{ module: 'slack:CreateMessage', mapper: {} }],
    [{ id: 4, module: 'slack:CreateMessage' }],
    [{ first: slack, second: { hello: 1 } }],
  ])('%j is none', (tree) => expect(makeBlueprint.recognise(documentOf(tree))).toBe(false));
});

test('runs are kept, or nothing of them, or nobody says', () => {
  const logging = (scenario: Fields) =>
    only(read({ module: 'json:ParseJSON' }, { metadata: { scenario } }), 'workflow').logging;
  expect([{ confidential: true }, { confidential: false }, {}].map(logging)).toEqual([
    { runs: 'off' },
    { runs: 'on' },
    undefined,
  ]);
});

test('the module that names the account of a connection says more of it than the others', () => {
  const label = (text: string): Fields => ({ metadata: { restore: { parameters: { __IMTCONN__: { label: text } } } } });
  const module = (id: number, more: Fields): Fields => ({
    id,
    module: 'slack:CreateMessage',
    parameters: { __IMTCONN__: 7 },
    ...more,
  });
  for (const labels of [
    ['', 'Slack (ada@acme.example)'],
    ['Slack (ada@acme.example)', 'Slack'],
  ]) {
    const flow = labels.map((text, at) => module(at + 1, text === '' ? {} : label(text)));
    const parsed = makeBlueprint.parse(readText('s.json', JSON.stringify({ name: 'S', flow })).document);
    expect(only(parsed, 'connection')).toMatchObject({ subject: 'person', account: { email: 'ada@acme.example' } });
  }
});
