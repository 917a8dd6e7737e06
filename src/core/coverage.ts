import type { Instant } from './time.ts';

/** How a stream ended: only `complete` lets absence count. */
export type Outcome = 'complete' | 'partial' | 'failed' | 'skipped';

/** Why something could not be seen, for people and for `--json`. */
export type BlindReason =
  | 'permission'
  | 'auth'
  | 'not-licensed'
  | 'not-supported'
  | 'not-found'
  | 'rate-limited'
  | 'transient'
  | 'schema'
  | 'config'
  | 'unreadable'
  | 'unparsable'
  | 'too-large'
  | 'encrypted'
  | 'unsafe-archive'
  | 'duplicate-id'
  | 'disabled'
  | 'suspect'
  | 'interrupted'
  | 'bug';

/** What one stream of one source could and could not see in a run. */
export interface Coverage {
  source: string;
  stream: string;
  outcome: Outcome;
  reason?: BlindReason;
  /** One sentence: what happened and what to do. */
  detail?: string;
  items: number;
  quarantined: number;
}

/** Reasons for which a stream is left out that no permission, repair or second try would change. */
const standing: readonly (BlindReason | undefined)[] = ['not-supported', 'not-licensed', 'disabled'];

/** Did this run miss something that it should have seen? What no interface lists, or nobody asked for, is no gap of a run. */
export function isGap({ outcome, reason }: Pick<Coverage, 'outcome' | 'reason'>): boolean {
  return outcome !== 'complete' && !(outcome === 'skipped' && standing.includes(reason));
}

/** One thing inside a stream that could not be read: a file, an item, a member of an archive. */
export interface BlindSpot {
  source: string;
  stream: string;
  /** Path or id, redacted. */
  subject: string;
  reason: BlindReason;
  detail: string;
  /** Nobody would expect it to be read (a picture): named, but no gap. */
  expected?: boolean;
}

/** How one check fared over one source in a run. */
export interface CheckCoverage {
  check: string;
  source: string;
  pass: number;
  fail: number;
  unknown: number;
  /** The commonest reasons for `unknown`, most frequent first, at most five. */
  because: readonly { reason: string; count: number }[];
}

/** One `rollcall scan`. */
export interface Run {
  id: number;
  startedAt: Instant;
  finishedAt?: Instant;
  policy: string;
  version: string;
}
