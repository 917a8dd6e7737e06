import type { Secret } from '../../sdk/index.ts';
import { uniqueParts } from '../addresses.ts';
import { literalTarget } from '../hosts.ts';
import { textAt, type Part } from '../tree.ts';

/** Where a node answers that takes requests, `httpNodeRoot` being part of what comes before. */
export function addressesOf(node: Part, roots: readonly string[] = []): Secret[] {
  if (textAt(node, 'type') !== 'http in') return [];
  const path = textAt(node, 'url')?.replace(/^\/+/, '');
  if (path === undefined) return [];
  return [...roots.flatMap((root) => literalTarget(`${root}/${path}`)?.addresses ?? []), ...uniqueParts(path)];
}
