import type { Attribution } from '../../src/sdk/index.ts';
import { mostLinesBy } from './blame.ts';
import { openCodeowners } from './codeowners.ts';
import { readCommits, type Commits } from './commits.ts';
import { openRepository, type Repository, type RunGit, type StreamGit } from './git.ts';
import { history, type Writer } from './history.ts';
import type { TellBlind } from './read.ts';

/** What the surroundings of files say about people: CODEOWNERS and git history. */
export interface Owners {
  /** Attributions by path, for the files of one page; `blamed` are those whose lines are worth to be asked for. */
  of(paths: readonly string[], blamed: ReadonlySet<string>): Promise<ReadonlyMap<string, readonly Attribution[]>>;
}

/** Milliseconds for the lines of one file. */
const MOST_TIME = 10_000;

/** Opens whatever there is; what is there but cannot be read is told once and does not stop the scan. */
export async function openOwners(
  { root, file = '' }: { root: string; file?: string },
  ctx: { config: { git: boolean }; signal: AbortSignal; blind: TellBlind },
  doors: { git: RunGit; stream: StreamGit },
): Promise<Owners> {
  const run = doors.git;
  const opened = ctx.config.git ? await openRepository(root, run, ctx.signal) : undefined;
  if (typeof opened === 'string') ctx.blind('.git', 'unreadable', opened);
  let repository = typeof opened === 'object' ? opened : undefined;
  if (repository?.shallow) {
    const detail =
      'The clone is shallow: who made a file first is not known. Fetch the whole history (git fetch --unshallow).';
    ctx.blind('.git', 'not-supported', detail, 'expected');
  }
  const codeowners = openCodeowners(root, repository, ctx);
  let patience = 3;
  let commits: Promise<Commits> | undefined;
  return {
    async of(paths, blamed) {
      const past = await pastOf(repository, paths, blamed).catch(() => {
        ctx.signal.throwIfAborted();
        // What fails or takes too long would do so on every page.
        repository = undefined;
        ctx.blind(
          '.git',
          'unreadable',
          'git log failed or was silent for a minute: people were not read from history. Try `git fsck`.',
        );
        return new Map<string, readonly Attribution[]>();
      });
      const named = await Promise.all(
        paths.map(async (path) => [path, [...(await codeowners(path)), ...(past.get(path) ?? [])]] as const),
      );
      return new Map(named);
    },
  };

  async function pastOf(
    from: Repository | undefined,
    paths: readonly string[],
    blamed: ReadonlySet<string>,
  ): Promise<ReadonlyMap<string, readonly Attribution[]>> {
    if (from === undefined) return new Map();
    commits ??= commitsOf(from);
    return history(from, paths, await commits, (path, ids) =>
      blamed.has(path) ? writerOf(from, path, ids) : Promise.resolve(undefined),
    );
  }

  async function commitsOf(from: Repository): Promise<Commits> {
    const read = await readCommits(from, from.prefix + file, { run, stream: doors.stream }, ctx.signal);
    const detail = 'The history is very long: who made files that are older than its newest commits is not known.';
    if (read.cut) ctx.blind('.git', 'too-large', detail, 'expected');
    return read;
  }

  /** One file may fail (it is not committed yet); a repository that is slow or fails again would do so for every file. */
  async function writerOf(from: Repository, path: string, commits: readonly string[]): Promise<Writer | undefined> {
    if (patience <= 0) return undefined;
    const limit = AbortSignal.timeout(MOST_TIME);
    try {
      return await mostLinesBy(from, path, commits, run, AbortSignal.any([ctx.signal, limit]));
    } catch {
      ctx.signal.throwIfAborted();
      patience = limit.aborted ? 0 : patience - 1;
      const left = patience <= 0 ? ' The remaining files were not asked for.' : '';
      const detail = `git blame failed or took too long: who wrote most of the lines is not known.${left}`;
      ctx.blind(path, 'unreadable', detail, 'expected');
      return undefined;
    }
  }
}
