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
  type Parsed,
} from '../../sdk/index.ts';
import { contentOf, divided } from '../contents.ts';
import { inboundEndpoints, outboundEndpoints } from '../endpoints.ts';
import { joined } from '../once.ts';
import { strangersIn } from '../saved-answer.ts';
import { at, entriesAt, idAt, isObject, textAt, type Part } from '../tree.ts';
import { uniqueIds } from '../unique-ids.ts';
import { moduleConnection } from './connections.ts';
import { example } from './example.ts';
import { knownAs, listedScenario, makersOf, SCENARIOS_BESIDE, stateOf } from './listed.ts';
import { isModule, readFragments, readModules, type Modules } from './modules.ts';
import { blueprintsIn, type Path } from './places.ts';
import { callOf, readTrigger, stepOf } from './steps.ts';

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
  recognise: ({ tree, members }) => members === undefined && (blueprintsIn(tree).length > 0 || isFragment(tree)),
  neighbours: () => SCENARIOS_BESIDE.flatMap((name) => [name, `../${name}`]),
  parse(document) {
    const { tree } = document;
    const places = blueprintsIn(tree);
    if (places.length === 0) return readFragment(document);
    const roots = places.map(({ root }) => root);
    const fresh = uniqueIds();
    const parts = places.map(({ root, ...place }, index): Parsed => {
      const path = [...place.blueprint, 'flow'];
      const read = readModules(at(tree, ...path), path);
      const [blueprint, scenario] = [at(tree, ...place.blueprint), at(tree, ...place.scenario)];
      const native = scenarioId(scenario, blueprint) ?? (root.length === 0 ? '' : pointer(...root).slice(1));
      const contents = divided(document, roots, index, read.labels);
      const id = fresh(localId(document, native));
      return { items: records({ document, id, root, read, blueprint, scenario, contents }), problems: read.problems };
    });
    const known = roots.map((path) => ({ path, part: at(tree, ...path) ?? null }));
    return joined([...parts, { items: [], problems: strangersIn(document, 'blueprints', known, 'scenario') }]);
  },
  example,
});

function readFragment(document: Document): Parsed {
  const read = readFragments(document.tree);
  const contents = [contentOf(document, 'definition', read.labels)];
  const [part, id] = [document.tree, localId(document)];
  const items = records({ document, id, root: [], read, blueprint: part, scenario: part, contents, fragment: true });
  return { items, problems: read.problems };
}

interface Scenario {
  document: Document;
  id: string;
  root: Path;
  read: Modules;
  blueprint: Part;
  /** What is known of it beside its blueprint. */
  scenario: Part;
  contents: readonly Content[];
  fragment?: boolean;
}

function records({ document, id, root, read, blueprint, scenario, contents, fragment = false }: Scenario): Item[] {
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
    at: { path: document.path, pointer: pointer(...root) },
    knownAs: knownAs(told),
    createdAt: instant(at(told, 'created')),
    updatedAt: instant(at(told, 'lastEdit')),
    // "Data is confidential": Make keeps nothing of a run once it is over.
    logging: typeof confidential === 'boolean' ? { runs: confidential ? 'off' : 'on' } : undefined,
    tags: fragment ? ['fragment'] : undefined,
    links: [...connections.keys()].map((connection) => link('uses', 'connection', connection)),
    attributions: makersOf(told),
    gaps: { lastRunAt: 'not-seen', ...(state === 'unknown' && { state: 'not-seen' }) },
    contents,
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
