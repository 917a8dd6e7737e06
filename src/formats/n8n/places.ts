import { pointer, type Label, type Parsed } from '../../sdk/index.ts';
import { entriesAt, isObject, listAt, type Part } from '../tree.ts';
import type { Found } from './find-workflows.ts';
import { labelOf } from './graph.ts';

/** Which step each part of the definition belongs to, and which parts hold what ran through it. */
export function labelsOf({ part, path }: Found): Label[] {
  const label = (label: Omit<Label, 'pointer'>, ...tokens: readonly (string | number)[]): Label => ({
    pointer: pointer(...path, ...tokens),
    ...label,
  });
  const nodes = (...holder: string[]): Label[] =>
    listAt(part, ...holder, 'nodes').map((node, index) =>
      label({ step: labelOf(node, index), place: 'definition' }, ...holder, 'nodes', index),
    );
  return [
    ...nodes(),
    ...nodes('activeVersion'),
    label({ place: 'run-data' }, 'pinData'),
    label({ place: 'run-data' }, 'staticData'),
    ...entriesAt(part, 'pinData').map(([step]) => label({ step, place: 'run-data' }, 'pinData', step)),
  ];
}

/** Neighbours of workflows in a list that are none themselves. */
export function strangers(tree: Part, found: readonly Found[]): Parsed['problems'] {
  const items = found.flatMap(({ path }) => {
    const last = path.findLastIndex((token) => typeof token === 'number');
    return last === -1 ? [] : [path.slice(0, last + 1)];
  });
  const known = new Set(items.map((path) => pointer(...path)));
  const lists = new Map(items.map((path) => [pointer(...path.slice(0, -1)), path.slice(0, -1)]));
  return [...lists.values()].flatMap((path) =>
    listAt(tree, ...path).flatMap((item, index) => {
      const here = pointer(...path, index);
      if (!isObject(item) || known.has(here)) return [];
      return { pointer: here, detail: 'This entry of the list is no n8n workflow.' };
    }),
  );
}
