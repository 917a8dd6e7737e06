import type { Edge, Json } from '../../sdk/index.ts';
import { at, entriesAt, idAt, isObject, listAt, textAt, type Part } from '../tree.ts';
import { uniqueIds } from '../unique-ids.ts';

type Path = readonly (string | number)[];

/** A field of a component, with the name under which its component knows it. */
export interface Field {
  name: string;
  value: Part;
  field: Json;
  path: Path;
}

/** A node of the canvas, also one inside a group. */
export interface Node {
  id: string;
  label: string;
  /** `ChatInput`, `OpenAIModel`, `MCPTools`. */
  type: string;
  component: Part;
  fields: readonly Field[];
  path: Path;
  /** The group that it stands in. */
  within?: string;
}

/** Nodes of a canvas in the order of the file, those inside groups behind their group; notes are none. */
export function nodesOf(canvas: Part, path: Path): Node[] {
  const fresh = uniqueIds();
  return drawn(canvas, path).map((node) => ({ ...node, id: fresh(node.id) }));
}

function drawn(canvas: Part, path: Path, within?: string): Node[] {
  return listAt(canvas, 'nodes').flatMap((node, index): Node[] => {
    const component = at(node, 'data', 'node');
    if (!isObject(at(component, 'template'))) return [];
    const here = [...path, 'nodes', index];
    const type = textAt(node, 'data', 'type') ?? 'component';
    const id = idAt(node, 'id') ?? idAt(node, 'data', 'id') ?? `${type} ${index + 1}`;
    const inside = ['data', 'node', 'flow', 'data'];
    return [
      {
        id,
        label: textAt(component, 'display_name') ?? type,
        type,
        component,
        fields: fieldsOf(component, [...here, 'data', 'node']),
        path: here,
        ...(within !== undefined && { within }),
      },
      ...drawn(at(node, ...inside), [...here, ...inside], id),
    ];
  });
}

function fieldsOf(component: Part, path: Path): Field[] {
  return entriesAt(component, 'template').flatMap(([name, field]) =>
    isObject(field) ? [{ name, value: field.value, field, path: [...path, 'template', name] }] : [],
  );
}

/** What is filled into a field; undefined for one that is not there. */
export function valueOf({ fields }: Node, ...names: readonly string[]): Part {
  return names.map((name) => fields.find((field) => field.name === name)?.value).find((value) => value !== undefined);
}

/** A line of the canvas, and the field that it ends at. */
export interface Line extends Edge {
  field: string;
}

/** Lines between nodes that are there, those inside groups too. */
export function linesOf(canvas: Part, nodes: readonly Node[]): Line[] {
  const known = new Set(nodes.map((node) => node.id));
  const canvases = [canvas, ...nodes.map((node) => at(node.component, 'flow', 'data'))];
  return canvases
    .flatMap((one) => listAt(one, 'edges'))
    .flatMap((edge) => {
      const [from, to] = [idAt(edge, 'source'), idAt(edge, 'target')];
      if (from === undefined || to === undefined || !known.has(from) || !known.has(to)) return [];
      return [{ from, to, field: fieldOf(edge) }];
    });
}

/** Written three ways since 2023: `Tool|tools|Agent-1`, JSON with `œ` for its quotation marks, and JSON. */
function fieldOf(edge: Json): string {
  const named = textAt(edge, 'data', 'targetHandle', 'fieldName');
  if (named !== undefined) return named;
  const handle = textAt(edge, 'targetHandle') ?? '';
  return /œfieldNameœ:œ([^œ]*)œ/.exec(handle)?.[1] ?? handle.split('|')[1] ?? '';
}

/** Nodes whose tools lead to this one. */
export function toolNodes(node: Node, lines: readonly Line[], nodes: readonly Node[]): Node[] {
  const joined = new Set(lines.flatMap(({ from, to, field }) => (to === node.id && isToolField(field) ? [from] : [])));
  return nodes.filter(({ id }) => joined.has(id));
}

export function isToolField(field: string): boolean {
  return /^(?:tools?|toolkits?)$/.test(field);
}
