import type { AnyRecord, Sourced } from '../src/core/record.ts';
import type { Db } from './schema.ts';

/** Others told for one name at most; each source has one or two records for a thing. */
const MOST = 50;

interface Named {
  pk: number;
  record: AnyRecord;
}

/** The other live records, of any source, that go by a public name of these: by number, where there are any. */
export async function sameThings(db: Db, rows: readonly Named[]): Promise<ReadonlyMap<number, readonly Sourced[]>> {
  const same = new Map<number, Sourced[]>();
  const named = rows.filter(({ record }) => record.knownAs !== undefined && record.knownAs.length > 0);
  if (named.length === 0) return same;
  const byName = Map.groupBy(
    await carriers(db, [...new Set(named.flatMap(({ record }) => record.knownAs ?? []))]),
    ({ name }) => name,
  );
  for (const { pk, record } of named) {
    const others = new Map<number, Sourced>();
    for (const name of record.knownAs ?? []) {
      for (const one of (byName.get(name) ?? []).slice(0, MOST)) {
        if (one.pk !== pk) others.set(one.pk, { source: one.source, record: JSON.parse(one.body) as AnyRecord });
      }
    }
    if (others.size > 0) same.set(pk, [...others.values()]);
  }
  return same;
}

function carriers(db: Db, names: readonly string[]) {
  return db
    .selectFrom('known_as')
    .innerJoin('record', 'record.pk', 'known_as.record')
    .innerJoin('body', 'body.record', 'record.pk')
    .innerJoin('source', 'source.no', 'record.source')
    .select(['known_as.name', 'record.pk', 'source.name as source', 'body.body'])
    .where('known_as.name', 'in', names)
    .where('record.gone_at', 'is', null)
    .orderBy('source.name')
    .orderBy('record.pk')
    .execute();
}
