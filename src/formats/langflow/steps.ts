import { pointer, type Authentication, type Edge, type Step } from '../../sdk/index.ts';
import type { Call } from '../endpoints.ts';
import { literalTarget, type Target } from '../hosts.ts';
import { roleOf, roleOfMethod } from '../roles.ts';
import { provesCaller } from '../secret-headers.ts';
import { at, entriesAt, isObject, listAt, textAt } from '../tree.ts';
import { isToolField, valueOf, type Line, type Node } from './nodes.ts';

const URL_FIELD = /(?:^|_)(?:urls?|endpoint|api_base|host)(?:_|$)/;
const METHOD = /^(?:GET|POST|PUT|PATCH|DELETE)$/;
/** Components that bring something in and change nothing, by what they are called or say that they give. */
const READERS =
  /Search|Wikipedia|Calculator|Retriever|Loader|^URL|^RSS|^File$|^Directory|^AstraDB|CurrentDate|ArXiv|YahooFinance|Serp|WolframAlpha/i;
/** What they change is a text on its way. */
const SHAPES = /(?:Data|List|DataFrame|Text|Message|Prompt|Parser)$/;

export function stepOf(node: Node, connection: string | undefined, tools: ReadonlySet<string>): Step {
  const { id, label, type } = node;
  const operation = operationOf(node);
  const hosts = [...new Set(targetsOf(node).map(({ host }) => host))];
  return {
    id,
    label,
    connector: type,
    ...(operation !== undefined && { operation }),
    ...(connection !== undefined && { connection }),
    role: roleOfNode(node),
    ...(isOwnCode(node) && { code: 'python' }),
    ...(hosts.length > 0 && { destinations: hosts }),
    ...(tools.has(id) && { tool: true }),
    pointer: pointer(...node.path),
  };
}

/** The model, the request's method, or the server that is asked. */
function operationOf(node: Node): string | undefined {
  if (isRequest(node)) return methodOf(node);
  const [model] = listAt(valueOf(node, 'model'));
  return (
    textAt(valueOf(node, 'mcp_server'), 'name') ??
    textAt(model, 'name') ??
    textAt(valueOf(node, 'model_name', 'model', 'model_id'))
  );
}

export function roleOfNode(node: Node): NonNullable<Step['role']> {
  if (isRequest(node)) return roleOfMethod(methodOf(node));
  const gives = listAt(node.component, 'base_classes');
  if (READERS.test(node.type) || gives.includes('VectorStore') || gives.includes('BaseRetriever')) return 'source';
  return SHAPES.test(node.type) ? 'transform' : (roleOf(node.type) ?? 'transform');
}

/** Its maker wrote or changed the component, or filled code into it. */
function isOwnCode({ type, component }: Node): boolean {
  const source = textAt(component, 'metadata', 'module') ?? '';
  return (
    /^(?:CustomComponent|Python\w*)$/.test(type) ||
    at(component, 'edited') === true ||
    source.startsWith('custom_components')
  );
}

function isRequest({ type }: Node): boolean {
  return type === 'APIRequest';
}

function methodOf(node: Node): string | undefined {
  const method = textAt(valueOf(node, 'method'))?.toUpperCase() ?? 'GET';
  return METHOD.test(method) ? method : undefined;
}

/** Hosts that a node is told, not those that a field offers while it is hidden. */
function targetsOf({ fields }: Node): Target[] {
  return fields
    .filter(({ name, field }) => URL_FIELD.test(name) && at(field, 'show') !== false)
    .flatMap(({ value }) => [value, ...listAt(value)].flatMap((url) => literalTarget(url) ?? []));
}

/** The request that a node makes, where its host is written out. */
export function callsOf(node: Node): Call[] {
  if (!isRequest(node)) return [];
  const authentication = requestAuthentication(node);
  return targetsOf(node).map((target) => ({
    ...target,
    step: node.label,
    pointer: pointer(...node.path),
    authentication,
  }));
}

function requestAuthentication(node: Node): Authentication {
  const headers = valueOf(node, 'headers');
  const names = isObject(headers)
    ? entriesAt(headers).map(([name]) => name)
    : listAt(headers).flatMap((header) => textAt(header, 'key') ?? []);
  return names.some(provesCaller) ? 'header' : 'unknown';
}

/** A tool leads to the agent that calls it and gets its answer: there, and within a group, data goes both ways. */
export function edgesOf(lines: readonly Line[], nodes: readonly Node[]): Edge[] {
  const both = (from: string, to: string): Edge[] => [
    { from, to },
    { from: to, to: from },
  ];
  const edges = [
    ...lines.flatMap(({ from, to, field }) => (isToolField(field) ? both(from, to) : [{ from, to }])),
    ...nodes.flatMap(({ id, within }) => (within === undefined || within === id ? [] : both(within, id))),
  ];
  return [...new Map(edges.map((edge) => [JSON.stringify([edge.from, edge.to]), edge])).values()];
}
