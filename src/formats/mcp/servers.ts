import { pointer, type Json } from '../../sdk/index.ts';
import { at, entriesAt, isObject, listAt, textAt } from '../tree.ts';

/** One configured server and where it stands in the document. */
export interface Server {
  name: string;
  path: readonly (string | number)[];
  config: Json;
}

/** Keys under which clients keep their servers: Claude, Cursor, Windsurf, VS Code, Zed, opencode, Continue, Codex. */
const places: readonly (readonly string[])[] = [
  ['mcpServers'],
  ['servers'],
  ['mcp', 'servers'],
  ['mcp', 'mcpServers'],
  ['mcp'],
  ['context_servers'],
  ['mcp_servers'],
];

/** Every MCP server that a client's configuration names, the per-project ones of `~/.claude.json` included. */
export function servers(tree: Json | undefined): Server[] {
  const found = places.flatMap((place) => under(tree, place));
  for (const [project] of entriesAt(tree, 'projects')) found.push(...under(tree, ['projects', project, 'mcpServers']));
  return found;
}

function under(tree: Json | undefined, place: readonly string[]): Server[] {
  const named = entriesAt(tree, ...place).map(([name, config]): Server => ({ name, path: [...place, name], config }));
  const listed = listAt(tree, ...place).map((config, position): Server => ({
    name: textAt(config, 'name') ?? `server ${position + 1}`,
    path: [...place, position],
    config,
  }));
  const all = [...named, ...listed].filter(({ config }) => isServer(config));
  // `servers` is a common word (OpenAPI and AsyncAPI have it too): there, a command or a transport must say MCP.
  return place.length === 1 && place[0] === 'servers' ? all.filter(({ config }) => speaksMcp(config)) : all;
}

function speaksMcp(config: Json): boolean {
  return (
    commandOf(config) !== undefined || /^(?:stdio|https?|sse|streamable-?http|ws)$/i.test(textAt(config, 'type') ?? '')
  );
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
  const command = textAt(config, 'command');
  return command === undefined ? undefined : { command, args: listAt(config, 'args') };
}

export function urlOf(config: Json): string | undefined {
  return ['url', 'serverUrl', 'httpUrl', 'baseUrl', 'endpoint']
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
