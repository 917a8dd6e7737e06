import type { Document, Format } from '../sdk/index.ts';

/** A file that a format asks for: what it calls it, and where that is, as documents' paths are written. */
export interface Wanted {
  name: string;
  path: string;
}

/**
 * What a document's formats ask for beside it, never above the root of its source or archive. Formats name paths, so
 * that most documents cost nothing; whether it is their document at all is asked only then.
 */
export function neighboursOf(document: Document, among: readonly Format[]): Wanted[] {
  return among.flatMap((format) => {
    const names = format.neighbours?.(document.path) ?? [];
    if (names.length === 0 || !recognises(format, document)) return [];
    return names.flatMap((name) => {
      const path = beside(document.path, name);
      return path === undefined ? [] : [{ name, path }];
    });
  });
}

/** The document with those of its neighbours that were found. */
export function withNeighbours(
  document: Document,
  found: readonly (readonly [name: string, neighbour: Document | undefined])[],
): Document {
  const there = found.flatMap(([name, neighbour]) => (neighbour === undefined ? [] : [[name, neighbour] as const]));
  return there.length === 0 ? document : { ...document, neighbours: new Map(there) };
}

/** A member with those of its neighbours that stand in the same archive. */
export function amongMembers(member: Document, archive: Document, among: readonly Format[]): Document {
  const wanted = neighboursOf(member, among);
  return withNeighbours(
    member,
    wanted.map(({ name, path }) => [name, archive.members?.get(path.slice(archive.path.length + 2))] as const),
  );
}

/** A format that trips is told when it reads the document. */
function recognises(format: Format, document: Document): boolean {
  try {
    return format.recognise(document);
  } catch {
    return false;
  }
}

function beside(path: string, name: string): string | undefined {
  const archive = path.lastIndexOf('!/');
  const root = archive < 0 ? '' : path.slice(0, archive + 2);
  const parts = path.slice(root.length).split('/').slice(0, -1);
  for (const part of name.split('/')) {
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return root + parts.join('/');
}
