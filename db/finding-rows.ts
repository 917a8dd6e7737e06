import type { Selectable } from 'kysely';
import { rank, severities, shown, type Finding, type Lifecycle, type Observation } from '../src/core/finding.ts';
import { forMany, insertMany } from './bulk.ts';
import { storable } from './clean.ts';
import type { Db, FindingTable } from './schema.ts';

export type FindingRow = Selectable<FindingTable>;

/** The part of an observation that is shown and never searched. */
type Cargo = Pick<
  Observation,
  'checkVersion' | 'discriminator' | 'severityReasons' | 'confidence' | 'evidence' | 'ownerConfidence' | 'ownerReason'
>;

/** What a finding says, without how it stands. */
export type Said = Omit<Observation, 'id' | 'signature' | 'severity'>;

/** Columns that follow from an observation. */
export function saidColumns(said: Said) {
  const { subject, check, checkVersion, discriminator, severityReasons, confidence, evidence } = said;
  const { ownerConfidence, ownerReason } = said;
  const cargo: Cargo = {
    checkVersion,
    discriminator,
    severityReasons,
    confidence,
    evidence,
    ...(ownerConfidence !== undefined && { ownerConfidence }),
    ...(ownerReason !== undefined && { ownerReason }),
  };
  return {
    check,
    source: subject.source,
    kind: subject.kind,
    subject: subject.id,
    subject_name: subject.name,
    title: said.title,
    threat: said.threat,
    initiative: said.initiative,
    environment: said.environment,
    owner: said.owner ?? null,
    words: `${said.title}\n${subject.name}\n${subject.id}`.toLowerCase(),
    cargo: storable(cargo).json,
  };
}

/** Columns that follow from the lifecycle. */
export function lifecycleColumns(life: Lifecycle) {
  return {
    state: life.state,
    disposition: life.disposition,
    disposition_until: life.dispositionUntil,
    shown: shown(life),
    signature: life.signature,
    severity: rank(life.severity),
    reopened: life.reopened,
    first_seen: life.firstSeen,
    last_seen: life.lastSeen,
    opened_at: life.openedAt,
    resolved_at: life.resolvedAt,
  };
}

export function lifecycleOf(row: FindingRow): Lifecycle {
  return {
    state: row.state as Lifecycle['state'],
    disposition: row.disposition as Lifecycle['disposition'],
    dispositionUntil: row.disposition_until,
    signature: row.signature,
    severity: severities[row.severity] ?? 'info',
    reopened: row.reopened,
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
    openedAt: row.opened_at,
    resolvedAt: row.resolved_at,
  };
}

export function toFinding(row: FindingRow): Finding {
  return {
    id: row.id,
    check: row.check,
    subject: {
      source: row.source,
      kind: row.kind as Finding['subject']['kind'],
      id: row.subject,
      name: row.subject_name,
    },
    title: row.title,
    threat: row.threat,
    initiative: row.initiative,
    environment: row.environment as Finding['environment'],
    ...(row.owner !== null && { owner: row.owner }),
    ...(row.assignee !== null && { assignee: row.assignee }),
    ...(JSON.parse(row.cargo) as Cargo),
    ...lifecycleOf(row),
    lastRun: row.last_run,
  };
}

const columns = [
  'pk',
  'id',
  'check',
  'source',
  'kind',
  'subject',
  'subject_name',
  'title',
  'severity',
  'threat',
  'initiative',
  'environment',
  'owner',
  'assignee',
  'words',
  'cargo',
  'signature',
  'state',
  'disposition',
  'disposition_until',
  'shown',
  'reopened',
  'first_seen',
  'last_seen',
  'opened_at',
  'resolved_at',
  'last_run',
] as const satisfies readonly (keyof FindingTable)[];
const fixed = new Set<keyof FindingTable>(['pk', 'id', 'check', 'source', 'kind', 'subject', 'first_seen', 'assignee']);
const upsert = insertMany('finding', columns, { key: ['pk'], update: columns.filter((column) => !fixed.has(column)) });

/** Inserts or replaces whole findings; who they are assigned to stays. */
export async function putFindings(db: Db, rows: readonly FindingRow[]): Promise<void> {
  await upsert(
    db,
    rows.map((row) => columns.map((column) => row[column])),
  );
}

export const findingsById = forMany<FindingRow>((db, list) =>
  db.selectFrom('finding').selectAll().where('id', 'in', list),
);

/** The next number that no finding has. */
export async function nextFinding(db: Db): Promise<number> {
  const row = await db
    .selectFrom('finding')
    .select((eb) => eb.fn.max('pk').as('last'))
    .executeTakeFirst();
  return (row?.last ?? 0) + 1;
}

const touchSeen = forMany<never>((db, list) =>
  db.updateTable('finding').set({ last_run: 0, last_seen: 0 }).where('pk', 'in', list),
);
const touchRun = forMany<never>((db, list) => db.updateTable('finding').set({ last_run: 0 }).where('pk', 'in', list));

/** Notes that these were looked at in a run; `seen` also when they were last true. */
export async function touchFindings(db: Db, run: number, pks: readonly number[], seen?: number): Promise<void> {
  if (seen === undefined) await touchRun(db, [run], pks);
  else await touchSeen(db, [run, seen], pks);
}
