import { describe, expect, test } from 'vitest';
import { flow, node, only, records } from '../../../test/helpers/n8n.ts';
import type { Json, Parsed } from '../../sdk/index.ts';
import { readText } from '../document.ts';
import { n8nWorkflow } from './workflow.ts';

function read(tree: Json): Parsed {
  return n8nWorkflow.parse(readText('exports/one.json', JSON.stringify(tree)).document);
}

describe('triggers', () => {
  const cases: [string, Json, string, string][] = [
    ['webhook', {}, 'webhook', 'none'],
    ['webhook', { authentication: 'none' }, 'webhook', 'none'],
    ['webhook', { authentication: 'basicAuth' }, 'webhook', 'basic'],
    ['webhook', { authentication: 'headerAuth' }, 'webhook', 'header'],
    ['webhook', { authentication: 'jwtAuth' }, 'webhook', 'jwt'],
    ['webhook', { authentication: '={{ $json.how }}' }, 'webhook', 'unknown'],
    ['webhook', null, 'webhook', 'unknown'],
    ['formTrigger', {}, 'form', 'none'],
    ['chatTrigger', {}, 'chat', 'session'],
    ['chatTrigger', null, 'chat', 'unknown'],
    ['chatTrigger', { public: '={{ $env.OPEN }}' }, 'chat', 'unknown'],
    ['chatTrigger', { public: true }, 'chat', 'none'],
    ['chatTrigger', { public: true, authentication: 'n8nUserAuth' }, 'chat', 'session'],
    ['mcpTrigger', {}, 'mcp', 'none'],
    ['mcpTrigger', { authentication: 'bearerAuth' }, 'mcp', 'header'],
    ['scheduleTrigger', {}, 'schedule', 'session'],
    ['manualTrigger', {}, 'manual', 'session'],
    ['executeWorkflowTrigger', {}, 'call', 'session'],
    ['emailReadImap', {}, 'email', 'unknown'],
    ['telegramTrigger', {}, 'event', 'unknown'],
  ];
  test.each(cases)('%s with %j starts by %s, %s', (type, parameters, kind, authentication) => {
    const workflow = only(records(read(flow([node('a', type, parameters)])), 'workflow'));
    expect(workflow.graph.triggers).toEqual([{ step: 'a', kind, authentication }]);
  });

  test('a disabled one starts nothing and has no endpoint', () => {
    const parsed = read(flow([node('a', 'webhook', {}, { disabled: true })]));
    expect(only(records(parsed, 'workflow')).graph.triggers).toEqual([]);
    expect(records(parsed, 'endpoint')).toEqual([]);
  });

  test('an MCP trigger is a server with its tools, and an endpoint', () => {
    const parsed = read(
      flow([node('m', 'mcpTrigger'), node('t', 'slackTool', { resource: 'message', operation: 'post' })], {
        active: true,
        connections: { t: { ai_tool: [[{ node: 'm', type: 'ai_tool', index: 0 }]] } },
      }),
    );
    expect(only(records(parsed, 'identity'))).toMatchObject({
      type: 'mcp-server',
      scopes: ['n8n-nodes-base.slackTool:message:post'],
      runsAs: 'unknown',
    });
    expect(only(records(parsed, 'endpoint'))).toMatchObject({ type: 'mcp', authentication: 'none', state: 'active' });
  });
});

describe('n8n’s own MCP server', () => {
  test('opens a workflow that is marked so to AI clients that sign in', () => {
    const marked = read(flow([node('a', 'set')], { active: true, settings: { availableInMCP: true } }));
    expect(records(marked, 'endpoint')).toMatchObject([
      {
        direction: 'inbound',
        type: 'mcp',
        authentication: 'oauth',
        state: 'active',
        at: { pointer: '/settings/availableInMCP' },
      },
    ]);
  });

  test.each([{}, { availableInMCP: false }])('but none with %j', (settings) => {
    expect(records(read(flow([node('a', 'set')], { settings })), 'endpoint')).toEqual([]);
  });
});

describe('state, logging and what runs', () => {
  test.each([
    [{}, 'unknown'],
    [{ active: true }, 'active'],
    [{ active: false }, 'inactive'],
    [{ active: true, isArchived: true }, 'archived'],
  ])('%j is %s', (fields, state) => {
    expect(only(records(read(flow([node('a', 'set')], fields)), 'workflow')).state).toBe(state);
  });

  test.each([
    [{}, undefined],
    [{ saveDataSuccessExecution: 'all' }, { runs: 'on' }],
    [{ saveDataSuccessExecution: 'none' }, { runs: 'errors-only' }],
    [{ saveDataErrorExecution: 'none' }, undefined],
    [{ saveDataSuccessExecution: 'all', saveDataErrorExecution: 'none' }, undefined],
    [{ saveDataSuccessExecution: 'none', saveDataErrorExecution: 'none' }, { runs: 'off' }],
  ])('settings %j log %j', (settings, logging) => {
    expect(only(records(read(flow([node('a', 'set')], { settings })), 'workflow')).logging).toEqual(logging);
  });

  test.each([
    [['prod'], 'production'],
    [['prod', 'live'], 'production'],
    [['prod', 'test'], undefined],
    [['HR'], undefined],
  ])('tags %j are of %s', (tags, environment) => {
    expect(only(records(read(flow([node('a', 'set')], { tags })), 'workflow')).environment).toBe(environment);
  });

  test.each([
    [true, {}, 'active'],
    [false, {}, 'disabled'],
    [undefined, {}, 'unknown'],
    [true, { disabled: true }, 'disabled'],
  ])('an agent in a workflow that is active: %s, with %j, is %s', (active, more, status) => {
    const agent = { ...(node('a', 'x', {}, more) as object), type: '@n8n/n8n-nodes-langchain.agent' };
    const parsed = read(flow([agent], active === undefined ? {} : { active }));
    expect(only(records(parsed, 'identity')).status).toBe(status);
  });

  test('the published version counts, not the draft beside it', () => {
    const published = { versionId: 'v1', nodes: [node('hook', 'webhook')], connections: {} };
    const draft = [node('hook', 'webhook', { authentication: 'basicAuth' })];
    const parsed = read(flow(draft, { active: true, versionId: 'v2', activeVersion: published }));
    const workflow = only(records(parsed, 'workflow'));
    expect(workflow.graph.triggers[0]?.authentication).toBe('none');
    expect(workflow.graph.steps[0]?.pointer).toBe('/activeVersion/nodes/0');
    expect(workflow.versions?.map((version) => version.id)).toEqual(['v2', 'v1']);
  });

  test('a draft of which another version is published is told: what runs is not in the file', () => {
    const draft = { active: true, versionId: 'v2', activeVersionId: 'v1' };
    const problems = (fields: { [key: string]: Json }) => read(flow([node('hook', 'webhook')], fields)).problems;
    expect(problems(draft)).toEqual([
      { pointer: '/activeVersionId', detail: expect.stringContaining('Another version is published') },
    ]);
    expect(problems({ ...draft, active: false })).toEqual([]);
    expect(problems({ ...draft, versionId: 'v1' })).toEqual([]);
    const published = { versionId: 'v1', nodes: [node('hook', 'webhook')], connections: {} };
    expect(problems({ ...draft, activeVersion: published })).toEqual([]);
  });

  test('the published version of what was switched off since runs no more', () => {
    const published = { versionId: 'v1', nodes: [node('hook', 'webhook')], connections: {} };
    const draft = [node('hook', 'webhook', { authentication: 'basicAuth' })];
    const parsed = read(flow(draft, { active: false, versionId: 'v2', activeVersion: published }));
    expect(only(records(parsed, 'workflow')).graph.triggers[0]?.authentication).toBe('basic');
    const bare = read(flow(draft, { active: true, versionId: 'v2', activeVersion: { versionId: 'v1' } }));
    expect(only(records(bare, 'workflow')).graph.triggers[0]?.authentication).toBe('basic');
  });
});
