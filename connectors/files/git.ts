import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { devNull } from 'node:os';
import { codeOf } from './walk.ts';

/** Runs git and answers what it printed; rejects when it fails. Passed in, so that tests need no git. */
export type RunGit = (folder: string, args: readonly string[], signal: AbortSignal) => Promise<string>;

/**
 * A repository may bring settings that start programs. Everything that could is switched off: pager, hooks, file
 * monitor, signature checks, external diffs, and fetching missing objects from a remote.
 */
const safely = [
  '--no-pager',
  '--literal-pathspecs',
  ...[
    'core.fsmonitor=false',
    `core.hooksPath=${devNull}`,
    'core.pager=cat',
    'log.showSignature=false',
    'protocol.allow=never',
  ].flatMap((setting) => ['-c', setting]),
];

/** The `git` on the path, without a shell. */
export const runGit: RunGit = (folder, args, signal) =>
  new Promise((resolve, reject) => {
    const env = {
      ...process.env,
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
      GIT_NO_LAZY_FETCH: '1',
      GIT_CONFIG_NOSYSTEM: '1',
      LC_ALL: 'C',
    };
    const options = { cwd: folder, env, signal, timeout: 60_000, maxBuffer: 64 * 1024 * 1024, windowsHide: true };
    execFile('git', [...safely, ...args], options, (error, stdout) => (error ? reject(error) : resolve(stdout)));
  });

/** A git work tree around the folder that is scanned. */
export interface Repository {
  /** Absolute path of its top. */
  top: string;
  /** From the top to the scanned folder, with `/` at the end; empty when they are the same. */
  prefix: string;
  /** History was cut off at some depth: who came first is not known. */
  shallow: boolean;
}

/** Where the repository around a folder begins: the nearest parent that holds `.git`. */
export function topOf(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return undefined;
  }
}

/** Opens the repository around a folder; a sentence instead when there is one that cannot be read. */
export async function openRepository(
  folder: string,
  run: RunGit,
  signal: AbortSignal,
): Promise<Repository | string | undefined> {
  const top = topOf(folder);
  if (top === undefined) return undefined;
  const inside = relative(top, folder).split(sep).join('/');
  try {
    const answer = await run(top, ['rev-parse', '--is-shallow-repository', '--verify', 'HEAD'], signal);
    return { top, prefix: inside === '' ? '' : `${inside}/`, shallow: answer.startsWith('true') };
  } catch (error) {
    signal.throwIfAborted();
    if (codeOf(error) === 'ENOENT')
      return 'There is a git repository but no git program: owners were not read from its history. Install git.';
    return 'git cannot read this repository (no commit yet, damaged, or owned by another user): owners were not read from its history.';
  }
}
