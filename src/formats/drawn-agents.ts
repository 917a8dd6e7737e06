import { identity, link, pointer, type Item, type Json, type Tool } from '../sdk/index.ts';
import type { Host } from './endpoints.ts';
import { serverRecords } from './mcp/server-records.ts';

/** A box on the canvas of a tool for building agents: an agent, or a server that agents call. */
interface Box {
  id: string;
  label: string;
  path: readonly (string | number)[];
}

/** What a canvas says of an agent. */
interface Drawn {
  tools: readonly Tool[];
  /** Ids of the connections and servers that its tools use. */
  connections: ReadonlySet<string>;
  servers: readonly string[];
  /** One of its tools acts for a single person. */
  personal: boolean;
  /** The whole world may talk to it. */
  isPublic: boolean;
  /** Its tools are kept where the export does not reach. */
  toolsElsewhere?: boolean;
}

/** An agent that stands on a canvas, part of the workflow that the canvas is. */
export function drawnAgent(host: Host, box: Box, drawn: Drawn): Item {
  const { tools, connections, servers, personal, isPublic, toolsElsewhere = false } = drawn;
  return identity({
    id: `${host.id}/agent/${box.id}`,
    name: `${host.name}: ${box.label}`,
    type: 'ai-agent',
    status: 'unknown',
    platform: host.platform,
    tools,
    runsAs: personal ? 'author' : 'unknown',
    sharedWith: isPublic ? { reach: 'public' } : undefined,
    at: placeOf(host, box),
    links: [
      within(host),
      ...[...connections].map((id) => link('uses', 'connection', id)),
      ...servers.map((id) => link('uses', 'identity', id)),
    ],
    gaps: {
      status: 'not-seen',
      lastUsedAt: 'not-seen',
      createdAt: 'not-seen',
      ...(!personal && { runsAs: 'not-seen' }),
      ...(!isPublic && { sharedWith: 'not-seen' }),
      ...(toolsElsewhere && { tools: 'not-seen' }),
    },
  });
}

/** An MCP server that a box is told to start or to reach. */
export function drawnServer(host: Host, box: Box, config: Json, name = `${host.name}: ${box.label}`): Item[] {
  return serverRecords(config, {
    id: drawnServerId(host, box),
    name,
    at: placeOf(host, box),
    status: 'unknown',
    runsLocallyAs: 'unknown',
    links: [within(host)],
  });
}

/** The id of the server that a box is told of. */
export function drawnServerId(host: Host, box: Pick<Box, 'id'>): string {
  return `${host.id}/mcp/${box.id}`;
}

function placeOf(host: Host, { path, label }: Box) {
  return { path: host.path, pointer: pointer(...path), step: label };
}

function within(host: Host) {
  return link('contained-in', 'workflow', host.id);
}
