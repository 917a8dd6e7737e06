import { assert, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Endpoint, Identity } from '../../sdk/index.ts';
import { exampleDocument, readText } from '../document.ts';
import { expectSound, wounded } from '../../../test/helpers/wounded-tree.ts';
import { mcp } from './mcp.ts';

function items(content: unknown, path = '.mcp.json') {
  const { document } = readText(path, typeof content === 'string' ? content : JSON.stringify(content));
  return mcp.recognise(document) ? mcp.parse(document).items : [];
}
const identities = (content: unknown, path?: string): Identity[] =>
  items(content, path).flatMap(({ record }) => (record.kind === 'identity' ? [record] : []));
const endpoints = (content: unknown, path?: string): Endpoint[] =>
  items(content, path).flatMap(({ record }) => (record.kind === 'endpoint' ? [record] : []));
const local = { command: 'npx', args: ['-y', 'acme-mcp@1.2.3'] };

describe('MCP servers', () => {
  test('the example: a local and a remote server', () => {
    const { items } = mcp.parse(exampleDocument(mcp.example));
    expect(items.map(({ record }) => [record.kind, record.name])).toEqual([
      ['identity', 'contracts'],
      ['identity', 'search'],
      ['endpoint', 'search (mcp.example.com)'],
    ]);
    expect(items[0]?.record).toMatchObject({
      host: 'local',
      runsAs: 'caller',
      component: { name: 'acme-contracts-mcp', version: 'latest', pinned: false },
    });
    expect(items[1]?.record).toMatchObject({ host: 'mcp.example.com', runsAs: 'unknown' });
    expect(items[2]?.record).toMatchObject({
      direction: 'outbound',
      type: 'mcp',
      scheme: 'https',
      authentication: 'header',
    });
  });

  test.each([
    ['Claude, Cursor, Windsurf', '.cursor/mcp.json', { mcpServers: { a: local } }],
    [
      'VS Code',
      '.vscode/mcp.json',
      '{ "servers": { "a": {"command":"npx","args":["-y","acme-mcp@1.2.3"]}, }, // mine\n "inputs": [] }',
    ],
    ['VS Code settings', 'settings.json', { mcp: { servers: { a: local } } }],
    ['Zed', 'settings.json', { context_servers: { a: { command: { path: 'npx', args: local.args } } } }],
    ['opencode', 'opencode.json', { mcp: { a: { type: 'local', command: ['npx', ...local.args] } } }],
    ['Continue', 'config.yaml', 'mcpServers:\n  - name: a\n    command: npx\n    args: ["-y", "acme-mcp@1.2.3"]\n'],
    ['Codex', '.codex/config.toml', '[mcp_servers.a]\ncommand = "npx"\nargs = ["-y", "acme-mcp@1.2.3"] # ours\n'],
    ['a workspace of VS Code', 'x.code-workspace', { folders: [], settings: { mcp: { servers: { a: local } } } }],
    [
      'OpenHands',
      'config.toml',
      '[[mcp.stdio_servers]]\nname = "a"\ncommand = "npx"\nargs = ["-y", "acme-mcp@1.2.3"]\n',
    ],
    ['a plugin of Claude Code', '.mcp.json', { a: local }],
    ['a list of such plugins', 'marketplace.json', { plugins: [{ name: 'p', mcpServers: { a: local } }] }],
    ['Cline, pasted without its key', 'cline_mcp_settings.json', { a: { ...local, disabled: false, autoApprove: [] } }],
    [
      'a bundle for Claude Desktop',
      'manifest.json',
      { manifest_version: '0.3', name: 'a', server: { mcp_config: local } },
    ],
    ['Amp, in VS Code', 'settings.json', { 'editor.tabSize': 2, 'amp.mcpServers': { a: local } }],
    [
      'a development container',
      'devcontainer.json',
      { image: 'x', customizations: { vscode: { mcp: { servers: { a: local } } } } },
    ],
    [
      'Goose',
      'config.yaml',
      'extensions:\n  a:\n    type: stdio\n    cmd: npx\n    args: ["-y", "acme-mcp@1.2.3"]\n  developer:\n    type: builtin\n',
    ],
    [
      'an agent of GitHub Copilot',
      '.github/agents/clerk.agent.md',
      "---\r\nname: clerk\r\nmcp-servers:\r\n  a:\r\n    command: npx\r\n    args: ['-y', 'acme-mcp@1.2.3']\r\n---\r\n\r\nYou help.\r\n",
    ],
    ['Claude, per project', '.claude.json', { projects: { '/home/x': { mcpServers: { a: local } } } }],
  ])('%s', (_client, path, content) => {
    expect(identities(content, path)).toMatchObject([
      { name: 'a', type: 'mcp-server', component: { name: 'acme-mcp', version: '1.2.3', pinned: true } },
    ]);
  });

  test('each server carries its own part of the document, the first one also the rest', () => {
    const all = items({
      mcpServers: { a: { ...local, env: { KEY: 'one' } }, b: { ...local, env: { KEY: 'two' } } },
      note: 'three',
    });
    const texts = all.map((item) => (item.contents ?? []).map((content) => JSON.stringify(content.tree)).join());
    expect(texts[0]).toContain('one');
    expect(texts[0]).toContain('three');
    expect(texts[0]).not.toContain('two');
    expect(texts[1]).toContain('two');
    expect(texts[1]).not.toMatch(/one|three/);
  });

  test('switched off, approved without asking, cleartext, certificates not checked', () => {
    expect(identities({ mcpServers: { a: { ...local, disabled: true, autoApprove: ['send_mail'] } } })).toMatchObject([
      {
        status: 'disabled',
        scopes: ['auto-approve:send_mail'],
        tools: [
          { name: 'send_mail', effect: 'write', approval: 'none' },
          { name: 'any other', effect: 'unknown', approval: 'unknown' },
        ],
      },
    ]);
    const server = {
      url: 'http://mcp.acme.example/secret-path?key=canary',
      env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    };
    expect(endpoints({ mcpServers: { a: server } })).toMatchObject([
      { scheme: 'http', host: 'mcp.acme.example', verifyTls: false, authentication: 'unknown' },
    ]);
    const records = items({ mcpServers: { a: server } }).map(({ record }) => record);
    expect(JSON.stringify(records)).not.toMatch(/canary|secret-path/);
  });

  test('a server elsewhere that is switched off is called by nobody, and certificates are checked unless it says so', () => {
    const [off] = endpoints({ mcpServers: { a: { url: 'https://mcp.acme.example/', disabled: true } } });
    expect([off?.state, off?.verifyTls]).toEqual(['inactive', undefined]);
    const [on] = endpoints({ mcpServers: { a: { url: 'https://mcp.acme.example/' } } });
    expect(on?.state).toBe('active');
  });

  test('an address that only a variable holds leads to no host, and to no endpoint', () => {
    const all = items({ mcpServers: { a: { type: 'http', url: '${SHOP_URL}' } } });
    expect(all.map(({ record }) => record)).toMatchObject([{ kind: 'identity', gaps: { host: 'not-seen' } }]);
    expect(all[0]?.record.links ?? []).toEqual([]);
  });

  test('Codex: keys from the environment, tools without asking', () => {
    const server = (more: object) => ({ mcp_servers: { a: { url: 'https://mcp.acme.example/', ...more } } });
    const authentication = (more: object) => endpoints(server(more))[0]?.authentication;
    expect(authentication({ bearer_token_env_var: 'ACME_TOKEN' })).toBe('header');
    expect(authentication({ http_headers: { Region: 'eu' }, env_http_headers: { 'X-Api-Key': 'ACME_KEY' } })).toBe(
      'api-key',
    );
    const approved = { default_tools_approval_mode: 'approve', tools: { pay: { approval_mode: 'approve' } } };
    expect(identities(server(approved))).toMatchObject([{ scopes: ['auto-approve:*', 'auto-approve:pay'] }]);
    const asked = { default_tools_approval_mode: 'prompt', enabled: false, tools: { pay: { approval_mode: 'auto' } } };
    const [one] = identities(server(asked));
    expect([one?.status, one?.scopes]).toEqual(['disabled', undefined]);
  });

  test('Continue: headers among the options of a request', () => {
    const server = { name: 'a', url: 'https://mcp.acme.example/', requestOptions: { headers: { Authorization: 'x' } } };
    expect(endpoints({ mcpServers: [server] })).toMatchObject([{ authentication: 'header' }]);
  });

  test('Gemini: a trusted server; mcporter: an address under another name', () => {
    const server = { baseUrl: 'https://mcp.acme.example/', trust: true };
    const [trusted, asked] = identities({ mcpServers: { a: server, b: { ...server, trust: false } } });
    expect(trusted).toMatchObject({ host: 'mcp.acme.example', tools: [{ name: '*', approval: 'none' }] });
    expect(asked).not.toHaveProperty('tools');
  });

  test('a bridge to a server elsewhere is that server', () => {
    const bridge = { command: 'npx', args: ['-y', 'mcp-remote', 'https://mcp.acme.example/sse'] };
    expect(identities({ mcpServers: { a: bridge } })).toMatchObject([
      { host: 'mcp.acme.example', component: { name: 'mcp-remote', pinned: false } },
    ]);
    const told = (...more: string[]) =>
      endpoints({ mcpServers: { a: { ...bridge, args: [...bridge.args, ...more] } } })[0]?.authentication;
    expect(told()).toBe('unknown');
    expect(told('--header', 'Authorization: Bearer ${TOKEN}')).toBe('header');
    expect(told('--header=X-Api-Key:${KEY}')).toBe('api-key');
  });

  test('an API description with servers is none of ours', () => {
    expect(items({ openapi: '3.1.0', servers: [{ url: 'https://api.example' }] })).toEqual([]);
    expect(items({ asyncapi: '2.6.0', servers: { prod: { url: 'wss://x.example', protocol: 'ws' } } })).toEqual([]);
    expect(items({ mcpServers: {} })).toEqual([]);
  });

  test('a map of commands is none of ours unless it says so', () => {
    expect(items({ black: { command: 'black', args: ['-'] } })).toEqual([]);
    expect(items({ go: { command: 'mcp-gopls', args: [], extensionToLanguage: { '.go': 'go' } } })).toEqual([]);
    expect(items({ extensions: [{ type: 'theme', command: 'x' }], plugins: ['x'] })).toEqual([]);
    expect(items({ server: { mcp_config: local }, name: 'a' })).toEqual([]);
    expect(items({ a: { type: 'sse', url: 'https://mcp.acme.example/sse' } })).toHaveLength(2);
    expect(items({ notes: { command: 'npx', args: ['-y', 'acme-notes@latest'] } })).toHaveLength(1);
  });
});

describe('agents', () => {
  test('an A2A card says how it may be called', () => {
    const card = {
      name: 'Buyer',
      url: 'https://agents.acme.example/buyer',
      capabilities: {},
      skills: [{ id: 'order', name: 'Order' }],
    };
    expect(identities(card)).toMatchObject([
      {
        type: 'ai-agent',
        name: 'Buyer',
        platform: 'a2a',
        scopes: ['Order'],
        host: 'agents.acme.example',
        authentication: 'none',
      },
    ]);
    expect(endpoints(card)).toMatchObject([{ direction: 'inbound', authentication: 'none' }]);
    expect(endpoints({ ...card, securitySchemes: { k: { type: 'apiKey' } } })).toMatchObject([
      { authentication: 'api-key' },
    ]);
    expect(endpoints({ ...card, authentication: { schemes: ['Bearer'] } })).toMatchObject([
      { authentication: 'oauth' },
    ]);
    const schemes = { securitySchemes: { k: { apiKeySecurityScheme: { name: 'X-Api-Key' } } } };
    const asked = (more: object) => endpoints({ ...card, ...schemes, ...more })[0]?.authentication;
    expect(asked({ securityRequirements: [{ schemes: { k: { list: [] } } }] })).toBe('api-key');
    // One requirement of several suffices, and the empty one is met by anybody.
    expect(asked({ securityRequirements: [{ schemes: { k: {} } }, { schemes: {} }] })).toBe('none');
    expect(asked({ security: [{ k: [] }, {}] })).toBe('none');
  });

  test('a Microsoft 365 declarative agent answers with its caller’s rights', () => {
    const agent = {
      version: 'v1.3',
      name: 'HR${{APP_NAME_SUFFIX}}',
      instructions: 'Help.',
      capabilities: [{ name: 'WebSearch' }],
      actions: [{ id: 'leave', file: 'x.json' }],
    };
    expect(identities(agent)).toMatchObject([
      { name: 'HR', platform: 'microsoft-365-copilot', runsAs: 'caller', scopes: ['WebSearch', 'leave'] },
    ]);
    const schema = 'https://aka.ms/json-schemas/copilot-extensions/v1.0/declarative-copilot.schema.json';
    expect(identities({ $schema: schema, name: 'Game', instructions: 'Play.' })).toMatchObject([{ name: 'Game' }]);
  });

  test('a custom agent of Kiro or Amazon Q Developer, and what it does unasked', () => {
    const agent = { name: 'books', prompt: 'Book.', tools: ['*'], allowedTools: ['@erp/create_invoice', 'fs_read'] };
    expect(identities(agent)).toMatchObject([
      {
        type: 'ai-agent',
        name: 'books',
        runsAs: 'caller',
        tools: [
          { name: '@erp/create_invoice', effect: 'write', approval: 'none' },
          { name: 'fs_read', effect: 'read', approval: 'none' },
          { name: 'any other', effect: 'unknown', approval: 'unknown' },
        ],
      },
    ]);
    expect(identities(agent)[0]).not.toHaveProperty('scopes');
    expect(items({ name: 'x', allowedTools: ['a'] })).toEqual([]);
  });

  test('agents with model, instructions and tools; role and goal', () => {
    const list =
      'agents:\n  - name: clerk\n    model: gpt\n    instructions: Sort mail.\n    tools: [mail.send, { type: function, function: { name: lookup } }]\n  - name: not one\n';
    expect(identities(list, 'agents.yaml')).toMatchObject([{ name: 'clerk', scopes: ['mail.send', 'function'] }]);
    expect(identities('researcher:\n  role: Analyst\n  goal: Know\n  backstory: x\n', 'agents.yaml')).toMatchObject([
      { name: 'researcher' },
    ]);
    expect(items({ model: 'T3', name: 'car' })).toEqual([]);
    const call = { model: 'large', prompt: 'A lake at dawn', tools: { web_search: true } };
    expect(items(call)).toEqual([]);
    expect(identities({ ...call, name: 'painter' })).toMatchObject([{ name: 'painter' }]);
    expect(identities({ ...call, object: 'assistant', name: null })).toMatchObject([{ name: 'agent' }]);
  });
});

test('whatever is wrong with a configuration, reading it does not throw', () => {
  const { tree = null, path, text } = exampleDocument(mcp.example);
  assert(
    property(wounded(tree), (broken) => {
      const document = { path, text, syntax: 'json' as const, tree: broken };
      if (mcp.recognise(document)) expectSound(mcp.parse(document));
    }),
    { seed: 1 },
  );
});
