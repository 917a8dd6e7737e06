import { pointer, type Json } from '../../sdk/index.ts';
import { at, entriesAt, isObject, listAt, textAt } from '../tree.ts';

/** One configured server and where it stands in the document. */
export interface Server {
  name: string;
  path: readonly (string | number)[];
  config: Json;
}

type Place = readonly (string | number)[];

/** Keys under which clients keep their servers: Claude, Cursor, Windsurf, VS Code, Zed, opencode, Continue, Codex, Goose, OpenHands. */
const places: readonly Place[] = [
  ['mcpServers'],
  ['servers'],
  ['mcp', 'servers'],
  ['mcp', 'mcpServers'],
  ['mcp'],
  ['context_servers'],
  ['mcp_servers'],
  ['mcp-servers'],
  // https://code.visualstudio.com/docs/agent-customization/mcp-servers : of a development container.
  ['customizations', 'vscode', 'mcp', 'servers'],
  ['settings', 'mcp', 'servers'],
  ['mcp', 'stdio_servers'],
  ['mcp', 'sse_servers'],
  ['mcp', 'shttp_servers'],
  ['extensions'],
];

/** `servers` and `extensions` are common words (OpenAPI and AsyncAPI have the first): there, an entry must say MCP. */
const common = /^(?:servers|extensions)$/;
const transport = /^(?:stdio|https?|sse|streamable[-_]?http|ws)$/i;

/** Every MCP server that a client's configuration names, those of its projects and plugins included. */
export function servers(tree: Json | undefined): Server[] {
  const projects = entriesAt(tree, 'projects').map(([project]): Place => ['projects', project, 'mcpServers']);
  const plugins = listAt(tree, 'plugins').map((_, position): Place => ['plugins', position, 'mcpServers']);
  // VS Code's settings are one flat map: `amp.mcpServers`.
  const flat = entriesAt(tree).flatMap(([key]): Place[] => (/.\.mcpServers$/.test(key) ? [[key]] : []));
  const found = [...places, ...projects, ...plugins, ...flat].flatMap((place) => under(tree, place));
  return found.length > 0 ? found : [...bundled(tree), ...bare(tree)];
}

/** https://github.com/modelcontextprotocol/mcpb/blob/main/MANIFEST.md : a server packed for Claude Desktop. */
function bundled(tree: Json | undefined): Server[] {
  const config = at(tree, 'server', 'mcp_config') ?? null;
  const says = at(tree, 'manifest_version') ?? at(tree, 'dxt_version');
  if (says === undefined || !isServer(config)) return [];
  return [{ name: textAt(tree, 'name') ?? 'server', path: ['server', 'mcp_config'], config }];
}

/** What an entry of a map may hold for the map to be servers and nothing else. */
const fields = new Set(
  (
    'command args env type url serverUrl httpUrl headers headersHelper oauth cwd envFile timeout transport description ' +
    'disabled enabled autoApprove alwaysAllow disabledTools trust tools note'
  ).split(' '),
);

/** https://code.claude.com/docs/en/mcp : a plugin's `.mcp.json` may be the servers alone, under no key. */
function bare(tree: Json | undefined): Server[] {
  const all = entriesAt(tree)
    .filter(([name]) => !/^[$_]/.test(name))
    .map(([name, config]): Server => ({ name, path: [name], config }));
  const fit = all.every(({ config }) => isServer(config) && Object.keys(config ?? {}).every((key) => fields.has(key)));
  return fit && all.some(saysMcp) ? all : [];
}

function saysMcp({ name, config }: Server): boolean {
  if (transport.test(textAt(config, 'type') ?? '') || autoApproved(config).length > 0) return true;
  // Nobody but whoever starts a server lets a package be fetched without being asked.
  return /mcp|CLAUDE_PLUGIN_ROOT|"(?:-y|--yes|uvx)"/i.test(
    [name, urlOf(config), JSON.stringify(commandOf(config))].join(),
  );
}

function under(tree: Json | undefined, place: Place): Server[] {
  const named = entriesAt(tree, ...place).map(([name, config]): Server => ({ name, path: [...place, name], config }));
  const listed = listAt(tree, ...place).map((config, position): Server => ({
    name: textAt(config, 'name') ?? `server ${position + 1}`,
    path: [...place, position],
    config,
  }));
  const all = [...named, ...listed].filter(({ config }) => isServer(config));
  const [first] = place;
  if (place.length > 1 || !common.test(String(first))) return all;
  return all.filter(({ config }) => {
    const typed = transport.test(textAt(config, 'type') ?? '');
    return typed || (first === 'servers' && commandOf(config) !== undefined);
  });
}

/** A server is started by a command or reached at a URL; nothing else that a map may hold has either. */
function isServer(config: Json): boolean {
  if (!isObject(config)) return false;
  return commandOf(config) !== undefined || urlOf(config) !== undefined;
}

/** The command and its arguments, in whichever of the usual three ways they are written. */
export function commandOf(config: Json): { command: string; args: readonly Json[] } | undefined {
  const inner = textAt(config, 'command', 'path');
  if (inner !== undefined) return { command: inner, args: listAt(config, 'command', 'args') };
  const [first, ...rest] = listAt(config, 'command');
  if (typeof first === 'string') return { command: first, args: rest };
  // Goose: https://github.com/block/goose/blob/main/documentation/docs/guides/config-files.md
  const command = textAt(config, 'command') ?? textAt(config, 'cmd');
  return command === undefined ? undefined : { command, args: listAt(config, 'args') };
}

export function urlOf(config: Json): string | undefined {
  return ['url', 'serverUrl', 'httpUrl', 'baseUrl', 'endpoint', 'uri']
    .map((key) => textAt(config, key))
    .find((url) => url !== undefined && /^(?:https?|wss?):\/\/|^\$/i.test(url));
}

/** Is it switched off in the client? */
export function isDisabled(config: Json): boolean {
  return at(config, 'disabled') === true || at(config, 'enabled') === false;
}

/** Tools that the client runs without asking; `*` for all of them. */
export function autoApproved(config: Json): string[] {
  const listed = ['autoApprove', 'alwaysAllow', 'autoAllow']
    .flatMap((key) => listAt(config, key))
    .filter((tool) => typeof tool === 'string');
  // https://developers.openai.com/codex/config-reference/ : for all tools of a server, and for each.
  const single = entriesAt(config, 'tools').filter(([, tool]) => textAt(tool, 'approval_mode') === 'approve');
  // https://github.com/google-gemini/gemini-cli/blob/main/docs/tools/mcp-server.md : a trusted server's tools never ask.
  const trusted = at(config, 'trust') === true || textAt(config, 'default_tools_approval_mode') === 'approve';
  const all = trusted ? ['*'] : [];
  return [...listed, ...all, ...single.map(([tool]) => tool)];
}

/** RFC 6901 pointer to a server. */
export function serverPointer(server: Server): string {
  return pointer(...server.path);
}
