import type { Instant } from './time.ts';

/** When a source is read: a cron expression, in the machine's time zone unless another is named. */
export interface Schedule {
  cron: string;
  timezone?: string;
  /** Each tick waits a random part of this, so that not everybody knocks at once. */
  jitterMs: number;
}

/** A right that ends by itself unless its holder renews it. */
export interface Lease {
  holder: string;
  until: Instant;
}

/** Rights that one process at a time can hold, whichever machine it runs on. */
export interface LeaseStore {
  /** True when nobody else holds it: from now on the holder does. */
  take(name: string, holder: string, at: Instant, forMs: number): Promise<boolean>;
  /** False when it has ended or somebody else has taken it since: the holder must stop. */
  renew(name: string, holder: string, at: Instant, forMs: number): Promise<boolean>;
  /** Gives back what this holder has; somebody else's stays. */
  release(name: string, holder: string): Promise<void>;
  /** Who holds it now. */
  holder(name: string, at: Instant): Promise<Lease | undefined>;
}

/** How many days of history are kept. */
export interface Retention {
  runsDays: number | 'forever';
  eventsDays: number | 'forever';
  goneDays: number | 'forever';
}

/** What is older than these instants may go. */
export interface Cutoffs {
  /** Runs with their coverage. */
  runs: Instant;
  /** Changes of records, and that people were told of what is over. */
  events: Instant;
  /** Records that vanished before. */
  gone: Instant;
}

export interface Pruned {
  runs: number;
  events: number;
  records: number;
  /** Statements about owners that no record has any more. */
  owners: number;
  /** What people were told of things that are over. */
  told: number;
}

export interface RetentionStore {
  /**
   * Deletes old history, a batch a transaction. Findings with their events, decisions and the log stay for ever; so do
   * the newest coverage of each source, gone records that a finding is about, and whatever keeps a thing from being told
   * twice.
   */
  prune(before: Cutoffs): Promise<Pruned>;
}
