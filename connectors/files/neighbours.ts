import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { readDocument } from '../../src/formats/document.ts';
import { fits, MOST_PIECES } from '../../src/formats/neighbours.ts';
import type { Document } from '../../src/sdk/index.ts';
import { ignoresAnywhere } from './ignore-rules.ts';
import type { ReadNeighbours, TellBlind } from './read.ts';
import { cannotRead, codeOf, tooLarge } from './walk.ts';

export interface Neighbourhood {
  exclude: readonly string[];
  maxFileBytes: number;
  signal: AbortSignal;
  /** Silent where the walk comes by and says itself what it cannot read. */
  blind: TellBlind;
}

/**
 * The neighbours of the files below a folder, by the rules of the walk: nothing outside the folder, nothing that is
 * ignored, no folder behind a link. A file is read once, as long as all that was read is no more than one file may have.
 */
export function openNeighbours(root: string, { exclude, maxFileBytes, signal, blind }: Neighbourhood): ReadNeighbours {
  const ignores = ignoresAnywhere(root, exclude, () => undefined);
  const known = new Map<string, Promise<Document | undefined>>();
  const alike = new Map<string, Promise<string[]>>();
  let bytes = 0;
  return async (path) => {
    const paths = path.includes('*') ? await like(path) : [path];
    const read = await Promise.all(paths.map(once));
    return read.filter((document) => document !== undefined);
  };

  /** Thousands of files ask for the same ones. */
  function like(path: string): Promise<string[]> {
    const found = alike.get(path) ?? pathsLike(root, path);
    alike.set(path, found);
    return found;
  }

  function once(path: string): Promise<Document | undefined> {
    const read = known.get(path) ?? neighbour(path);
    known.set(path, read);
    return read;
  }

  async function neighbour(path: string): Promise<Document | undefined> {
    try {
      if (ignores(path) || !(await isBelow(root, path))) return undefined;
      const stats = await stat(join(root, path));
      if (!stats.isFile()) return undefined;
      if (stats.size > maxFileBytes) {
        blind(path, 'too-large', tooLarge(stats.size, maxFileBytes));
        return undefined;
      }
      bytes += stats.size;
      if (bytes > maxFileBytes) {
        known.clear();
        bytes = stats.size;
      }
      const { document, blind: unread } = await readDocument(path, await readFile(join(root, path), { signal }));
      for (const each of unread) blind(each.subject, each.reason, each.detail, each.expected);
      return document;
    } catch (error) {
      signal.throwIfAborted();
      const code = codeOf(error);
      if (!absent.has(code)) blind(path, 'unreadable', cannotRead(code));
      return undefined;
    }
  }
}

const absent = new Set(['ENOENT', 'ENOTDIR', 'ELOOP']);

/** What `actions/*.yml` or `parts/mine.*\/data` stands for; none where there is no such folder, or it is behind a link. */
async function pathsLike(root: string, path: string): Promise<string[]> {
  const parts = path.split('/');
  const at = parts.findIndex((part) => part.includes('*'));
  const [folder, part = '', rest] = [parts.slice(0, at), parts[at], parts.slice(at + 1)];
  const names = await namesIn(root, folder.join('/'));
  const found = names.filter((name) => fits(name, part)).toSorted();
  return found.slice(0, MOST_PIECES).map((name) => [...folder, name, ...rest].join('/'));
}

async function namesIn(root: string, folder: string): Promise<string[]> {
  try {
    const full = join(await realpath(root), folder);
    return (await realpath(full)) === full ? await readdir(full) : [];
  } catch {
    // It is not there, or the walk says that it cannot be read.
    return [];
  }
}

/** Is the folder of a path the folder itself, and what stands there inside the root? */
async function isBelow(root: string, path: string): Promise<boolean> {
  const real = await realpath(root);
  const full = join(real, path);
  if ((await realpath(dirname(full))) !== dirname(full)) return false;
  return (await realpath(full)).startsWith(real + sep);
}
