import type { AnyRecord } from '../src/core/record.ts';
import { forMany } from './bulk.ts';
import { addressKey } from './page-state.ts';
import type { Db } from './schema.ts';

/** Characters of JSON that the cache may hold: neighbours repeat, and a page of workflows can be large. */
const CAPACITY = 2_000_000;

interface Row {
  pk: number;
  kind: string;
  id: string;
  body: string;
}

const byId = forMany<Row>((db, list) =>
  db
    .selectFrom('record')
    .innerJoin('body', 'body.record', 'record.pk')
    .select(['record.pk', 'record.kind', 'record.id', 'body.body'])
    .where('record.source', '=', 0)
    .where('record.kind', '=', '')
    .where('record.gone_at', 'is', null)
    .where('record.id', 'in', list),
);

const byPk = forMany<Row>((db, list) =>
  db
    .selectFrom('record')
    .innerJoin('body', 'body.record', 'record.pk')
    .select(['record.pk', 'record.kind', 'record.id', 'body.body'])
    .where('record.gone_at', 'is', null)
    .where('record.pk', 'in', list),
);

/** Live records of one source, fetched in bulk; those used last stay at hand. */
export interface Bodies {
  /** Fetches what is not at hand; everything asked for can then be had by `at` until the next call. */
  fetch(
    source: number,
    wanted: { addresses: Iterable<{ kind: string; id: string }>; pks: ReadonlyMap<number, string> },
  ): Promise<void>;
  at(key: string): AnyRecord | undefined;
}

/** A cache for one walk over one source. */
export function bodies(db: Db): Bodies {
  const cache = new Map<string, { record: AnyRecord; size: number }>();
  let held = 0;
  const keep = (row: Row) => {
    const key = addressKey(row.kind, row.id);
    if (cache.has(key)) return;
    cache.set(key, { record: JSON.parse(row.body) as AnyRecord, size: row.body.length });
    held += row.body.length;
  };
  const evict = () => {
    for (const [key, { size }] of cache) {
      if (held <= CAPACITY) return;
      cache.delete(key);
      held -= size;
    }
  };
  const known = (key: string): boolean => {
    const entry = cache.get(key);
    if (entry === undefined) return false;
    cache.delete(key);
    cache.set(key, entry);
    return true;
  };
  return {
    fetch: async (source, { addresses, pks }) => {
      evict();
      const missing = new Map<string, Set<string>>();
      for (const { kind, id } of addresses) {
        if (known(addressKey(kind, id))) continue;
        const ids = missing.get(kind);
        if (ids === undefined) missing.set(kind, new Set([id]));
        else ids.add(id);
      }
      for (const [kind, ids] of missing) {
        for (const row of await byId(db, [source, kind], [...ids])) keep(row);
      }
      const numbers = [...pks].filter(([, key]) => !known(key)).map(([pk]) => pk);
      for (const row of await byPk(db, [], numbers)) keep(row);
    },
    at: (key) => cache.get(key)?.record,
  };
}
