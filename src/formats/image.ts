import type { Component } from '../sdk/index.ts';

/** Reads a container image's reference; a tag can be moved, a digest cannot. */
export function imageComponent(reference: string): Component {
  const [tagged = reference, digest] = reference.split('@', 2);
  const colon = tagged.lastIndexOf(':');
  const hasTag = colon > tagged.lastIndexOf('/');
  const name = hasTag ? tagged.slice(0, colon) : tagged;
  const version = digest ?? (hasTag ? tagged.slice(colon + 1) : undefined);
  const pinned = digest !== undefined && /^sha\d+:[0-9a-f]{32,}$/i.test(digest);
  return { name, ...(version !== undefined && { version }), pinned, origin: 'community' };
}
