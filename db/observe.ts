import { severities, type Observation } from '../src/core/finding.ts';
import { opened, step } from '../src/core/lifecycle.ts';
import type { AssessedBatch, Evaluated, ReconcileResult } from '../src/core/ports.ts';
import type { Instant } from '../src/core/time.ts';
import { addFindingEvents, byScan, type NewEvent } from './finding-events.ts';
import {
  type FindingRow,
  findingsById,
  lifecycleColumns,
  lifecycleOf,
  nextFinding,
  putFindings,
  saidColumns,
  toFinding,
  touchFindings,
} from './finding-rows.ts';
import { PAGE } from './keyset.ts';
import type { Db } from './schema.ts';

/** Writes what was seen; the rules are in `core/lifecycle.ts`, this only stores what follows from them. */
export async function observe(db: Db, batch: AssessedBatch, run: number, at: Instant): Promise<ReconcileResult> {
  const observed = new Map(batch.observed.map((observation) => [observation.id, observation]));
  const known = await findingsAbout(db, batch.subjects);
  const before = new Map(known.map((row) => [row.id, row]));
  const subjects = new Set(batch.subjects.map(subjectKey));
  const elsewhere = batch.observed.filter(({ subject }) => !subjects.has(subjectKey(subject))).map(({ id }) => id);
  for (const row of await findingsById(db, [], elsewhere)) before.set(row.id, row);
  const rows: FindingRow[] = [];
  const events: NewEvent[] = [];
  const same: number[] = [];
  let free = await nextFinding(db);
  const result = { opened: 0, reopened: 0, changed: 0, unchanged: 0 };
  for (const [id, observation] of observed) {
    const { signature, severity } = observation;
    const old = before.get(id);
    const { next, events: happened } =
      old === undefined
        ? opened(at, signature, severity)
        : step(lifecycleOf(old), { type: 'observed', at, signature, severity, wider: isWider(old, observation) });
    const pk = old?.pk ?? free++;
    const row: FindingRow = {
      pk,
      id,
      ...saidColumns(observation),
      ...lifecycleColumns(next),
      assignee: old?.assignee ?? null,
      last_run: run,
    };
    const moved = old !== undefined && old.owner !== row.owner;
    events.push(...byScan(pk, at, moved ? [...happened, 'owner-changed'] : happened, notes(old, row)));
    if (old === undefined) result.opened += 1;
    else if (happened.includes('reopened')) result.reopened += 1;
    else if (happened.length > 0) result.changed += 1;
    else result.unchanged += 1;
    if (old !== undefined && happened.length === 0 && equal(old, row)) same.push(pk);
    else rows.push(row);
  }
  await putFindings(db, rows);
  await touchFindings(db, run, same, at);
  await touchFindings(db, run, unanswered(known, batch.subjects, observed));
  await addFindingEvents(db, events);
  return result;
}

/**
 * Is there more of what the finding rests on: another entry, another right? Names and places may change as they like. A
 * value that is no secret is none wherever it lies.
 */
function isWider(old: FindingRow, { subject, evidence }: Observation): boolean {
  if (old.disposition !== 'false-positive' || subject.source === '*') return false;
  const before = Map.groupBy(toFinding(old).evidence, ({ fact }) => fact);
  const now = Map.groupBy(evidence, ({ fact }) => fact);
  return [...before].some(([fact, { length }]) => (now.get(fact)?.length ?? 0) > length);
}

/** How grave it is and whose; the row holds the newest alone, and people are asked about then. */
function notes(old: FindingRow | undefined, { severity, owner }: FindingRow): Parameters<typeof byScan>[3] {
  const whose = (id: string | null | undefined): string => id ?? 'nobody';
  const stands = `${severities[severity]}, owner ${whose(owner)}`;
  const graver = old && `${severities[old.severity]} → ${severities[severity]}`;
  return {
    opened: stands,
    reopened: stands,
    ...(graver !== undefined && { worsened: graver, improved: graver }),
    'owner-changed': `${whose(old?.owner)} → ${whose(owner)}`,
  };
}

/** Every finding about these subjects: they stand in the store's order, so each source's are one range. */
async function findingsAbout(db: Db, subjects: readonly Evaluated[]): Promise<FindingRow[]> {
  const ranges = new Map<string, { first: Evaluated; last: Evaluated }>();
  for (const subject of subjects) {
    const key = `${subject.kind}\u0000${subject.source}`;
    const range = ranges.get(key);
    if (range === undefined) ranges.set(key, { first: subject, last: subject });
    else range.last = subject;
  }
  const rows: FindingRow[] = [];
  for (const { first, last } of ranges.values()) {
    const found = await db
      .selectFrom('finding')
      .selectAll()
      .where('kind', '=', first.kind)
      .where('source', '=', first.source)
      .where('subject', '>=', first.id)
      .where('subject', '<=', last.id)
      .execute();
    rows.push(...found);
  }
  return rows;
}

/** Open findings of checks that could not be answered this time: neither seen nor gone. */
function unanswered(
  known: readonly FindingRow[],
  subjects: readonly Evaluated[],
  observed: ReadonlyMap<string, unknown>,
): number[] {
  const unseen = known.filter((row) => !observed.has(row.id));
  if (unseen.length === 0) return [];
  const unknown = new Map(subjects.map((subject) => [subjectKey(subject), subject.unknown]));
  return unseen
    .filter(({ kind, source, subject, check }) =>
      unknown.get(subjectKey({ kind, source, id: subject }))?.includes(check),
    )
    .map(({ pk }) => pk);
}

function subjectKey({ kind, source, id }: { kind: string; source: string; id: string }): string {
  return `${kind}\u0000${source}\u0000${id}`;
}

/** Every column but those that move with each run. */
function equal(a: FindingRow, b: FindingRow): boolean {
  return (Object.keys(b) as (keyof FindingRow)[]).every(
    (column) => column === 'last_run' || column === 'last_seen' || a[column] === b[column],
  );
}

/** Closes open findings that this run did not look at, in order of age; returns how many of each sort. */
export async function closeUnseen(
  transact: <T>(work: (tx: Db) => Promise<T>) => Promise<T>,
  run: number,
  ran: ReadonlySet<string>,
  at: Instant,
): Promise<{ resolved: number; retired: number }> {
  const closed = { resolved: 0, retired: 0 };
  for (let after: number | undefined = 0; after !== undefined;) {
    const from: number = after;
    after = await transact(async (tx) => {
      const due = await tx
        .selectFrom('finding')
        .selectAll()
        .where('pk', '>', from)
        .where('state', '=', 'open')
        .where('last_run', '<', run)
        .orderBy('pk')
        .limit(PAGE)
        .execute();
      const events: NewEvent[] = [];
      const rows = due.map((row) => {
        const type = ran.has(row.check) ? 'absent' : 'retired';
        const { next, events: happened } = step(lifecycleOf(row), { type, at });
        closed[type === 'absent' ? 'resolved' : 'retired'] += 1;
        events.push(...byScan(row.pk, at, happened));
        return { ...row, ...lifecycleColumns(next) };
      });
      await putFindings(tx, rows);
      await addFindingEvents(tx, events);
      return due.length < PAGE ? undefined : due.at(-1)?.pk;
    });
  }
  return closed;
}
