import { array, constantFrom, tuple, type Arbitrary } from 'fast-check';
import { expect } from 'vitest';
import type { Json, Parsed } from '../../src/sdk/index.ts';

type Path = readonly (string | number)[];

/** The document with a few of its parts deleted or replaced by nonsense. */
export function wounded(tree: Json): Arbitrary<Json> {
  const paths = pathsOf(tree, []);
  const nonsense = constantFrom<Json | undefined>(undefined, undefined, null, 7, '', 'x', true, [], {}, [null], [[3]]);
  const wound = tuple(constantFrom(...paths), nonsense);
  return array(wound, { minLength: 1, maxLength: 8 }).map((wounds) => {
    let result = tree;
    for (const [path, value] of wounds) result = replaced(result, path, value) ?? null;
    return result;
  });
}

function pathsOf(value: Json, path: Path): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]: [string, Json]) => [
    [...path, key],
    ...pathsOf(child, [...path, key]),
  ]);
}

function replaced(value: Json, path: Path, by: Json | undefined): Json | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return by;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, first)) return value;
  const entries = Object.entries(value).flatMap(([key, child]: [string, Json]): [string, Json][] => {
    const next = key === String(first) ? replaced(child, rest, by) : child;
    return next === undefined ? [] : [[key, next]];
  });
  return Array.isArray(value) ? entries.map(([, child]) => child) : Object.fromEntries(entries);
}

/** What holds for everything that a format reads: ids are unique, edges and triggers meet steps, nothing is nameless. */
export function expectSound(parsed: Parsed): void {
  const ids = parsed.items.map(({ record }) => `${record.kind} ${record.id}`);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { record } of parsed.items) {
    expect(record.name).not.toBe('');
    if (record.kind !== 'workflow') continue;
    const steps = new Set(record.graph.steps.map((step) => step.id));
    expect(steps.size).toBe(record.graph.steps.length);
    for (const edge of record.graph.edges) expect(steps.has(edge.from) && steps.has(edge.to)).toBe(true);
    for (const trigger of record.graph.triggers) expect(steps.has(trigger.step)).toBe(true);
  }
  for (const problem of parsed.problems) expect(problem.detail).not.toBe('');
}
