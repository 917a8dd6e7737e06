import {
  defineFormat,
  instant,
  link,
  localId,
  pointer,
  workflow,
  type Content,
  type Document,
  type Item,
  type Label,
  type Link,
} from '../../sdk/index.ts';
import { contentOf } from '../contents.ts';
import { uniqueParts } from '../addresses.ts';
import { inboundEndpoints, outboundEndpoints } from '../endpoints.ts';
import { at, branch, idAt, listAt, textAt, withoutBranches } from '../tree.ts';
import { firstMentions, uniqueIds } from '../unique-ids.ts';
import { agentsOf, serversOf } from './agents.ts';
import { assistantsIn, hasAssistants } from './assistants.ts';
import { connectionOf } from './connections.ts';
import { example } from './example.ts';
import { flowsIn, spelledOut, type Flow, unreadIn } from './flows.ts';
import { nodesOf, type Node } from './nodes.ts';
import { callsOf, edgesOf, stepOf } from './steps.ts';
import { isPublic, triggersOf } from './triggers.ts';

/**
 * Flows of Flowise: one that was saved from its editor, rows of its API, and an export of everything.
 * https://docs.flowiseai.com/using-flowise
 */
export const flowise = defineFormat({
  id: 'flowise',
  title: 'Flowise flow or export',
  platform: 'flowise',
  recognise: ({ tree, members }) => members === undefined && (flowsIn(tree).length > 0 || hasAssistants(tree)),
  parse(document) {
    const flows = flowsIn(document.tree);
    const whole = { ...document, tree: spelledOut(document.tree ?? null, flows) };
    const fresh = uniqueIds();
    const assistants = assistantsIn(document);
    const others = { names: toolNames(document), called: calledIn(document, flows, assistants) };
    const parts = flows.map((flow) => flowItems(whole, flow, fresh, others));
    const items = [...parts.flat(), ...assistants];
    return { items: withContents(whole, flows, firstMentions(items), parts), problems: unreadIn(document.tree, flows) };
  },
  example,
});

/** What else an export of everything holds, by the ids that nodes know it by. */
interface Others {
  /** Tools of one's own. */
  names: ReadonlyMap<string, string>;
  /** Flows and assistants. */
  called: ReadonlyMap<string, Link>;
}

function flowItems(document: Document, flow: Flow, fresh: (id: string) => string, { names, called }: Others): Item[] {
  const { row, path, canvas, canvasPath } = flow;
  const id = fresh(localId(document, idAt(row, 'id') ?? (path.length === 0 ? undefined : pointer(...path).slice(1))));
  const name = textAt(row, 'name') ?? nameOf(document.path);
  const nodes = nodesOf(canvas, canvasPath).map((node) => named(node, names));
  const found = new Map(nodes.flatMap((node) => asEntry(node.id, connectionOf(node, id))));
  const connections = new Map([...found].map(([node, item]) => [node, item.record.id]));
  const steps = nodes.map((node) => stepOf(node, connections.get(node.id)));
  const graph = { steps, edges: edgesOf(canvas, nodes), triggers: triggersOf(flow, nodes) };
  const host = { id, name, platform: 'flowise', path: document.path, state: 'unknown' as const };
  const main = workflow({
    id,
    name,
    platform: 'flowise',
    format: 'flowise',
    state: 'unknown',
    graph,
    sharedWith: isPublic(flow) ? { reach: 'public' } : undefined,
    createdAt: instant(at(row, 'createdDate')),
    updatedAt: instant(at(row, 'updatedDate')),
    at: { path: document.path, ...(path.length > 0 && { pointer: pointer(...path) }) },
    links: [
      ...[...new Set(connections.values())].map((used) => link('uses', 'connection', used)),
      ...new Set(nodes.flatMap((node) => callsIn(node, called))),
    ],
    gaps: { state: 'not-seen', lastRunAt: 'not-seen', createdAt: 'not-seen', attributions: 'not-seen' },
  });
  return [
    main,
    ...found.values(),
    ...agentsOf(host, flow, nodes, connections),
    ...serversOf(host, nodes),
    // Callers name the flow by its id: POST /api/v1/prediction/ID.
    ...inboundEndpoints(host, graph, () => uniqueParts(idAt(row, 'id') ?? '')),
    ...outboundEndpoints(host, nodes.flatMap(callsOf)),
  ];
}

function asEntry<T>(key: string, value: T | undefined): [string, T][] {
  return value === undefined ? [] : [[key, value]];
}

/** What the editor appends to the name of a flow when it saves it is no part of it. */
function nameOf(path: string): string {
  const file = path.split('/').at(-1) ?? path;
  return file.replace(/\.json$/i, '').replace(/ (?:Chatflow|Agents|Agentflow)$/, '') || file;
}

const CALLED = [
  'selectedChatflow',
  'selectedAgentflow',
  'selectedFlow',
  'executeFlowSelectedFlow',
  'selectedAssistant',
];

/** Other flows and assistants that a node hands over to. */
function callsIn({ inputs }: Node, called: ReadonlyMap<string, Link>): Link[] {
  return CALLED.flatMap((key) => called.get(textAt(inputs, key) ?? '') ?? []);
}

function calledIn(document: Document, flows: readonly Flow[], assistants: readonly Item[]): ReadonlyMap<string, Link> {
  const ids = flows.flatMap(({ row }) => idAt(row, 'id') ?? []);
  const agents = assistants.flatMap(({ record }) => (record.kind === 'identity' ? record.id : []));
  return new Map([
    ...ids.map((id) => [id, link('uses', 'workflow', localId(document, id))] as const),
    ...agents.map((id) => [id.slice(document.path.length + 1), link('uses', 'identity', id)] as const),
  ]);
}

/** Tools of one's own, which an export of everything names. */
function toolNames({ tree }: Document): ReadonlyMap<string, string> {
  return new Map(
    listAt(tree, 'Tool').flatMap((tool) => {
      const [id, name] = [idAt(tool, 'id'), textAt(tool, 'name')];
      return id === undefined || name === undefined ? [] : [[id, name] as const];
    }),
  );
}

function named(node: Node, names: ReadonlyMap<string, string>): Node {
  const label = names.get(textAt(node.inputs, 'selectedTool') ?? '');
  return label === undefined ? node : { ...node, label };
}

/** Each flow carries its own branch of the document, the first record what belongs to none: tools, variables, runs. */
function withContents(document: Document, flows: readonly Flow[], items: Item[], parts: readonly Item[][]): Item[] {
  const paths = flows.map(({ path }) => path);
  const rest: Content = {
    ...contentOf(document, 'configuration', RUNS),
    tree: withoutBranches(document.tree ?? null, paths),
  };
  return items.map((item, index) => {
    const flow = flows[parts.findIndex(([main]) => main === item)];
    const own: Content[] =
      flow === undefined
        ? []
        : [{ ...contentOf(document, 'definition', labelsOf(flow)), tree: branch(document.tree, flow.path) }];
    const contents = index === 0 ? [...own, rest] : own;
    return contents.length === 0 ? item : { ...item, contents };
  });
}

const RUNS: Label[] = ['ChatMessage', 'ChatMessageFeedback', 'Execution'].map((list) => ({
  pointer: pointer(list),
  place: 'run-data',
}));

/** What a part of the canvas is called, and the values that Flowise itself hides in its editor. */
function labelsOf({ canvas, canvasPath }: Flow): Label[] {
  return nodesOf(canvas, canvasPath).flatMap((node): Label[] => {
    if (node.within !== undefined) return [];
    const hidden = node.params.flatMap((param) => {
      const name = textAt(param, 'type') === 'password' ? textAt(param, 'name') : undefined;
      return name === undefined ? [] : [{ pointer: pointer(...node.inputsPath, name), secret: true }];
    });
    return [{ pointer: pointer(...node.path), step: node.label }, ...hidden];
  });
}
