import type { Io } from '../../src/cli/io.ts';
import { main } from '../../src/main.ts';

export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** Runs one command in this process, in a folder, at a fixed time, on a plain output of 120 columns. */
export async function rollcall(
  cwd: string,
  argv: readonly string[],
  options: { now?: number; colour?: boolean; columns?: number } = {},
): Promise<Ran> {
  let out = '';
  let err = '';
  const io: Io = {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    interactive: false,
    colour: options.colour ?? false,
    columns: options.columns ?? 120,
    program: 'rollcall',
    cwd,
    clock: () => options.now ?? Date.UTC(2026, 10, 21),
    account: 'tester',
    signal: new AbortController().signal,
  };
  const code = await main([...argv], io);
  return { code, out, err };
}
