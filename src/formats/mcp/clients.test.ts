import { describe, expect, test } from 'vitest';
import type { Json } from '../../sdk/index.ts';
import { readText } from '../document.ts';
import { recogniseAndParse } from '../index.ts';
import { clients } from './clients.ts';

const unasked = (tree: Json) =>
  clients(tree).map(({ name, tools }) => [name, ...tools.map((tool) => `${tool.name}: ${tool.effect}`)]);
const opencode = (permission: Json): Json => ({ $schema: 'https://opencode.ai/config.json', permission });

describe('clients that act without asking', () => {
  test.each<[string, Json, string[]]>([
    ['Claude Code', { permissions: { defaultMode: 'bypassPermissions' } }, ['every tool: destroy']],
    [
      'Claude Code',
      { permissions: { allow: ['Bash(*)', 'Read(*)', 'mcp__shop__*', 'mcp__crm', 'mcp__shop__create_refund'] } },
      ['Bash(*): destroy', 'mcp__shop__*: unknown', 'mcp__crm__*: unknown', 'mcp__shop__create_refund: write'],
    ],
    ['Claude Code', { permissions: { allow: ['Bash'] }, sandbox: { enabled: true } }, ['Bash: write']],
    ['Codex', { sandbox_mode: 'danger-full-access', approval_policy: 'never' }, ['every command: destroy']],
    ['Codex', { default_permissions: ':danger-full-access' }, ['every command: destroy']],
    ['opencode', opencode('allow'), ['every tool: destroy']],
    ['opencode', opencode({ '*': 'allow' }), ['every tool: destroy']],
    ['opencode', opencode({ '*': 'ask', bash: 'allow' }), ['every command: destroy']],
    ['Copilot in VS Code', { 'chat.tools.global.autoApprove': true }, ['every tool: destroy']],
    ['Zed', { agent: { tool_permissions: { default: 'allow' } } }, ['every tool: destroy']],
    ['Gemini CLI', { tools: { allowed: ['run_shell_command'] } }, ['every command: destroy']],
    ['Goose', { GOOSE_MODE: 'auto', extensions: { developer: { type: 'builtin' } } }, ['every tool: destroy']],
  ])('%s: %j', (name, tree, tools) => {
    expect(unasked(tree)).toEqual([[name, ...tools]]);
  });

  test.each<[Json]>([
    [{ permissions: { defaultMode: 'acceptEdits', allow: ['Bash(npm test:*)', 'mcp__shop__list_orders', 'Edit(*)'] } }],
    [
      {
        permissions: {
          allow: ['Bash', 'mcp__shop', 'mcp__crm__delete_deal'],
          deny: ['Bash(*)', 'mcp__shop__*'],
          ask: ['mcp__crm'],
        },
      },
    ],
    [{ permissions: { allow: ['Bash(*)', 7], ask: ['Bash'] } }],
    [{ sandbox_mode: 'workspace-write', approval_policy: 'never' }],
    [{ sandbox_mode: 'danger-full-access', approval_policy: 'untrusted' }],
    [opencode({ bash: { '*': 'ask', 'git *': 'allow' } })],
    [opencode({ '*': 'allow', bash: 'ask' })],
    [{ permission: 'allow' }],
    [{ 'chat.tools.global.autoApprove': false }],
    [{ agent: { tool_permissions: { default: 'allow', tools: { terminal: { default: 'confirm' } } } } }],
    [{ tools: { allowed: ['run_shell_command(git status)'] } }],
    [{ GOOSE_MODE: 'smart_approve', extensions: { developer: {} } }],
  ])('somebody is asked, or a sandbox holds it: %j', (tree) => {
    expect(unasked(tree)).toEqual([]);
  });

  test('the servers of every project are a part of a client that starts them unasked', () => {
    const started = { name: 'every MCP server that a project names', pinned: false, origin: 'community' };
    expect(clients({ enableAllProjectMcpServers: true })).toMatchObject([
      { name: 'Claude Code', path: ['enableAllProjectMcpServers'], tools: [], component: started },
    ]);
    const both = { enableAllProjectMcpServers: true, permissions: { defaultMode: 'bypassPermissions' } };
    expect(clients(both)).toMatchObject([{ path: ['permissions'], tools: [{}], component: started }]);
    expect(clients({ enableAllProjectMcpServers: false, enabledMcpjsonServers: ['shop'] })).toEqual([]);
  });

  test('is an agent beside the servers of its settings, and each text is searched once', () => {
    const settings = {
      permissions: { defaultMode: 'bypassPermissions' },
      env: { NOTE: 'first' },
      mcpServers: { a: { command: 'acme', env: { NOTE: 'second' } } },
    };
    const { document } = readText('.claude/settings.json', JSON.stringify(settings));
    const { items, formats } = recogniseAndParse(document);
    expect(formats).toEqual(['mcp']);
    expect(items.map(({ record }) => [record.kind, record.name])).toEqual([
      ['identity', 'a'],
      ['identity', 'Claude Code'],
    ]);
    expect(items[1]?.record).toMatchObject({ type: 'ai-agent', host: 'local', runsAs: 'caller', status: 'active' });
    const texts = JSON.stringify(items.flatMap(({ contents = [] }) => contents.map(({ tree }) => tree)));
    expect([texts.split('first').length, texts.split('second').length]).toEqual([2, 2]);
  });
});
