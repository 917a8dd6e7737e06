import type { RunStore } from '../src/core/ports.ts';
import { insertMany } from './bulk.ts';
import { storableText } from './clean.ts';
import type { Db } from './schema.ts';

const insertBlindSpots = insertMany('blind_spot', ['stream', 'seq', 'subject', 'reason', 'detail', 'expected']);

/** Notes what could not be read of a stream, after what its attempt has noted before. */
export async function addBlindSpots(
  db: Db,
  stream: number,
  spots: Parameters<RunStore['page']>[1]['blind'],
): Promise<void> {
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

/** How many answers of a stream no record could be made of. */
export async function countUnmapped(db: Db, stream: number): Promise<number> {
  const row = await db
    .selectFrom('blind_spot')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('stream', '=', stream)
    .where('reason', '=', 'schema')
    .executeTakeFirst();
  return row?.count ?? 0;
}
