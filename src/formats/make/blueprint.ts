import { defineFormat, instant, link, localId, pointer, workflow, type Document, type Item } from '../../sdk/index.ts';
import { contentOf } from '../contents.ts';
import { inboundEndpoints, outboundEndpoints } from '../endpoints.ts';
import { at, entriesAt, idAt, isObject, listAt, textAt, type Part } from '../tree.ts';
import { moduleConnection } from './connections.ts';
import { example } from './example.ts';
import { knownAs, listedScenario, makersOf, SCENARIOS_BESIDE, stateOf } from './listed.ts';
import { isModule, readFragments, readModules, type Modules } from './modules.ts';
import { callOf, readTrigger, stepOf } from './steps.ts';

type Path = readonly string[];

/** Where exports and API answers keep the blueprint, and the scenario that it belongs to. */
const ENVELOPES: readonly { blueprint: Path; scenario: Path }[] = [
  { blueprint: [], scenario: [] },
  { blueprint: ['blueprint'], scenario: [] },
  { blueprint: ['response', 'blueprint'], scenario: ['response'] },
  { blueprint: ['scenario', 'blueprint'], scenario: ['scenario'] },
];

function envelopeOf(tree: Part): { blueprint: Path; scenario: Path } | undefined {
  return ENVELOPES.find(({ blueprint }) => listAt(tree, ...blueprint, 'flow').some((one) => isFlowModule(one)));
}

/** In a scenario even a placeholder, which has neither settings nor a mapping, is a module. */
function isFlowModule(value: Part): boolean {
  return /^[\w@#.-]+:[\w.-]+$/.test(textAt(value, 'module') ?? '');
}

/** Part of a scenario, as people copy it: one module with its branches, or several by name. */
function isFragment(tree: Part): boolean {
  if (isModule(tree)) return true;
  const members = entriesAt(tree);
  return members.length > 0 && members.every(([, value]) => isModule(value));
}

/** A scenario that was exported as a blueprint, alone or in an answer of the API. */
export const makeBlueprint = defineFormat({
  id: 'make-blueprint',
  title: 'Make scenario blueprint',
  platform: 'make',
  recognise: ({ tree, members }) => members === undefined && (envelopeOf(tree) !== undefined || isFragment(tree)),
  neighbours: () => SCENARIOS_BESIDE.flatMap((name) => [name, `../${name}`]),
  parse(document) {
    const envelope = envelopeOf(document.tree);
    const path = [...(envelope?.blueprint ?? []), 'flow'];
    const read = envelope === undefined ? readFragments(document.tree) : readModules(at(document.tree, ...path), path);
    const blueprint = at(document.tree, ...(envelope?.blueprint ?? []));
    const scenario = at(document.tree, ...(envelope?.scenario ?? []));
    return { items: records(document, read, blueprint, scenario, envelope === undefined), problems: read.problems };
  },
  example,
});

function records(document: Document, read: Modules, blueprint: Part, scenario: Part, fragment: boolean): Item[] {
  const zone = textAt(blueprint, 'metadata', 'zone');
  const connections = new Map<string, Item<'connection'>>();
  const [first] = read.modules;
  const trigger = fragment || first === undefined ? undefined : readTrigger(first, blueprint, scenario);
  const steps = read.modules.map((module) => {
    const connection = moduleConnection(module, zone);
    if (connection) connections.set(connection.record.id, preferred(connections.get(connection.record.id), connection));
    return stepOf(module, connection?.record.id, module === first ? trigger : undefined);
  });
  const graph = { steps, edges: read.edges, triggers: trigger ? [trigger] : [] };
  const id = localId(document, fragment ? '' : scenarioId(scenario, blueprint));
  const name = textAt(blueprint, 'name') ?? textAt(scenario, 'name') ?? fileName(document.path);
  // What an answer says of itself goes before what a list says of it.
  const listed = fragment ? undefined : listedScenario(document, name, scenarioId(scenario, blueprint));
  const told = { ...(isObject(listed) && listed), ...(isObject(scenario) && scenario) };
  const state = stateOf(told);
  const confidential = at(blueprint, 'metadata', 'scenario', 'confidential');
  const main = workflow({
    id,
    name,
    platform: 'make',
    format: 'make-blueprint',
    state,
    graph,
    at: { path: document.path, pointer: pointer() },
    knownAs: knownAs(told),
    createdAt: instant(at(told, 'created')),
    updatedAt: instant(at(told, 'lastEdit')),
    // "Data is confidential": Make keeps nothing of a run once it is over.
    logging: typeof confidential === 'boolean' ? { runs: confidential ? 'off' : 'on' } : undefined,
    tags: fragment ? ['fragment'] : undefined,
    links: [...connections.keys()].map((connection) => link('uses', 'connection', connection)),
    attributions: makersOf(told),
    gaps: { lastRunAt: 'not-seen', ...(state === 'unknown' && { state: 'not-seen' }) },
    contents: [contentOf(document, 'definition', read.labels)],
  });
  const host = { id, name, platform: 'make', path: document.path, state };
  const calls = read.modules.flatMap((module) => callOf(module) ?? []);
  return [main, ...connections.values(), ...inboundEndpoints(host, graph), ...outboundEndpoints(host, calls)];
}

/** Some modules restore a connection's label and others do not: the one that names its account says more. */
function preferred(known: Item<'connection'> | undefined, found: Item<'connection'>): Item<'connection'> {
  return known === undefined || (known.record.account === undefined && found.record.account) ? found : known;
}

function scenarioId(scenario: Part, blueprint: Part): string | undefined {
  return scenario === blueprint ? idAt(scenario, 'scenarioId') : idAt(scenario, 'id');
}

function fileName(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/(?:\.blueprint)?\.json$/i, '');
}
