import {
  instant,
  publicName,
  type Attribution,
  attributed,
  type Document,
  type WorkflowState,
} from '../../sdk/index.ts';
import { entriesThat, type Entry } from '../saved-answer.ts';
import { at, idAt, isObject, listAt, textAt, type Part } from '../tree.ts';

/** What kept lists are called where they lie beside blueprints and each other. */
export const SCENARIOS_BESIDE = ['*scenarios.json', 'scenarios*.json'];
export const HOOKS_BESIDE = ['*hooks.json', 'hooks*.json'];
/** What says in which zone of Make a list was asked for: lists themselves do not. */
export const ZONES_BESIDE = [...HOOKS_BESIDE, '*organizations.json', '*.blueprint.json'];

/** The scenarios of a kept answer: https://developers.make.com/api-documentation/api-reference/scenarios */
export function listedScenarios(document: Document): Entry[] {
  const found = read.get(document) ?? entriesThat(document, 'scenarios', isScenario).map(inside);
  read.set(document, found);
  return found;
}

/** One list lies beside thousands of blueprints. */
const read = new WeakMap<Document, Entry[]>();

function isScenario(part: Part): boolean {
  const one = isObject(at(part, 'scenario')) ? at(part, 'scenario') : part;
  return (
    idAt(one, 'id') !== undefined &&
    textAt(one, 'name') !== undefined &&
    typeof at(one, 'isActive') === 'boolean' &&
    (Array.isArray(at(one, 'usedPackages')) || isObject(at(one, 'scheduling'))) &&
    at(one, 'blueprint') === undefined
  );
}

/** An answer for one scenario has it one level further in. */
function inside({ path, part }: Entry): Entry {
  const own = at(part, 'scenario');
  return isObject(own) ? { path: [...path, 'scenario'], part: own } : { path, part };
}

/** What the lists beside a blueprint tell of its scenario: an export holds no id, so its name has to be that of one alone. */
export function listedScenario({ neighbours }: Document, name: string | undefined, id: string | undefined): Part {
  const lists = [...(neighbours?.values() ?? [])].map(indexOf);
  if (id !== undefined) return lists.findLast(({ byId }) => byId.has(id))?.byId.get(id);
  const called = lists.flatMap(({ byName }) => byName.get(name ?? '') ?? []);
  const [one, ...others] = new Map(called.map((part) => [idAt(part, 'id') ?? '', part])).values();
  return others.length === 0 ? one : undefined;
}

interface Index {
  byId: ReadonlyMap<string, Part>;
  byName: ReadonlyMap<string, readonly Part[]>;
}

function indexOf(list: Document): Index {
  const known = indexes.get(list);
  if (known !== undefined) return known;
  const parts = listedScenarios(list).map(({ part }) => part);
  const index = {
    byId: new Map(parts.map((part) => [idAt(part, 'id') ?? '', part])),
    byName: Map.groupBy(parts, (part) => textAt(part, 'name') ?? ''),
  };
  indexes.set(list, index);
  return index;
}

const indexes = new WeakMap<Document, Index>();

/** Each of Make's zones counts for itself: only with the time of its making is an id one scenario's alone. */
export function knownAs(scenario: Part): string[] | undefined {
  const id = idAt(scenario, 'id');
  const made = instant(at(scenario, 'created'));
  return id === undefined || made === undefined ? undefined : [publicName('make-scenario', `${id}@${made}`)];
}

/** Whether a scenario runs, as far as an answer says. */
export function stateOf(scenario: Part): WorkflowState {
  if (at(scenario, 'isPaused') === true || at(scenario, 'isActive') === false) return 'inactive';
  return at(scenario, 'isActive') === true ? 'active' : 'unknown';
}

/** Who made a scenario, and who changed it last. */
export function makersOf(scenario: Part): (Attribution | undefined)[] {
  return [user('created-by', scenario, 'createdByUser'), user('edited-by', scenario, 'updatedByUser')];
}

function user(rel: Attribution['rel'], scenario: Part, field: string): Attribution | undefined {
  const who = {
    id: idAt(scenario, field, 'id'),
    email: textAt(scenario, field, 'email'),
    name: textAt(scenario, field, 'name'),
  };
  return attributed(rel, who, rel === 'created-by' ? 'creator-field' : 'editor-field', { evidence: field });
}

/** The zone that a list and what lies beside it agree on. */
export function zoneOf(document: Document): string | undefined {
  const zones = [document, ...(document.neighbours?.values() ?? [])].flatMap(({ tree }) => [
    textAt(tree, 'metadata', 'zone'),
    ...listAt(tree, 'organizations').map((one) => textAt(one, 'zone')),
    ...listAt(tree, 'hooks').map(
      (hook) => /^https:\/\/hook\.([\w.-]+\.make\.com)\//.exec(textAt(hook, 'url') ?? '')?.[1],
    ),
  ]);
  const known = new Set(zones.filter((zone) => zone !== undefined));
  return known.size === 1 ? [...known][0] : undefined;
}
