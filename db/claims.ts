import type { Json } from '../src/core/content.ts';
import { LostClaim } from '../src/core/errors.ts';
import type { StreamClaim } from '../src/core/ports.ts';
import type { Instant } from '../src/core/time.ts';
import { countUnmapped } from './blind-spots.ts';
import type { Attempt } from './page-state.ts';
import { dropVersions } from './page-versions.ts';
import { bringBack } from './returned.ts';
import type { Db } from './schema.ts';

/** Takes a stream over for a new attempt, or for one that was broken off not long ago; see `RunStore.claim`. */
export async function claim(
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
export async function hold(db: Db, claim: StreamClaim, at: Instant): Promise<Attempt> {
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
