import { expect, test } from 'vitest';
import { processorTime } from '../../../test/helpers/processor-time.ts';
import { all, only, parseExample, survivesDamage } from '../../../test/helpers/read-formats.ts';
import type { Json, Parsed } from '../../sdk/index.ts';
import { readText } from '../document.ts';
import { dify } from './dify.ts';

const read = (tree: Json): Parsed => dify.parse(readText('app.json', JSON.stringify(tree)).document);
const recognises = (tree: Json): boolean => dify.recognise(readText('app.json', JSON.stringify(tree)).document);

function canvas(nodes: readonly Json[], more: { readonly [key: string]: Json } = {}): Json {
  const placed = nodes.map((data, index) => ({ id: `n${index + 1}`, data }));
  return { app: { name: 'App', mode: 'workflow' }, workflow: { graph: { nodes: placed, edges: [] }, ...more } };
}

test('gives the app with its steps, models and tools, and whom it talks to', () => {
  const parsed = parseExample(dify);
  const app = only(parsed, 'workflow');
  expect(app).toMatchObject({ id: 'helpdesk.yml', name: 'Building helpdesk', platform: 'dify', state: 'unknown' });
  expect(app.graph.steps.map(({ label, connector, operation, role }) => [label, connector, operation, role])).toEqual([
    ['Start', 'start', undefined, 'transform'],
    ['Look up the manual', 'knowledge-retrieval', undefined, 'source'],
    ['Write an answer', 'acme-tools/models/chat', 'large', 'transform'],
    ['Tell the partner', 'http-request', 'POST', 'both'],
    ['Book a visit', 'agent', undefined, 'transform'],
    ['Answer', 'answer', undefined, 'transform'],
  ]);
  expect(app.graph.edges).toHaveLength(5);
  expect(app.graph.triggers).toEqual([{ step: '1001', kind: 'chat', authentication: 'unknown' }]);
  expect(app.links).toEqual([{ rel: 'uses', kind: 'connection', id: 'dify/-/model/acme-tools/models/chat' }]);
  expect(
    all(parsed, 'endpoint').map(({ direction, host, authentication }) => [direction, host, authentication]),
  ).toEqual([
    ['inbound', undefined, 'unknown'],
    ['outbound', 'tickets.partner.example', 'header'],
  ]);
  expect(only(parsed, 'identity')).toMatchObject({
    name: 'Building helpdesk: Book a visit',
    type: 'ai-agent',
    tools: [{ name: 'create_event', effect: 'write', approval: 'none' }],
    links: [{ rel: 'contained-in', kind: 'workflow', id: 'helpdesk.yml' }],
  });
});

test('what Dify keeps as secrets is secret, under the name of its step', () => {
  const authorization = { type: 'api-key', config: { type: 'custom', header: 'X-Key', api_key: 'k' } };
  const tree = canvas([{ type: 'http-request', title: 'Ask', authorization }], {
    environment_variables: [
      { name: 'place', value_type: 'string', value: 'p' },
      { name: 'door', value_type: 'secret', value: 's' },
    ],
  });
  expect(read(tree).items[0]?.contents?.[0]?.labels).toEqual([
    { pointer: '/workflow/graph/nodes/0', step: 'Ask', place: 'definition' },
    { pointer: '/workflow/environment_variables/1/value', place: 'definition', secret: true },
    { pointer: '/workflow/graph/nodes/0/data/authorization/config/api_key', place: 'definition', secret: true },
  ]);
});

test.each([
  [{ type: 'trigger-webhook' }, 'webhook', 'none'],
  [{ type: 'trigger-schedule' }, 'schedule', 'session'],
  [{ type: 'trigger-plugin' }, 'event', 'unknown'],
  [{ type: 'start' }, 'call', 'unknown'],
])('%j', (data, kind, authentication) => {
  expect(only(read(canvas([data])), 'workflow').graph.triggers).toEqual([{ step: 'n1', kind, authentication }]);
});

test.each([
  [{ authorization: { type: 'api-key', config: { type: 'basic' } } }, 'basic'],
  [{ authorization: { type: 'api-key', config: { type: 'custom' } } }, 'api-key'],
  [{ authorization: { type: 'no-auth' }, headers: 'Accept:*\nX-Api-Key: {{#env.key#}}' }, 'header'],
  [{ authorization: { type: 'no-auth' }, headers: 'Accept:*' }, 'unknown'],
])('a request with %j', (more, authentication) => {
  const request = { type: 'http-request', method: 'get', url: 'https://api.acme.example/v1', ...more };
  expect(only(read(canvas([request])), 'endpoint')).toMatchObject({ host: 'api.acme.example', authentication });
});

test('a request that does not ask who answers says so, and leads from its step to the host', () => {
  const request = { type: 'http-request', method: 'post', url: 'https://api.acme.example/v1' };
  const told = [true, false].map((ssl_verify) => read(canvas([{ ...request, ssl_verify }])));
  expect(told.map((parsed) => only(parsed, 'endpoint').verifyTls)).toEqual([undefined, false]);
  for (const parsed of told)
    expect(only(parsed, 'workflow').graph.steps[0]?.destinations).toEqual(['api.acme.example']);
});

test('an agent has the tools that are switched on, and a key is a secret only where one is sent', () => {
  const tool = (tool_name: string, enabled?: boolean) => ({ tool_name, ...(enabled !== undefined && { enabled }) });
  const tools = { value: [tool('search'), tool('send_mail', true), tool('delete_all', false), {}] };
  const request = { type: 'http-request', title: 'Ask', authorization: { type: 'no-auth', config: { api_key: '' } } };
  const parsed = read(canvas([{ type: 'agent', agent_parameters: { tools } }, request]));
  expect(only(parsed, 'identity').tools?.map(({ name }) => name)).toEqual(['search', 'send_mail']);
  expect(parsed.items[0]?.contents?.[0]?.labels?.filter(({ secret }) => secret)).toEqual([]);
});

test('lines that lead nowhere are none', () => {
  const tree = canvas([{ type: 'start' }, { type: 'answer' }]) as { workflow: { graph: { edges: Json } } };
  tree.workflow.graph.edges = [
    { source: 'n1', target: 'n2' },
    { source: 'n1', target: 'n9' },
    { source: 'n9', target: 'n2' },
    { source: 'n1' },
  ];
  expect(only(read(tree as unknown as Json), 'workflow').graph.edges).toEqual([{ from: 'n1', to: 'n2' }]);
});

test('a plugin is held to what it was by its digest, and a tool finds its own', () => {
  const tool = {
    type: 'tool',
    title: 'Find',
    provider_id: 'acme/maps/maps',
    provider_type: 'builtin',
    tool_name: 'search',
  };
  const value = { marketplace_plugin_unique_identifier: `acme/maps:0.2.1@${'0a'.repeat(32)}` };
  const tree = { ...(canvas([tool]) as { [key: string]: Json }), dependencies: [{ type: 'marketplace', value }] };
  expect(only(read(tree), 'workflow').graph.steps[0]).toMatchObject({
    connector: 'acme/maps/maps',
    connection: 'dify/-/tool/acme/maps/maps',
    role: 'source',
    component: { name: 'acme/maps', version: '0.2.1', pinned: true, origin: 'community' },
  });
});

test('what is repeated follows the node that repeats it', () => {
  const tree = canvas([
    { type: 'iteration', start_node_id: 'n2' },
    { type: 'code', code_language: 'python3' },
  ]);
  const { graph } = only(read(tree), 'workflow');
  expect(graph.edges).toEqual([{ from: 'n1', to: 'n2' }]);
  expect(graph.steps[1]).toMatchObject({ code: 'python' });
});

test('a simple agent is its model with the tools that are switched on', () => {
  const tools = [
    { tool_label: 'Look up', tool_name: 'search', provider_type: 'builtin', provider_id: 'web', enabled: true },
    { tool_label: 'Wipe', tool_name: 'delete_all', provider_type: 'api', provider_id: 'own', enabled: false },
  ];
  const parsed = read({
    app: { name: 'Helper', mode: 'agent-chat' },
    model_config: { model: { provider: 'acme', name: 'large' }, agent_mode: { tools } },
  });
  const { graph } = only(parsed, 'workflow');
  expect(graph.steps.map(({ label, connector, tool }) => [label, connector, tool])).toEqual([
    ['Helper', 'acme', undefined],
    ['Look up', 'web', true],
  ]);
  expect(graph.triggers).toEqual([{ step: 'model', kind: 'chat', authentication: 'unknown' }]);
  expect(only(parsed, 'identity')).toMatchObject({
    name: 'Helper',
    tools: [{ name: 'search', effect: 'read', approval: 'none' }],
  });
});

test('other documents with an app or a graph are none of Dify', () => {
  expect(recognises({ app: { name: 'shop', mode: 'production' }, workflow: { graph: { nodes: [] } } })).toBe(false);
  expect(recognises({ app: { name: 'shop', mode: 'chat' } })).toBe(false);
  expect(recognises({ workflow: { graph: { nodes: [{ id: '1', data: { type: 'start' } }] } } })).toBe(false);
  expect(recognises({ rag_pipeline: { name: 'Fill' }, workflow: { graph: { nodes: [] } } })).toBe(true);
});

test('reads what is left of a damaged file', () => {
  survivesDamage(dify);
});

test('headers that are thousands of empty lines cost nothing', async () => {
  const node = { type: 'http-request', title: 'Ask', url: 'https://x.example', headers: `x${'\n'.repeat(30_000)}x` };
  expect(await processorTime(() => read(canvas([node])))).toBeLessThan(1_000);
});
