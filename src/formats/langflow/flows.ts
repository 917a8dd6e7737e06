import type { Json, Parsed } from '../../sdk/index.ts';
import { at, isObject, listAt, type Part } from '../tree.ts';
import { unreadRows } from '../unread-rows.ts';

type Path = readonly (string | number)[];

/** A flow as it is exported, with the place of its nodes and edges. */
export interface Flow {
  row: Json;
  path: Path;
  canvas: Part;
  canvasPath: Path;
}

/** Every flow in a document: one by itself, a collection, or a list. https://docs.langflow.org/concepts-flows-import */
export function flowsIn(tree: Part): Flow[] {
  if (Array.isArray(tree)) return listed(tree, []);
  const collected = listed(tree, ['flows']);
  return collected.length > 0 ? collected : flowIn(tree, []);
}

/** Entries of a collection or list that are no flows that can be read. */
export function unreadIn(tree: Part, flows: readonly Flow[]): Parsed['problems'] {
  const lists = Array.isArray(tree) ? [[]] : [['flows']];
  return unreadRows(tree, lists, flows, (row) => at(row, 'data') ?? row);
}

function listed(tree: Part, path: Path): Flow[] {
  return listAt(tree, ...path).flatMap((row, index) => flowIn(row, [...path, index]));
}

/** The API says `data` of what it calls a flow; older tools saved that alone. */
function flowIn(row: Part, path: Path): Flow[] {
  if (!isObject(row)) return [];
  const canvasPath = isObject(row.data) ? [...path, 'data'] : path;
  const canvas = isObject(row.data) ? row.data : row;
  return isCanvas(canvas) ? [{ row, path, canvas, canvasPath }] : [];
}

/** True for what Langflow draws: a node holds its component with the template of its fields. */
function isCanvas(part: Part): boolean {
  return listAt(part, 'nodes').some((node) => isObject(at(node, 'data', 'node', 'template')));
}
