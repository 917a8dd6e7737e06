import { basename, dirname } from 'node:path';
import type { Page } from '../../src/sdk/index.ts';
import { kindOf, type Config } from './config.ts';
import { topOf, type RunGit, type StreamGit } from './git.ts';
import { oldVersions } from './old-versions.ts';
import type { Scan } from './pages.ts';

const commits = 1_000;

/** Whether older versions are read: where that was asked for, or the folder is itself a repository. */
export function hasHistory({ path, history }: Config): boolean {
  if (path === '-' || history === false) return false;
  return history !== undefined || topOf(path) === path;
}

/** What older versions of the files held. */
export async function* past(ctx: Scan, doors: { git: RunGit; stream: StreamGit }): AsyncGenerator<Page> {
  const { path, history, exclude, maxFileBytes } = ctx.config;
  const folder = (await kindOf(path)) === 'folder';
  yield* oldVersions({
    ...(folder ? { root: path } : { root: dirname(path), file: basename(path) }),
    commits: typeof history === 'number' ? history : commits,
    asked: history !== undefined,
    exclude,
    maxFileBytes,
    resume: ctx.resume,
    signal: ctx.signal,
    blind: ctx.blind,
    run: doors.git,
    stream: doors.stream,
  });
}
