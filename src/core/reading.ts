import type { BlindReason, BlindSpot, Outcome, Run } from './coverage.ts';
import type { Json } from './content.ts';
import type { AnyRecord, Kind } from './record.ts';
import type { Instant } from './time.ts';

/** A stream that this worker holds. Every write carries the fence; a stale worker's fence no longer fits. */
export interface StreamClaim {
  source: string;
  stream: string;
  /** Counts complete attempts of this stream; a resumed attempt keeps its number. */
  generation: number;
  fence: number;
  /** Where to go on; undefined at the beginning. */
  cursor: Json | undefined;
  resumed: boolean;
  /** Items and quarantined items that the interrupted attempt had already written. */
  items: number;
  quarantined: number;
  /** Those among the quarantined that did not fit the schema. */
  unmapped: number;
  /** What to ask for changes alone, and when everything was last read; undefined without such a read. */
  changesFrom: Json | undefined;
  readInFullAt: Instant | undefined;
  /** This attempt reads less than there is; a stream that it reads from was not read completely. From its first page on. */
  bounded: boolean;
  lacking: string | undefined;
}

/** What a platform gave to ask whether a page has changed. `request` names the page and holds no secret. */
export interface StoredVersion {
  request: string;
  etag: string;
  next?: Json;
}

/** What a connector's page becomes once its text has been scanned and dropped. */
export interface StoredPage {
  records: readonly {
    record: AnyRecord;
    /** Mentioned here, defined elsewhere: never overwrites a definition. */ reference?: boolean;
  }[];
  next: Json | undefined;
  quarantined: number;
  blind: readonly Omit<BlindSpot, 'source' | 'stream'>[];
  /** The source holds more than this attempt reads. */
  bounded?: true;
  /** Records of this stream that the source says are gone. */
  removed?: readonly { kind: Kind; id: string }[];
  /** Records of this stream that cannot be seen any more, and stay as they are. */
  hidden?: readonly { kind: Kind; id: string }[];
  /** Kept with a page that had no blind spot. */
  version?: StoredVersion;
  /** The page of this version has not changed: its records count as seen. */
  unchanged?: true;
}

export interface PageResult {
  /** Records that were seen, those of an unchanged page included. */
  seen: number;
  appeared: number;
  changed: number;
  unchanged: number;
  /** Ids that came twice with different content in this attempt; the first one was kept. */
  duplicates: readonly string[];
}

export interface Swept {
  gone: number;
  /** So many lie in files that are there under another path. */
  moved?: number;
  /** So many would have vanished, and did not: a second run must confirm it first, or the read is in doubt. */
  held?: { wouldVanish: number; of: number };
}

export interface RunStore {
  start(run: { policy: string; version: string; at: Instant }): Promise<Run>;
  finish(run: number, at: Instant): Promise<void>;
  /** The newest run that came to its end: what one in progress has not concluded yet is not shown as nothing. */
  last(): Promise<Run | undefined>;
  /**
   * Takes a stream; goes on where an attempt of the last `resumeWindow` milliseconds broke off, if it was the same
   * `reading`. Of another reading, neither tokens nor versions of pages are kept.
   */
  claim(
    source: string,
    stream: string,
    at: Instant,
    resumeWindow: number,
    attempt?: { reading?: string; lacking?: string },
  ): Promise<StreamClaim>;
  /** One page: its records and the place to resume, in one transaction. Throws `LostClaim`. */
  page(claim: StreamClaim, page: StoredPage, at: Instant): Promise<PageResult>;
  /** The version of a page of which every record is still there. */
  known(claim: StreamClaim, request: string): Promise<StoredVersion | undefined>;
  /**
   * Ends the attempt; sweeps what a complete read did not show when `absence` is `means-gone`, and counts it alone when
   * that is in doubt. Throws `LostClaim`.
   */
  end(
    claim: StreamClaim,
    end: {
      outcome: Outcome;
      reason?: BlindReason;
      detail?: string;
      absence: 'means-gone' | 'in-doubt' | 'means-nothing';
      /** Kept when the outcome is complete. */
      changesFrom?: Json;
    },
    at: Instant,
  ): Promise<Swept>;
}
