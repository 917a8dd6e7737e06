import { once } from 'node:events';
import { userInfo } from 'node:os';
import { UsageError } from '../core/errors.ts';
import { instant, type Clock } from '../core/time.ts';

/** Everything a command may touch of the outside world; tests pass their own. */
export interface Io {
  /** Results only. */
  out(text: string): void | Promise<void>;
  /** Progress, notes and errors. */
  err(text: string): void;
  /** Throws when something of the results did not arrive. */
  written?(): Promise<void>;
  /** Standard error is a terminal: progress may be redrawn. */
  interactive: boolean;
  /** Standard output shows colours. */
  colour: boolean;
  columns: number;
  /** What the program was called as. */
  program: 'rollcall' | 'npx rollcall';
  cwd: string;
  clock: Clock;
  /** Operating-system account, for the audit log. */
  account: string;
  signal: AbortSignal;
}

/** Exit codes, the same for every command. */
export const exit = {
  ok: 0,
  /** Something is at or above `--fail-on`, or the gate is shut. */
  findings: 1,
  /** Usage or configuration. */
  usage: 2,
  /** Not everything could be read or, for the gate, recognised, and nothing worse was seen. */
  coverage: 3,
  /** A second SIGINT or SIGTERM ends at once; the shell says this of them. */
  interrupted: 130,
  terminated: 143,
  /** Who read standard output went away, as `head` does when it has seen enough: what a shell says of SIGPIPE. */
  unread: 141,
} as const;

/** The process's own streams. */
export function processIo(signal: AbortSignal): Io {
  const { stdout, stderr, env } = process;
  const out = writerTo(stdout);
  // Nobody has to read along while a scan works.
  stderr.on('error', () => undefined);
  return {
    out,
    written: async () => {
      await new Promise((resolve) => stdout.write('', resolve));
      await out('');
    },
    err: (text) => void stderr.write(text),
    interactive: stderr.isTTY && env['TERM'] !== 'dumb' && env['CI'] === undefined,
    colour: coloured(stdout, env),
    // Who reads from a pipe wants whole cells.
    columns: stdout.columns ?? 240,
    program: programIn(env),
    cwd: process.cwd(),
    clock: fixedClock(env['ROLLCALL_NOW']) ?? Date.now,
    account: accountName(),
    signal,
  };
}

/** Waits when the reader is slower than we are: a report of a million findings must not pile up in memory. */
function writerTo(stream: NodeJS.WriteStream): Io['out'] {
  let failed: unknown;
  stream.on('error', (problem) => (failed ??= problem));
  const drained = async (): Promise<void> => {
    await once(stream, 'drain').catch(() => undefined);
    if (failed !== undefined) throw unwritten(failed);
  };
  return (text) => {
    if (failed !== undefined) throw unwritten(failed);
    return stream.write(text) ? undefined : drained();
  };
}

/** Nobody reads any more. */
export function isUnread(problem: unknown): boolean {
  return problem instanceof Error && 'code' in problem && problem.code === 'EPIPE';
}

function unwritten(problem: unknown): unknown {
  if (isUnread(problem)) return problem;
  const code = problem instanceof Error && 'code' in problem ? String(problem.code) : 'unknown reason';
  return new UsageError(`standard output cannot be written (${code}): is the disk full?`, { cause: problem });
}

function coloured(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): boolean {
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0') return true;
  return stream.isTTY;
}

/** npm starts programs that no shell need find by their name. */
function programIn(env: NodeJS.ProcessEnv): Io['program'] {
  return env['npm_command'] === undefined ? 'rollcall' : 'npx rollcall';
}

/** `ROLLCALL_NOW=2026-11-21T08:00:00Z` sets the clock, for reproducible runs and documentation. */
function fixedClock(text: string | undefined): Clock | undefined {
  if (text === undefined || text === '') return undefined;
  const at = instant(text);
  return () => {
    if (at === undefined) throw new UsageError('ROLLCALL_NOW is no time; write it as 2026-11-21T08:00:00Z');
    return at;
  };
}

function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
