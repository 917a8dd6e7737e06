import type { BlindReason, Outcome } from '../core/coverage.ts';
import { type FailureKind, SourceError, UsageError } from '../core/errors.ts';

/** How a stream ends, and why if not completely. */
export interface End {
  outcome: Outcome;
  reason?: BlindReason;
  detail?: string;
}

/** What a source's failure means for its stream: the one table. */
const table: Record<FailureKind, { outcome: Outcome; reason: BlindReason }> = {
  config: { outcome: 'failed', reason: 'config' },
  auth: { outcome: 'failed', reason: 'auth' },
  permission: { outcome: 'failed', reason: 'permission' },
  'not-found': { outcome: 'failed', reason: 'not-found' },
  'rate-limited': { outcome: 'failed', reason: 'rate-limited' },
  transient: { outcome: 'failed', reason: 'transient' },
  'not-licensed': { outcome: 'skipped', reason: 'not-licensed' },
  schema: { outcome: 'failed', reason: 'schema' },
  unreadable: { outcome: 'failed', reason: 'unreadable' },
  bug: { outcome: 'failed', reason: 'bug' },
};

const MESSAGE = 300;

/** The end that an error means. Anything that is no `SourceError` is a bug of ours; what it says is masked. */
export function endOf(error: unknown, redact: (text: string) => string): End {
  if (error instanceof SourceError) return { ...table[error.kind], detail: redact(error.message) };
  if (error instanceof UsageError) return { ...table.config, detail: redact(error.message) };
  return { ...table.bug, detail: `a fault in this program, please report it: ${describe(error, redact)}` };
}

function describe(error: unknown, redact: (text: string) => string): string {
  if (!(error instanceof Error)) return 'something that is no error was thrown';
  // A parser's message quotes what it could not parse.
  if (error instanceof SyntaxError) return error.name;
  const [line = ''] = redact(error.message).split('\n', 1);
  return `${error.name}: ${line.slice(0, MESSAGE)}`;
}
