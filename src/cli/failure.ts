import { createEngine } from '../../scanners/secrets/engine.ts';
import { SourceError, UsageError } from '../core/errors.ts';
import { neutralise } from '../core/text.ts';
import { exit, type Io } from './io.ts';

/** Says what stopped a command: one line a problem, scrubbed of secrets; the stack only with `--debug`. */
export function explainFailure(problem: unknown, debug: boolean, io: Pick<Io, 'err'>): number {
  const engine = createEngine();
  const clean = (text: string): string =>
    text
      .split('\n')
      .map((line) => neutralise(engine.redact(line)))
      .join('\n');
  if (problem instanceof UsageError || problem instanceof SourceError) {
    io.err(
      `${clean(
        problem.message
          .split('\n')
          .map((line) => `rollcall: ${line}`)
          .join('\n'),
      )}\n`,
    );
  } else if (problem instanceof Error && problem.name === 'AbortError') {
    io.err('rollcall: stopped; the next scan goes on where this one was\n');
  } else {
    const { name, message, code } = problem as Error & { code?: string };
    io.err(
      `${clean(`rollcall: unexpected ${name ?? 'failure'}${code === undefined ? '' : ` (${code})`}: ${message ?? ''}`)}\n`,
    );
    io.err('rollcall: this is a fault in Rollcall; run it again with --debug and report what it prints\n');
  }
  if (debug && problem instanceof Error) io.err(`${clean(problem.stack ?? '')}\n`);
  return exit.usage;
}
