import { LostClaim } from '../src/core/errors.ts';
import type { RunStore, StreamClaim } from '../src/core/ports.ts';
import type { Json } from '../src/core/content.ts';
import type { Instant } from '../src/core/time.ts';
import { insertMany } from './bulk.ts';
import { storableText } from './clean.ts';
import type { Attempt } from './page-state.ts';
import { dropVersion, dropVersions, knownVersion, putVersion, seeAgain } from './page-versions.ts';
import { writePage } from './pages.ts';
import { keep, remove } from './removals.ts';
import { bringBack } from './returned.ts';
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
        return swept.held === undefined ? { gone: swept.gone } : { gone: 0, held: swept.held };
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

async function claim(
  db: Db,
  source: string,
  stream: string,
  at: Instant,
  window: number,
  attempt: { reading?: string; lacking?: string } = {},
): Promise<StreamClaim> {
  const number = await sourceNumber(db, source);
  await bringBack(db, [source], Infinity);
  const known = await db
    .selectFrom('stream')
    .selectAll()
    .where('source', '=', number)
    .where('name', '=', stream)
    .executeTakeFirst();
  const reading = attempt.reading ?? null;
  const same = known !== undefined && known.reading === reading;
  const resumed = same && known.running === 1 && at - known.heartbeat_at <= window;
  // Without a place to go on from it begins again, and lacks only what it lacks now.
  const lacking = (resumed && known.cursor !== null ? known.lacking : null) ?? attempt.lacking ?? null;
  const generation = resumed ? known.generation : (known?.generation ?? 0) + 1;
  const fence = (known?.fence ?? 0) + 1;
  const fresh = { cursor: null, items: 0, quarantined: 0, bounded: 0 };
  const row = { generation, fence, running: 1, heartbeat_at: at, reading, lacking, ...(!resumed && fresh) };
  if (known === undefined) {
    const no = await nextNumber(db, 'stream');
    await db
      .insertInto('stream')
      .values({
        no,
        source: number,
        name: stream,
        ...fresh,
        ...row,
        baseline_at: at,
        baseline_open: 1,
        held: null,
        changes_from: null,
        read_in_full_at: null,
      })
      .execute();
  } else {
    await db.updateTable('stream').set(row).where('no', '=', known.no).execute();
    if (!resumed) await db.deleteFrom('blind_spot').where('stream', '=', known.no).execute();
    if (!same) await forgetReading(db, known.no);
  }
  const cursor = resumed && known.cursor !== null ? (JSON.parse(known.cursor) as Json) : undefined;
  return {
    source,
    stream,
    generation,
    fence,
    cursor,
    resumed,
    items: resumed ? known.items : 0,
    quarantined: resumed ? known.quarantined : 0,
    unmapped: resumed ? await countUnmapped(db, known.no) : 0,
    changesFrom: !same || known.changes_from === null ? undefined : (JSON.parse(known.changes_from) as Json),
    readInFullAt: (same ? known.read_in_full_at : null) ?? undefined,
    bounded: resumed && known.bounded === 1,
    lacking: lacking ?? undefined,
  };
}

/** What another configuration or program was told says nothing to this one. */
export async function forgetReading(db: Db, stream: number): Promise<void> {
  await dropVersions(db, stream);
  const nothing = { changes_from: null, read_in_full_at: null };
  await db.updateTable('stream').set(nothing).where('no', '=', stream).execute();
}

/** Proves that this worker still holds the stream, and says so to others. */
async function hold(db: Db, claim: StreamClaim, at: Instant): Promise<Attempt> {
  const held = await db
    .updateTable('stream')
    .set((eb) => ({
      heartbeat_at: at,
      baseline_at: eb.case().when('baseline_open', '=', 1).then(at).else(eb.ref('baseline_at')).end(),
    }))
    .where('source', '=', (eb) => eb.selectFrom('source').select('no').where('name', '=', claim.source))
    .where('name', '=', claim.stream)
    .where('fence', '=', claim.fence)
    .where('running', '=', 1)
    .returning(['no', 'source'])
    .executeTakeFirst();
  if (held === undefined) {
    throw new LostClaim(`${claim.source}/${claim.stream}: another worker has taken this stream over`);
  }
  return { source: held.source, stream: held.no, generation: claim.generation, at };
}

/** A source's number; it gets one when it is first read. */
export async function sourceNumber(db: Db, name: string): Promise<number> {
  const known = await db.selectFrom('source').select('no').where('name', '=', name).executeTakeFirst();
  if (known !== undefined) return known.no;
  const no = await nextNumber(db, 'source');
  await db.insertInto('source').values({ no, name, retired_at: null }).execute();
  return no;
}

async function nextNumber(db: Db, table: 'source' | 'stream'): Promise<number> {
  const row = await db
    .selectFrom(table)
    .select((eb) => eb.fn.max('no').as('last'))
    .executeTakeFirst();
  return (row?.last ?? 0) + 1;
}

async function countUnmapped(db: Db, stream: number): Promise<number> {
  const row = await db
    .selectFrom('blind_spot')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('stream', '=', stream)
    .where('reason', '=', 'schema')
    .executeTakeFirst();
  return row?.count ?? 0;
}

const insertBlindSpots = insertMany('blind_spot', ['stream', 'seq', 'subject', 'reason', 'detail', 'expected']);

async function addBlindSpots(db: Db, stream: number, spots: Parameters<RunStore['page']>[1]['blind']): Promise<void> {
  if (spots.length === 0) return;
  const row = await db
    .selectFrom('blind_spot')
    .select((eb) => eb.fn.max('seq').as('last'))
    .where('stream', '=', stream)
    .executeTakeFirst();
  const first = (row?.last ?? 0) + 1;
  await insertBlindSpots(
    db,
    spots.map((spot, index) => [
      stream,
      first + index,
      storableText(spot.subject),
      spot.reason,
      storableText(spot.detail),
      spot.expected === true ? 1 : 0,
    ]),
  );
}
