import { sql } from 'kysely';
import { FOUND } from '../src/core/match.ts';
import type { Instant } from '../src/core/time.ts';
import type { RetentionStore } from '../src/core/upkeep.ts';
import { keyset } from './keyset.ts';
import { removeEdges } from './page-edges.ts';
import { bodiesOf } from './page-rows.ts';
import type { Db } from './schema.ts';
import { pruneTold } from './told.ts';
import { transact } from './transact.ts';

/** Few enough that whoever else wants to write waits milliseconds. */
const RUNS = 20;
const EVENTS = 1_000;
const RECORDS = 200;
const OWNERS = 1_000;

/** Deletes history that is older than it has to be. */
export function retentionStore(db: Db): RetentionStore {
  return {
    prune: async (before) => ({
      runs: await pruneRuns(db, before.runs),
      events: await pruneEvents(db, before.events),
      records: await pruneRecords(db, before.gone),
      owners: await pruneOwners(db),
      told: await pruneTold(db, before.events),
    }),
  };
}

/** The last run stays, because the next one is numbered after it, and so does each source's newest coverage. */
async function pruneRuns(db: Db, before: Instant): Promise<number> {
  let pruned = 0;
  const old = keyset<{ id: number }>(
    (after) =>
      db
        .selectFrom('run')
        .select('id')
        .where('id', '>', after?.id ?? 0)
        .where('started_at', '<', before)
        .where('id', '<', (eb) => eb.selectFrom('run as other').select((of) => of.fn.max('other.id').as('id')))
        .orderBy('id')
        .limit(RUNS)
        .execute(),
    RUNS,
  );
  for await (const page of old) {
    const runs = page.map(({ id }) => id);
    pruned += await transact(db, async (tx) => {
      await tx.deleteFrom('check_coverage').where('run', 'in', runs).execute();
      await tx
        .deleteFrom('coverage')
        .where('run', 'in', runs)
        .where('run', '<', (eb) =>
          eb
            .selectFrom('coverage as newer')
            .whereRef('newer.source', '=', 'coverage.source')
            .select((of) => of.fn.max('newer.run').as('run')),
        )
        .execute();
      const { numDeletedRows } = await tx
        .deleteFrom('run')
        .where('id', 'in', runs)
        .where((eb) => eb.not(eb.exists(eb.selectFrom('coverage').select('run').whereRef('run', '=', 'run.id'))))
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    });
  }
  return pruned;
}

async function pruneEvents(db: Db, before: Instant): Promise<number> {
  for (let pruned = 0; ;) {
    const { numDeletedRows } = await db
      .deleteFrom('record_event')
      .where(({ eb, refTuple, selectFrom }) =>
        eb(
          refTuple('at', 'record', 'type'),
          'in',
          selectFrom('record_event as old')
            .select(['old.at', 'old.record', 'old.type'])
            .where('old.at', '<', before)
            .orderBy('old.at')
            .limit(EVENTS)
            .$asTuple('at', 'record', 'type'),
        ),
      )
      .executeTakeFirstOrThrow();
    pruned += Number(numDeletedRows);
    if (Number(numDeletedRows) < EVENTS) return pruned;
  }
}

/** A number that becomes free is given out again, so nothing may be left that points to it. */
async function pruneRecords(db: Db, before: Instant): Promise<number> {
  let pruned = 0;
  const candidates = keyset<{ pk: number; source: number }>(
    (after) => forgettable(db, before, after?.pk ?? 0),
    RECORDS,
  );
  for await (const page of candidates) {
    pruned += await transact(db, async (tx) => {
      const listed = page.map(({ pk }) => pk);
      const gone = await tx
        .selectFrom('record')
        .select(['pk', 'source'])
        .where('pk', 'in', listed)
        // Since it was listed, a scan may have brought one back.
        .where('gone_at', '<', before)
        .execute();
      if (gone.length === 0) return 0;
      const pks = gone.map(({ pk }) => pk);
      const bodies = await bodiesOf(tx, pks);
      for (const { pk, source } of gone) await removeEdges(tx, source, [{ pk }], bodies);
      await dropVersions(tx, pks);
      await tx.deleteFrom('record_event').where('record', 'in', pks).execute();
      await tx.deleteFrom('owned').where('record', 'in', pks).execute();
      await tx.deleteFrom('body').where('record', 'in', pks).execute();
      await tx.deleteFrom('record').where('pk', 'in', pks).execute();
      return pks.length;
    });
  }
  return pruned;
}

/** What is said of owners is kept once, whoever it is said of: it may go when that is nobody any more. */
async function pruneOwners(db: Db): Promise<number> {
  for (let pruned = 0; ;) {
    const count = await transact(db, async (tx) => {
      const unused = await tx
        .selectFrom('ownership')
        .select('key')
        .where('key', 'not in', (eb) => eb.selectFrom('owned').select('ownership'))
        .limit(OWNERS)
        .execute();
      const keys = unused.map(({ key }) => key);
      if (keys.length === 0) return 0;
      await tx.deleteFrom('holder').where('ownership', 'in', keys).execute();
      await tx.deleteFrom('ownership').where('key', 'in', keys).execute();
      return keys.length;
    });
    pruned += count;
    if (count < OWNERS) return pruned;
  }
}

/** A page that held one of them has to be read again: its version would vouch for whoever gets the number next. */
async function dropVersions(tx: Db, pks: readonly number[]): Promise<void> {
  const held = await tx.selectFrom('page_record').select('page').distinct().where('record', 'in', pks).execute();
  const pages = held.map(({ page }) => page);
  if (pages.length === 0) return;
  await tx.deleteFrom('page_record').where('page', 'in', pages).execute();
  await tx.deleteFrom('page_version').where('no', 'in', pages).execute();
}

/** Long gone, and neither the subject of a finding nor a place where a shared secret was found. */
function forgettable(db: Db, before: Instant, after: number): Promise<{ pk: number; source: number }[]> {
  return db
    .selectFrom('record')
    .innerJoin('source', 'source.no', 'record.source')
    .select(['record.pk', 'record.source'])
    .where('record.pk', '>', after)
    .where('record.gone_at', '<', before)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('finding')
            .select('finding.id')
            .whereRef('finding.kind', '=', 'record.kind')
            .whereRef('finding.source', '=', 'source.name')
            .whereRef('finding.subject', '=', 'record.id'),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('finding')
            .select('finding.id')
            .where('finding.kind', '=', 'credential')
            .where('finding.source', '=', '*')
            .where('finding.subject', 'in', (eb) =>
              eb
                .selectFrom('secret')
                .whereRef('secret.record', '=', 'record.pk')
                .select(sql<string>`${FOUND} || secret.fingerprint`.as('subject')),
            ),
        ),
      ),
    )
    .orderBy('record.pk')
    .limit(RECORDS)
    .execute();
}
