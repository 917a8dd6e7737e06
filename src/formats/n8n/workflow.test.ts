import { assert, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectSound, wounded } from '../../../test/helpers/wounded-tree.ts';
import { flow, node, only, records } from '../../../test/helpers/n8n.ts';
import type { Item } from '../../sdk/index.ts';
import { exampleDocument, readText } from '../document.ts';
import { nodeRedCredentials } from '../node-red/credentials.ts';
import { nodeRedFlows } from '../node-red/flows.ts';
import { nodeRedSettings } from '../node-red/settings.ts';
import { n8nCredentials } from './credentials.ts';
import { n8nWorkflow } from './workflow.ts';

const HOST = 'n8n/leave-requests.json#wfLeave0000000001';

describe('the example', () => {
  const parsed = n8nWorkflow.parse(exampleDocument(n8nWorkflow.example));
  const workflow = only(records(parsed, 'workflow'));

  test('is an n8n workflow and nothing else', () => {
    const document = exampleDocument(n8nWorkflow.example);
    expect(n8nWorkflow.recognise(document)).toBe(true);
    for (const other of [n8nCredentials, nodeRedFlows, nodeRedCredentials, nodeRedSettings]) {
      expect(other.recognise(document), other.id).toBe(false);
      expect(n8nWorkflow.recognise(exampleDocument(other.example)), other.id).toBe(false);
    }
    expect(parsed.problems).toEqual([]);
  });

  test('becomes steps without the notes', () => {
    expect(workflow.graph.steps.map((step) => step.label)).toEqual([
      'Request comes in',
      'Ask HR system',
      'Decide',
      'Model',
      'Send mail',
      'Round up',
      'Make PDF',
    ]);
    const [webhook, http, agent, model, mail, code, pdf] = workflow.graph.steps;
    expect(webhook).toEqual({
      id: 'n1',
      label: 'Request comes in',
      connector: 'n8n-nodes-base.webhook',
      role: 'source',
      component: { name: 'n8n-nodes-base', origin: 'built-in' },
      pointer: '/nodes/0',
    });
    expect(http).toMatchObject({ operation: 'POST', role: 'both', destinations: ['hr.acme.example'] });
    expect(http?.connection).toBe('n8n/-/httpHeaderAuth/CredHr0000000001');
    expect(agent).toMatchObject({ role: 'transform' });
    expect(model).not.toHaveProperty('tool');
    expect(mail).toMatchObject({ tool: true, role: 'sink', destinations: ['partner.example'] });
    expect(code).toMatchObject({ code: 'javascript', role: 'transform' });
    expect(pdf).toMatchObject({ disabled: true, operation: 'create', component: { name: '@acme/n8n-nodes-pdf' } });
    expect(pdf?.component?.origin).toBe('community');
  });

  test('becomes edges, both ways where an agent calls a tool or a model', () => {
    expect(workflow.graph.edges.map(({ from, to }) => `${from}>${to}`)).toEqual([
      'n1>n2',
      'n2>n3',
      'n3>n6',
      'n6>n7',
      'n4>n3',
      'n3>n4',
      'n5>n3',
      'n3>n5',
    ]);
  });

  test('tells trigger, state, environment, logging, audience and versions', () => {
    expect(workflow.graph.triggers).toEqual([{ step: 'n1', kind: 'webhook', authentication: 'none' }]);
    expect(workflow).toMatchObject({
      id: HOST,
      state: 'active',
      environment: 'production',
      tags: ['production', 'HR'],
      logging: { runs: 'off' },
      sharedWith: { reach: 'private' },
    });
    expect(workflow.versions).toEqual([
      { id: 'v2', at: Date.UTC(2026, 1, 1, 9), authors: [{ name: 'Dana Maker' }, { name: 'Kim Helper' }] },
    ]);
  });

  test('names owner, authors and publisher', () => {
    const dana = '00000000-0000-4000-8000-000000000001';
    expect(workflow.attributions).toEqual([
      {
        rel: 'owned-by',
        who: { id: dana, email: 'dana@acme.example', name: 'Dana Maker' },
        basis: 'platform-owner',
        evidence: 'shared.project',
      },
      expect.objectContaining({ rel: 'edited-by', who: { name: 'Dana Maker' }, at: Date.UTC(2026, 1, 1, 9) }),
      expect.objectContaining({ rel: 'edited-by', who: { name: 'Kim Helper' } }),
      {
        rel: 'published-by',
        who: { id: dana },
        basis: 'audit-log',
        at: Date.UTC(2026, 1, 1, 9, 5),
        evidence: 'workflowPublishHistory',
      },
    ]);
  });

  test('mentions each credential once, with the account where its name tells', () => {
    const connections = parsed.items.filter((item): item is Item<'connection'> => item.record.kind === 'connection');
    expect(connections.every((item) => item.reference === true)).toBe(true);
    expect(connections.map(({ record }) => [record.connector, record.authentication, record.subject])).toEqual([
      ['httpHeaderAuth', 'header', 'person'],
      ['openAiApi', 'api-key', undefined],
      ['gmailOAuth2', 'oauth', undefined],
    ]);
    expect(connections[0]?.record.account).toEqual({ email: 'dana@acme.example' });
    expect(workflow.links).toEqual(
      connections.map(({ record }) => ({ rel: 'uses', kind: 'connection', id: record.id })),
    );
  });

  test('has an endpoint for the webhook and one for the unverified host', () => {
    expect(records(parsed, 'endpoint').map(({ id, ...rest }) => ({ id, auth: rest.authentication }))).toEqual([
      { id: `${HOST}/in/n1`, auth: 'none' },
      { id: `${HOST}/out/https/hr.acme.example/unverified`, auth: 'header' },
    ]);
    expect(records(parsed, 'endpoint')[1]).toMatchObject({ verifyTls: false, direction: 'outbound' });
  });

  test('has an AI agent with its tools, model and credentials', () => {
    expect(only(records(parsed, 'identity'))).toMatchObject({
      type: 'ai-agent',
      status: 'active',
      runsAs: 'author',
      scopes: ['n8n-nodes-base.gmailTool'],
      tools: [{ name: 'Send mail', effect: 'write', approval: 'none' }],
      tags: ['model:lmChatOpenAi'],
      links: [
        { rel: 'contained-in', kind: 'workflow', id: HOST },
        { rel: 'uses', kind: 'connection', id: 'n8n/-/openAiApi/CredAi0000000001' },
        { rel: 'uses', kind: 'connection', id: 'n8n/-/gmailOAuth2/CredMail00000001' },
      ],
    });
  });

  test('is scanned whole, each part under its step', () => {
    const content = only(parsed.items[0]?.contents ?? []);
    expect(content.tree).toEqual(exampleDocument(n8nWorkflow.example).tree);
    expect(content.labels).toContainEqual({ pointer: '/nodes/1', step: 'Ask HR system', place: 'definition' });
    expect(content.labels).toContainEqual({ pointer: '/nodes/7', step: 'Sticky Note', place: 'definition' });
    expect(content.labels).toContainEqual({ pointer: '/pinData', place: 'run-data' });
    expect(content.labels).toContainEqual({
      pointer: '/pinData/Request comes in',
      step: 'Request comes in',
      place: 'run-data',
    });
  });
});

test('nothing of paths, queries, code or values is in a record; all of it is in the text to scan', () => {
  const canary = (word: string): string => `canary-${word}`;
  const words = ['hook', 'path', 'query', 'user', 'header', 'code', 'pinned', 'static', 'note', 'expression'];
  const tree = flow(
    [
      node('a', 'webhook', { path: canary('hook') }, { webhookId: canary('hook') }),
      node('b', 'httpRequest', {
        url: `https://${canary('user')}@api.acme.example/${canary('path')}?k=${canary('query')}`,
        method: `={{ "${canary('expression')}" }}`,
        headerParameters: { parameters: [{ name: 'X-Key', value: canary('header') }] },
      }),
      node('c', 'code', { jsCode: canary('code'), operation: `=${canary('expression')}` }),
      node('d', 'stickyNote', { content: canary('note') }),
    ],
    { pinData: { a: [canary('pinned')] }, staticData: { x: canary('static') } },
  );
  const parsed = n8nWorkflow.parse(readText('exports/one.json', JSON.stringify(tree)).document);
  expect(JSON.stringify(parsed.items.map((item) => item.record))).not.toContain('canary');
  const scanned = JSON.stringify(parsed.items.flatMap((item) => item.contents ?? []).map((content) => content.tree));
  for (const word of words) expect(scanned).toContain(canary(word));
  expect(records(parsed, 'endpoint').map((one) => one.host)).toEqual([undefined, 'api.acme.example']);
});

test('a damaged workflow never throws and never loses its own rules', () => {
  assert(
    property(wounded(exampleDocument(n8nWorkflow.example).tree ?? null), (tree) => {
      const document = readText('n8n/damaged.json', JSON.stringify(tree)).document;
      if (n8nWorkflow.recognise(document)) expectSound(n8nWorkflow.parse(document));
      expect(JSON.stringify(n8nWorkflow.parse(document))).toBe(JSON.stringify(n8nWorkflow.parse(document)));
    }),
    { numRuns: 60, seed: 7 },
  );
});
