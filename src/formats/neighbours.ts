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

/** More than this many pieces of one thing are not looked at. */
export const MOST_PIECES = 500;

/** Is it the path that a format asks for? There, one `*` stands for any part of one name. */
export function fits(path: string, wanted: string): boolean {
  const star = wanted.indexOf('*');
  if (star === -1) return path === wanted;
  const [before, after] = [wanted.slice(0, star), wanted.slice(star + 1)];
  const long = path.length >= before.length + after.length;
  if (!long || !path.startsWith(before) || !path.endsWith(after)) return false;
  return !path.slice(before.length, path.length - after.length).includes('/');
}

/** The document with those of its neighbours that were found. */
export function withNeighbours(
  document: Document,
  found: readonly (readonly [wanted: Wanted, neighbours: readonly Document[]])[],
): Document {
  const there = found.flatMap(([wanted, all]) => all.map((each) => [nameOf(wanted, each.path), each] as const));
  return there.length === 0 ? document : { ...document, neighbours: new Map(there) };
}

/** A member with those of its neighbours that stand in the same archive. */
export function amongMembers(member: Document, archive: Document, among: readonly Format[]): Document {
  const wanted = neighboursOf(member, among);
  return withNeighbours(
    member,
    wanted.map((one) => [one, membersAt(archive, one.path)] as const),
  );
}

function membersAt({ path: root, members }: Document, path: string): Document[] {
  const exact = members?.get(path.slice(root.length + 2));
  if (!path.includes('*')) return exact === undefined ? [] : [exact];
  const all = [...(members?.values() ?? [])].filter((member) => fits(member.path, path));
  return all.toSorted((a, b) => (a.path < b.path ? -1 : 1)).slice(0, MOST_PIECES);
}

function nameOf({ name, path }: Wanted, found: string): string {
  const star = name.indexOf('*');
  return star === -1 ? name : name.slice(0, star) + found.slice(path.indexOf('*'));
}

/** A format that trips is told when it reads the document. */
function recognises(format: Format, document: Document): boolean {
  try {
    return format.recognise(document);
  } catch {
    return false;
  }
}

/** Where a file lies that another calls by its place: `../a/workflow.json`; undefined above the root of its source or archive. */
export function beside(path: string, name: string): string | undefined {
  const archive = path.lastIndexOf('!/');
  const root = archive < 0 ? '' : path.slice(0, archive + 2);
  const parts = path.slice(root.length).split('/').slice(0, -1);
  for (const part of name.split('/')) {
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return root + parts.join('/');
}
