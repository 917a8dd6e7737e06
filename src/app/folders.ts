import { existsSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { SourceConfig } from '../config/config.ts';

/**
 * Where the files of each source lie, by its id: relative to the root of the repository around `from`, or to `from`
 * where there is none, as code scanning names files. What lies outside of it is left out.
 */
export function foldersIn(sources: readonly SourceConfig[], from: string): ReadonlyMap<string, string> {
  const root = repositoryAround(from) ?? from;
  const folders = new Map<string, string>();
  for (const { id, settings } of sources) {
    const { path } = settings;
    if (typeof path !== 'string' || path === '-') continue;
    const folder = relative(root, folderOf(path));
    if (folder !== '..' && !folder.startsWith(`..${sep}`) && !isAbsolute(folder)) folders.set(id, folder);
  }
  return folders;
}

/** How somebody writes a file of a source. */
export type PathOf = (source: string, path: string) => string;

/** How somebody who works in `from` writes a file of one of these sources; as the source itself does where it has no path. */
export function pathsFrom(from: string, sources: readonly SourceConfig[]): PathOf {
  const folders = new Map(
    sources.flatMap(({ id, settings: { path } }) =>
      typeof path === 'string' && path !== '-' ? [[id, folderOf(path)] as const] : [],
    ),
  );
  return (source, path) => {
    const folder = folders.get(source);
    return folder === undefined ? path : relative(from, join(folder, path));
  };
}

/** A worktree has a file in place of the folder. */
function repositoryAround(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : repositoryAround(above);
}

function folderOf(path: string): string {
  return isFolder(path) ? path : dirname(path);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
