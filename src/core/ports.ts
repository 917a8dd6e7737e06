import type { BlindSpot, CheckCoverage, Coverage, Run } from './coverage.ts';
import type { AuditEntry, Decision } from './decision.ts';
import type { Finding, FindingEvent, Lifecycle, Observation, Severity, Shown } from './finding.ts';
import type { Match } from './match.ts';
import type { JoinedPerson, OwnerAssertion, Ownership } from './owner.ts';
import type { AnyRecord, Credential, Kind, Ref, Relation, Sourced } from './record.ts';
import type { RunStore } from './reading.ts';
import type { RiskEvent } from './risk-history.ts';
import type { Risk } from './risk.ts';
import type { SourceStore } from './source.ts';
import type { Instant } from './time.ts';
import type { ToldStore } from './told.ts';
import type { TrendStore } from './trend.ts';
import type { LeaseStore, RetentionStore } from './upkeep.ts';
import type { Step, Walk } from './walk.ts';

export type * from './reading.ts';

/** A record with everything that a check may ask about it, joined beforehand. */
export interface Joined<K extends Kind = Kind> extends Sourced<K> {
  firstSeen: Instant;
  /** When its source was first read: what was there then is baseline, not news. */
  sourceFirstSeen: Instant;
  out: readonly { rel: Relation; record: AnyRecord }[];
  in: readonly { rel: Relation; record: AnyRecord }[];
  /** The same thing as other sources, or other lists of this one, know it. */
  same?: readonly Sourced[];
  ownership: Ownership;
}

export interface JoinOptions {
  /** Which incoming relations are wanted (all, when it is left out): a container's members may be a million. */
  in?: readonly Relation[];
  /** Works out the owners of each record from what is joined; they are stored where they changed. */
  attribute?: (joined: Joined) => Ownership;
}

/** One secret and every record in which it was found, over all sources. */
export interface SecretGroup {
  fingerprint: string;
  members: readonly {
    source: string;
    record: AnyRecord;
    /** What the record stands in. */
    containers?: readonly AnyRecord[];
    ownership: Ownership;
    matches: readonly Match[];
  }[];
  /** Members beyond the cap that were left out. */
  more: number;
  /** As the platforms that issued it list it, where one does. */
  issued?: readonly { source: string; record: Credential; ownership: Ownership }[];
}

export interface RecordQuery {
  source?: string;
  kind?: Kind;
  /** Lower-cased part of name or id. */
  text?: string;
  limit?: number;
}

export interface RecordChange {
  source: string;
  kind: Kind;
  id: string;
  at: Instant;
  type: 'appeared' | 'changed' | 'vanished' | 'returned';
  fields: readonly string[];
}

/** A record that its source no longer has, as it last was. */
export interface Vanished extends Sourced {
  goneAt: Instant;
  ownership: Ownership;
}

/** A record that a walk has met, each once. */
export interface Neighbour extends Sourced {
  /** The last step to it, and how many there were. */
  by: Step;
  depth: number;
  /** Where in the list the record stands that it was reached from; absent where the walk began there. */
  from: number | undefined;
}

export interface RecordStore {
  /** Live records of a kind, ordered by source and id, a page at a time. */
  each<K extends Kind>(kind: K, options?: { source?: string }): AsyncIterable<readonly Sourced<K>[]>;
  /** As `each`, with links, linked records and owners joined in. */
  joined<K extends Kind>(kind: K, options?: JoinOptions): AsyncIterable<readonly Joined<K>[]>;
  /** Secrets found in live records, grouped by fingerprint, a page of groups at a time. */
  secrets(): AsyncIterable<readonly SecretGroup[]>;
  get<K extends Kind>(ref: Ref & { kind: K }): Promise<Joined<K> | undefined>;
  /** A live record's name. */
  nameOf(ref: Ref): Promise<string | undefined>;
  search(query: RecordQuery): AsyncIterable<readonly Sourced[]>;
  /**
   * The live records that a walk meets within so many steps, at most `MOST_MET`: what breaks if one goes, what it can get at. A secret that
   * was found lies wherever it lies: its source may be `*`.
   */
  neighbours(ref: Ref, walk: Walk, depth: number): Promise<readonly Neighbour[]>;
  counts(): Promise<Partial<Record<Kind, number>>>;
  history(ref: Ref): Promise<readonly RecordChange[]>;
  /** Every change since an instant, oldest first. */
  changes(since: Instant): AsyncIterable<readonly RecordChange[]>;
  /** Records of a kind that a complete read has shown to be gone since an instant, by source and id. */
  vanished(kind: Kind, since: Instant): AsyncIterable<readonly Vanished[]>;
}

export interface OwnerStore {
  /** Replaces the ownership of these records; writes nothing where it is the same. Returns how many changed. */
  put(batch: readonly { ref: Ref; ownership: Ownership }[]): Promise<number>;
  get(ref: Ref): Promise<Ownership | undefined>;
  assertions(): Promise<readonly OwnerAssertion[]>;
  assert(assertion: OwnerAssertion): Promise<void>;
  /** Replaces the joined people. */
  putPeople(
    people: AsyncIterable<readonly JoinedPerson[]> | Iterable<readonly JoinedPerson[]>,
    at: Instant,
  ): Promise<void>;
  people(): AsyncIterable<readonly JoinedPerson[]>;
  /** By joined id, e-mail, login or alias; any case. */
  person(nameOrAlias: string): Promise<JoinedPerson | undefined>;
  /** Records for which this joined person holds a role. */
  ownedBy(person: string): AsyncIterable<readonly { ref: Ref; name: string; ownership: Ownership }[]>;
  /** How many live records of each kind share which owners. */
  tally(): AsyncIterable<readonly { kind: Kind; ownership: Ownership; records: number }[]>;
  /** Live records of which every accountable person has left. */
  orphans(): AsyncIterable<readonly { ref: Ref; name: string; ownership: Ownership }[]>;
}

export interface FindingFilter {
  shown?: readonly Shown[];
  severity?: Severity;
  check?: string;
  source?: string;
  owner?: string;
  /** Lower-cased part of title or subject. */
  text?: string;
  initiative?: string;
  threat?: string;
  /** Became open (again) at this instant or later; before this one. */
  openedSince?: Instant;
  openedBefore?: Instant;
  limit?: number;
}

export interface ReconcileResult {
  opened: number;
  reopened: number;
  changed: number;
  unchanged: number;
}

/** A subject that was evaluated, and the checks that could not be answered for it. */
export interface Evaluated {
  source: string;
  kind: Finding['subject']['kind'];
  id: string;
  /** Ids of checks that answered `unknown`: open findings of theirs on this subject stay as they are. */
  unknown: readonly string[];
}

/** One step of an assessment. `subjects` are in the store's order: one kind, ascending by source, then id. */
export interface AssessedBatch {
  subjects: readonly Evaluated[];
  observed: readonly Observation[];
}

export interface FindingStore {
  /** Writes what was seen: the lifecycle decides what that means. What stayed unknown is only marked as looked at. */
  observe(batch: AssessedBatch, run: number, at: Instant): Promise<ReconcileResult>;
  /** Closes what this run did not see: `resolved`, or `retired` for checks that did not run. Returns counts. */
  closeUnseen(run: number, ran: ReadonlySet<string>, at: Instant): Promise<{ resolved: number; retired: number }>;
  /** Lets acceptances expire. */
  tick(at: Instant): Promise<number>;
  /** Is there an acceptance that `tick` would let expire? */
  hasExpired(at: Instant): Promise<boolean>;
  /** Open findings whose last acceptance has run out and that nobody has decided on since. */
  lapsed(): AsyncIterable<readonly { finding: Finding; expiredAt: Instant }[]>;
  /** Open findings whose severity rose at this instant or later and is still above what it was, with the last time. */
  worsened(since: Instant): AsyncIterable<readonly { finding: Finding; worsenedAt: Instant }[]>;
  get(idOrPrefix: string): Promise<Finding | undefined>;
  /** Worst first, then oldest, then id. */
  list(filter: FindingFilter): AsyncIterable<readonly Finding[]>;
  /** What counts or counted (open, accepted, resolved), of all risks or of one, sorted by initiative, then threat, then id. */
  byRisk(only?: { initiative: string; threat: string }): AsyncIterable<readonly Finding[]>;
  count(
    filter: FindingFilter,
  ): Promise<{ total: number; bySeverity: Partial<Record<Severity, number>>; byCheck: Record<string, number> }>;
  events(id: string): Promise<readonly FindingEvent[]>;
  /** The events of many, by finding, each in order. */
  eventsOf(ids: readonly string[]): Promise<ReadonlyMap<string, readonly FindingEvent[]>>;
  eventCounts(run: { from: Instant; to: Instant }): Promise<Partial<Record<FindingEvent['type'], number>>>;
  /** Applies a decided step to one finding, together with its event. */
  apply(id: string, next: Lifecycle, events: readonly Omit<FindingEvent, 'finding' | 'seq'>[]): Promise<void>;
  assign(id: string, person: string, event: Omit<FindingEvent, 'finding' | 'seq'>): Promise<void>;
}

export interface RegisterStore {
  risks(): AsyncIterable<readonly Risk[]>;
  risk(idOrPrefix: string): Promise<Risk | undefined>;
  /** Those of these ids that there are. */
  risksOf(ids: readonly string[]): Promise<readonly Risk[]>;
  /** Upserts, with what happened to each; writes nothing where nothing changed. Returns how many changed. */
  putRisks(risks: readonly Risk[], at: Instant, actor: RiskEvent['actor']): Promise<number>;
  /** What happened to a risk, in order. */
  riskEvents(id: string): Promise<readonly RiskEvent[]>;
  decisions(filter?: { status?: Decision['status']; subject?: string }): Promise<readonly Decision[]>;
  putDecision(decision: Decision): Promise<void>;
}

export interface CoverageStore {
  put(run: number, coverage: readonly Coverage[], checks: readonly CheckCoverage[]): Promise<void>;
  streams(run: number): Promise<readonly Coverage[]>;
  /** How each source fared when it was last read, in whichever run that was. */
  newest(): Promise<readonly Coverage[]>;
  checks(run: number): Promise<readonly CheckCoverage[]>;
  /** When the newest finished run that read a source, and was not interrupted in it, began. */
  lastRead(): Promise<ReadonlyMap<string, Instant>>;
  /** The same for runs in which no stream of the source failed or ended early. */
  lastComplete(): Promise<ReadonlyMap<string, Instant>>;
  /** What could not be read by the newest attempt of each stream. */
  blindSpots(): AsyncIterable<readonly BlindSpot[]>;
}

export interface AuditStore {
  /** Appends one entry, chained to the last one. */
  append(entry: Pick<AuditEntry, 'at' | 'actor' | 'account' | 'action' | 'subject' | 'body'>): Promise<AuditEntry>;
  entries(): AsyncIterable<readonly AuditEntry[]>;
}

export interface MetaStore {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
}

/** Everything that is remembered. The stages see this, never SQL. */
export interface Store {
  runs: RunStore;
  records: RecordStore;
  owners: OwnerStore;
  findings: FindingStore;
  register: RegisterStore;
  coverage: CoverageStore;
  audit: AuditStore;
  trends: TrendStore;
  meta: MetaStore;
  leases: LeaseStore;
  retention: RetentionStore;
  sources: SourceStore;
  told: ToldStore;
  /** Runs the work in one transaction: all of its writes are there, or none. */
  atomically<T>(work: (store: Store) => Promise<T>): Promise<T>;
  /** The same store, which writes only while this holder has the lease, and prolongs it; else it throws `LostClaim`. */
  fenced(lease: string, holder: string, until: () => Instant): Store;
  /**
   * Runs a long walk that writes page after page: its transactions are committed a few at a time. A crash in between may
   * lose the last few pages, never half of one; when the walk has ended, all of them are there.
   */
  grouped<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Told when a scan has ended, to tell people in turn. */
export interface Notifier {
  afterScan(scan: { run: Run; coverage: readonly Coverage[]; at: Instant }): Promise<void>;
}

/** Told of every step while a scan works; faces draw it. */
export interface Progress {
  stage(name: string): void;
  stream(update: { source: string; stream: string; items: number; done?: Coverage }): void;
  count(stage: string, items: number): void;
}

/** Where diagnostics go; the final line is scrubbed of secrets. */
export interface Log {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
}
