import { pointer, type Json } from '../../sdk/index.ts';
import { at, idAt, isObject, listAt, textAt, type Part } from '../tree.ts';

/** One entry of a flows file: a tab, a subflow, a group, a node on one of them, or a configuration node. */
export interface Entry {
  id: string;
  type: string;
  /** Id of the tab or subflow it stands on. */
  z: string | undefined;
  index: number;
  node: Json;
}

export interface FlowsFile {
  /** Where the list stands in the document: `[]` for version 1, `['flows']` for version 2. */
  list: readonly string[];
  entries: readonly Entry[];
  byId: ReadonlyMap<string, Entry>;
  /** Version 2 comes from a running instance. */
  deployed: boolean;
  /** Positions that are no entries. */
  odd: readonly number[];
}

/** Reads the list of a flows file, version 1 or 2; undefined for anything else. https://nodered.org/docs/api/admin/types */
export function readFlows(tree: Part): FlowsFile | undefined {
  const list = Array.isArray(tree) ? [] : ['flows'];
  const values = listAt(tree, ...list);
  const entries = values.flatMap((node, index): Entry[] => {
    const id = idAt(node, 'id');
    const type = textAt(node, 'type');
    return id === undefined || type === undefined ? [] : [{ id, type, z: textAt(node, 'z'), index, node }];
  });
  if (!entries.some(isUnmistakable) || entries.length * 2 < values.length) return undefined;
  const read = new Set(entries.map((entry) => entry.index));
  return {
    list,
    entries,
    byId: new Map(entries.toReversed().map((entry) => [entry.id, entry])),
    deployed: textAt(tree, 'rev') !== undefined,
    odd: values.flatMap((_, index) => (read.has(index) ? [] : [index])),
  };
}

/** Wires are Node-RED's alone; a tab or subflow without any nodes is told by its other fields. */
function isUnmistakable({ node, type, z }: Entry): boolean {
  if (!isObject(node) || 'connections' in node || 'parameters' in node) return false;
  if (listAt(node, 'wires').every((port) => Array.isArray(port)) && Array.isArray(at(node, 'wires'))) return true;
  if (type === 'tab') return textAt(node, 'label') !== undefined;
  return (type === 'subflow' && 'name' in node) || (z !== undefined && 'x' in node && 'y' in node);
}

/** A configuration node has no place on the canvas. */
export function isConfig({ node, type }: Entry): boolean {
  return !isPlace(type) && type !== 'group' && !(isObject(node) && 'wires' in node) && at(node, 'x') === undefined;
}

/** Tabs and subflows: what becomes a workflow. */
export function isPlace(type: string): boolean {
  return type === 'tab' || type === 'subflow';
}

/** The node's own name, or its type. */
export function labelOf({ node, type }: Pick<Entry, 'node' | 'type'>): string {
  return textAt(node, 'name') ?? textAt(node, 'label') ?? type;
}

/** Entries that hold notes for people. */
export function isNote(type: string): boolean {
  return type === 'comment' || type === 'group';
}

/** Pointer to an entry in its document. */
export function pointerTo(file: FlowsFile, entry: Entry): string {
  return pointer(...file.list, entry.index);
}
