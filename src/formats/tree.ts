import type { Json } from '../sdk/index.ts';

/** A part of a parsed document that may not be there. */
export type Part = Json | undefined;
type Step = string | number;

/** Is it an object, and neither a list nor null? */
export function isObject(value: Part): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The part at a path; undefined as soon as a step leads nowhere. Own properties only. */
export function at(value: Part, ...path: readonly Step[]): Part {
  let here = value;
  for (const step of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return undefined;
    here = (here as { readonly [key: string]: Json })[String(step)];
  }
  return here;
}

/** A string that says something, trimmed; undefined for anything else. */
export function textAt(value: Part, ...path: readonly Step[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' && found.trim() !== '' ? found.trim() : undefined;
}

/** A platform's id, whether it is written as a string or as a number. */
export function idAt(value: Part, ...path: readonly Step[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'number' ? String(found) : textAt(found);
}

/** The members of an object; none for anything else. */
export function entriesAt(value: Part, ...path: readonly Step[]): [string, Json][] {
  const found = at(value, ...path);
  return isObject(found) ? Object.entries(found) : [];
}

/** The items of a list; none for anything else. */
export function listAt(value: Part, ...path: readonly Step[]): readonly Json[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? (found as readonly Json[]) : [];
}

/** The document reduced to one branch, at the same pointers: lists become objects keyed by position. */
export function branch(tree: Part, path: readonly Step[]): Json {
  const [first, ...rest] = path;
  if (first === undefined) return tree ?? null;
  return { [String(first)]: branch(at(tree, first), rest) };
}

/** The document without some branches, at the same pointers: null stands where a branch was. */
export function withoutBranches(tree: Json, paths: readonly (readonly Step[])[]): Json {
  if (paths.some((path) => path.length === 0)) return null;
  if (paths.length === 0 || typeof tree !== 'object' || tree === null) return tree;
  const below = Map.groupBy(paths, (path) => String(path[0]));
  const keep = ([key, value]: [string, Json]): [string, Json] => [
    key,
    withoutBranches(
      value,
      (below.get(key) ?? []).map((path) => path.slice(1)),
    ),
  ];
  return Object.fromEntries(Object.entries(tree as { readonly [key: string]: Json }).map(keep));
}
