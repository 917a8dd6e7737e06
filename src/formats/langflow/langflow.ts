import {
  defineFormat,
  instant,
  link,
  localId,
  pointer,
  workflow,
  type Document,
  type Item,
  type Label,
} from '../../sdk/index.ts';
import { divided } from '../contents.ts';
import { uniqueParts } from '../addresses.ts';
import { inboundEndpoints, outboundEndpoints } from '../endpoints.ts';
import { at, idAt, textAt } from '../tree.ts';
import { firstMentions, uniqueIds } from '../unique-ids.ts';
import { agentsOf, serversOf } from './agents.ts';
import { example } from './example.ts';
import { flowsIn, type Flow, unreadIn } from './flows.ts';
import { linesOf, nodesOf, toolNodes, type Node } from './nodes.ts';
import { connectionOf, isLiteralSecret, variablesOf } from './references.ts';
import { callsOf, edgesOf, stepOf } from './steps.ts';
import { isPublic, triggersOf } from './triggers.ts';

/** Flows of Langflow as they are exported: https://docs.langflow.org/concepts-flows-import */
export const langflow = defineFormat({
  id: 'langflow',
  title: 'Langflow flow or collection',
  platform: 'langflow',
  recognise: ({ tree, members }) => members === undefined && flowsIn(tree).length > 0,
  parse(document) {
    const flows = flowsIn(document.tree);
    const paths = flows.map(({ path }) => path);
    const fresh = uniqueIds();
    const items = flows.flatMap((flow, index) => {
      const nodes = nodesOf(flow.canvas, flow.canvasPath);
      const [main, ...others] = flowItems(document, flow, nodes, fresh);
      return main === undefined
        ? []
        : [{ ...main, contents: divided(document, paths, index, labelsOf(nodes)) }, ...others];
    });
    return { items: firstMentions(items), problems: unreadIn(document.tree, flows) };
  },
  example,
});

function flowItems(document: Document, flow: Flow, nodes: readonly Node[], fresh: (id: string) => string): Item[] {
  const { row, path } = flow;
  const id = fresh(localId(document, idAt(row, 'id') ?? (path.length === 0 ? undefined : pointer(...path).slice(1))));
  const name = textAt(row, 'name') ?? document.path.split('/').at(-1) ?? document.path;
  const lines = linesOf(flow.canvas, nodes);
  const tools = new Set(nodes.flatMap((node) => toolNodes(node, lines, nodes).map((tool) => tool.id)));
  const connections = nodes.flatMap((node) => {
    const item = connectionOf(node);
    return item === undefined ? [] : [{ node: node.id, item }];
  });
  const uses = new Map(connections.map(({ node, item }) => [node, item.record.id]));
  const variables = nodes.flatMap(variablesOf);
  const steps = nodes.map((node) => stepOf(node, uses.get(node.id), tools));
  const graph = { steps, edges: edgesOf(lines, nodes), triggers: triggersOf(flow, nodes, lines) };
  const host = { id, name, platform: 'langflow', path: document.path, state: 'unknown' as const };
  return [
    workflow({
      id,
      name,
      platform: 'langflow',
      format: 'langflow',
      state: 'unknown',
      graph,
      sharedWith: isPublic(flow) ? { reach: 'public' } : undefined,
      updatedAt: instant(at(row, 'updated_at')),
      at: { path: document.path, ...(path.length > 0 && { pointer: pointer(...path) }) },
      links: [
        ...[...new Set(uses.values())].map((used) => link('uses', 'connection', used)),
        ...[...new Set(variables.map(({ record }) => record.id))].map((used) => link('uses', 'credential', used)),
      ],
      gaps: { state: 'not-seen', lastRunAt: 'not-seen', createdAt: 'not-seen', attributions: 'not-seen' },
    }),
    ...connections.map(({ item }) => item),
    ...variables,
    ...agentsOf(host, flow, { nodes, lines, uses }),
    ...serversOf(host, nodes),
    // Callers name the flow by its id: POST /api/v1/run/ID.
    ...inboundEndpoints(host, graph, () => uniqueParts(idAt(row, 'id') ?? '')),
    ...outboundEndpoints(host, nodes.flatMap(callsOf)),
  ];
}

/** What a part of the canvas is called, and the values that Langflow itself hides in its editor. */
function labelsOf(nodes: readonly Node[]): Label[] {
  return nodes.flatMap(({ path, label, fields }) => [
    { pointer: pointer(...path), step: label },
    ...fields
      .filter(isLiteralSecret)
      .map((field): Label => ({ pointer: pointer(...field.path, 'value'), secret: true })),
  ]);
}
