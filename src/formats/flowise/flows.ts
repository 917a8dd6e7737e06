import type { Json, Parsed } from '../../sdk/index.ts';
import { embedded } from '../embedded.ts';
import { at, isObject, listAt, textAt, type Part } from '../tree.ts';
import { unreadRows } from '../unread-rows.ts';

type Path = readonly (string | number)[];

/** One canvas, with what the export says about it besides. */
export interface Flow {
  /** A row of Flowise's database; the canvas itself where it was saved alone. */
  row: Json;
  path: Path;
  /** Nodes and edges. */
  canvas: Part;
  canvasPath: Path;
  /** Its maker's assistant: Flowise draws a canvas for each. */
  assistant: boolean;
}

/** Lists of flows in an export of everything. `MULTIAGENT` and `AGENTFLOW` are the two generations of agent flows. */
const LISTS = ['ChatFlow', 'AgentFlow', 'AgentFlowV2', 'AssistantFlow'];

/**
 * Every flow in a document: a canvas that was saved by itself, rows as the API gives them, or an export of everything.
 * https://docs.flowiseai.com/using-flowise
 */
export function flowsIn(tree: Part): Flow[] {
  const lists = LISTS.flatMap((list) => rowsAt(tree, [list]));
  if (lists.length > 0) return lists;
  if (Array.isArray(tree)) return rowsAt(tree, []);
  return [...(rowIn(tree, []) ?? canvasIn(tree))];
}

/** Entries of the lists of flows that are none that can be read. */
export function unreadIn(tree: Part, flows: readonly Flow[]): Parsed['problems'] {
  const lists = Array.isArray(tree) ? [[]] : LISTS.map((list) => [list]);
  return unreadRows(tree, lists, flows, (row) => embedded(at(row, 'flowData')));
}

/** The document with its canvases spelled out, so that a place in one has a pointer. */
export function spelledOut(tree: Json, flows: readonly Flow[]): Json {
  return flows.reduce((whole, { canvas, canvasPath }) => placed(whole, canvasPath, canvas ?? null), tree);
}

/** True for what Flowise draws: a node of nothing else lists the parameters and the anchors of its inputs. */
export function isCanvas(part: Part): boolean {
  return listAt(part, 'nodes').some((node) => isNodeData(at(node, 'data')));
}

function isNodeData(data: Part): boolean {
  return (
    textAt(data, 'name') !== undefined &&
    (Array.isArray(at(data, 'inputParams')) || Array.isArray(at(data, 'inputAnchors')))
  );
}

function canvasIn(tree: Part): Flow[] {
  return isCanvas(tree) ? [{ row: tree ?? null, path: [], canvas: tree, canvasPath: [], assistant: false }] : [];
}

function rowsAt(tree: Part, path: Path): Flow[] {
  return listAt(tree, ...path).flatMap((row, index) => rowIn(row, [...path, index]) ?? []);
}

function rowIn(row: Part, path: Path): Flow[] | undefined {
  if (!isObject(row) || row.flowData === undefined) return undefined;
  const canvas = embedded(row.flowData);
  if (!isCanvas(canvas)) return undefined;
  const assistant = path[0] === 'AssistantFlow' || row.type === 'ASSISTANT';
  return [{ row, path, canvas, canvasPath: [...path, 'flowData'], assistant }];
}

function placed(tree: Json, path: Path, part: Json): Json {
  const [first, ...rest] = path;
  if (first === undefined) return part;
  if (Array.isArray(tree)) return tree.map((item: Json, index) => (index === first ? placed(item, rest, part) : item));
  return isObject(tree) ? { ...tree, [String(first)]: placed(tree[String(first)] ?? null, rest, part) } : tree;
}
