import {
  connection,
  defineFormat,
  identity,
  link,
  localId,
  pointer,
  reference,
  sharedId,
  workflow,
  type Document,
  type Item,
  type Tool,
} from '../../sdk/index.ts';
import { contentOf } from '../contents.ts';
import { inboundEndpoints, outboundEndpoints } from '../endpoints.ts';
import { effectOf } from '../roles.ts';
import { at, isObject, listAt, textAt, type Part } from '../tree.ts';
import { example } from './example.ts';
import {
  agentTools,
  callOf,
  edgesOf,
  labelsOf,
  nodesOf,
  pluginsOf,
  simpleNodes,
  stepOf,
  triggersOf,
  type Node,
} from './nodes.ts';

const MODES = /^(?:workflow|advanced-chat|chat|agent-chat|completion|rag-pipeline)$/;

/** Which of its sections describes the app; a pipeline that fills a knowledge base has one of its own. */
function appOf(tree: Part): Part {
  return at(tree, 'app') ?? at(tree, 'rag_pipeline');
}

function modeOf(tree: Part): string | undefined {
  return textAt(appOf(tree), 'mode') ?? (at(tree, 'rag_pipeline') === undefined ? undefined : 'rag-pipeline');
}

/** An app of Dify as it is exported: https://docs.dify.ai/en/guides/management/app-management */
export const dify = defineFormat({
  id: 'dify',
  title: 'Dify app (DSL)',
  platform: 'dify',
  recognise: ({ tree, members }) =>
    members === undefined &&
    MODES.test(modeOf(tree) ?? '') &&
    (Array.isArray(at(tree, 'workflow', 'graph', 'nodes')) || isObject(at(tree, 'model_config', 'model'))),
  parse: (document) => ({ items: records(document), problems: [] }),
  example,
});

function records(document: Document): Item[] {
  const { tree, path } = document;
  const mode = modeOf(tree) ?? '';
  const id = localId(document);
  const name = textAt(appOf(tree), 'name') ?? path.split('/').at(-1) ?? path;
  const drawn = listAt(tree, 'workflow', 'graph', 'nodes').length > 0;
  const nodes = drawn ? nodesOf(tree) : simpleNodes(tree, name);
  const plugins = pluginsOf(tree);
  const connections = new Map(nodes.flatMap((node) => connectionOf(node)).map((item) => [item.record.id, item]));
  const steps = nodes.map((node) => {
    const [used] = connectionOf(node);
    return { ...stepOf(node, plugins), ...(used !== undefined && { connection: used.record.id }) };
  });
  const graph = { steps, edges: edgesOf(tree, nodes), triggers: triggersOf(nodes, mode) };
  const host = { id, name, platform: 'dify', path, state: 'unknown' as const };
  const main = workflow({
    id,
    name,
    platform: 'dify',
    format: 'dify',
    state: 'unknown',
    graph,
    at: { path },
    links: [...connections.keys()].map((used) => link('uses', 'connection', used)),
    gaps: { state: 'not-seen', lastRunAt: 'not-seen', createdAt: 'not-seen', attributions: 'not-seen' },
    contents: [contentOf(document, 'definition', labelsOf(tree, nodes))],
  });
  return [
    main,
    ...connections.values(),
    ...agents(host, mode, nodes),
    ...inboundEndpoints(host, graph),
    ...outboundEndpoints(host, nodes.flatMap(callOf)),
  ];
}

/** Models and tools run on credentials of the workspace, of which an app names no more than whose they are. */
function connectionOf(node: Node): Item<'connection'>[] {
  const { connector } = stepOf(node, new Map());
  const provider = node.type === 'tool' ? textAt(node.data, 'provider_type') : textAt(node.data, 'model', 'provider');
  // A workflow as a tool is another app of the same workspace.
  if (provider === undefined || provider === 'workflow') return [];
  const kind = node.type === 'tool' ? 'tool' : 'model';
  return [
    reference(
      connection({
        id: sharedId('dify', undefined, kind, connector),
        name: textAt(node.data, 'provider_name') ?? connector,
        platform: 'dify',
        connector,
        subject: 'unknown',
        gaps: { status: 'not-seen', scopes: 'not-seen', expiresAt: 'not-seen' },
      }),
    ),
  ];
}

/** Agents among the nodes, and the app itself where it is one. */
function agents(host: { id: string; name: string; path: string }, mode: string, nodes: readonly Node[]): Item[] {
  const own = nodes.filter((node) => node.tool);
  return nodes.flatMap((node) => {
    if (node.type !== 'agent' && !(mode === 'agent-chat' && node.id === 'model')) return [];
    const tools = node.type === 'agent' ? agentTools(node) : own.map(toolOf);
    const here = { path: host.path, pointer: pointer(...node.path), step: node.label };
    return identity({
      id: `${host.id}/agent/${node.id}`,
      name: node.type === 'agent' ? `${host.name}: ${node.label}` : host.name,
      type: 'ai-agent',
      status: 'unknown',
      platform: 'dify',
      tools,
      runsAs: 'unknown',
      at: here,
      links: [link('contained-in', 'workflow', host.id)],
      gaps: { status: 'not-seen', runsAs: 'not-seen', lastUsedAt: 'not-seen', createdAt: 'not-seen' },
    });
  });
}

function toolOf(node: Node): Tool {
  const name = textAt(node.data, 'tool_name') ?? node.label;
  return { name, effect: effectOf(name), approval: 'none' };
}
