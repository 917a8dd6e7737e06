import { expect, test } from 'vitest';
import { createEngine } from '../../../scanners/secrets/engine.ts';
import { all, expectSound, only, parseExample, survivesDamage } from '../../../test/helpers/read-formats.ts';
import type { Json, Parsed } from '../../sdk/index.ts';
import { readText } from '../document.ts';
import { langflow } from './langflow.ts';

type Fields = { readonly [key: string]: Json };

const read = (tree: Json): Parsed => langflow.parse(readText('app.json', JSON.stringify(tree)).document);
const recognises = (tree: Json): boolean => langflow.recognise(readText('app.json', JSON.stringify(tree)).document);

function node(id: string, type: string, template: Fields = {}, more: Fields = {}): Fields {
  return { id, type: 'genericNode', data: { id, type, node: { display_name: `The ${type}`, template, ...more } } };
}
const flow = (nodes: readonly Json[], edges: readonly Json[] = [], more: Fields = {}): Fields => ({
  name: 'App',
  data: { nodes, edges },
  ...more,
});
const to = (source: string, target: string, fieldName: string): Json => ({
  source,
  target,
  data: { targetHandle: { fieldName } },
});
const hidden = (value: Json, more: Fields = {}): Fields => ({ type: 'str', password: true, value, ...more });

test('gives a flow with its components, the agent with its tools, and whom it talks to', () => {
  const parsed = parseExample(langflow);
  const stock = only(parsed, 'workflow');
  expect(stock).toMatchObject({
    id: 'Stock clerk.json#0b5f2a10-0000-4000-8000-000000000002',
    name: 'Stock clerk',
    platform: 'langflow',
    state: 'unknown',
  });
  expect(
    stock.graph.steps.map(({ label, connector, operation, role, tool }) => [label, connector, operation, role, tool]),
  ).toEqual([
    ['Question', 'ChatInput', undefined, 'transform', undefined],
    ['Clerk', 'Agent', 'large', 'transform', undefined],
    ['Warehouse', 'MCPTools', 'warehouse', 'transform', true],
    ['Tell the office', 'APIRequest', 'POST', 'both', undefined],
  ]);
  expect(stock.graph.edges).toEqual([
    { from: 'ChatInput-a', to: 'Agent-b' },
    { from: 'MCPTools-c', to: 'Agent-b' },
    { from: 'Agent-b', to: 'MCPTools-c' },
    { from: 'Agent-b', to: 'APIRequest-d' },
  ]);
  expect(stock.graph.triggers).toEqual([{ step: 'ChatInput-a', kind: 'chat', authentication: 'unknown' }]);
  expect(stock.links).toEqual([{ rel: 'uses', kind: 'credential', id: 'langflow/-/variable/MODEL_API_KEY' }]);
  expect(only(parsed, 'credential')).toMatchObject({ name: 'MODEL_API_KEY', type: 'api-key', store: 'platform' });
  const [agent, server] = all(parsed, 'identity');
  expect(agent).toMatchObject({
    name: 'Stock clerk: Clerk',
    type: 'ai-agent',
    tools: [
      { name: 'list_stock', effect: 'read', approval: 'none' },
      { name: 'send_order', effect: 'write', approval: 'required' },
    ],
  });
  expect(agent?.links).toContainEqual({ rel: 'uses', kind: 'identity', id: server?.id });
  expect(server).toMatchObject({ name: 'warehouse', type: 'mcp-server', host: 'stock.partner.example' });
  expect(
    all(parsed, 'endpoint').map(({ direction, type, host, authentication }) => [direction, type, host, authentication]),
  ).toEqual([
    ['outbound', 'mcp', 'stock.partner.example', 'unknown'],
    ['inbound', 'chat', undefined, 'unknown'],
    ['outbound', 'http-call', 'office.partner.example', 'header'],
  ]);
});

test.each<[string, Json[], Fields, Json]>([
  ['a chat', [node('a', 'ChatInput')], {}, [['a', 'chat', 'unknown']]],
  [
    'a chat that only its owner opens',
    [node('a', 'ChatInput')],
    { access_type: 'PRIVATE' },
    [['a', 'chat', 'unknown']],
  ],
  ['a chat that is shared', [node('a', 'ChatInput')], { access_type: 'PUBLIC' }, [['a', 'chat', 'none']]],
  ['a webhook', [node('a', 'Webhook')], {}, [['a', 'webhook', 'unknown']]],
  ['a text', [node('b', 'Prompt'), node('a', 'TextInput')], {}, [['a', 'call', 'unknown']]],
  [
    'a tool of a server',
    [node('a', 'ChatInput')],
    { mcp_enabled: true },
    [
      ['a', 'chat', 'unknown'],
      ['a', 'mcp', 'unknown'],
    ],
  ],
  ['a component by itself', [node('a', 'Own')], { is_component: true }, []],
])('%s', (_, nodes, more, expected) => {
  const parsed = read(flow(nodes, [], more));
  expectSound(parsed);
  const { triggers } = only(parsed, 'workflow').graph;
  expect(triggers.map(({ step, kind, authentication }) => [step, kind, authentication])).toEqual(expected);
});

test('a flow of the first versions is called at the node that nothing else uses, and writes its lines otherwise', () => {
  const agent = node('Agent-1', 'ZeroShotAgent');
  const old = { source: 'Tool-1', target: 'Agent-1', targetHandle: 'Tool|tools|Agent-1' };
  const newer = { source: 'Tool-1', target: 'Agent-1', targetHandle: '{œfieldNameœ:œtoolsœ,œidœ:œAgent-1œ}' };
  for (const edge of [old, newer]) {
    const parsed = read(flow([node('Tool-1', 'PythonFunctionTool'), agent], [edge]));
    expect(only(parsed, 'workflow').graph.triggers).toEqual([
      { step: 'Agent-1', kind: 'call', authentication: 'unknown' },
    ]);
    expect(only(parsed, 'workflow').graph.steps[0]).toMatchObject({ tool: true, code: 'python' });
    expect(only(parsed, 'identity').tools).toEqual([
      { name: 'The PythonFunctionTool', effect: 'unknown', approval: 'none' },
    ]);
  }
});

test('what a tool does is told by its name, or else by its component', () => {
  const rows = ['as_message', 'delete_page', 'run'].map((name) => ({ name, status: true }));
  const tool = node('t', 'TavilySearchComponent', { tools_metadata: { value: rows } });
  const parsed = read(flow([tool, node('a', 'Agent')], [to('t', 'a', 'tools')]));
  expect(only(parsed, 'identity').tools?.map(({ effect }) => effect)).toEqual(['read', 'destroy', 'read']);
});

test('a secret is read from a variable, or stands in the file', () => {
  const nodes = [
    node('a', 'Model', { api_key: hidden('MODEL_KEY', { load_from_db: true }) }),
    node('b', 'Store', { password: hidden('blue horse nine', { load_from_db: false }) }),
    node('c', 'Model', { max_tokens: hidden('256'), model_key: hidden(''), other_key: hidden('MODEL_KEY') }),
  ];
  const parsed = read({ flows: [flow(nodes), flow([])] });
  expect(only(parsed, 'credential').name).toBe('MODEL_KEY');
  const hits = parsed.items.flatMap(({ contents = [] }) => contents).flatMap((content) => createEngine().scan(content));
  expect(hits.map(({ place, at }) => [place, at.pointer, at.step])).toEqual([
    ['definition', '/flows/0/data/nodes/1/data/node/template/password/value', 'The Store'],
  ]);
});

test('a key that was pasted where a variable is named does not become a name', () => {
  const key = 'q7Zr2Lw9Xb4Tn8Vd1Kc6Mf3Hs5Jg0Pa';
  const parsed = read(flow([node('a', 'Model', { api_key: hidden(key, { load_from_db: true }) })]));
  expect(all(parsed, 'credential')).toEqual([]);
  expect(JSON.stringify(parsed.items.map(({ record }) => record))).not.toContain(key);
});

test('a connection is known by its handle, and Google’s acts as a person', () => {
  const mail = node('a', 'GmailSendEmail', {
    connection: { type: 'connection_ref', provider: 'google', value: 'google/work' },
  });
  const parsed = read(flow([mail]));
  expect(only(parsed, 'connection')).toMatchObject({
    id: 'langflow/-/connection/google/work',
    connector: 'google',
    subject: 'person',
  });
  expect(only(parsed, 'workflow').graph.steps[0]).toMatchObject({
    connection: 'langflow/-/connection/google/work',
    role: 'sink',
  });
});

test('nodes inside a group are steps too, and an address that a field hides is none', () => {
  const inner = node('in', 'APIRequest', {
    urls: { value: ['https://api.acme.example/v1'] },
    base_url: { value: 'https://default.example', show: false },
  });
  const group = node('group', 'GroupNode', {}, { flow: { data: { nodes: [inner], edges: [] } } });
  const parsed = read(flow([group]));
  const { graph } = only(parsed, 'workflow');
  expect(graph.steps.map(({ id, destinations }) => [id, destinations])).toEqual([
    ['group', undefined],
    ['in', ['api.acme.example']],
  ]);
  expect(graph.edges).toContainEqual({ from: 'group', to: 'in' });
  expect(all(parsed, 'endpoint').map(({ host }) => host)).toEqual(['api.acme.example']);
});

test('a server that a component starts is a record of its own; one that it only names is not', () => {
  const started = node('a', 'MCPStdio', { command: { value: 'uvx acme-tickets-mcp' } });
  const named = node('b', 'MCPTools', { mcp_server: { value: { name: 'tickets', config: {} } } });
  const parsed = read(flow([started, named]));
  expect(only(parsed, 'identity')).toMatchObject({
    type: 'mcp-server',
    host: 'local',
    runsAs: 'unknown',
    component: { name: 'acme-tickets-mcp', origin: 'community' },
  });
  expect(only(parsed, 'workflow').graph.steps[1]).toMatchObject({ operation: 'tickets' });
});

test('each flow of a collection is one by itself', () => {
  const nodes = [node('a', 'ChatInput')];
  const parsed = read({ flows: [flow(nodes, [], { id: 'f1' }), flow(nodes), flow(nodes, [], { id: 'f1' })] });
  expectSound(parsed);
  expect(all(parsed, 'workflow').map(({ id }) => id)).toEqual(['app.json#f1', 'app.json#flows/1', 'app.json#f1~2']);
  expect(recognises([flow(nodes)])).toBe(true);
});

test('other canvases are none of Langflow', () => {
  expect(recognises({ nodes: [{ id: '1', data: { node: {} } }], edges: [] })).toBe(false);
  expect(recognises({ flows: [{ name: 'a', data: { nodes: [] } }] })).toBe(false);
  expect(recognises({ data: { nodes: [{ data: { inputParams: [], name: 'x' } }] } })).toBe(false);
});

test('reads what is left of a damaged file', () => {
  survivesDamage(langflow);
});

test('an entry of a collection that cannot be read is told, and an empty flow is not', () => {
  const good = flow([node('a', 'ChatInput')]);
  const parsed = read({ flows: [good, { name: 'Damaged', data: { nodes: 'lost' } }, flow([]), 'no flow'] });
  expect(all(parsed, 'workflow')).toHaveLength(1);
  expect(parsed.problems.map(({ pointer }) => pointer)).toEqual(['/flows/1', '/flows/3']);
  expect(read(good).problems).toEqual([]);
});

test('anybody talks to a flow whose playground is shared, and of another nobody knows', () => {
  const chat = (more: Fields) => only(read(flow([node('c', 'ChatInput')], [], more)), 'workflow');
  const open = chat({ access_type: 'PUBLIC' });
  expect([open.sharedWith, open.graph.triggers]).toEqual([
    { reach: 'public' },
    [{ step: 'c', kind: 'chat', authentication: 'none' }],
  ]);
  for (const closed of [chat({ access_type: 'PRIVATE' }), chat({})])
    expect([closed.sharedWith, closed.graph.triggers]).toEqual([
      undefined,
      [{ step: 'c', kind: 'chat', authentication: 'unknown' }],
    ]);
});

test('a request proves who calls by one of its headers, in whichever way they are written', () => {
  const url = { type: 'str', value: 'https://api.acme.example/v1' };
  const request = (headers: Json) =>
    only(
      read(flow([node('r', 'APIRequest', { url_input: url, headers: { type: 'table', value: headers } })])),
      'endpoint',
    );
  const list = (...names: string[]) => names.map((key) => ({ key, value: 'x' }));
  expect(request(list('Accept', 'X-Api-Key')).authentication).toBe('header');
  expect(request({ Accept: 'x', Authorization: 'y' }).authentication).toBe('header');
  for (const headers of [list('Accept'), [], { Accept: 'x' }]) expect(request(headers).authentication).toBe('unknown');
});

test('a flow answers where callers name it by its id', () => {
  const id = '6f1c1f0e-58a2-4c7e-9a51-2d3f7e8a9b10';
  const { items } = read(flow([node('a', 'ChatInput')], [], { id }));
  expect(items.flatMap(({ addresses = [] }) => addresses.map((address) => address.reveal()))).toEqual([id]);
});
