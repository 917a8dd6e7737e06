import { pointer, type Edge, type Graph, type Label, type Step, type Trigger } from '../../sdk/index.ts';
import type { Call } from '../endpoints.ts';
import { at, entriesAt, isObject, type Part } from '../tree.ts';
import type { ConnectionRefs } from './references.ts';
import { isSecure, nestedActions, readStep, requestAuthentication, runsAfter, targetOf } from './step.ts';
import { readTrigger, type Callers } from './trigger.ts';

/** What a flow definition says, in the common shape. */
export interface Definition {
  graph: Graph;
  calls: Call[];
  labels: Label[];
  problems: { pointer?: string; detail: string }[];
}

type Path = readonly (string | number)[];

/** Real flows have at most 500 actions; a made-up one must not fill the memory with what could follow what. */
const MOST_EDGES = 100_000;

interface Reader extends Definition {
  refs: ConnectionRefs;
  steps: Step[];
  edges: Edge[];
  ids: Set<string>;
}

/** Reads a definition of the workflow definition language; `path` leads to it from the document's root. */
export function readDefinition(definition: Part, path: Path, refs: ConnectionRefs, callers: Callers): Definition {
  const steps: Step[] = [];
  const edges: Edge[] = [];
  const triggers: Trigger[] = [];
  const reader: Reader = {
    refs,
    steps,
    edges,
    ids: new Set<string>(),
    calls: [],
    labels: [],
    problems: [],
    graph: { steps, edges, triggers },
  };
  for (const [name, value] of entriesAt(definition, 'triggers')) {
    const step = addStep(reader, name, value, [...path, 'triggers', name], false);
    const trigger = readTrigger(value, step.connector, step.operation, callers);
    if (trigger.kind !== 'schedule') step.role = 'source';
    triggers.push({ step: step.id, ...trigger });
  }
  const starts = triggers.map((trigger) => trigger.step);
  readActions(reader, at(definition, 'actions'), [...path, 'actions'], starts, false);
  reader.labels.push(...parameterLabels(definition, path));
  if (edges.length > MOST_EDGES) {
    const detail = 'It has too many parallel actions: only some of what follows a group of them was kept.';
    reader.problems.push({ pointer: pointer(...path, 'actions'), detail });
  }
  return reader;
}

/** Adds the steps of one list of actions; answers with the steps that nothing in the list waits for. */
function readActions(reader: Reader, actions: Part, path: Path, parents: readonly string[], tool: boolean): string[] {
  const names = new Map<string, string>();
  const exits = new Map<string, string[]>();
  const waitedFor = new Set<string>();
  for (const [name, value] of entriesAt(actions)) {
    if (!isObject(value)) {
      reader.problems.push({ pointer: pointer(...path, name), detail: 'An action is not an object; it was left out.' });
      continue;
    }
    const { id } = addStep(reader, name, value, [...path, name], tool);
    names.set(name, id);
    const inner = nestedActions(value).flatMap((nested) =>
      readActions(reader, nested.actions, [...path, name, ...nested.path], [id], nested.tool),
    );
    exits.set(name, [id, ...inner]);
  }
  for (const [name, id] of names) {
    const before = runsAfter(at(actions, name)).filter((earlier) => {
      if (names.has(earlier)) return true;
      const detail = 'runAfter names an action that is not there.';
      reader.problems.push({ pointer: pointer(...path, name, 'runAfter', earlier), detail });
      return false;
    });
    for (const earlier of before) waitedFor.add(earlier);
    // What runs after a container also runs after whatever the container ends with.
    const crowded = reader.edges.length > MOST_EDGES;
    const ends = (earlier: string): readonly string[] => exits.get(earlier)?.slice(0, crowded ? 1 : undefined) ?? [];
    const from = before.length === 0 ? parents : before.flatMap((earlier) => ends(earlier));
    for (const start of new Set(from)) reader.edges.push({ from: start, to: id });
  }
  return [...names.keys()].filter((name) => !waitedFor.has(name)).flatMap((name) => exits.get(name) ?? []);
}

function addStep(reader: Reader, name: string, value: Part, path: Path, tool: boolean): Step {
  const here = pointer(...path);
  // Names are unique in a flow; a damaged file's duplicate is told apart by where it stands.
  const id = reader.ids.has(name) ? here : name;
  const label = labelOf(name);
  const step: Step = { id, label, ...readStep(value, reader.refs), ...(tool && { tool }), pointer: here };
  const target = targetOf(value);
  if (target) {
    reader.calls.push({ ...target, step: label, pointer: here, authentication: requestAuthentication(value) });
  }
  reader.ids.add(id);
  reader.steps.push(step);
  reader.labels.push({ pointer: here, step: label, place: 'definition' });
  return step;
}

/** Parameters' defaults are settings; the platform itself hides those of type SecureString and SecureObject. */
function parameterLabels(definition: Part, path: Path): Label[] {
  const secure = entriesAt(definition, 'parameters').filter(([, parameter]) => isSecure(parameter));
  return [
    { pointer: pointer(...path, 'parameters'), place: 'configuration' },
    { pointer: pointer(...path, 'staticResults'), place: 'run-data' },
    ...secure.map(([name]): Label => ({
      pointer: pointer(...path, 'parameters', name, 'defaultValue'),
      place: 'configuration',
      secret: true,
    })),
  ];
}

/** As the designer shows it. A name with something random in it stays as it is, so that it is recognised for what it is. */
function labelOf(name: string): string {
  const random = name.split('_').some((word) => word.length >= 10 && /\d/.test(word) && /[A-Za-z]/.test(word));
  return random ? name : name.replaceAll('_', ' ').trim() || name;
}
