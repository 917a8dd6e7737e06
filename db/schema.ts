import type { ColumnType, Kysely, Transaction } from 'kysely';

/** Written once: an update may not touch it. */
type Fixed<T> = ColumnType<T, T, never>;

/**
 * Every table, in the subset that SQLite and PostgreSQL share: text and whole numbers only, instants in epoch
 * milliseconds, flags 0 or 1, ids computed by the program. JSON is cargo; what is filtered or sorted has a column.
 */
export interface Tables {
  meta: { key: Fixed<string>; value: string };
  run: {
    id: Fixed<number>;
    started_at: Fixed<number>;
    finished_at: number | null;
    policy: Fixed<string>;
    version: Fixed<string>;
  };
  /** Sources and streams have small numbers, because a million rows point to them. */
  source: { no: Fixed<number>; name: Fixed<string>; retired_at: number | null };
  stream: {
    no: Fixed<number>;
    source: Fixed<number>;
    name: Fixed<string>;
    generation: number;
    fence: number;
    running: number;
    cursor: string | null;
    items: number;
    quarantined: number;
    heartbeat_at: number;
    /** Until the end of the first attempt that read something: what appeared by then is baseline, not news. */
    baseline_at: number;
    baseline_open: number;
    /** What the brake holds back: the digest of the records that would have vanished. */
    held: string | null;
    /** What to ask for changes alone, and when everything was last read. */
    changes_from: string | null;
    read_in_full_at: number | null;
    /** What the attempt reads with, as a digest; whether it reads less than there is; what it lacks to be complete. */
    reading: string | null;
    bounded: number;
    lacking: string | null;
  };
  page_version: { no: Fixed<number>; stream: Fixed<number>; request: Fixed<string>; etag: string; next: string | null };
  /** `defines` is 0 for a record that the page only mentions. */
  page_record: { page: Fixed<number>; record: Fixed<number>; defines: Fixed<number> };
  blind_spot: { stream: number; seq: number; subject: string; reason: string; detail: string; expected: number };
  record: {
    pk: Fixed<number>;
    source: Fixed<number>;
    kind: Fixed<string>;
    id: Fixed<string>;
    stream: number;
    /** Attempt of that stream which saw it last, and which defined it last; 0 while it is only mentioned. */
    generation: number;
    defined: number;
    /** Over the body without its volatile fields, which stand in `volatile`. */
    hash: string;
    volatile: string;
    /** Name and id in lower case. */
    words: string;
    first_seen: number;
    last_seen: number;
    gone_at: number | null;
  };
  /** Apart from `record`, so that seeing a record again rewrites a narrow row. */
  body: { record: Fixed<number>; body: string };
  /** Found by its target; a record's own links stand in its body. */
  link: { source: Fixed<number>; kind: Fixed<string>; id: Fixed<string>; record: Fixed<number>; rel: Fixed<string> };
  secret: { fingerprint: Fixed<string>; record: Fixed<number> };
  known_as: { name: Fixed<string>; record: Fixed<number> };
  /** Records by the names of what they point to in other sources. */
  pointer: { name: Fixed<string>; record: Fixed<number> };
  record_event: { at: Fixed<number>; record: Fixed<number>; type: Fixed<string>; fields: string };
  /** Who answers for something, and why; thousands of records share the same words. */
  ownership: { key: Fixed<string>; body: Fixed<string>; orphan: Fixed<number> };
  owned: { record: Fixed<number>; ownership: string };
  /** Everybody who is named in an ownership. */
  holder: { person: Fixed<string>; ownership: Fixed<string> };
  assertion: { key: Fixed<string>; body: string };
  person: { id: Fixed<string>; body: string; mark: number };
  alias: { alias: Fixed<string>; person: Fixed<string>; mark: number };
  finding: FindingTable;
  finding_event: {
    seq: Fixed<number>;
    finding: Fixed<number>;
    at: Fixed<number>;
    type: Fixed<string>;
    actor: Fixed<string>;
    note: Fixed<string | null>;
  };
  risk: { id: Fixed<string>; body: string; updated_at: number };
  risk_event: {
    seq: Fixed<number>;
    risk: Fixed<string>;
    at: Fixed<number>;
    type: Fixed<string>;
    actor: Fixed<string>;
    note: Fixed<string>;
  };
  decision: { id: Fixed<string>; subject: string; status: string; requested_at: number; body: string };
  coverage: {
    run: number;
    source: string;
    stream: string;
    outcome: string;
    reason: string | null;
    detail: string | null;
    items: number;
    quarantined: number;
  };
  check_coverage: {
    run: number;
    check: string;
    source: string;
    pass: number;
    fail: number;
    unknown: number;
    because: string;
  };
  audit: {
    seq: Fixed<number>;
    at: Fixed<number>;
    actor: Fixed<string>;
    account: Fixed<string>;
    action: Fixed<string>;
    subject: Fixed<string>;
    body: Fixed<string>;
    previous: Fixed<string>;
    hash: Fixed<string>;
  };
  lease: { name: Fixed<string>; holder: string; expires_at: number };
  /** Facts that people were told, by channel. */
  told: { channel: Fixed<string>; fact: Fixed<string>; at: number };
  daily: { day: string; check: string; severity: number; shown: string; count: number };
}

export interface FindingTable {
  /** Rises as findings are found: what goes by it is written side by side, where ids, being hashes, would scatter it. */
  pk: Fixed<number>;
  /** With the subject, other words for the same thing once the file has moved that it lies in. */
  id: string;
  check: Fixed<string>;
  source: Fixed<string>;
  kind: Fixed<string>;
  subject: string;
  subject_name: string;
  title: string;
  /** 0 (info) to 4 (critical). */
  severity: number;
  threat: string;
  initiative: string;
  environment: string;
  owner: string | null;
  assignee: string | null;
  /** Title and subject in lower case. */
  words: string;
  /** What is shown and never searched: evidence, reasons, confidence. */
  cargo: string;
  signature: string;
  state: string;
  disposition: string;
  disposition_until: number | null;
  /** The one word that follows from state and disposition. */
  shown: string;
  reopened: number;
  first_seen: Fixed<number>;
  last_seen: number;
  opened_at: number;
  resolved_at: number | null;
  last_run: number;
}

/** The database, or a transaction on it: repositories do not care which. */
export type Db = Kysely<Tables> | Transaction<Tables>;
