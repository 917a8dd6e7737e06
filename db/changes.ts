import { sql } from 'kysely';
import type { RecordChange } from '../src/core/ports.ts';
import type { Kind, Ref } from '../src/core/record.ts';
import type { Instant } from '../src/core/time.ts';
import { keyset, PAGE } from './keyset.ts';
import type { Db } from './schema.ts';

interface Row {
  at: Instant;
  pk: number;
  type: string;
  fields: string;
  source: string;
  kind: string;
  id: string;
}

/** Everything that happened to one record, oldest first; that it appeared follows from when it was first seen. */
export async function historyOf(db: Db, ref: Ref): Promise<RecordChange[]> {
  const rows = [
    ...(await appearances(db)
      .where('source.name', '=', ref.source)
      .where('record.kind', '=', ref.kind)
      .where('record.id', '=', ref.id)
      .execute()),
    ...(await events(db)
      .where('source.name', '=', ref.source)
      .where('record.kind', '=', ref.kind)
      .where('record.id', '=', ref.id)
      .orderBy('record_event.at')
      .orderBy('record_event.type')
      .execute()),
  ];
  return rows.map(change);
}

/** Every change since an instant, oldest first: two ordered walks, merged. */
export async function* changesSince(db: Db, since: Instant): AsyncGenerator<readonly RecordChange[]> {
  let page: RecordChange[] = [];
  for await (const row of merged(appearancesSince(db, since), eventsSince(db, since))) {
    page.push(change(row));
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

async function* merged(left: AsyncGenerator<Row>, right: AsyncGenerator<Row>): AsyncGenerator<Row> {
  let [a, b] = [await left.next(), await right.next()];
  while (a.done !== true || b.done !== true) {
    if (b.done === true || (a.done !== true && a.value.at <= b.value.at)) {
      if (a.done !== true) yield a.value;
      a = await left.next();
    } else {
      yield b.value;
      b = await right.next();
    }
  }
}

async function* appearancesSince(db: Db, since: Instant): AsyncGenerator<Row> {
  const pages = keyset<Row>((after) => {
    const query = appearances(db).where('record.first_seen', '>=', after?.at ?? since);
    return (
      after === undefined
        ? query
        : query.where((eb) => eb.or([eb('record.first_seen', '>', after.at), eb('record.pk', '>', after.pk)]))
    )
      .orderBy('record.first_seen')
      .orderBy('record.pk')
      .limit(PAGE)
      .execute();
  });
  for await (const page of pages) yield* page;
}

async function* eventsSince(db: Db, since: Instant): AsyncGenerator<Row> {
  const pages = keyset<Row>((after) => {
    const query = events(db).where('record_event.at', '>=', after?.at ?? since);
    return (
      after === undefined
        ? query
        : query.where((eb) =>
            eb.or([
              eb('record_event.at', '>', after.at),
              eb('record_event.record', '>', after.pk),
              eb.and([eb('record_event.record', '=', after.pk), eb('record_event.type', '>', after.type)]),
            ]),
          )
    )
      .orderBy('record_event.at')
      .orderBy('record_event.record')
      .orderBy('record_event.type')
      .limit(PAGE)
      .execute();
  });
  for await (const page of pages) yield* page;
}

function appearances(db: Db) {
  return db
    .selectFrom('record')
    .innerJoin('source', 'source.no', 'record.source')
    .select([
      'record.first_seen as at',
      'record.pk',
      sql.lit('appeared').as('type'),
      sql.lit('[]').as('fields'),
      'source.name as source',
      'record.kind',
      'record.id',
    ]);
}

function events(db: Db) {
  return db
    .selectFrom('record_event')
    .innerJoin('record', 'record.pk', 'record_event.record')
    .innerJoin('source', 'source.no', 'record.source')
    .select([
      'record_event.at',
      'record.pk',
      'record_event.type',
      'record_event.fields',
      'source.name as source',
      'record.kind',
      'record.id',
    ]);
}

function change(row: Row): RecordChange {
  return {
    source: row.source,
    kind: row.kind as Kind,
    id: row.id,
    at: row.at,
    type: row.type as RecordChange['type'],
    fields: JSON.parse(row.fields) as string[],
  };
}
