import { pointer } from '../sdk/index.ts';
import type { Document, Json, Parsed } from '../sdk/index.ts';
import { at, isObject, listAt, type Part } from './tree.ts';

type Path = readonly (string | number)[];

/** One entry of a list that somebody asked an interface for and kept as a file. */
export interface Entry {
  path: Path;
  part: Json;
}

/**
 * The entries of a kept answer: below its key, as a bare list, as the pages of several answers in one list (`jq -s`), or
 * one entry alone.
 */
export function entriesOf(tree: Part, key: string): Entry[] {
  return pagesOf(tree, key).flatMap((page) => {
    const keyed = [...page, key];
    if (Array.isArray(at(tree, ...keyed))) return members(tree, keyed);
    return Array.isArray(at(tree, ...page)) ? members(tree, page) : [{ path: page, part: at(tree, ...page) ?? null }];
  });
}

/** Where the answers stand of which a document is made. */
function pagesOf(tree: Part, key: string): Path[] {
  const list = listAt(tree);
  const isPage = (one: Json): boolean => Array.isArray(one) || Array.isArray(at(one, key));
  return list.length > 0 && list.every(isPage) ? list.map((_, index) => [index]) : [[]];
}

function members(tree: Part, path: Path): Entry[] {
  return listAt(tree, ...path).map((part, index) => ({ path: [...path, index], part }));
}

/** Those of a document's entries that are of a kind; none for the member of a scan that is an archive. */
export function entriesThat(document: Document, key: string, are: (part: Json) => boolean): Entry[] {
  if (document.members !== undefined) return [];
  return entriesOf(document.tree, key).filter(({ part }) => isObject(part) && are(part));
}

/** How many entries of a list tell what it lists. */
const FIRST = 50;

/** Whether a document lists things of a kind: its first entries tell, however long it is. */
export function beginsWith(document: Document, key: string, are: (part: Json) => boolean): boolean {
  const { tree, members: inside } = document;
  if (inside !== undefined) return false;
  return pagesOf(tree, key).some((page) => {
    const part = at(tree, ...page, key) ?? at(tree, ...page);
    const few: readonly Json[] = Array.isArray(part) ? part.slice(0, FIRST) : part === undefined ? [] : [part];
    return few.some((one) => isObject(one) && are(one));
  });
}

/** What is said of entries of the same list that are none of its kind. */
export function strangersIn(
  document: Document,
  key: string,
  known: readonly Entry[],
  title: string,
): Parsed['problems'] {
  // An entry may stand further in than its place in the list.
  const mine = new Set(known.flatMap(({ path }) => ['', ...path.map((_, end) => pointer(...path.slice(0, end + 1)))]));
  return entriesOf(document.tree, key)
    .map(({ path }) => pointer(...path))
    .filter((place) => !mine.has(place))
    .map((place) => ({ pointer: place, detail: `This entry of the list is no ${title}.` }));
}

/** What is said of a list of which a page is missing: absent from the file is not absent from the platform. */
export function cutOff(there: number, what: string, of?: number): Parsed['problems'] {
  const all = of === undefined ? 'there may be more' : `there are ${of}`;
  return [
    {
      detail: `It holds ${there} ${what} and ${all}: ask for the pages that follow as well, and keep them beside it or in one file.`,
    },
  ];
}
