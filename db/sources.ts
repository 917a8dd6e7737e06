import { sql } from 'kysely';
import { step } from '../src/core/lifecycle.ts';
import { FOUND } from '../src/core/match.ts';
import type { SourceHolding, SourceStore } from '../src/core/source.ts';
import type { Instant } from '../src/core/time.ts';
import { addFindingEvents } from './finding-events.ts';
import { lifecycleColumns, lifecycleOf, putFindings } from './finding-rows.ts';
import { PAGE } from './keyset.ts';
import { forgetReading, sourceNumber } from './claims.ts';
import type { Db } from './schema.ts';
import { transact } from './transact.ts';

/** Why records of a retired source vanished; where a read has shown that they are gone, there is no reason to name. */
const REASON = JSON.stringify(['source retired']);

/** Which sources there are, and how one leaves the roll. */
export function sourceStore(db: Db): SourceStore {
  return {
    holdings: () => holdings(db),
    retire: (source, { person, reason, at }) =>
      transact(db, async (tx) => {
        const no = await sourceNumber(tx, source);
        const records = await takeOff(tx, no, at);
        await endReading(tx, no);
        await tx.updateTable('source').set({ retired_at: at }).where('no', '=', no).execute();
        const by = { person, reason, at };
        const own = await retireFindings(openOf(tx, source), tx, by);
        return { records, findings: own + (await retireFindings(openNowhere(tx, no, at), tx, by)) };
      }),
  };
}

async function holdings(db: Db): Promise<SourceHolding[]> {
  const known = await db.selectFrom('source').selectAll().execute();
  const looked = await db
    .selectFrom('coverage')
    .innerJoin('run', 'run.id', 'coverage.run')
    .select((eb) => ['coverage.source', eb.fn.max('run.started_at').as('at')])
    .groupBy('coverage.source')
    .execute();
  const records = await db
    .selectFrom('record')
    .innerJoin('source', 'source.no', 'record.source')
    .select((eb) => ['source.name as source', eb.fn.countAll<number>().as('count')])
    .where('record.gone_at', 'is', null)
    .groupBy('source.name')
    .execute();
  const findings = await db
    .selectFrom('finding')
    .select((eb) => ['source', eb.fn.countAll<number>().as('count')])
    .where('state', '=', 'open')
    .groupBy('source')
    .execute();
  const retired = new Set(known.filter((row) => row.retired_at !== null).map(({ name }) => name));
  const names = new Set([...known.map(({ name }) => name), ...looked.map(({ source }) => source)]);
  const countOf = (rows: typeof findings, name: string) => rows.find(({ source }) => source === name)?.count ?? 0;
  return [...names.difference(retired)].toSorted().map((source) => {
    const at = looked.find((row) => row.source === source)?.at;
    const held = { source, records: countOf(records, source), findings: countOf(findings, source) };
    return { ...held, ...(at !== undefined && { lookedAt: at }) };
  });
}

async function takeOff(tx: Db, source: number, at: Instant): Promise<number> {
  const live = tx.selectFrom('record').where('source', '=', source).where('gone_at', 'is', null);
  await tx
    .insertInto('record_event')
    .columns(['at', 'record', 'type', 'fields'])
    .expression(
      live.select([
        sql<number>`cast(${at} as bigint)`.as('at'),
        'pk as record',
        sql.lit('vanished').as('type'),
        sql.lit(REASON).as('fields'),
      ]),
    )
    .onConflict((on) => on.columns(['at', 'record', 'type']).doNothing())
    .execute();
  const { numUpdatedRows } = await tx
    .updateTable('record')
    .set({ gone_at: at })
    .where('source', '=', source)
    .where('gone_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

/** Whoever reads it again begins anew: what was told of changes and pages is about records that are gone. */
async function endReading(tx: Db, source: number): Promise<void> {
  const streams = await tx.selectFrom('stream').select('no').where('source', '=', source).execute();
  for (const { no } of streams) {
    await forgetReading(tx, no);
    await tx.deleteFrom('blind_spot').where('stream', '=', no).execute();
    await tx.updateTable('stream').set({ running: 0, cursor: null, held: null }).where('no', '=', no).execute();
  }
}

function openOf(tx: Db, source: string) {
  return tx.selectFrom('finding').selectAll().where('state', '=', 'open').where('source', '=', source);
}

/** About secrets that lay in what has just been taken off, and lie nowhere else: nobody has seen that they are gone. */
function openNowhere(tx: Db, source: number, at: Instant) {
  const places = tx
    .selectFrom('secret')
    .innerJoin('record', 'record.pk', 'secret.record')
    .select('record.pk')
    // The key of the secrets stands alone on its side: else each finding would go through all of them.
    .where(sql<boolean>`secret.fingerprint = substr(finding.subject, ${sql.lit(FOUND.length + 1)})`);
  return tx
    .selectFrom('finding')
    .selectAll()
    .where('kind', '=', 'credential')
    .where('source', '=', '*')
    .where('state', '=', 'open')
    .where(({ exists }) => exists(places.where('record.source', '=', source).where('record.gone_at', '=', at)))
    .where(({ not, exists }) => not(exists(places.where('record.gone_at', 'is', null))));
}

async function retireFindings(
  wanted: ReturnType<typeof openOf>,
  tx: Db,
  { person, reason, at }: { person: string; reason: string; at: Instant },
): Promise<number> {
  let retired = 0;
  for (;;) {
    const open = await wanted.orderBy('pk').limit(PAGE).execute();
    if (open.length === 0) return retired;
    const steps = open.map((row) => ({ row, ...step(lifecycleOf(row), { type: 'retired', at }) }));
    await putFindings(
      tx,
      steps.map(({ row, next }) => ({ ...row, ...lifecycleColumns(next) })),
    );
    await addFindingEvents(
      tx,
      steps.flatMap(({ row, events }) =>
        events.map((type) => ({ finding: row.pk, at, type, actor: person, note: reason })),
      ),
    );
    retired += open.length;
  }
}
