import type { Json } from '../core/content.ts';
import type { Item } from './records.ts';

/** A document as a source hands it over: bytes already read, parsed as far as its content allows. */
export interface Document {
  /** Relative to the source's root, `/` between parts, `!/` before the member of an archive. */
  path: string;
  text: string;
  /** Parsed JSON, YAML or TOML; undefined when the text is none of them. */
  tree?: Json;
  /** Comments of the text, at their own lines: the tree does not hold them, and people paste keys into them. */
  comments?: string;
  syntax: 'json' | 'yaml' | 'toml' | 'xml' | 'javascript' | 'text';
  /** For an archive: its members by path, already read within the limits. */
  members?: ReadonlyMap<string, Document>;
  /** Those of the files that its format asked for that are there, by their names as seen from its folder. */
  neighbours?: ReadonlyMap<string, Document>;
  /** Beginnings of URLs under which the platform is reached that it was read from, where that is known. */
  servedAt?: readonly string[];
}

/** What a format read out of a document: records, each with the text that still has to be scanned. */
export interface Parsed {
  items: readonly Item[];
  /** Parts that could not be understood; the rest was. */
  problems: readonly { pointer?: string; detail: string }[];
}

/**
 * An export format. Ids: what one file defines is `local`, so that copies of an export never collide;
 * what several files mention (a connection, a credential) is `shared` over platform, instance and native id.
 */
export interface Format {
  /** Kebab-case, as its folder. */
  id: string;
  title: string;
  /** What its records carry as `platform`; several formats may share one. */
  platform: string;
  /** By content, never by file name alone. */
  recognise(document: Document): boolean;
  /**
   * Files that say more about a document at this path, as seen from its folder: `../connections.json`. A handful, known
   * by name, and never contents: each is read for itself too, and what is found in it belongs to it. One `*` stands for
   * any part of one name, where a platform gives each piece a file: `actions/*.yml`.
   */
  neighbours?(path: string): readonly string[];
  /** Reads a document that it recognised. What it cannot understand is a problem; to throw is a defect, told as one. */
  parse(document: Document): Parsed;
  /** A small made-up document that it recognises, for tests and documentation. */
  example: { path: string; text: string } | { path: string; members: { [path: string]: string } };
}

/** Declares an export format. */
export function defineFormat(format: Format): Format {
  return format;
}

/** Id of something that this document defines; `native` is the platform's id or a pointer. */
export function localId(document: Pick<Document, 'path'>, native?: string | number | null): string {
  return native === undefined || native === null || native === '' ? document.path : `${document.path}#${native}`;
}

/**
 * Id of something that several documents of one platform instance may mention. Parts are joined by slashes: with
 * colons, a connector called `httpBearerAuth` and its id would read like a name and its secret value.
 */
export function sharedId(
  platform: string,
  instance: string | undefined,
  type: string,
  native: string | number,
): string {
  return [platform, instance ?? '-', type, native].join('/');
}

/** Joins RFC 6901 reference tokens to a pointer. */
export function pointer(...tokens: readonly (string | number)[]): string {
  return tokens.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Cleans a text that may hold a JSON pointer: there `/` is written `~1`, so each part is first spelled out by itself. */
export function cleanPointer(text: string, clean: (text: string) => string): string {
  if (!/~[01]/.test(text)) return clean(text);
  const parts = text.split('/').map((part) => {
    const spelled = part.replaceAll('~1', '/').replaceAll('~0', '~');
    return clean(spelled).replaceAll('~', '~0').replaceAll('/', '~1');
  });
  return clean(parts.join('/'));
}
