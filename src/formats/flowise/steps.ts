import { pointer, type Authentication, type Edge, type Step } from '../../sdk/index.ts';
import type { Call } from '../endpoints.ts';
import { embeddedList } from '../embedded.ts';
import { literalTarget, type Target } from '../hosts.ts';
import { effectOf, roleOf, roleOfMethod } from '../roles.ts';
import { provesCaller } from '../secret-headers.ts';
import { at, entriesAt, idAt, isObject, listAt, textAt, type Part } from '../tree.ts';
import { actionsOf, type Node } from './nodes.ts';

const URLS = ['url', 'basepath', 'basePath', 'baseUrl', 'baseURL', 'BaseURL', 'endpoint', 'webhookUrl'];
const REQUESTS = /^(?:httpAgentflow|requests(?:Get|Post|Put|Delete))$/;
const METHOD = /^(?:GET|POST|PUT|PATCH|DELETE)$/;
/** Tools that bring something back and change nothing, as their names alone do not tell. */
const READERS =
  /^(?:calculator|currentDateTime|serpAPI|serper|tavilyAPI|braveSearchAPI|exaSearch|searchAPI|searXNG|arxiv|wolframAlpha|webBrowser|webScraperTool|retrieverTool|queryEngineTool|jsonPathExtractor|sequentialThinkingMCP|braveSearchMCP)$/i;
const CODE: { readonly [name: string]: Step['code'] } = {
  customFunction: 'javascript',
  customFunctionAgentflow: 'javascript',
  seqCustomFunction: 'javascript',
  ifElseFunction: 'javascript',
  customTool: 'javascript',
};

/** True for what the model may call. */
export function isTool({ category }: Node): boolean {
  return category.startsWith('Tools');
}

export function stepOf(node: Node, connection: string | undefined): Step {
  const { id, label, name, inputs } = node;
  const operation = operationOf(node);
  const code = Object.hasOwn(CODE, name) ? CODE[name] : undefined;
  const hosts = [...new Set(targetsOf(node).map(({ host }) => host))];
  return {
    id,
    label,
    connector: name,
    ...(operation !== undefined && { operation }),
    ...(connection !== undefined && { connection }),
    role: roleOfNode(node, operation),
    ...(code !== undefined && textAt(inputs, 'selectedTool') === undefined && { code }),
    ...(hosts.length > 0 && { destinations: hosts }),
    ...(isTool(node) && node.path.length > 0 && { tool: true }),
    pointer: pointer(...node.path),
  };
}

function operationOf(node: Node): string | undefined {
  if (REQUESTS.test(node.name)) return methodOf(node);
  const [action] = actionsOf(node);
  return action ?? textAt(node.inputs, 'modelName') ?? textAt(node.inputs, 'model');
}

function methodOf({ name, inputs }: Node): string | undefined {
  const method = /^requests(\w+)$/.exec(name)?.[1] ?? textAt(inputs, 'method') ?? 'GET';
  return METHOD.test(method.toUpperCase()) ? method.toUpperCase() : undefined;
}

function roleOfNode(node: Node, operation: string | undefined): NonNullable<Step['role']> {
  if (REQUESTS.test(node.name)) return roleOfMethod(operation);
  if (/^(?:Document Loaders|Vector Stores|Retrievers|Graph)$/.test(node.category)) return 'source';
  if (READERS.test(node.name)) return 'source';
  return (isTool(node) ? (roleOf(operation) ?? roleOf(node.name)) : undefined) ?? 'transform';
}

/** The worst that a call of a tool does; what somebody's own code or another flow does, its name may tell. */
export function effectOfTool(node: Node): ReturnType<typeof effectOf> {
  if (READERS.test(node.name)) return 'read';
  if (REQUESTS.test(node.name)) return effectOf(methodOf(node));
  return effectOf(node.name === 'customTool' ? node.label : node.name);
}

/**
 * A chat flow draws its parts as leading to the one that calls them and gets their answer: data goes both ways. In agent
 * flows an edge is the way that the flow takes.
 */
export function edgesOf(canvas: Part, nodes: readonly Node[]): Edge[] {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const drawn = listAt(canvas, 'edges').flatMap((edge): Edge[] => {
    const [from, to] = [idAt(edge, 'source'), idAt(edge, 'target')];
    if (from === undefined || to === undefined || !known.has(from) || !known.has(to)) return [];
    const isWay =
      /^(?:Agent Flows|Sequential Agents)$/.test(known.get(from)?.category ?? '') ||
      textAt(edge, 'type') === 'agentFlow';
    return isWay
      ? [{ from, to }]
      : [
          { from, to },
          { from: to, to: from },
        ];
  });
  const chosen = nodes.flatMap(({ id, within }) =>
    within === undefined
      ? []
      : [
          { from: within, to: id },
          { from: id, to: within },
        ],
  );
  // What an iteration repeats is drawn inside it.
  const repeated = listAt(canvas, 'nodes').flatMap((node): Edge[] => {
    const [from, to] = [textAt(node, 'parentNode'), idAt(node, 'id')];
    return from !== undefined && to !== undefined && known.has(from) && known.has(to) ? [{ from, to }] : [];
  });
  const edges = [...drawn, ...chosen, ...repeated];
  return [...new Map(edges.map((edge) => [JSON.stringify([edge.from, edge.to]), edge])).values()];
}

function targetsOf({ inputs }: Node): Target[] {
  return URLS.flatMap((key) => literalTarget(plainText(at(inputs, key))) ?? []);
}

/** The editor keeps some fields as paragraphs of HTML. */
function plainText(value: Part): Part {
  return typeof value === 'string' ? value.replace(/^\s*<p>/, '').replace(/<\/p>\s*$/, '') : value;
}

/** The request that a node makes, where its host is written out. */
export function callsOf(node: Node): Call[] {
  const [target] = REQUESTS.test(node.name) ? targetsOf(node) : [];
  if (target === undefined) return [];
  return [{ ...target, step: node.label, pointer: pointer(...node.path), authentication: requestAuthentication(node) }];
}

function requestAuthentication({ inputs, credential }: Node): Authentication {
  if (credential !== undefined) return 'unknown';
  const named = (key: string): string[] => [
    ...embeddedList(at(inputs, key)).flatMap((field) => textAt(field, 'key') ?? []),
    ...(isObject(at(inputs, key)) ? entriesAt(inputs, key).map(([name]) => name) : []),
  ];
  if (named('headers').some(provesCaller)) return 'header';
  return named('queryParams').some((name) => /^key$|api-?_?key|token|secret/i.test(name)) ? 'query' : 'unknown';
}
