import { sql } from 'kysely';
import type { RecordQuery, RecordStore } from '../src/core/ports.ts';
import type { AnyRecord, Kind, RecordOf, Sourced } from '../src/core/record.ts';
import { changesSince, historyOf } from './changes.ts';
import { joinedOne, joinedPages } from './joined.ts';
import { containing, keyset, PAGE } from './keyset.ts';
import { neighbours } from './neighbours.ts';
import type { Db } from './schema.ts';
import { secretPages } from './secrets.ts';
import { vanishedSince } from './vanished.ts';

/** What sources have shown; live records unless the name says otherwise. */
export function recordStore(db: Db): RecordStore {
  return {
    each: (kind, options) => each(db, kind, options?.source),
    joined: (kind, options) => joinedPages(db, kind, options),
    secrets: () => secretPages(db),
    get: (ref) => joinedOne(db, ref),
    nameOf: async (ref) => {
      const row = await live(db)
        .innerJoin('source', 'source.no', 'record.source')
        .select('body.body')
        .where('source.name', '=', ref.source)
        .where('record.kind', '=', ref.kind)
        .where('record.id', '=', ref.id)
        .executeTakeFirst();
      return row && (JSON.parse(row.body) as AnyRecord).name;
    },
    search: (query) => search(db, query),
    neighbours: (ref, walk, depth) => neighbours(db, ref, walk, depth),
    counts: async () => {
      const rows = await db
        .selectFrom('record')
        .select((eb) => ['kind', eb.fn.countAll<number>().as('count')])
        .where('gone_at', 'is', null)
        .groupBy('kind')
        .orderBy('kind')
        .execute();
      return Object.fromEntries(rows.map((row) => [row.kind, row.count]));
    },
    history: (ref) => historyOf(db, ref),
    changes: (since) => changesSince(db, since),
    vanished: (kind, since) => vanishedSince(db, kind, since),
  };
}

async function* each<K extends Kind>(db: Db, kind: K, only?: string): AsyncGenerator<readonly Sourced<K>[]> {
  const sources = await db.selectFrom('source').selectAll().orderBy('name').execute();
  for (const source of sources) {
    if (only !== undefined && source.name !== only) continue;
    const pages = keyset<{ id: string; body: string }>((after) =>
      live(db)
        .select(['record.id', 'body.body'])
        .where('record.source', '=', source.no)
        .where('record.kind', '=', kind)
        .where('record.id', '>', after?.id ?? '')
        .orderBy('record.id')
        .limit(PAGE)
        .execute(),
    );
    for await (const page of pages) {
      yield page.map((row) => ({ source: source.name, record: JSON.parse(row.body) as RecordOf<K> }));
    }
  }
}

async function* search(db: Db, query: RecordQuery): AsyncGenerator<readonly Sourced[]> {
  let left = query.limit ?? Number.POSITIVE_INFINITY;
  const pages = keyset<{ source: string; kind: string; id: string; body: string }>((after) => {
    let found = live(db)
      .innerJoin('source', 'source.no', 'record.source')
      .select(['source.name as source', 'record.kind', 'record.id', 'body.body']);
    if (query.source !== undefined) found = found.where('source.name', '=', query.source);
    if (query.kind !== undefined) found = found.where('record.kind', '=', query.kind);
    if (query.text !== undefined) {
      found = found.where(sql<boolean>`record.words like ${containing(query.text)} escape '\\'`);
    }
    if (after !== undefined) {
      found = found.where((eb) =>
        eb(eb.refTuple('source.name', 'record.kind', 'record.id'), '>', eb.tuple(after.source, after.kind, after.id)),
      );
    }
    return found.orderBy('source.name').orderBy('record.kind').orderBy('record.id').limit(PAGE).execute();
  });
  for await (const page of pages) {
    const rows = page.slice(0, left);
    if (rows.length > 0) yield rows.map((row) => ({ source: row.source, record: JSON.parse(row.body) as AnyRecord }));
    left -= rows.length;
    if (left <= 0) return;
  }
}

function live(db: Db) {
  return db.selectFrom('record').innerJoin('body', 'body.record', 'record.pk').where('record.gone_at', 'is', null);
}
