import { sql } from 'kysely';
import { rank, severities, type Finding } from '../src/core/finding.ts';
import type { FindingFilter, FindingStore } from '../src/core/ports.ts';
import { type FindingRow, toFinding } from './finding-rows.ts';
import { containing, keyset, PAGE } from './keyset.ts';
import type { Db } from './schema.ts';

/** Severity by severity, worst first: within one, a page is read on as one range of the index. */
export async function* list(db: Db, filter: FindingFilter): AsyncGenerator<readonly Finding[]> {
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

/** Findings that count towards risks, in order of the risks; of one alone with `only`. */
export async function* byRisk(
  db: Db,
  only?: { initiative: string; threat: string },
): AsyncGenerator<readonly Finding[]> {
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

/** How many there are, by severity and by check. */
export async function count(db: Db, filter: FindingFilter) {
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
