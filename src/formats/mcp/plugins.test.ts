import { assert, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Document, Json } from '../../sdk/index.ts';
import { expectSound, wounded } from '../../../test/helpers/wounded-tree.ts';
import { readText } from '../document.ts';
import { mcp } from './mcp.ts';

const plugin = {
  schema_version: 'v2.4',
  name_for_human: 'Tickets',
  functions: [
    { name: 'listTickets' },
    { name: 'createTicket', capabilities: { confirmation: { type: 'None' } } },
    { name: 'deleteTicket' },
  ],
  runtimes: [
    {
      type: 'RemoteMCPServer',
      spec: { url: 'https://mcp.acme.example/tickets' },
      auth: { type: 'None' },
      run_for_functions: ['listTickets', 'createTicket'],
    },
    {
      type: 'OpenApi',
      spec: { url: 'openapi.yaml' },
      auth: { type: 'OAuthPluginVault', reference_id: '${{OAUTH_ID}}' },
      run_for_functions: ['deleteTicket'],
    },
  ],
};
const agent = {
  version: 'v1.5',
  name: 'Helpdesk',
  instructions: 'Help.',
  actions: [{ id: 'tickets', file: 'ai-plugin.json' }],
};

const read = (path: string, tree: Json): Document => readText(path, JSON.stringify(tree)).document;
const records = (document: Document) => mcp.parse(document).items.map(({ record }) => record);

describe('plugins of Microsoft 365 Copilot', () => {
  test('a server of tools and an API, each with how it is signed in to', () => {
    expect(records(read('appPackage/ai-plugin.json', plugin))).toMatchObject([
      { kind: 'identity', type: 'mcp-server', name: 'Tickets 1', host: 'mcp.acme.example' },
      { kind: 'endpoint', direction: 'outbound', host: 'mcp.acme.example', authentication: 'none' },
      { kind: 'connection', name: 'Tickets 2', platform: 'microsoft-365-copilot', authentication: 'oauth' },
    ]);
  });

  test('a server that the manifest of an app connects agents to', () => {
    const remoteMcpServer = {
      mcpServerUrl: 'https://mcp.acme.example/crm',
      authorization: { type: 'OAuthPluginVault' },
    };
    const app = {
      manifestVersion: 'devPreview',
      agentConnectors: [{ id: 'crm', displayName: 'CRM', toolSource: { remoteMcpServer } }],
    };
    expect(records(read('manifest.json', app))).toMatchObject([
      { kind: 'identity', type: 'mcp-server', name: 'CRM', host: 'mcp.acme.example' },
      { kind: 'endpoint', host: 'mcp.acme.example', authentication: 'oauth' },
    ]);
  });

  test('a declarative agent calls what the plugin beside it offers, and asks unless that says otherwise', () => {
    const path = 'appPackage/declarativeAgent.json';
    expect(mcp.neighbours?.(path)).toEqual(['*.json']);
    expect(mcp.neighbours?.('.mcp.json')).toEqual([]);
    const beside = new Map([['ai-plugin.json', read('appPackage/ai-plugin.json', plugin)]]);
    expect(records({ ...read(path, agent), neighbours: beside })).toMatchObject([
      {
        name: 'Helpdesk',
        tools: [
          { name: 'listTickets', effect: 'read', approval: 'none' },
          { name: 'createTicket', effect: 'write', approval: 'none' },
          { name: 'deleteTicket', effect: 'destroy', approval: 'required' },
        ],
        links: [
          { rel: 'uses', kind: 'identity', id: 'appPackage/ai-plugin.json#runtimes/0' },
          { rel: 'uses', kind: 'connection', id: 'appPackage/ai-plugin.json#runtimes/1' },
        ],
      },
    ]);
    expect(records(read(path, agent))[0]).not.toHaveProperty('tools');
  });

  test('whatever is wrong with a plugin, reading it does not throw', () => {
    assert(
      property(wounded(plugin), (broken) => {
        const document = { path: 'ai-plugin.json', text: '', syntax: 'json' as const, tree: broken };
        if (mcp.recognise(document)) expectSound(mcp.parse(document));
      }),
      { seed: 1 },
    );
  });
});
