import { count } from './text.ts';
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

/** Streams of one source that ended alike and for the same reason: one thing to mend. */
export interface Outage extends Pick<Coverage, 'source' | 'outcome' | 'reason' | 'detail'> {
  streams: readonly string[];
}

/** What each stream names first, and none of the others does. */
const ROUTE = /^(?:GET|POST) \S+ /;

/** Puts together what has one cause; a cause that several routes have told of is told without them. */
export function outages(coverage: readonly Coverage[]): Outage[] {
  const known = new Map<string, Outage>();
  for (const { source, stream, outcome, reason, detail } of coverage) {
    const cause = detail?.replace(ROUTE, '');
    const key = JSON.stringify([source, outcome, reason, cause]);
    const before = known.get(key);
    const said = before === undefined || before.detail === detail ? detail : cause;
    known.set(key, {
      source,
      streams: [...(before?.streams ?? []), stream],
      outcome,
      ...(reason !== undefined && { reason }),
      ...(said !== undefined && { detail: said }),
    });
  }
  return [...known.values()];
}

/** `users, workflows`; where they are more than three, how many. */
export function streamsInShort({ streams }: Outage): string {
  return streams.length > 3 ? count(streams.length, 'stream') : streams.join(', ');
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

/** Nothing failed, and nobody reads it: it takes a setting or a source of its own. */
export function isLeftOut({ expected, reason }: Pick<BlindSpot, 'expected' | 'reason'>): boolean {
  return expected === true && reason === 'config';
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
