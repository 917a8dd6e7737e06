import {
  defineFormat,
  endpoint,
  identity,
  link,
  localId,
  pointer,
  type Authentication,
  type Content,
  type Document,
  type Item,
  type Json,
} from '../../sdk/index.ts';
import { literalTarget } from '../hosts.ts';
import { branch, withoutBranches } from '../tree.ts';
import { agents, type Agent } from './agents.ts';
import { serverRecords } from './server-records.ts';
import { isDisabled, serverPointer, servers, type Server } from './servers.ts';

/** Configuration of AI agents: MCP servers of every usual client, agent cards and agent manifests. */
export const mcp = defineFormat({
  id: 'mcp',
  title: 'MCP and AI-agent configuration',
  platform: 'mcp',
  recognise: ({ tree }) => servers(tree).length > 0 || agents(tree).length > 0,
  parse(document) {
    const tree = document.tree ?? null;
    const parts = [
      ...servers(tree).map((server) => ({ path: server.path, items: serverItems(document, server) })),
      ...agents(tree).map((agent) => ({ path: agent.path, items: agentItems(document, agent) })),
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

function agentItems(document: Document, agent: Agent): Item[] {
  const id = localId(document, agent.path.length === 0 ? undefined : pointer(...agent.path).slice(1));
  const target = literalTarget(agent.url);
  const place = { path: document.path, pointer: pointer(...agent.path) };
  const endpointId = `${id}#endpoint`;
  const callable = agent.schemes !== undefined;
  return [
    identity({
      id,
      name: agent.name,
      type: 'ai-agent',
      status: 'unknown',
      platform: agent.platform,

      host: target?.host,
      runsAs: agent.runsAs,
      scopes: agent.tools.length > 0 ? [...new Set(agent.tools)] : undefined,
      authentication: agent.schemes === undefined ? undefined : cardAuthentication(agent.schemes),
      at: place,
      links: callable ? [link('uses', 'endpoint', endpointId)] : undefined,
      gaps: { lastUsedAt: 'not-supported', createdAt: 'not-supported' },
    }),
    ...(callable
      ? [
          endpoint({
            id: endpointId,
            name: `${agent.name} (agent card)`,
            direction: 'inbound',
            platform: agent.platform,
            type: 'chat',
            authentication: cardAuthentication(agent.schemes ?? []),
            host: target?.host,
            scheme: target?.scheme,
            addresses: target?.addresses,
            at: place,
            links: [link('contained-in', 'identity', id)],
          }),
        ]
      : []),
  ];
}

function cardAuthentication(schemes: readonly string[]): Authentication {
  const [first] = schemes;
  if (first === undefined) return 'none';
  const known: readonly (readonly [RegExp, Authentication])[] = [
    [/api.?key/i, 'api-key'],
    [/oauth|openid|bearer/i, 'oauth'],
    [/mutual|mtls/i, 'mtls'],
    [/basic/i, 'basic'],
    [/http/i, 'header'],
  ];
  return known.find(([pattern]) => pattern.test(first))?.[1] ?? 'unknown';
}
