import { CommanderError } from 'commander';
import { exit, isUnread, processIo, type Io } from './cli/io.ts';
import { commands } from './cli/program.ts';

/** Runs one command; resolves to the process's exit code. Nothing but the chosen command is loaded. */
export async function main(argv: readonly string[], given?: Io): Promise<number> {
  const stop = new AbortController();
  const io = given ?? processIo(stop.signal);
  if (!given) stopOnSignals(stop);
  let code: number = exit.ok;
  const told: string[] = [];
  const complaints: string[] = [];
  const program = commands(io, {
    finish: (result) => {
      code = result;
    },
    tell: (text) => told.push(text),
    complain: (text) => complaints.push(text),
  });
  try {
    try {
      await program.parseAsync(argv, { from: 'user' });
    } catch (problem) {
      // Help and version end the parsing as mistakes do.
      if (!(problem instanceof CommanderError) || problem.exitCode !== 0) throw problem;
      await io.out(told.join(''));
    }
    await io.written?.();
    return code;
  } catch (problem) {
    if (isUnread(problem)) return exit.unread;
    const { explainFailure, explainUsage } = await import('./cli/failure.ts');
    if (problem instanceof CommanderError) return explainUsage(complaints.join(''), io);
    return explainFailure(problem, argv.includes('--debug'), io);
  }
}

/** The first signal lets the page in hand be finished; what was read stays, and the next scan goes on there. */
function stopOnSignals(stop: AbortController): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(signal));
}
