import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { main } from '../../src/main.ts';

const program = join(import.meta.dirname, '..', '..', 'bin', 'rollcall.mjs');

export interface Ran {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  /** Sends a signal to the process. */
  kill(signal: NodeJS.Signals): void;
  /** Resolves as soon as standard error holds this text. */
  says(text: string): Promise<void>;
  /** What standard error holds so far. */
  said(): string;
  done: Promise<Ran>;
}

interface Surroundings {
  cwd: string;
  input?: string | Uint8Array;
  env?: NodeJS.ProcessEnv;
  /** A hung command is killed after so many milliseconds, and `signal` says so. */
  timeout?: number;
  /** A shell line in front, `"$@"` standing for the command: for limits that only a shell can set. */
  shell?: string;
}

/** Starts the real program as a user would. */
export function start(
  args: readonly string[],
  { cwd, input, env = {}, timeout = 120_000, shell }: Surroundings,
): Running {
  const command = [process.execPath, program, ...args];
  const [file = '', ...rest] = shell === undefined ? command : ['/bin/sh', '-c', shell, 'sh', ...command];
  const child = spawn(file, rest, {
    cwd,
    timeout,
    killSignal: 'SIGKILL',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, CI: undefined, npm_command: undefined, ...env },
  });
  let stdout = '';
  let stderr = '';
  const waiting: { text: string; tell: () => void }[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    for (const { text, tell } of waiting) if (stderr.includes(text)) tell();
  });
  child.stdin.on('error', () => undefined).end(input ?? '');
  const done = new Promise<Ran>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      for (const { tell } of waiting) tell();
      resolve({ code, signal, stdout, stderr });
    });
  });
  return {
    kill: (signal) => void child.kill(signal),
    says: (text) =>
      new Promise((tell) => {
        if (stderr.includes(text)) tell();
        else waiting.push({ text, tell });
      }),
    said: () => stderr,
    done,
  };
}

/** Runs the real program to its end. */
export function rollcall(args: readonly string[], surroundings: Surroundings): Promise<Ran> {
  return start(args, surroundings).done;
}

/** Runs a command inside this process: the same code from the arguments on, without starting Node each time. */
export async function inProcess(args: readonly string[], cwd: string): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  const code = await main(args, {
    out: (text) => void (stdout += text),
    err: (text) => void (stderr += text),
    interactive: false,
    colour: false,
    columns: 240,
    program: 'rollcall',
    cwd,
    clock: Date.now,
    account: 'test',
    signal: new AbortController().signal,
  });
  return { code, signal: null, stdout, stderr };
}
