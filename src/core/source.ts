import type { Instant } from './time.ts';

/** What the register holds of a source. */
export interface SourceHolding {
  source: string;
  /** Live records. */
  records: number;
  /** Open findings about them, and about what could not be read there. */
  findings: number;
  /** When the newest run that looked at it began; undefined when none has come to its end. */
  lookedAt?: Instant;
}

/** The sources that the register holds something of, whether anybody still reads them or not. */
export interface SourceStore {
  /** By name; without those that were retired and have not been read since. */
  holdings(): Promise<readonly SourceHolding[]>;
  /**
   * Takes a source off the roll because people say that it is read no more: its records vanish, its open findings are
   * retired, with those about secrets that lay nowhere else, and its coverage counts no longer. History, decisions and
   * the log stay. Reading it again brings it back.
   */
  retire(
    source: string,
    by: { person: string; reason: string; at: Instant },
  ): Promise<{ records: number; findings: number }>;
}
