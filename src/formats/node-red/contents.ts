import { type Content, type Document, type Json, type Label, type Place } from '../../sdk/index.ts';
import { at, entriesAt, listAt, textAt } from '../tree.ts';
import { isNote, isPlace, labelOf, pointerTo, type Entry, type FlowsFile } from './flows-file.ts';

/** Some entries of a flows file as text to scan, at the pointers that they have in the file. */
export function contentOf(document: Document, file: FlowsFile, entries: readonly Entry[], place: Place): Content {
  return {
    place,
    path: document.path,
    text: document.text,
    tree: nest(file.list, Object.fromEntries(entries.map((entry) => [entry.index, entry.node]))),
    labels: entries.flatMap((entry) => labelsOf(file, entry, place)),
  };
}

/** The rest of the file: entries of no tab, and what surrounds the list. */
export function restOf(document: Document, file: FlowsFile, entries: readonly Entry[]): Content {
  const own = contentOf(document, file, entries, 'configuration');
  const odd = file.odd.map((index): [number, Json] => [index, at(document.tree, ...file.list, index) ?? null]);
  const list = { ...Object.fromEntries(entries.map((entry) => [entry.index, entry.node])), ...Object.fromEntries(odd) };
  const around = file.list.length === 0 ? [] : entriesAt(document.tree).filter(([key]) => key !== 'flows');
  return { ...own, tree: file.list.length === 0 ? list : { ...Object.fromEntries(around), flows: list } };
}

function nest(path: readonly string[], value: Json): Json {
  const [first, ...rest] = path;
  return first === undefined ? value : { [first]: nest(rest, value) };
}

function labelsOf(file: FlowsFile, entry: Entry, place: Place): Label[] {
  const here = pointerTo(file, entry);
  const step = isPlace(entry.type) || isNote(entry.type) ? undefined : labelOf(entry);
  return [{ pointer: here, place, ...(step !== undefined && { step }) }, ...secretsOf(entry, here)];
}

/** Node-RED strips credentials from a download; what is written beside a node by hand stays, and is secret. */
function secretsOf({ node }: Entry, here: string): Label[] {
  const secret = (pointer: string): Label => ({ pointer, place: 'credential-export', secret: true });
  const fields = entriesAt(node, 'credentials').filter(([key, value]) => isSecret(key) && typeof value === 'string');
  const variables = listAt(node, 'env').flatMap((variable, index) =>
    textAt(variable, 'type') === 'cred' && textAt(variable, 'value') !== undefined
      ? secret(`${here}/env/${index}/value`)
      : [],
  );
  return [
    ...fields.map(([key]) => secret(`${here}/credentials/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)),
    ...variables,
  ];
}

/** Among a node's credentials: anything but the name of the account, and marks that there is a value. */
export function isSecret(field: string): boolean {
  return !/^(?:user(?:name)?|userid|login|email|client_?id|tenant_?id|has_.*)$/i.test(field);
}
