import type { Json } from '../core/content.ts';
import type { Item } from './records.ts';

/** A document as a source hands it over: bytes already read, parsed as far as its content allows. */
export interface Document {
  /** Relative to the source's root, `/` between parts, `!/` before the member of an archive. */
  path: string;
  text: string;
  /** Parsed JSON or YAML; undefined when the text is neither. */
  tree?: Json;
  syntax: 'json' | 'yaml' | 'xml' | 'javascript' | 'text';
  /** For an archive: its members by path, already read within the limits. */
  members?: ReadonlyMap<string, Document>;
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
  id: string;
  title: string;
  platform: string;
  /** By content, never by file name alone. */
  recognise(document: Document): boolean;
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

/** Id of something that several documents of one platform instance may mention. */
export function sharedId(
  platform: string,
  instance: string | undefined,
  type: string,
  native: string | number,
): string {
  return [platform, instance ?? '-', type, native].join(':');
}

/** Joins RFC 6901 reference tokens to a pointer. */
export function pointer(...tokens: readonly (string | number)[]): string {
  return tokens.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
