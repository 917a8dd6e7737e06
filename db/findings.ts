import { sql, type Updateable } from 'kysely';
import { UsageError } from '../src/core/errors.ts';
import { rank, severities, type Finding, type FindingEvent } from '../src/core/finding.ts';
import { step } from '../src/core/lifecycle.ts';
import type { FindingFilter, FindingStore } from '../src/core/ports.ts';
import { addFindingEvents, byClock, type NewEvent } from './finding-events.ts';
import { type FindingRow, lifecycleColumns, lifecycleOf, putFindings, toFinding } from './finding-rows.ts';
import { containing, keyset, PAGE } from './keyset.ts';
import { closeUnseen, observe } from './observe.ts';
import { beginningWith, CANDIDATES, theOne } from './prefix.ts';
import type { Db, FindingTable } from './schema.ts';
import { transact } from './transact.ts';

/** Findings: one row for ever, and everything that happened to it. */
export function findingStore(db: Db): FindingStore {
  return {
    observe: (batch, run, at) => transact(db, (tx) => observe(tx, batch, run, at)),
    closeUnseen: (run, ran, at) => closeUnseen((work) => transact(db, work), run, ran, at),
    tick: (at) => transact(db, (tx) => tick(tx, at)),
    hasExpired: async (at) => (await expired(db, at).limit(1).execute()).length > 0,
    lapsed: () => lapsed(db),
    worsened: (since) => worsened(db, since),
    get: async (idOrPrefix) => {
      const rows = await db
        .selectFrom('finding')
        .selectAll()
        .where(beginningWith('id', idOrPrefix))
        .orderBy('id')
        .limit(CANDIDATES)
        .execute();
      const row = theOne(rows, idOrPrefix, 'findings');
      return row === undefined ? undefined : toFinding(row);
    },
    list: (filter) => list(db, filter),
    byRisk: (only) => byRisk(db, only),
    count: (filter) => count(db, filter),
    events: async (id) => {
      const rows = await db
        .selectFrom('finding_event')
        .selectAll()
        .where('finding', '=', (eb) => eb.selectFrom('finding').select('pk').where('id', '=', id))
        .orderBy('seq')
        .execute();
      return rows.map((row) => ({ ...row, finding: id, type: row.type as FindingEvent['type'] }));
    },
    eventCounts: async ({ from, to }) => {
      const rows = await db
        .selectFrom('finding_event')
        .select((eb) => ['type', eb.fn.countAll<number>().as('count')])
        .where('at', '>=', from)
        .where('at', '<=', to)
        .groupBy('type')
        .orderBy('type')
        .execute();
      return Object.fromEntries(rows.map((row) => [row.type, row.count]));
    },
    apply: (id, next, events) =>
      transact(db, async (tx) => {
        const { first_seen: _, ...columns } = lifecycleColumns(next);
        const finding = await change(tx, id, columns);
        await addFindingEvents(
          tx,
          events.map((event) => ({ ...event, finding })),
        );
      }),
    assign: (id, person, event) =>
      transact(db, async (tx) => {
        const finding = await change(tx, id, { assignee: person });
        await addFindingEvents(tx, [{ ...event, finding }]);
      }),
  };
}

/** Changes columns of the finding with this id; returns its number. */
async function change(db: Db, id: string, columns: Updateable<FindingTable>): Promise<number> {
  const row = await db.selectFrom('finding').select('pk').where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new UsageError(`there is no finding ${id}`);
  await db.updateTable('finding').set(columns).where('pk', '=', row.pk).execute();
  return row.pk;
}

/** Lets acceptances that have run out expire. */
async function tick(db: Db, at: number): Promise<number> {
  const due = await expired(db, at).orderBy('disposition_until').orderBy('pk').execute();
  const events: NewEvent[] = [];
  const rows = due.map((row) => {
    const { next, events: happened } = step(lifecycleOf(row), { type: 'tick', at });
    events.push(...byClock(row.pk, at, happened));
    return { ...row, ...lifecycleColumns(next) };
  });
  await putFindings(db, rows);
  await addFindingEvents(db, events);
  return events.length;
}

function expired(db: Db, at: number) {
  return db.selectFrom('finding').selectAll().where('disposition_until', '<=', at);
}

/** Decisions after which a lapsed acceptance is no news. */
const decided = ['accepted', 'marked-false-positive', 'decision-withdrawn'];

async function* lapsed(db: Db) {
  const pages = keyset<FindingRow & { seq: number; expired_at: number }>((after) =>
    db
      .selectFrom('finding_event as expiry')
      .innerJoin('finding', 'finding.pk', 'expiry.finding')
      .selectAll('finding')
      .select(['expiry.seq', 'expiry.at as expired_at'])
      .where('expiry.type', '=', 'acceptance-expired')
      .where('expiry.seq', '>', after?.seq ?? 0)
      .where('finding.state', '=', 'open')
      .where('finding.disposition', '=', 'none')
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('finding_event as later')
              .select('later.seq')
              .whereRef('later.finding', '=', 'expiry.finding')
              .whereRef('later.seq', '>', 'expiry.seq')
              .where('later.type', 'in', decided),
          ),
        ),
      )
      .orderBy('expiry.seq')
      .limit(PAGE)
      .execute(),
  );
  for await (const page of pages) yield page.map((row) => ({ finding: toFinding(row), expiredAt: row.expired_at }));
}

async function* worsened(db: Db, since: number) {
  const pages = keyset<FindingRow & { seq: number; worsened_at: number }>((after) =>
    db
      .selectFrom('finding_event as rise')
      .innerJoin('finding', 'finding.pk', 'rise.finding')
      .selectAll('finding')
      .select(['rise.seq', 'rise.at as worsened_at'])
      .where('rise.type', '=', 'worsened')
      .where('rise.at', '>=', since)
      .where('rise.seq', '>', after?.seq ?? 0)
      .where('finding.shown', '=', 'open')
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('finding_event as later')
              .select('later.seq')
              .whereRef('later.finding', '=', 'rise.finding')
              .whereRef('later.seq', '>', 'rise.seq')
              .where('later.type', '=', 'worsened'),
          ),
        ),
      )
      .orderBy('rise.seq')
      .limit(PAGE)
      .execute(),
  );
  for await (const page of pages) yield page.map((row) => ({ finding: toFinding(row), worsenedAt: row.worsened_at }));
}

/** Severity by severity, worst first: within one, a page is read on as one range of the index. */
async function* list(db: Db, filter: FindingFilter): AsyncGenerator<readonly Finding[]> {
  let left = filter.limit ?? Number.POSITIVE_INFINITY;
  const wanted = filter.severity === undefined ? severities.toReversed() : [filter.severity];
  for (const severity of wanted) {
    const pages = keyset<FindingRow>(
      (after) => {
        const query = filtered(db, { ...filter, severity }).selectAll();
        const rest =
          after === undefined
            ? query
            : query.where(sql<boolean>`(first_seen, id) > (${after.first_seen}, ${after.id})`);
        return rest.orderBy('first_seen').orderBy('id').limit(Math.min(PAGE, left)).execute();
      },
      Math.min(PAGE, left),
    );
    for await (const rows of pages) {
      yield rows.map(toFinding);
      left -= rows.length;
      if (left <= 0) return;
    }
  }
}

const COUNTING = ['open', 'accepted', 'resolved'] as const;

async function* byRisk(db: Db, only?: { initiative: string; threat: string }): AsyncGenerator<readonly Finding[]> {
  const pages = keyset<FindingRow>((after) => {
    const counting = db.selectFrom('finding').selectAll().where('shown', 'in', COUNTING);
    const query =
      only === undefined
        ? counting
        : counting.where('initiative', '=', only.initiative).where('threat', '=', only.threat);
    const rest =
      after === undefined
        ? query
        : query.where(sql<boolean>`(initiative, threat, id) > (${after.initiative}, ${after.threat}, ${after.id})`);
    return rest.orderBy('initiative').orderBy('threat').orderBy('id').limit(PAGE).execute();
  });
  for await (const rows of pages) yield rows.map(toFinding);
}

async function count(db: Db, filter: FindingFilter) {
  const rows = await filtered(db, filter)
    .select((eb) => ['severity', 'check', eb.fn.countAll<number>().as('count')])
    .groupBy(['severity', 'check'])
    .orderBy('severity', 'desc')
    .orderBy('check')
    .execute();
  const counted: Awaited<ReturnType<FindingStore['count']>> = { total: 0, bySeverity: {}, byCheck: {} };
  for (const row of rows) {
    const severity = severities[row.severity] ?? 'info';
    const number = row.count;
    counted.total += number;
    counted.bySeverity[severity] = (counted.bySeverity[severity] ?? 0) + number;
    counted.byCheck[row.check] = (counted.byCheck[row.check] ?? 0) + number;
  }
  return counted;
}

function filtered(db: Db, filter: FindingFilter) {
  let query = db.selectFrom('finding');
  if (filter.shown !== undefined) query = query.where('shown', 'in', filter.shown);
  if (filter.severity !== undefined) query = query.where('severity', '=', rank(filter.severity));
  if (filter.check !== undefined) query = query.where('check', '=', filter.check);
  if (filter.source !== undefined) query = query.where('source', '=', filter.source);
  if (filter.initiative !== undefined) query = query.where('initiative', '=', filter.initiative);
  if (filter.threat !== undefined) query = query.where('threat', '=', filter.threat);
  if (filter.openedSince !== undefined) query = query.where('opened_at', '>=', filter.openedSince);
  if (filter.openedBefore !== undefined) query = query.where('opened_at', '<', filter.openedBefore);
  const { owner, text } = filter;
  if (owner !== undefined) {
    // What was assigned to somebody under another id is still theirs.
    const formerly = db
      .selectFrom('alias')
      .select(sql<string>`'person:' || alias`.as('id'))
      .where('person', '=', owner);
    query = query.where((eb) =>
      eb.or([eb('owner', '=', owner), eb('assignee', '=', owner), eb('assignee', 'in', formerly)]),
    );
  }
  if (text !== undefined) query = query.where(sql<boolean>`finding.words like ${containing(text)} escape '\\'`);
  return query;
}
