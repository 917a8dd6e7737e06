import type { Item, Json, Tool } from '../../sdk/index.ts';
import { drawnAgent, drawnServer, drawnServerId } from '../drawn-agents.ts';
import type { Host } from '../endpoints.ts';
import { commandOf, urlOf } from '../mcp/servers.ts';
import { effectOf } from '../roles.ts';
import { at, isObject, listAt, textAt } from '../tree.ts';
import { isPublic } from './triggers.ts';
import type { Flow } from './flows.ts';
import { toolNodes, valueOf, type Line, type Node } from './nodes.ts';
import { roleOfNode } from './steps.ts';

const AGENTS = /Agent(?:Initializer|Component)?$/;

/** Nodes whose model decides which tools are called. */
export function agentsOf(
  host: Host,
  flow: Flow,
  { nodes, lines, uses }: { nodes: readonly Node[]; lines: readonly Line[]; uses: ReadonlyMap<string, string> },
): Item[] {
  return nodes.flatMap((agent) => {
    const tools = toolNodes(agent, lines, nodes);
    if (!AGENTS.test(agent.type) && tools.length === 0) return [];
    const used = new Set(tools.flatMap(({ id }) => uses.get(id) ?? []));
    const servers = tools.filter((tool) => serverIn(tool) !== undefined).map((tool) => drawnServerId(host, tool));
    // A flow acts as whoever calls it, and as its owner where a webhook does: https://docs.langflow.org/connections
    const drawn = {
      tools: tools.flatMap(toolsOf),
      connections: used,
      servers,
      personal: false,
      isPublic: isPublic(flow),
    };
    return drawnAgent(host, agent, drawn);
  });
}

/** Servers that a component is told how to start or to reach; of others, the server of Langflow knows more. */
export function serversOf(host: Host, nodes: readonly Node[]): Item[] {
  return nodes.flatMap((node) => {
    const config = serverIn(node);
    if (config === undefined) return [];
    return drawnServer(host, node, config, textAt(valueOf(node, 'mcp_server'), 'name'));
  });
}

function serverIn(node: Node): Json | undefined {
  if (!node.type.startsWith('MCP')) return undefined;
  const chosen = at(valueOf(node, 'mcp_server'), 'config');
  const told = { command: valueOf(node, 'command') ?? null, url: valueOf(node, 'sse_url', 'url') ?? null };
  return [chosen, told].find((one) => isObject(one) && (commandOf(one) !== undefined || urlOf(one) !== undefined));
}

/** What a component offers as tools, of that what is switched on. Rows with actions wait for a person to choose one. */
function toolsOf(node: Node): Tool[] {
  const rows = listAt(valueOf(node, 'tools_metadata')).filter((row) => at(row, 'status') !== false);
  const named = rows.flatMap((row): Tool[] => {
    const name = textAt(row, 'name');
    if (name === undefined) return [];
    const approval = listAt(row, 'approval_actions').length > 0 ? 'required' : 'none';
    return [{ name, effect: effectIn(node, name), approval }];
  });
  return named.length > 0 ? named : [{ name: node.label, effect: effectIn(node, node.label), approval: 'none' }];
}

/** By its own name; `as_message` and the like only say in which form the component answers. */
function effectIn(node: Node, name: string): Tool['effect'] {
  const role = roleOfNode(node);
  const own = name.startsWith('as_') ? 'unknown' : effectOf(name);
  return own === 'unknown' ? effectOf(node.type, role === 'source' ? role : undefined) : own;
}
