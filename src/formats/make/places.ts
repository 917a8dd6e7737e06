import { listAt, textAt, type Part } from '../tree.ts';

/** Where something stands in a document. */
export type Path = readonly (string | number)[];

/** A blueprint in its document, with the scenario that it belongs to. */
interface Place {
  root: Path;
  blueprint: Path;
  scenario: Path;
}

/** Where exports and API answers keep the blueprint, and the scenario that it belongs to. */
const ENVELOPES: readonly Omit<Place, 'root'>[] = [
  { blueprint: [], scenario: [] },
  { blueprint: ['blueprint'], scenario: [] },
  { blueprint: ['response', 'blueprint'], scenario: ['response'] },
  { blueprint: ['scenario', 'blueprint'], scenario: ['scenario'] },
];

/** The blueprints of a document: one, or several that somebody put into a list. */
export function blueprintsIn(tree: Part): Place[] {
  const roots: Path[] = Array.isArray(tree) ? tree.map((_, index) => [index]) : [[]];
  return roots.flatMap((root) => {
    const envelope = ENVELOPES.find(({ blueprint }) =>
      listAt(tree, ...root, ...blueprint, 'flow').some((one) => isFlowModule(one)),
    );
    if (envelope === undefined) return [];
    return { root, blueprint: [...root, ...envelope.blueprint], scenario: [...root, ...envelope.scenario] };
  });
}

/** In a scenario even a placeholder, which has neither settings nor a mapping, is a module. */
function isFlowModule(value: Part): boolean {
  return /^[\w@#.-]+:[\w.-]+$/.test(textAt(value, 'module') ?? '');
}
