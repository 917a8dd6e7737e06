import { defineFormat, localId, pointer, type Content, type Document, type Item, type Json } from '../../sdk/index.ts';
import { branch, withoutBranches } from '../tree.ts';
import { agentItems, clientItems } from './agent-records.ts';
import { agents } from './agents.ts';
import { clients } from './clients.ts';
import { hookItems, hooksIn, type Hooks } from './hooks.ts';
import { modelHostItems, modelHosts } from './model-hosts.ts';
import { pluginsBeside, runtimeItems, runtimes } from './plugins.ts';
import { serverRecords } from './server-records.ts';
import { isDisabled, serverPointer, servers, type Server } from './servers.ts';

/** Configuration of AI agents: MCP servers of every usual client, agent cards and agent manifests. */
export const mcp = defineFormat({
  id: 'mcp',
  title: 'MCP and AI-agent configuration',
  platform: 'mcp',
  recognise: ({ tree }) =>
    [servers, agents, clients, runtimes, modelHosts, hookParts].some((read) => read(tree).length > 0),
  neighbours: pluginsBeside,
  parse(document) {
    const tree = document.tree ?? null;
    const parts = [
      ...servers(tree).map((server) => ({ path: server.path, items: serverItems(document, server) })),
      ...agents(tree).map((agent) => ({ path: agent.path, items: agentItems(document, agent) })),
      ...runtimes(tree).map((runtime) => ({ path: runtime.path, items: runtimeItems(document, runtime) })),
      ...clients(tree).map((client) => ({ path: client.path, items: clientItems(document, client) })),
      ...modelHosts(tree).map((host) => ({ path: host.path, items: modelHostItems(document, host) })),
      ...hookParts(tree).map((hooks) => ({ path: ['hooks'], items: hookItems(document, hooks) })),
    ];
    return { items: withContents(document, tree, parts), problems: [] };
  },
  example: {
    path: '.mcp.json',
    text: JSON.stringify({
      mcpServers: {
        contracts: {
          command: 'npx',
          args: ['-y', 'acme-contracts-mcp@latest'],
          env: { CONTRACTS_TOKEN: '${env:CONTRACTS_TOKEN}' },
        },
        search: {
          type: 'http',
          url: 'https://mcp.example.com/v1',
          headers: { Authorization: 'Bearer ${input:search}' },
        },
      },
    }),
  },
});

/** All hooks of a client are one part, and none where nothing of them leads away from the machine. */
function hookParts(tree: Json | undefined): Hooks[] {
  const hooks = hooksIn(tree);
  return hooks.fetched.length + hooks.called.length > 0 ? [hooks] : [];
}

interface Part {
  path: readonly (string | number)[];
  items: readonly Item[];
}

function serverItems(document: Document, server: Server): Item[] {
  return serverRecords(server.config, {
    id: localId(document, serverPointer(server).slice(1)),
    name: server.name,
    at: { path: document.path, pointer: serverPointer(server) },
    status: isDisabled(server.config) ? 'disabled' : 'active',
    // A local server is a process of the person who starts it, with all that this person may do.
    runsLocallyAs: 'caller',
  });
}

/** Each server and agent carries its own branch of the document, the first one also everything that is nobody's. */
function withContents(document: Document, tree: Json, parts: readonly Part[]): Item[] {
  const { path, text } = document;
  const own = parts.map((part) => part.path);
  return parts.flatMap((part, position) => {
    const [first, ...rest] = part.items;
    if (first === undefined) return [];
    const label = { pointer: pointer(...part.path), step: first.record.name, place: 'agent-configuration' as const };
    const contents: Content[] = [
      { place: 'agent-configuration', path, text, tree: branch(tree, part.path), labels: [label] },
    ];
    if (position === 0 && part.path.length > 0) {
      contents.push({ place: 'agent-configuration', path, text, tree: withoutBranches(tree, own) });
    }
    return [{ ...first, contents }, ...rest];
  });
}
