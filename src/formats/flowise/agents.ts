import type { Item, Json, Tool } from '../../sdk/index.ts';
import { drawnAgent, drawnServer, drawnServerId } from '../drawn-agents.ts';
import { embedded, embeddedList } from '../embedded.ts';
import type { Host } from '../endpoints.ts';
import { commandOf, urlOf } from '../mcp/servers.ts';
import { effectOf } from '../roles.ts';
import { at, entriesAt, isObject, textAt } from '../tree.ts';
import { isPersonal } from './connections.ts';
import type { Flow } from './flows.ts';
import { actionsOf, joinedTo, type Node } from './nodes.ts';
import { effectOfTool, isTool } from './steps.ts';
import { isPublic } from './triggers.ts';

const AGENTS = /^(?:agentAgentflow|seqAgent|seqToolNode|worker)$/;

/** Nodes whose model decides which tools are called. */
export function agentsOf(
  host: Host,
  flow: Flow,
  nodes: readonly Node[],
  connections: ReadonlyMap<string, string>,
): Item[] {
  return nodes.filter(isAgent).map((agent) => {
    const joined = new Set(joinedTo(flow.canvas, agent.id, 'tools'));
    const own = nodes.filter((node) => isTool(node) && (node.within === agent.id || joined.has(node.id)));
    const used = new Set(own.flatMap(({ id }) => connections.get(id) ?? []));
    const servers = own.filter((tool) => serverIn(tool) !== undefined).map((tool) => drawnServerId(host, tool));
    return drawnAgent(host, agent, {
      tools: [...own.flatMap((tool) => toolsOf(tool, agent)), ...builtIn(agent)],
      connections: used,
      servers,
      personal: own.some(isPersonal),
      isPublic: isPublic(flow),
      // An assistant of OpenAI has its tools there.
      toolsElsewhere: agent.name === 'openAIAssistant',
    });
  });
}

/** Servers that a tool is told to start or to reach. */
export function serversOf(host: Host, nodes: readonly Node[]): Item[] {
  return nodes.flatMap((node) => {
    const config = serverIn(node);
    return config === undefined ? [] : drawnServer(host, node, config);
  });
}

function serverIn({ inputs }: Node): Json | undefined {
  const config = embedded(at(inputs, 'mcpServerConfig'));
  if (!isObject(config)) return undefined;
  return commandOf(config) === undefined && urlOf(config) === undefined ? undefined : config;
}

function isAgent({ name, category }: Node): boolean {
  return AGENTS.test(name) || category === 'Agents';
}

function toolsOf(tool: Node, agent: Node): Tool[] {
  // `interrupt` of an agent in a sequence: https://docs.flowiseai.com/using-flowise/agentflowv1/sequential-agents
  const approval = tool.asks === true || at(agent.inputs, 'interrupt') === true ? 'required' : 'none';
  const actions = actionsOf(tool);
  if (actions.length === 0) return [{ name: tool.label, effect: effectOfTool(tool), approval }];
  return actions.map((name) => ({ name, effect: effectOf(name), approval }));
}

/** What the maker of the model offers besides: `agentToolsBuiltInOpenAI`. */
function builtIn({ inputs }: Node): Tool[] {
  return entriesAt(inputs)
    .filter(([key]) => key.startsWith('agentToolsBuiltIn'))
    .flatMap(([, list]) => embeddedList(list))
    .flatMap((name) => textAt(name) ?? [])
    .map((name) => ({ name, effect: effectOf(name), approval: 'none' }));
}
