import type { Content, Document, Label, Place } from '../sdk/index.ts';
import { branch, withoutBranches } from './tree.ts';

/** A whole document as text to scan: its tree where it has one, its text always. */
export function contentOf(document: Document, place: Place, labels: readonly Label[] = []): Content {
  return {
    place,
    path: document.path,
    text: document.text,
    ...(document.tree !== undefined && { tree: document.tree }),
    ...(labels.length > 0 && { labels }),
  };
}

/** Divides a document among the records in it: each gets its own branch, and the first one what belongs to none. */
export function divided(
  document: Document,
  paths: readonly (readonly (string | number)[])[],
  index: number,
  labels: readonly Label[],
): Content[] {
  const whole = contentOf(document, 'definition', labels);
  const path = paths[index];
  if (paths.length === 1 || path === undefined || document.tree === undefined) return [whole];
  const own: Content = { ...whole, tree: branch(document.tree, path) };
  if (index > 0) return [own];
  return [own, { ...contentOf(document, 'configuration'), tree: withoutBranches(document.tree, paths) }];
}
