import type { AnyRecord } from '../src/core/record.ts';
import { addressKey } from './page-state.ts';
import type { Db } from './schema.ts';

interface Placed {
  /** Number of its source. */
  no: number;
  record: AnyRecord;
}

/** Reads the live containers of these records, and gives back which of them a record stands in. */
export async function containersOf(
  db: Db,
  records: readonly Placed[],
): Promise<(placed: Placed) => readonly AnyRecord[]> {
  const found = new Map<string, AnyRecord>();
  for (const [no, placed] of Map.groupBy(records, (one) => one.no)) {
    const ids = [...new Set(placed.flatMap(({ record }) => idsOf(record)))];
    if (ids.length === 0) continue;
    const rows = await db
      .selectFrom('record')
      .innerJoin('body', 'body.record', 'record.pk')
      .select(['record.id', 'body.body'])
      .where('record.source', '=', no)
      .where('record.kind', '=', 'container')
      .where('record.id', 'in', ids)
      .where('record.gone_at', 'is', null)
      .execute();
    for (const { id, body } of rows) found.set(addressKey(String(no), id), JSON.parse(body) as AnyRecord);
  }
  return ({ no, record }) => idsOf(record).flatMap((id) => found.get(addressKey(String(no), id)) ?? []);
}

function idsOf({ links = [] }: AnyRecord): string[] {
  return links.flatMap(({ rel, kind, id }) => (rel === 'contained-in' && kind === 'container' ? [id] : []));
}
