import type { RunStore } from '../src/core/ports.ts';
import type { Instant } from '../src/core/time.ts';
import { addBlindSpots } from './blind-spots.ts';
import { claim, hold } from './claims.ts';
import { dropVersion, knownVersion, putVersion, seeAgain } from './page-versions.ts';
import { writePage } from './pages.ts';
import { keep, remove } from './removals.ts';
import type { Db } from './schema.ts';
import { transact } from './transact.ts';
import { sweep } from './sweep.ts';

/** Runs, and the streams that a run's workers hold. */
export function runStore(db: Db): RunStore {
  return {
    start: (run) =>
      transact(db, async (tx) => {
        const last = await tx
          .selectFrom('run')
          .select((eb) => eb.fn.max('id').as('id'))
          .executeTakeFirst();
        const id = (last?.id ?? 0) + 1;
        const row = { id, started_at: run.at, finished_at: null, policy: run.policy, version: run.version };
        await tx.insertInto('run').values(row).execute();
        return { id, startedAt: run.at, policy: run.policy, version: run.version };
      }),
    finish: (run, at) =>
      transact(db, async (tx) => {
        await tx.updateTable('run').set({ finished_at: at }).where('id', '=', run).execute();
      }),
    last: async () => {
      const row = await db
        .selectFrom('run')
        .select(['id', 'started_at as startedAt', 'finished_at as finishedAt', 'policy', 'version'])
        .where('finished_at', 'is not', null)
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && { ...row, finishedAt: row.finishedAt ?? row.startedAt };
    },
    claim: (source, stream, at, resumeWindow, attempt) =>
      transact(db, (tx) => claim(tx, source, stream, at, resumeWindow, attempt)),
    page: (claim, page, at) =>
      transact(db, async (tx) => {
        const attempt = await hold(tx, claim, at);
        const { held, ...written } = await writePage(tx, attempt, page.records);
        const seen =
          page.unchanged && page.version ? await seeAgain(tx, attempt, page.version.request) : page.records.length;
        const gaps = page.blind.length > 0 || written.duplicates.length > 0;
        if (page.version && gaps) await dropVersion(tx, attempt, page.version.request);
        else if (page.version && !page.unchanged) await putVersion(tx, attempt, page.version, held);
        if (page.removed) await remove(tx, attempt, page.removed);
        if (page.hidden) await keep(tx, attempt, page.hidden);
        await addBlindSpots(tx, attempt.stream, page.blind);
        await tx
          .updateTable('stream')
          .set((eb) => ({
            cursor: page.next === undefined ? null : JSON.stringify(page.next),
            items: eb('items', '+', seen),
            quarantined: eb('quarantined', '+', page.quarantined),
            ...(page.bounded && { bounded: 1 }),
          }))
          .where('no', '=', attempt.stream)
          .execute();
        return { ...written, seen };
      }),
    known: async (claim, request) => {
      const row = await db
        .selectFrom('stream')
        .innerJoin('source', 'source.no', 'stream.source')
        .select('stream.no')
        .where('source.name', '=', claim.source)
        .where('stream.name', '=', claim.stream)
        .executeTakeFirst();
      return row && knownVersion(db, row.no, request);
    },
    end: (claim, end, at) =>
      transact(db, async (tx) => {
        const attempt = await hold(tx, claim, at);
        const complete = end.outcome === 'complete';
        const swept =
          complete && end.absence !== 'means-nothing'
            ? await sweep(tx, attempt, end.absence)
            : { gone: 0, digest: null };
        await tx
          .updateTable('stream')
          .set({ running: 0, cursor: null, held: swept.digest, ...changesOf(end, at, swept.held === undefined) })
          .where('no', '=', attempt.stream)
          .execute();
        if (end.outcome === 'complete' || end.outcome === 'partial') {
          await tx.updateTable('stream').set({ baseline_open: 0 }).where('no', '=', attempt.stream).execute();
        }
        const { digest: _, ...told } = swept;
        return told;
      }),
  };
}

/** Changes are asked for from where a complete read ended; any other end makes the next read a full one. */
function changesOf(end: Parameters<RunStore['end']>[1], at: Instant, swept: boolean) {
  if (end.outcome !== 'complete' || end.changesFrom === undefined || !swept)
    return { changes_from: null, read_in_full_at: null };
  const changes_from = JSON.stringify(end.changesFrom);
  return end.absence === 'means-nothing' ? { changes_from } : { changes_from, read_in_full_at: at };
}
