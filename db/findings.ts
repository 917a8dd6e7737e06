import type { Updateable } from 'kysely';
import { UsageError } from '../src/core/errors.ts';
import type { FindingEvent } from '../src/core/finding.ts';
import { step } from '../src/core/lifecycle.ts';
import type { FindingStore } from '../src/core/ports.ts';
import { forMany } from './bulk.ts';
import { addFindingEvents, byClock, type NewEvent } from './finding-events.ts';
import { byRisk, count, list } from './finding-lists.ts';
import { lapsed, worsened } from './finding-news.ts';
import { lifecycleColumns, lifecycleOf, putFindings, toFinding } from './finding-rows.ts';
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
    eventsOf: async (ids) => {
      const rows = await eventsOf(db, [], ids);
      return Map.groupBy(
        rows.toSorted((a, b) => a.seq - b.seq),
        ({ finding }) => finding,
      );
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

const eventsOf = forMany<FindingEvent>((db, list) =>
  db
    .selectFrom('finding_event as event')
    .innerJoin('finding', 'finding.pk', 'event.finding')
    .select(['finding.id as finding', 'event.seq', 'event.at', 'event.type', 'event.actor', 'event.note'])
    .where('finding.id', 'in', list),
);

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
