import { pointer, type Parsed } from '../sdk/index.ts';
import { at, listAt, type Part } from './tree.ts';

type Path = readonly (string | number)[];

/**
 * Entries of an export's lists of flows that could not be read as such. They are told: a flow that is missing from the
 * roll would look like one that there is not. An empty canvas is none.
 */
export function unreadRows(
  tree: Part,
  lists: readonly Path[],
  read: readonly { path: Path }[],
  canvasOf: (row: Part) => Part,
): Parsed['problems'] {
  const known = new Set(read.map(({ path }) => pointer(...path)));
  return lists.flatMap((list) =>
    listAt(tree, ...list).flatMap((row, index) => {
      const place = pointer(...list, index);
      const nodes = at(canvasOf(row), 'nodes');
      const isEmpty = Array.isArray(nodes) && nodes.length === 0;
      return known.has(place) || isEmpty
        ? []
        : [{ pointer: place, detail: 'This entry of the list is no flow that can be read.' }];
    }),
  );
}
