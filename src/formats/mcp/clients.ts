import type { Component, Json, Tool } from '../../sdk/index.ts';
import { effectOf } from '../roles.ts';
import { at, entriesAt, listAt, textAt } from '../tree.ts';

/** A client of language models whose settings let it act without asking. */
export interface Client {
  name: string;
  platform: string;
  /** Where the settings say so. */
  path: readonly string[];
  tools: readonly Tool[];
  /** What it starts, whoever brings it along. */
  component?: Component;
}

/** The clients that a document's settings let loose; none where somebody is asked, or where a sandbox holds them. */
export function clients(tree: Json | undefined): Client[] {
  return [claude, codex, opencode, copilot, zed, gemini, goose].flatMap((read) => {
    const client = read(tree);
    if (client === undefined) return [];
    return client.tools.length > 0 || client.component !== undefined ? [client] : [];
  });
}

/** What is done in a shell cannot always be called back. */
const everything: readonly Tool[] = [{ name: 'every tool', effect: 'destroy', approval: 'none' }];
const everyCommand: readonly Tool[] = [{ name: 'every command', effect: 'destroy', approval: 'none' }];

type Read = (tree: Json | undefined) => Client | undefined;

/** https://code.claude.com/docs/en/permissions : rules such as `Bash(*)` and `mcp__SERVER__TOOL`, and modes. */
const claude: Read = (tree) => {
  const rulesOf = (list: string) => listAt(tree, 'permissions', list).filter((rule) => typeof rule === 'string');
  // What is denied or asked about goes before what is allowed.
  const overruled = new Set(['deny', 'ask'].flatMap(rulesOf));
  const rules = rulesOf('allow').filter((rule) => !widerThan(rule).some((wider) => overruled.has(wider)));
  const contained = at(tree, 'sandbox', 'enabled') === true;
  const allowed = rules.flatMap((name): Tool[] => {
    if (/^(?:Bash|PowerShell)(?:\((?::?\*|\*\*)\))?$/.test(name))
      return [{ name, effect: contained ? 'write' : 'destroy', approval: 'none' }];
    const [, server, tool = '*'] = /^mcp__((?:(?!__).)+)(?:__(.+))?$/.exec(name) ?? [];
    if (server === undefined) return [];
    if (tool === '*') return [{ name: `mcp__${server}__*`, effect: 'unknown', approval: 'none' }];
    const effect = effectOf(tool);
    return effect === 'write' || effect === 'destroy' ? [{ name, effect, approval: 'none' }] : [];
  });
  const bypassed = textAt(tree, 'permissions', 'defaultMode') === 'bypassPermissions';
  const tools = [...(bypassed ? everything : []), ...allowed];
  // https://code.claude.com/docs/en/settings : otherwise it asks before it starts the servers of a project.
  const starts = at(tree, 'enableAllProjectMcpServers') === true;
  return {
    name: 'Claude Code',
    platform: 'claude-code',
    path: [tools.length > 0 ? 'permissions' : 'enableAllProjectMcpServers'],
    tools,
    ...(starts && { component: { name: 'every MCP server that a project names', pinned: false, origin: 'community' } }),
  };
};

/** `Bash` and `Bash(*)` are one, and `mcp__SERVER` is all of its tools. */
function widerThan(rule: string): string[] {
  const tool = rule.replace(/\(.*/s, '');
  const [server = tool] = /^mcp__(?:(?!__).)+/.exec(rule) ?? [];
  return [rule, tool, `${tool}(*)`, server, `${server}__*`];
}

/** https://developers.openai.com/codex/config-reference/ : only `untrusted` asks before what is not known to be safe. */
const codex: Read = (tree) => {
  const open = [textAt(tree, 'sandbox_mode'), textAt(tree, 'default_permissions')].some((mode) =>
    /^:?danger-full-access$/.test(mode ?? ''),
  );
  const asks = textAt(tree, 'approval_policy') === 'untrusted';
  const path = [textAt(tree, 'sandbox_mode') === undefined ? 'default_permissions' : 'sandbox_mode'];
  return open && !asks ? { name: 'Codex', platform: 'codex', path, tools: everyCommand } : undefined;
};

/** https://opencode.ai/docs/permissions/ */
const opencode: Read = (tree) => {
  if (!/opencode\.ai/.test(textAt(tree, '$schema') ?? '')) return undefined;
  const allows = (...path: readonly string[]): boolean => at(tree, 'permission', ...path) === 'allow';
  const all = allows() || (allows('*') && at(tree, 'permission', 'bash') === undefined);
  const tools = all ? everything : allows('bash') || allows('bash', '*') ? everyCommand : [];
  return { name: 'opencode', platform: 'opencode', path: ['permission'], tools };
};

/** https://code.visualstudio.com/docs/agents/run/approvals : the older name, and today's. */
const copilot: Read = (tree) => {
  const key = ['chat.tools.autoApprove', 'chat.tools.global.autoApprove'].find((name) => at(tree, name) === true);
  if (key === undefined) return undefined;
  return { name: 'Copilot in VS Code', platform: 'vscode', path: [key], tools: everything };
};

/** https://zed.dev/docs/ai/tool-permissions : the older switch, and today's default. */
const zed: Read = (tree) => {
  const byDefault = textAt(tree, 'agent', 'tool_permissions', 'default') === 'allow';
  const terminal = textAt(tree, 'agent', 'tool_permissions', 'tools', 'terminal', 'default') ?? 'allow';
  const loose = at(tree, 'agent', 'always_allow_tool_actions') === true || (byDefault && terminal === 'allow');
  return loose ? { name: 'Zed', platform: 'zed', path: ['agent'], tools: everything } : undefined;
};

/** https://geminicli.com/docs/reference/configuration/ : tools that run without confirmation, a shell's commands if bare. */
const gemini: Read = (tree) => {
  const shell = listAt(tree, 'tools', 'allowed').some((tool) => tool === 'run_shell_command' || tool === 'ShellTool');
  return shell
    ? { name: 'Gemini CLI', platform: 'gemini-cli', path: ['tools', 'allowed'], tools: everyCommand }
    : undefined;
};

/** https://block.github.io/goose/docs/guides/goose-permissions/ : `auto` asks for nothing. */
const goose: Read = (tree) => {
  if (textAt(tree, 'GOOSE_MODE') !== 'auto' || entriesAt(tree, 'extensions').length === 0) return undefined;
  return { name: 'Goose', platform: 'goose', path: ['GOOSE_MODE'], tools: everything };
};
