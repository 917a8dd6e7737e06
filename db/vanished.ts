import type { Vanished } from '../src/core/ports.ts';
import type { AnyRecord, Kind } from '../src/core/record.ts';
import type { Instant } from '../src/core/time.ts';
import { keyset, PAGE } from './keyset.ts';
import type { Db } from './schema.ts';
import { readOwnership } from './stored-ownership.ts';

interface Row {
  source: string;
  id: string;
  gone_at: number | null;
  body: string;
  ownership: string | null;
}

/** Records of a kind that went since an instant, as they last were, by source and id. */
export async function* vanishedSince(db: Db, kind: Kind, since: Instant): AsyncGenerator<readonly Vanished[]> {
  const pages = keyset<Row>((after) => {
    const query = db
      .selectFrom('record_event')
      .innerJoin('record', 'record.pk', 'record_event.record')
      .innerJoin('source', 'source.no', 'record.source')
      .innerJoin('body', 'body.record', 'record.pk')
      .leftJoin('owned', 'owned.record', 'record.pk')
      .leftJoin('ownership', 'ownership.key', 'owned.ownership')
      .select(['source.name as source', 'record.id', 'record.gone_at', 'body.body', 'ownership.body as ownership'])
      .where('record_event.at', '>=', since)
      .where('record_event.type', '=', 'vanished')
      // Without a reason: of a source that people have retired, nobody knows what is gone.
      .where('record_event.fields', '=', '[]')
      // What came back has been gone before, and is not gone.
      .whereRef('record.gone_at', '=', 'record_event.at')
      .where('record.kind', '=', kind);
    return (
      after === undefined
        ? query
        : query.where((eb) => eb(eb.refTuple('source.name', 'record.id'), '>', eb.tuple(after.source, after.id)))
    )
      .orderBy('source.name')
      .orderBy('record.id')
      .limit(PAGE)
      .execute();
  });
  for await (const page of pages) {
    yield page.map((row) => ({
      source: row.source,
      record: JSON.parse(row.body) as AnyRecord,
      goneAt: row.gone_at ?? since,
      ownership: readOwnership(row.ownership),
    }));
  }
}
