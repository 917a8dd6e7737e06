import type { Attribution } from '../../src/sdk/index.ts';
import { readCodeowners, type Codeowners } from './codeowners.ts';
import { openRepository, type Repository, type RunGit } from './git.ts';
import { history } from './history.ts';
import type { TellBlind } from './read.ts';

/** What the surroundings of files say about people: CODEOWNERS and git history. */
export interface Owners {
  /** Attributions by path, for the files of one page. */
  of(paths: readonly string[]): Promise<ReadonlyMap<string, readonly Attribution[]>>;
}

/** Opens whatever there is; what is there but cannot be read is told once and does not stop the scan. */
export async function openOwners(
  root: string,
  ctx: { config: { git: boolean }; signal: AbortSignal; blind: TellBlind },
  run: RunGit,
): Promise<Owners> {
  const opened = ctx.config.git ? await openRepository(root, run, ctx.signal) : undefined;
  if (typeof opened === 'string') ctx.blind('.git', 'unreadable', opened);
  let repository = typeof opened === 'object' ? opened : undefined;
  if (repository?.shallow) {
    const detail =
      'The clone is shallow: who made a file first is not known. Fetch the whole history (git fetch --unshallow).';
    ctx.blind('.git', 'not-supported', detail, 'expected');
  }
  const owners = await codeownersAt(repository?.top ?? root, ctx.blind);
  const prefix = repository?.prefix ?? '';
  return {
    async of(paths) {
      const past = await pastOf(repository, paths).catch(() => {
        ctx.signal.throwIfAborted();
        // A history that fails or takes too long would do so on every page.
        repository = undefined;
        ctx.blind(
          '.git',
          'unreadable',
          'git log failed or took longer than a minute: people of the remaining files were not read from history.',
        );
        return new Map<string, readonly Attribution[]>();
      });
      return new Map(
        paths.map((path) => [path, [...(owners?.ownersOf(prefix + path) ?? []), ...(past.get(path) ?? [])]]),
      );
    },
  };

  async function pastOf(
    from: Repository | undefined,
    paths: readonly string[],
  ): Promise<ReadonlyMap<string, readonly Attribution[]>> {
    return from === undefined ? new Map() : history(from, paths, run, ctx.signal);
  }
}

async function codeownersAt(top: string, blind: TellBlind): Promise<Codeowners | undefined> {
  try {
    return await readCodeowners(top);
  } catch {
    blind('CODEOWNERS', 'unreadable', 'The file cannot be read; owners were not taken from it.');
    return undefined;
  }
}
