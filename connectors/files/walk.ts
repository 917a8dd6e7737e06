import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { BlindReason } from '../../src/sdk/index.ts';
import { ownRegisters } from './own-registers.ts';
import { exceptFor, ignoreRules, pastIgnores, type IgnoreRules } from './ignore-rules.ts';

/** A file to read; `path` is relative to the root, with `/` between its parts. */
export interface Found {
  path: string;
  size: number;
}

export interface WalkOptions {
  exclude: readonly string[];
  /** Goes on behind this path: the last one that was read before a scan broke off. */
  after?: string | undefined;
  /** Left out by no `.gitignore`. */
  kept?: ReadonlySet<string>;
  blind: (subject: string, reason: BlindReason, detail: string, expected?: 'expected') => void;
}

/**
 * The files below a folder, depth first and sorted, so that a path says where to go on. Holds one folder's names per
 * level. Links to files are followed inside the root, links to folders never: a loop cannot happen.
 */
export async function* walk(root: string, options: WalkOptions): AsyncGenerator<Found> {
  const real = await realpath(root);
  const rules = ignoreRules(root, options.exclude, (path) =>
    options.blind(path, 'unreadable', 'The ignore file cannot be read; nothing was left out because of it.'),
  );
  const leftOut = pastIgnores(root, options.exclude, () => undefined);
  const all = exceptFor(options.kept ?? new Set(), rules, leftOut);
  yield* folder({ root, real, options }, '', all, options.after?.split('/'));
}

interface Tour {
  root: string;
  real: string;
  options: WalkOptions;
}

async function* folder(
  tour: Tour,
  at: string,
  rules: IgnoreRules,
  after: readonly string[] | undefined,
): AsyncGenerator<Found> {
  const list = await entries(tour, at);
  const isOurs = await ownRegisters(
    join(tour.root, at),
    list.filter((entry) => entry.isFile()).map(({ name }) => name),
  );
  for (const entry of list) {
    const [first, ...rest] = after ?? [];
    // Everything before the cursor was read by the attempt that broke off.
    if (first !== undefined && (entry.name < first || (entry.name === first && rest.length === 0))) continue;
    const path = at === '' ? entry.name : `${at}/${entry.name}`;
    if (rules.ignores(path, entry.isDirectory()) || (entry.isFile() && isOurs(entry.name))) continue;
    if (entry.isDirectory()) {
      const below = rules.below(path, (file) =>
        tour.options.blind(file, 'unreadable', 'The ignore file cannot be read; nothing was left out because of it.'),
      );
      yield* folder(tour, path, below, entry.name === first ? rest : undefined);
      continue;
    }
    const found = await file(tour, path, entry);
    if (found !== undefined) yield found;
  }
}

async function entries(tour: Tour, at: string): Promise<Dirent[]> {
  try {
    const list = await readdir(join(tour.root, at), { withFileTypes: true });
    return list.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  } catch (error) {
    tour.options.blind(
      at === '' ? '.' : at,
      'unreadable',
      `The folder cannot be listed (${codeOf(error)}); grant read access.`,
    );
    return [];
  }
}

async function file(tour: Tour, path: string, entry: Dirent): Promise<Found | undefined> {
  const { blind } = tour.options;
  const full = join(tour.root, path);
  if (!entry.isFile() && !entry.isSymbolicLink()) {
    blind(path, 'not-supported', 'It is a pipe, socket or device, no file.', 'expected');
    return undefined;
  }
  try {
    if (entry.isSymbolicLink()) {
      const target = await realpath(full);
      if (target !== tour.real && !target.startsWith(tour.real + sep)) {
        blind(path, 'not-supported', 'The link leads outside the folder; it was not followed.', 'expected');
        return undefined;
      }
    }
    const { size, ...is } = await stat(full).then((stats) => ({
      size: stats.size,
      file: stats.isFile(),
      folder: stats.isDirectory(),
    }));
    if (is.file) return { path, size };
    blind(path, 'not-supported', is.folder ? 'Links to folders are not followed.' : 'It is no file.', 'expected');
  } catch (error) {
    const dangling = codeOf(error) === 'ENOENT' || codeOf(error) === 'ELOOP';
    if (dangling && entry.isSymbolicLink()) blind(path, 'not-supported', 'The link leads nowhere.', 'expected');
    else blind(path, 'unreadable', cannotRead(codeOf(error)));
  }
  return undefined;
}

/** The system's short word for what went wrong: `EACCES`. */
export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown error';
}

/** Why a file was not read, for the person who can grant access. */
export function cannotRead(code: string): string {
  return `The file cannot be read (${code}); grant read access.`;
}

/** Why a file was set aside, and what decides it. */
export function tooLarge(size: number, maxFileBytes: number): string {
  return `The file has ${size} bytes, more than maxFileBytes (${maxFileBytes}) allows.`;
}
