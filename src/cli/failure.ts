import { createEngine } from '../../scanners/secrets/engine.ts';
import { LostClaim, SourceError, UsageError } from '../core/errors.ts';
import { neutralise } from '../core/text.ts';
import { exit, type Io } from './io.ts';

/** Says what stopped a command: one line a problem, scrubbed of secrets; the stack only with `--debug`. */
export function explainFailure(problem: unknown, debug: boolean, io: Pick<Io, 'err'>): number {
  const engine = createEngine();
  // Scrubbed before it is cut into lines: a key may go over several.
  const linesOf = (text: string): string[] => engine.redact(text).split('\n').map(neutralise);
  if (problem instanceof UsageError || problem instanceof SourceError || problem instanceof LostClaim) {
    for (const line of linesOf(problem.message)) io.err(`rollcall: ${line}\n`);
  } else if (problem instanceof Error && problem.name === 'AbortError') {
    io.err('rollcall: stopped; the next scan goes on where this one was\n');
  } else {
    io.err(`rollcall: unexpected ${linesOf(described(problem)).join(' ')}\n`);
    io.err('rollcall: this is a fault in Rollcall; run it again with --debug and report what it prints\n');
  }
  if (debug && problem instanceof Error) io.err(`${linesOf(frames(problem)).join('\n')}\n`);
  return exit.usage;
}

/** Hands on what is wrong with a command line; what was typed may be a secret in the wrong place. */
export function explainUsage(text: string, io: Pick<Io, 'err'>): number {
  io.err(createEngine().redact(text).split('\n').map(neutralise).join('\n'));
  return exit.usage;
}

/** A parser's message quotes what it could not parse: it is left out. */
function described(problem: unknown): string {
  if (!(problem instanceof Error)) return 'failure: something that is no error was thrown';
  const code = 'code' in problem && typeof problem.code === 'string' ? ` (${problem.code})` : '';
  return `${problem.name}${code}${problem instanceof SyntaxError ? '' : `: ${problem.message}`}`;
}

/** The stack without the message in front of it. */
function frames({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
