import { pointer, type Edge, type Graph, type Json, type Parsed, type Step, type Trigger } from '../../sdk/index.ts';
import { at, entriesAt, idAt, listAt, textAt, type Part } from '../tree.ts';
import { uniqueIds } from '../unique-ids.ts';
import { credentialRefs, type CredentialRef } from './connections.ts';
import { destinations } from './http-calls.ts';
import { codeOf, componentOf, nodeRole, operationOf, shortType } from './node-types.ts';
import { startOf } from './triggers.ts';

type Path = readonly (string | number)[];

/** A node with the step that it became. */
export interface Placed {
  node: Json;
  step: Step;
  credentials: readonly CredentialRef[];
}

/** An AI sub-node and the node that calls it: `ai_tool`, `ai_languageModel`. */
export interface Attachment {
  part: string;
  user: string;
  kind: string;
}

export interface Drawn {
  graph: Graph;
  placed: readonly Placed[];
  attachments: readonly Attachment[];
  problems: Parsed['problems'];
}

/** Reads nodes and connections at `path` into a graph. Notes are no steps. */
export function draw(part: Part, path: Path, instance: string | undefined): Drawn {
  const problems: { pointer: string; detail: string }[] = [];
  const placed: Placed[] = [];
  const triggers: Trigger[] = [];
  const named = new Map<string, string[]>();
  const fresh = uniqueIds();
  for (const [index, node] of listAt(part, 'nodes').entries()) {
    const here = pointer(...path, 'nodes', index);
    const type = textAt(node, 'type');
    if (type === undefined) {
      problems.push({ pointer: here, detail: 'The node has no type.' });
      continue;
    }
    if (shortType(type) === 'stickyNote') continue;
    const label = labelOf(node, index);
    const id = fresh(idAt(node, 'id') ?? label);
    const name = nameOf(node) ?? label;
    named.set(name, [...(named.get(name) ?? []), id]);
    const parameters = at(node, 'parameters');
    const start = startOf(type, parameters);
    const disabled = at(node, 'disabled') === true;
    const credentials = credentialRefs(node, instance);
    const step = stepOf({ id, label, type, parameters, start: start !== undefined, disabled, credentials, here });
    placed.push({ node, step, credentials });
    if (start !== undefined && !disabled) triggers.push({ step: id, ...start });
  }
  const wired = wire(part, path, named, problems);
  const tools = new Set(wired.attachments.filter((one) => one.kind === 'ai_tool').map((one) => one.part));
  const withTools = placed.map((one) => (tools.has(one.step.id) ? { ...one, step: { ...one.step, tool: true } } : one));
  const graph = { steps: withTools.map((one) => one.step), edges: wired.edges, triggers };
  return { graph, placed: withTools, attachments: wired.attachments, problems };
}

/** The name that connections refer to: spaces at its ends count. */
function nameOf(node: Part): string | undefined {
  return text(at(node, 'name')) || undefined;
}

function text(value: Part): string {
  return typeof value === 'string' ? value : '';
}

/** What a node is called; n8n itself insists on names, exports do not. */
export function labelOf(node: Part, index: number): string {
  return textAt(node, 'name') ?? `Node ${index + 1}`;
}

function stepOf(facts: {
  id: string;
  label: string;
  type: string;
  parameters: Part;
  start: boolean;
  disabled: boolean;
  credentials: readonly CredentialRef[];
  here: string;
}): Step {
  const { id, label, type, parameters } = facts;
  const operation = operationOf(type, parameters);
  const [credential] = facts.credentials;
  const role = nodeRole(type, parameters, facts.start);
  const code = codeOf(type, parameters);
  const hosts = destinations(parameters);
  return {
    id,
    label,
    connector: type,
    ...(operation !== undefined && { operation }),
    ...(credential !== undefined && { connection: credential.id }),
    ...(role !== undefined && { role }),
    ...(code !== undefined && { code }),
    component: componentOf(type),
    ...(hosts.length > 0 && { destinations: hosts }),
    ...(facts.disabled && { disabled: true }),
    pointer: facts.here,
  };
}

/**
 * n8n draws an AI sub-node (tool, model, memory) as leading to its agent. It is the agent that calls it and gets an
 * answer, so data goes both ways.
 */
function wire(
  part: Part,
  path: Path,
  named: ReadonlyMap<string, readonly string[]>,
  problems: { pointer: string; detail: string }[],
): { edges: Edge[]; attachments: Attachment[] } {
  const edges = new Map<string, Edge>();
  const attachments: Attachment[] = [];
  const join = (from: string, to: string): unknown => edges.set(JSON.stringify([from, to]), { from, to });
  const loose: string[] = [];
  for (const [source, outputs] of entriesAt(part, 'connections')) {
    for (const [kind, slots] of entriesAt(outputs)) {
      let lost = false;
      const ends = listAt(slots).flatMap((slot) => listAt(slot).map((end) => text(at(end, 'node'))));
      for (const end of ends) {
        lost ||= !named.has(source) || !named.has(end);
        for (const from of named.get(source) ?? []) {
          for (const to of named.get(end) ?? []) {
            join(from, to);
            if (kind === 'main') continue;
            join(to, from);
            attachments.push({ part: from, user: to, kind });
          }
        }
      }
      if (lost) loose.push(pointer(...path, 'connections', source, kind));
    }
  }
  const [first] = loose;
  if (first !== undefined) {
    const what = loose.length === 1 ? 'A connection begins or ends' : `${loose.length} connections begin or end`;
    problems.push({ pointer: first, detail: `${what} at a node that is not in the workflow.` });
  }
  return { edges: [...edges.values()], attachments };
}
