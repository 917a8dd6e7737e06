import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { devNull } from 'node:os';
import { codeOf } from './walk.ts';

/** Runs git and answers what it printed; rejects when it fails. Passed in, so that tests need no git. */
export type RunGit = (folder: string, args: readonly string[], signal: AbortSignal) => Promise<string>;

/** Runs git and hands on what it prints as fast as it is taken; throws when git fails. Ends git when nobody listens. */
export type StreamGit = (folder: string, args: readonly string[], signal: AbortSignal) => AsyncIterable<Buffer>;

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
    // What the answers look like is ours to say.
    'color.ui=false',
    'i18n.logOutputEncoding=UTF-8',
    'log.showRoot=true',
    `diff.orderFile=${devNull}`,
  ].flatMap((setting) => ['-c', setting]),
];

function environment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_CONFIG_NOSYSTEM: '1',
    LC_ALL: 'C',
  };
}

/** Longer than this git may not take for an answer, nor be silent while it prints one. */
const patience = 60_000;

/** The `git` on the path, without a shell. */
export const runGit: RunGit = (folder, args, signal) =>
  new Promise((resolve, reject) => {
    const limits = { timeout: patience, maxBuffer: 64 * 1024 * 1024 };
    const options = { cwd: folder, env: environment(), signal, ...limits, windowsHide: true };
    execFile('git', [...safely, ...args], options, (error, stdout) => (error ? reject(error) : resolve(stdout)));
  });

/** As `runGit`, for answers of any size: git waits while its pipe is full. */
export const streamGit: StreamGit = async function* (folder, args, signal) {
  signal.throwIfAborted();
  const child = spawn('git', [...safely, ...args], {
    cwd: folder,
    env: environment(),
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
  });
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  // It is awaited below, unless the reader leaves first.
  ended.catch(() => undefined);
  const stop = (): void => void child.kill('SIGKILL');
  signal.addEventListener('abort', stop);
  const chunks = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  try {
    for (;;) {
      const timer = setTimeout(stop, patience);
      const step = await chunks.next().finally(() => clearTimeout(timer));
      if (step.done === true) break;
      yield step.value;
    }
    signal.throwIfAborted();
    const code = await ended;
    if (code !== 0) throw new Error(`git ended with ${code ?? 'a signal'}`);
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
    child.stdout.destroy();
  }
};

/** A git work tree around the folder that is scanned. */
export interface Repository {
  /** Absolute path of its top. */
  top: string;
  /** From the top to the scanned folder, with `/` at the end; empty when they are the same. */
  prefix: string;
  /** The commit that is checked out. */
  head: string;
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

/**
 * The files below a folder that git keeps although a `.gitignore` names them: what it tracks it goes on with
 * (https://git-scm.com/docs/gitignore). None where it cannot be asked, of which whoever opens the repository tells.
 */
export async function keptByGit(folder: string, run: RunGit, signal: AbortSignal): Promise<ReadonlySet<string>> {
  if (topOf(folder) === undefined) return new Set();
  try {
    const listed = await run(folder, ['ls-files', '-z', '--cached', '--ignored', '--exclude-standard'], signal);
    return new Set(listed.split('\0').filter((path) => path !== ''));
  } catch {
    signal.throwIfAborted();
    return new Set();
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
    const [shallow = '', head = ''] = answer.split('\n');
    return { top, prefix: inside === '' ? '' : `${inside}/`, head, shallow: shallow === 'true' };
  } catch (error) {
    signal.throwIfAborted();
    if (codeOf(error) === 'ENOENT')
      return 'There is a git repository but no git program: owners were not read from its history. Install git.';
    return 'git cannot read this repository (no commit yet, damaged, or owned by another user): owners were not read from its history.';
  }
}
