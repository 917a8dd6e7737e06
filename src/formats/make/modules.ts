import { pointer, type Edge, type Label, type Step } from '../../sdk/index.ts';
import { at, entriesAt, idAt, listAt, textAt, type Part } from '../tree.ts';

type Path = readonly (string | number)[];

/** A module of a scenario with its place in the document. */
export interface Module {
  id: string;
  label: string;
  /** `google-sheets:addRow`. */
  module: string;
  value: Part;
  pointer: string;
  tool: boolean;
}

/** A scenario's modules in order, what follows what, and what the parts of the document are called. */
export interface Modules {
  modules: Module[];
  edges: Edge[];
  labels: Label[];
  problems: { pointer?: string; detail: string }[];
}
interface Reader extends Modules {
  ids: Set<string>;
}

const NAME = /^[\w@#.-]+:[\w.-]+$/;

/** Is it one module of a scenario? */
export function isModule(value: Part): boolean {
  if (!NAME.test(textAt(value, 'module') ?? '')) return false;
  return (
    idAt(value, 'id') !== undefined &&
    ['mapper', 'parameters', 'metadata', 'routes'].some((key) => at(value, key) !== undefined)
  );
}

/** Reads a list of modules and all that branch off it: routes, conditions, error handlers and an agent's tools. */
export function readModules(value: Part, path: Path): Modules {
  const read: Reader = { modules: [], edges: [], labels: [], problems: [], ids: new Set() };
  readFlow(
    read,
    listAt(value).map((module, index) => [module, [...path, index]]),
    [],
    false,
  );
  return read;
}

/** Reads modules that an object holds by name: a fragment of a scenario. */
export function readFragments(value: Part): Modules {
  const read: Reader = { modules: [], edges: [], labels: [], problems: [], ids: new Set() };
  readFlow(read, isModule(value) ? [[value, []]] : entriesAt(value).map(([key, one]) => [one, [key]]), [], false);
  return read;
}

/** Each module follows the one before it; answers with the modules that the list ends with. */
function readFlow(
  read: Reader,
  flow: readonly (readonly [Part, Path])[],
  parents: readonly string[],
  tool: boolean,
): string[] {
  let before = [...parents];
  for (const [value, path] of flow) {
    const module = textAt(value, 'module');
    if (module === undefined) {
      read.problems.push({ pointer: pointer(...path), detail: 'A module has no type; it was left out.' });
      continue;
    }
    const id = addModule(read, module, value, path, tool);
    for (const from of new Set(before)) read.edges.push({ from, to: id });
    const branches = ['routes', 'branches'].flatMap((key) => readBranches(read, value, [...path, key], id, tool));
    readFlow(read, placed(at(value, 'onerror'), [...path, 'onerror']), [id], tool);
    readBranches(read, value, [...path, 'tools'], id, true);
    before = [id, ...branches];
  }
  return before;
}

function readBranches(read: Reader, value: Part, path: Path, from: string, tool: boolean): string[] {
  return listAt(value, path.at(-1) ?? '').flatMap((branch, index) =>
    readFlow(read, placed(at(branch, 'flow'), [...path, index, 'flow']), [from], tool),
  );
}

function placed(flow: Part, path: Path): (readonly [Part, Path])[] {
  return listAt(flow).map((value, index) => [value, [...path, index]]);
}

function addModule(read: Reader, module: string, value: Part, path: Path, tool: boolean): string {
  const here = pointer(...path);
  const native = idAt(value, 'id') ?? here;
  // Ids are unique in a scenario; a damaged file's duplicate is told apart by where it stands.
  const id = read.ids.has(native) ? here : native;
  read.ids.add(id);
  const label = textAt(value, 'metadata', 'designer', 'name') ?? module;
  read.modules.push({ id, label, module, value, pointer: here, tool });
  read.labels.push({ pointer: here, step: label, place: 'definition' });
  return id;
}

/** `google-sheets` and `addRow` of `google-sheets:addRow`. */
export function split(module: string): { app: string; operation: Step['operation'] } {
  const colon = module.indexOf(':');
  return colon < 0
    ? { app: module, operation: undefined }
    : { app: module.slice(0, colon), operation: module.slice(colon + 1) };
}
