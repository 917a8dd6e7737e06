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
    const folder = relative(root, isFolder(path) ? path : dirname(path));
    if (folder !== '..' && !folder.startsWith(`..${sep}`) && !isAbsolute(folder)) folders.set(id, folder);
  }
  return folders;
}

/** A worktree has a file in place of the folder. */
function repositoryAround(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : repositoryAround(above);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
