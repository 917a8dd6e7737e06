import type { BlindReason, Outcome } from '../core/coverage.ts';
import { type FailureKind, SourceError, UsageError } from '../core/errors.ts';

/** How a stream ends, and why if not completely. */
export interface End {
  outcome: Outcome;
  reason?: BlindReason;
  detail?: string;
}

/** The end of what was stopped from outside. */
export const interrupted: End = { outcome: 'partial', reason: 'interrupted', detail: 'stopped before its end' };

/** What a source's failure means for its stream: the one table. */
const table: Record<FailureKind, { outcome: Outcome; reason: BlindReason }> = {
  config: { outcome: 'failed', reason: 'config' },
  auth: { outcome: 'failed', reason: 'auth' },
  permission: { outcome: 'failed', reason: 'permission' },
  'not-found': { outcome: 'failed', reason: 'not-found' },
  // What was read counts, and the next scan goes on behind it.
  'rate-limited': { outcome: 'partial', reason: 'rate-limited' },
  transient: { outcome: 'failed', reason: 'transient' },
  'not-licensed': { outcome: 'skipped', reason: 'not-licensed' },
  // A platform of an older version, say: nothing that could be granted or tried again would change it.
  'not-supported': { outcome: 'skipped', reason: 'not-supported' },
  schema: { outcome: 'failed', reason: 'schema' },
  unreadable: { outcome: 'failed', reason: 'unreadable' },
  bug: { outcome: 'failed', reason: 'bug' },
};

/** The end that an error means. Anything that is no `SourceError` is a bug of ours. */
export function endOf(error: unknown, redact: (text: string) => string): End {
  if (error instanceof SourceError) return { ...table[error.kind], detail: redact(error.message) };
  if (error instanceof UsageError) return { ...table.config, detail: redact(error.message) };
  return { ...table.bug, detail: redact(`a fault in this program, please report it: ${describe(error)}`) };
}

const WORD = /^\w{1,60}$/;

/** Name, code and place, never the message: who knows what a parser or library quotes in it. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'something that is no error was thrown';
  // Some libraries take either from a platform's answer.
  const name = WORD.test(error.name) ? error.name : 'Error';
  const code = 'code' in error && typeof error.code === 'string' && WORD.test(error.code) ? ` ${error.code}` : '';
  const place = /\b((?:connectors|src|scanners|db)\/[\w./-]+\.[jt]s:\d+)/.exec(error.stack ?? '')?.[1];
  return `${name}${code}${place === undefined ? '' : ` at ${place}`}`;
}
