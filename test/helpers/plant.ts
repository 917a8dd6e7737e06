import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { formats } from '../../src/formats/index.ts';
import { exampleDocument, readText } from '../../src/formats/document.ts';
import type { Document, Format, Json } from '../../src/sdk/index.ts';
import { neighbourhoods, type Neighbourhood } from './neighbourhoods.ts';
import { zipOf } from './zip.ts';

/** Puts something in the place of one text of a document; `where` says which. */
export type Replace = (original: string, where: string) => string;

/** One text in one file of a format's example that something can be planted in. */
export interface Spot {
  format: string;
  /** `/nodes/3/name`; with `(key)` behind it for a key of an object, or the number of a quoted text in code. */
  where: string;
  /** Writes the example into a folder with this one text replaced. */
  plant(folder: string, replace: Replace): void;
}

/** Every text and every key in every format's own example, and in files that explain each other. */
export function spots(): Spot[] {
  return [...formats.map(ofExample), ...neighbourhoods.map(ofNeighbourhood)].flatMap(({ format, parts, write }) =>
    parts.flatMap(({ name, document }) =>
      placesIn(document).map(({ where, rewritten }) => ({
        format,
        where: name === '' ? where : `${name}:${where}`,
        plant: (folder, replace) => write(folder, name, rewritten(replace)),
      })),
    ),
  );
}

/** What is laid out together: a file, an archive's members, or files of one folder. */
interface Layout {
  format: string;
  /** The name is empty for a document that stands alone. */
  parts: readonly { name: string; document: Document }[];
  /** Writes all of it, with one part as it is given. */
  write(folder: string, name: string, text: string): void;
}

function ofExample(format: Format): Layout {
  const document = exampleDocument(format.example);
  const members = [...(document.members ?? [])].map(([name, member]) => ({ name, document: member }));
  return {
    format: format.id,
    parts: document.members === undefined ? [{ name: '', document }] : members,
    write: (folder, name, text) => write(folder, format, name, text),
  };
}

function ofNeighbourhood({ format, files }: Neighbourhood): Layout {
  return {
    format,
    parts: Object.entries(files).map(([name, text]) => ({ name, document: readText(name, text).document })),
    write(folder, name, text) {
      for (const [path, content] of Object.entries({ ...files, [name]: text })) put(join(folder, path), content);
    },
  };
}

interface Place {
  where: string;
  rewritten(replace: Replace): string;
}

function placesIn({ tree, text, syntax }: Document): Place[] {
  if (tree !== undefined) {
    return pathsIn(tree).map(({ where, path, key }) => ({
      where,
      rewritten: (replace) =>
        JSON.stringify(
          changed(tree, path, key, (old) => replace(old, where)),
          null,
          1,
        ),
    }));
  }
  // Texts in code stand in quotes; in XML in quotes or between tags.
  const quoted = syntax === 'xml' ? /"([^"<>]+)"|>([^<>]*\S[^<>]*)</g : /'([^'\n]+)'|"([^"\n]+)"/g;
  return [...text.matchAll(quoted)].map((match, number) => {
    const old = match[1] ?? match[2] ?? '';
    const start = match.index + 1;
    const where = `text ${number} ${text.slice(Math.max(0, match.index - 24), match.index).replaceAll(/\s+/g, ' ')}`;
    return {
      where,
      rewritten: (replace) =>
        text.slice(0, start) + escaped(replace(old, where), syntax) + text.slice(start + old.length),
    };
  });
}

function escaped(value: string, syntax: Document['syntax']): string {
  if (syntax !== 'xml') return JSON.stringify(value).slice(1, -1).replaceAll("'", "\\'");
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function pathsIn(tree: Json, path: readonly string[] = []): { where: string; path: string[]; key: boolean }[] {
  const where = path.map((part) => `/${part}`).join('');
  if (typeof tree === 'string') return [{ where, path: [...path], key: false }];
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree).flatMap(([name, value]: [string, Json]) => {
    const inner = pathsIn(value, [...path, name]);
    if (Array.isArray(tree)) return inner;
    return [{ where: `${where}/${name} (key)`, path: [...path, name], key: true }, ...inner];
  });
}

function changed(tree: Json, path: readonly string[], key: boolean, replace: (old: string) => string): Json {
  const [first, ...rest] = path;
  if (first === undefined) return replace(typeof tree === 'string' ? tree : '');
  const swap = ([name, value]: [string, Json]): [string, Json] =>
    name !== first
      ? [name, value]
      : key && rest.length === 0
        ? [replace(name), value]
        : [name, changed(value, rest, key, replace)];
  const entries = Object.entries(tree as { [name: string]: Json }).map(swap);
  return Array.isArray(tree) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

function write(folder: string, { example }: Format, name: string, text: string): void {
  const file = join(folder, example.path);
  if ('text' in example) return put(file, text);
  const members = Object.entries(example.members).map(([member, content]) => ({
    name: member,
    content: member === name ? text : content,
  }));
  put(file, zipOf(members));
}

function put(file: string, content: string | Buffer): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
