import { expect, test } from 'vitest';
import { createEngine } from '../../../scanners/secrets/engine.ts';
import { all, expectSound, only, parseExample, survivesDamage } from '../../../test/helpers/read-formats.ts';
import type { Json, Parsed } from '../../sdk/index.ts';
import { readText } from '../document.ts';
import { flowise } from './flowise.ts';

type Fields = { readonly [key: string]: Json };

const read = (tree: Json, path = 'app.json'): Parsed => flowise.parse(readText(path, JSON.stringify(tree)).document);
const recognises = (tree: Json): boolean => flowise.recognise(readText('app.json', JSON.stringify(tree)).document);

function node(id: string, data: Fields): Fields {
  return { id, type: 'customNode', data: { id, label: id, inputParams: [], inputAnchors: [], inputs: {}, ...data } };
}
const joined = (source: string, target: string, input: string): Json => ({
  source,
  target,
  targetHandle: `${target}-input-${input}-Thing`,
});
const start = (inputs: Fields): Fields => node('start', { name: 'startAgentflow', category: 'Agent Flows', inputs });
const row = (nodes: readonly Json[], more: Fields = {}): Json => ({
  id: 'f1',
  name: 'App',
  flowData: JSON.stringify({ nodes, edges: [] }),
  ...more,
});

const chat = {
  nodes: [
    node('model', {
      name: 'chatAcme',
      category: 'Chat Models',
      credential: 'c-1',
      inputs: { modelName: 'large', basepath: 'https://models.acme.example/v1' },
    }),
    node('mail', {
      name: 'gmail',
      label: 'Gmail',
      category: 'Tools',
      inputParams: [{ name: 'credential', type: 'credential', credentialNames: ['gmailOAuth2'] }],
      inputs: { gmailType: 'messages', messageActions: '["sendMessage"]', draftActions: '["deleteDraft"]' },
    }),
    node('search', { name: 'serpAPI', category: 'Tools' }),
    node('agent', { name: 'toolAgent', label: 'Clerk', category: 'Agents' }),
    node('note', { name: 'stickyNote', category: 'Utilities' }),
  ],
  edges: [joined('model', 'agent', 'model'), joined('mail', 'agent', 'tools'), joined('search', 'agent', 'tools')],
};

test('gives an agent flow with the models, tools and stores that are chosen in its nodes', () => {
  const parsed = parseExample(flowise);
  const flow = only(parsed, 'workflow');
  expect(flow).toMatchObject({ id: 'Visits Agents.json', name: 'Visits', platform: 'flowise', state: 'unknown' });
  expect(flow.graph.steps.map(({ label, connector, operation, role }) => [label, connector, operation, role])).toEqual([
    ['Start', 'startAgentflow', undefined, 'transform'],
    ['Plan the visit', 'agentAgentflow', undefined, 'transform'],
    ['chatAcme', 'chatAcme', 'large', 'transform'],
    ['googleCalendarTool', 'googleCalendarTool', 'createEvent', 'sink'],
    ['calculator', 'calculator', undefined, 'source'],
    ['Building manual', 'documentStoreVS', undefined, 'source'],
    ['Ask the caretaker', 'humanInputAgentflow', undefined, 'transform'],
    ['Tell the partner', 'httpAgentflow', 'POST', 'both'],
  ]);
  expect(flow.graph.triggers).toEqual([{ step: 'startAgentflow_0', kind: 'form', authentication: 'unknown' }]);
  expect(flow.graph.edges).toContainEqual({ from: 'humanInputAgentflow_0', to: 'httpAgentflow_0' });
  expect(only(parsed, 'identity')).toMatchObject({
    name: 'Visits: Plan the visit',
    type: 'ai-agent',
    runsAs: 'author',
    tools: [
      { name: 'createEvent', effect: 'write', approval: 'required' },
      { name: 'listEvents', effect: 'read', approval: 'required' },
      { name: 'calculator', effect: 'read', approval: 'none' },
    ],
    links: [{ rel: 'contained-in', kind: 'workflow', id: 'Visits Agents.json' }],
  });
  expect(only(parsed, 'connection').id).toBe('flowise/-/credential/5f0c7a52-0000-4000-8000-000000000001');
  expect(
    all(parsed, 'endpoint').map(({ direction, host, authentication }) => [direction, host, authentication]),
  ).toEqual([
    ['inbound', undefined, 'unknown'],
    ['outbound', 'visits.partner.example', 'header'],
  ]);
});

test('a chat flow is called at the node that no other one uses, and has the tools that lead to its agent', () => {
  const parsed = read(chat, 'Post office Chatflow.json');
  const { graph, ...flow } = only(parsed, 'workflow');
  expect(flow).toMatchObject({ id: 'Post office Chatflow.json', name: 'Post office' });
  expect(graph.triggers).toEqual([{ step: 'agent', kind: 'chat', authentication: 'unknown' }]);
  expect(graph.steps.map(({ id, tool, destinations }) => [id, tool, destinations])).toEqual([
    ['model', undefined, ['models.acme.example']],
    ['mail', true, undefined],
    ['search', true, undefined],
    ['agent', undefined, undefined],
  ]);
  expect(graph.edges).toContainEqual({ from: 'agent', to: 'mail' });
  expect(graph.edges).toContainEqual({ from: 'mail', to: 'agent' });
  expect(only(parsed, 'identity')).toMatchObject({
    name: 'Post office: Clerk',
    runsAs: 'author',
    tools: [
      { name: 'sendMessage', effect: 'write', approval: 'none' },
      { name: 'search', effect: 'read', approval: 'none' },
    ],
  });
});

test('which stored credential a node runs on stays with the node; what the editor left out is known by its sort', () => {
  const connections = all(read(chat), 'connection');
  expect(connections.map(({ id, subject, authentication }) => [id, subject, authentication])).toEqual([
    ['flowise/-/credential/c-1', 'unknown', undefined],
    ['app.json/credential/gmailOAuth2', 'person', 'oauth-personal'],
  ]);
});

test.each<[string, Fields, Fields, string, string]>([
  ['saved from the editor', {}, {}, 'chat', 'unknown'],
  ['no key was assigned', {}, { apikeyid: null }, 'chat', 'none'],
  ['a key was assigned', {}, { apikeyid: 'k-1' }, 'chat', 'header'],
  ['a form', { startInputType: 'formInput' }, { apikeyid: '' }, 'form', 'none'],
  ['by the clock', { startInputType: 'scheduleInput' }, { apikeyid: null }, 'schedule', 'session'],
  ['a webhook of which it is not known', { startInputType: 'webhookTrigger' }, {}, 'webhook', 'unknown'],
  ['an open webhook', { startInputType: 'webhookTrigger' }, { apikeyid: null }, 'webhook', 'none'],
  ['signed', { startInputType: 'webhookTrigger', webhookEnableAuth: true }, { apikeyid: null }, 'webhook', 'signature'],
  [
    'a token',
    { startInputType: 'webhookTrigger', webhookEnableAuth: true, webhookSignatureType: 'plain-token' },
    {},
    'webhook',
    'header',
  ],
])('%s', (_, inputs, more, kind, authentication) => {
  const [trigger] = only(read(row([start(inputs)], more)), 'workflow').graph.triggers;
  expect(trigger).toEqual({ step: 'start', kind, authentication });
});

test('a flow with a public page is open to the world, unless it asks for a key', () => {
  const reach = (more: Fields) => only(read(row([start({})], more)), 'workflow').sharedWith?.reach;
  expect(reach({ isPublic: true, apikeyid: null })).toBe('public');
  expect(reach({ isPublic: true, apikeyid: 'k-1' })).toBeUndefined();
  expect(reach({ isPublic: true })).toBeUndefined();
});

test('a flow that is offered as an MCP server can be called in two ways', () => {
  const parsed = read(row([start({})], { mcpServerConfig: JSON.stringify({ enabled: true, token: '' }) }));
  expectSound(parsed);
  expect(all(parsed, 'endpoint').map(({ id, type, authentication }) => [id, type, authentication])).toEqual([
    ['app.json#f1/in/start', 'chat', 'unknown'],
    ['app.json#f1/in/start~2', 'mcp', 'header'],
  ]);
});

test('an agent of a sequence may ask before it calls anything', () => {
  const tree = {
    nodes: [
      node('agent', { name: 'seqAgent', category: 'Sequential Agents', inputs: { interrupt: true } }),
      node('put', { name: 'requestsPut', category: 'Tools' }),
    ],
    edges: [joined('put', 'agent', 'tools')],
  };
  expect(only(read(tree), 'identity').tools).toEqual([{ name: 'put', effect: 'write', approval: 'required' }]);
});

test('a server that a tool starts is a record of its own', () => {
  const config = { command: 'npx', args: ['-y', 'acme-tickets-mcp'], env: {} };
  const tool = {
    agentSelectedTool: 'customMCP',
    agentSelectedToolConfig: {
      mcpServerConfig: JSON.stringify(config),
      mcpActions: '["close_ticket","delete_ticket"]',
    },
  };
  const inputs = { agentTools: JSON.stringify([tool]), agentToolsBuiltInAcme: '["web_search"]' };
  const parsed = read({
    nodes: [node('agent', { name: 'agentAgentflow', category: 'Agent Flows', inputs })],
    edges: [],
  });
  const [agent, server] = all(parsed, 'identity');
  expect(agent?.tools).toEqual([
    { name: 'close_ticket', effect: 'write', approval: 'none' },
    { name: 'delete_ticket', effect: 'destroy', approval: 'none' },
    { name: 'web_search', effect: 'read', approval: 'none' },
  ]);
  expect(agent?.links).toContainEqual({ rel: 'uses', kind: 'identity', id: server?.id });
  expect(server).toMatchObject({
    type: 'mcp-server',
    runsAs: 'unknown',
    component: { name: 'acme-tickets-mcp', pinned: false, origin: 'community' },
    links: [{ rel: 'contained-in', kind: 'workflow', id: 'app.json' }],
  });
});

test('an assistant that lives at OpenAI has no flow; one of Flowise is its flow', () => {
  const details = {
    name: 'Helper',
    model: 'large',
    tools: [{ type: 'code_interpreter' }, { type: 'function', function: { name: 'send_offer' } }],
  };
  const tree = {
    AssistantOpenAI: [{ id: 'a1', details: JSON.stringify(details), credential: 'c-1', type: 'OPENAI' }],
    AssistantCustom: [{ id: 'a2', details: JSON.stringify({ name: 'Own' }), type: 'CUSTOM' }],
    AssistantFlow: [row([start({})], { type: 'ASSISTANT' })],
  };
  expect(recognises({ AssistantOpenAI: tree.AssistantOpenAI })).toBe(true);
  const parsed = read(tree);
  expect(only(parsed, 'workflow').name).toBe('App');
  expect(only(parsed, 'identity')).toMatchObject({
    id: 'app.json#a1',
    name: 'Helper',
    tools: [
      { name: 'code_interpreter', effect: 'unknown' },
      { name: 'send_offer', effect: 'write' },
    ],
    links: [{ rel: 'uses', kind: 'connection', id: 'flowise/-/credential/c-1' }],
  });
});

test('a tool of one’s own has its name from the export of everything', () => {
  const own = node('own', { name: 'customTool', category: 'Tools', inputs: { selectedTool: 't1' } });
  const agent = node('agent', { name: 'toolAgent', category: 'Agents' });
  const flowData = JSON.stringify({ nodes: [own, agent], edges: [joined('own', 'agent', 'tools')] });
  const parsed = read({
    ChatFlow: [{ id: 'f1', name: 'App', flowData }],
    Tool: [{ id: 't1', name: 'pay_invoice_and_send' }],
  });
  expect(only(parsed, 'identity').tools).toEqual([{ name: 'pay_invoice_and_send', effect: 'write', approval: 'none' }]);
});

test('a flow that hands over to another one, or to an assistant, of the same export uses it', () => {
  const other = (selectedChatflow: string): Json =>
    node(selectedChatflow, { name: 'ChatflowTool', category: 'Tools', inputs: { selectedChatflow } });
  const assistant = node('assistant', {
    name: 'openAIAssistant',
    category: 'Agents',
    inputs: { selectedAssistant: 'a1' },
  });
  const parsed = read({
    ChatFlow: [row([other('f2'), other('gone'), assistant]), row([start({})], { id: 'f2', name: 'Second' })],
    AssistantOpenAI: [{ id: 'a1', details: JSON.stringify({ name: 'Helper' }), type: 'OPENAI' }],
  });
  expect(all(parsed, 'workflow').map(({ links }) => links)).toEqual([
    [
      { rel: 'uses', kind: 'workflow', id: 'app.json#f2' },
      { rel: 'uses', kind: 'identity', id: 'app.json#a1' },
    ],
    undefined,
  ]);
});

test('what Flowise hides in its editor is a secret, at its place in the canvas and under the name of its node', () => {
  const model = node('model', {
    name: 'chatAcme',
    label: 'Model',
    inputParams: [{ name: 'acmeApiKey', type: 'password' }],
    inputs: { acmeApiKey: 'blue horse nine' },
  });
  const parsed = read({ ChatFlow: [row([model])], ChatMessage: [{ content: 'password = Blue4horse!nine' }] });
  const hits = parsed.items.flatMap(({ contents = [] }) => contents).flatMap((content) => createEngine().scan(content));
  expect(hits.map(({ place, at }) => [place, at.pointer, at.step])).toEqual([
    ['definition', '/ChatFlow/0/flowData/nodes/0/data/inputs/acmeApiKey', 'Model'],
    ['run-data', '/ChatMessage/0/content', undefined],
  ]);
});

test('rows of the API are flows too, each by itself', () => {
  const parsed = read([row([start({})]), row([start({})], { id: 'f2', createdDate: '2026-01-05T08:00:00.000Z' })]);
  expect(all(parsed, 'workflow').map(({ id, createdAt }) => [id, createdAt])).toEqual([
    ['app.json#f1', undefined],
    ['app.json#f2', Date.parse('2026-01-05T08:00:00.000Z')],
  ]);
  expectSound(read([row([start({})]), row([start({})])]));
});

test('other canvases, and lists of the same names, are none of Flowise', () => {
  expect(recognises({ nodes: [{ id: '1', type: 'start', data: { name: 'start' } }], edges: [] })).toBe(false);
  expect(recognises({ ChatFlow: [], AgentFlow: [], Tool: [{ name: 'a' }] })).toBe(false);
  expect(recognises({ Assistant: [{ name: 'Ada' }] })).toBe(false);
  expect(recognises([{ name: 'a', flowData: '{"nodes":' }])).toBe(false);
});

test('reads what is left of a damaged file', () => {
  survivesDamage(flowise);
});

test('a row of an export that cannot be read is told, and an empty canvas is not', () => {
  const good = row([start({})]);
  const parsed = read({
    ChatFlow: [good, { name: 'Cut off', flowData: '{"nodes": [' }, row([])],
    AgentFlow: ['no row'],
  });
  expect(all(parsed, 'workflow')).toHaveLength(1);
  expect(parsed.problems.map(({ pointer }) => pointer)).toEqual(['/ChatFlow/1', '/AgentFlow/0']);
  expect(read(good).problems).toEqual([]);
});

test('a flow answers where callers name it by its id', () => {
  const id = '6f1c1f0e-58a2-4c7e-9a51-2d3f7e8a9b10';
  const { items } = read(row([start({ startInputType: 'chatInput' })], { id }));
  expect(items.flatMap(({ addresses = [] }) => addresses.map((address) => address.reveal()))).toEqual([id]);
});
