import type { Authentication, Edge, Graph, Step, Trigger } from '../../sdk/index.ts';
import type { Call } from '../endpoints.ts';
import { literalTarget, mailDomains } from '../hosts.ts';
import { provesCaller } from '../secret-headers.ts';
import { at, entriesAt, listAt, textAt, type Part } from '../tree.ts';
import { uniqueIds } from '../unique-ids.ts';
import { isConnection, uncheckedCertificates } from './config-nodes.ts';
import { isConfig, isNote, labelOf, pointerTo, type Entry, type FlowsFile } from './flows-file.ts';
import { codeOf, componentOf, nodeRole, startOf } from './node-types.ts';

export interface Drawn {
  graph: Graph;
  calls: readonly Call[];
  /** Configuration nodes that the steps refer to. */
  configs: readonly Entry[];
  /** Ids of nodes, tabs and subflows elsewhere that it leads to. */
  leadsTo: readonly string[];
}

/** Reads the nodes of one tab or subflow into a graph. Comments and groups are no steps. */
export function draw(file: FlowsFile, nodes: readonly Entry[], connectionId: (node: string) => string): Drawn {
  const steps: Step[] = [];
  const triggers: Trigger[] = [];
  const calls: Call[] = [];
  const configs: Entry[] = [];
  const fresh = uniqueIds();
  const running = nodes.filter((entry) => !isNote(entry.type));
  for (const entry of running) {
    const used = configsOf(file, entry);
    configs.push(...used);
    const [first] = used;
    const id = fresh(entry.id);
    const step = stepOf(file, entry, id, first && connectionId(first.id));
    steps.push(step);
    if (step.disabled === true) continue;
    const start = startOf(entry.type, entry.node);
    if (start !== undefined) triggers.push({ step: id, ...start });
    calls.push(...callsOf(file, entry));
  }
  const here = new Set(steps.map((step) => step.id));
  const wires = running.flatMap(wiresOf);
  return {
    graph: { steps, edges: unique(wires.filter((wire) => here.has(wire.to))), triggers },
    calls,
    configs,
    leadsTo: [
      ...wires.flatMap((wire) => (here.has(wire.to) ? [] : wire.to)),
      ...running.flatMap(({ type }) => (type.startsWith('subflow:') ? type.slice('subflow:'.length) : [])),
    ],
  };
}

function stepOf(file: FlowsFile, entry: Entry, id: string, connection: string | undefined): Step {
  const { node, type } = entry;
  const operation = type.startsWith('http ') ? /^[a-z]{3,7}$/i.exec(textAt(node, 'method') ?? '')?.[0] : undefined;
  const role = nodeRole(type, node);
  const code = codeOf(type);
  const hosts = destinations(type, node);
  return {
    id,
    label: labelOf(entry),
    connector: type,
    ...(operation !== undefined && { operation: operation.toUpperCase() }),
    ...(connection !== undefined && { connection }),
    ...(role !== undefined && { role }),
    ...(code !== undefined && { code }),
    component: componentOf(type, node),
    ...(hosts.length > 0 && { destinations: hosts }),
    ...(at(node, 'd') === true && { disabled: true }),
    pointer: pointerTo(file, entry),
  };
}

function destinations(type: string, node: Part): string[] {
  const host = type.endsWith(' in') ? undefined : literalTarget(at(node, 'url'))?.host;
  const mails = type === 'e-mail' ? mailDomains(at(node, 'name')) : [];
  return [...new Set([...(host === undefined ? [] : [host]), ...mails])];
}

/** A node refers to its configuration by id, in a field whose name is its author's choice. */
function configsOf(file: FlowsFile, { node }: Entry): Entry[] {
  return entriesAt(node).flatMap(([key, value]) => {
    if (typeof value !== 'string' || key === 'id' || key === 'z' || key === 'g') return [];
    const other = file.byId.get(value);
    return other !== undefined && isConfig(other) && isConnection(other) ? other : [];
  });
}

/** Wires, and the links that stand in for them. */
function wiresOf({ id, type, node }: Entry): Edge[] {
  const ends = listAt(node, 'wires').flatMap((port) => listAt(port));
  const links = type === 'link out' || type === 'link call' ? listAt(node, 'links') : [];
  return [...ends, ...links].flatMap((to) => (typeof to === 'string' ? { from: id, to } : []));
}

function unique(edges: readonly Edge[]): Edge[] {
  return [...new Map(edges.map((edge) => [JSON.stringify([edge.from, edge.to]), edge])).values()];
}

function callsOf(file: FlowsFile, entry: Entry): Call[] {
  if (entry.type !== 'http request') return [];
  const target = literalTarget(at(entry.node, 'url'));
  if (target === undefined) return [];
  const open = target.scheme === 'https' && uncheckedCertificates(entry.node, file);
  return [
    {
      ...target,
      step: labelOf(entry),
      pointer: pointerTo(file, entry),
      authentication: callAuthentication(entry.node),
      ...(open && { verifyTls: false as const }),
    },
  ];
}

function callAuthentication(node: Part): Authentication {
  const type = textAt(node, 'authType');
  if (type === 'basic' || type === 'digest') return 'basic';
  if (type === 'bearer') return 'header';
  if (type !== undefined) return 'unknown';
  const names = listAt(node, 'headers').flatMap((header) => [textAt(header, 'keyType'), textAt(header, 'keyValue')]);
  if (names.some((name) => provesCaller(name ?? ''))) return 'header';
  // A function before it may set any header.
  return 'unknown';
}
