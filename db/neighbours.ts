import type { Neighbour } from '../src/core/ports.ts';
import type { AnyRecord, Link, Ref } from '../src/core/record.ts';
import { pointsTo } from '../src/core/pointing.ts';
import { MOST_MET, type Step, type Walk, type Way } from '../src/core/walk.ts';
import { addressKey } from './page-state.ts';
import type { Db } from './schema.ts';

/** A live record, by the number of its source. */
interface Place {
  source: number;
  record: AnyRecord;
}

/** Walks on from one record, breadth first; every neighbour is told once, at its least depth. */
export async function neighbours(db: Db, ref: Ref, walk: Walk, depth: number): Promise<Neighbour[]> {
  const sources = new Map(
    (await db.selectFrom('source').select(['no', 'name']).orderBy('no').execute()).map((row) => [row.no, row.name]),
  );
  const begin = await beginning(db, ref, sources);
  if (begin === undefined) return [];
  const found: Neighbour[] = [];
  const seen = new Set([keyOf(begin)]);
  let frontier: (Place & { by?: Step; at?: number })[] = [begin];
  for (let level = 1; level <= depth && frontier.length > 0; level++) {
    const next: typeof frontier = [];
    for (const from of frontier) {
      const ways = walk(from.record, from.by);
      const inward = await inwardPlaces(db, from, ways);
      for (const way of ways) {
        for (const to of await placesBy(db, from, way, inward)) {
          if (seen.has(keyOf(to)) || way.to?.(to.record) === false) continue;
          if (found.length >= MOST_MET) return found;
          seen.add(keyOf(to));
          const by = { rel: way.rel, along: way.along };
          // The same thing was reached as its other record was.
          const reachedBy = way.rel === 'same-thing' ? from.by : by;
          next.push({ ...to, ...(reachedBy && { by: reachedBy }), at: found.length });
          found.push({ source: sources.get(to.source) ?? '', record: to.record, by, depth: level, from: from.at });
        }
      }
    }
    frontier = next;
  }
  return found;
}

/** What lies in several sources is in any of them: the walk goes on to the others. */
async function beginning(db: Db, ref: Ref, sources: ReadonlyMap<number, string>): Promise<Place | undefined> {
  for (const [no, name] of sources) {
    const place = name === ref.source || ref.source === '*' ? await live(db, no, ref) : undefined;
    if (place !== undefined) return place;
  }
  return undefined;
}

function keyOf({ source, record }: Place): string {
  return `${source}\u0000${addressKey(record.kind, record.id)}`;
}

async function placesBy(
  db: Db,
  from: Place,
  { rel, along }: Way,
  inward: ReadonlyMap<Step['rel'], readonly Place[]>,
): Promise<readonly Place[]> {
  if (rel === 'same-thing') return carriers(db, 'known_as', from.record.knownAs);
  if (rel === 'points-to') {
    return along ? carriers(db, 'known_as', pointsTo(from.record)) : carriers(db, 'pointer', from.record.knownAs);
  }
  if (!along) return inward.get(rel) ?? [];
  const places = (from.record.links ?? []).filter((link) => link.rel === rel).map((to) => live(db, from.source, to));
  return (await Promise.all(places)).filter((place) => place !== undefined);
}

/** Who links to a record in the ways that lead on against the link. */
async function inwardPlaces(
  db: Db,
  to: Place,
  ways: readonly Way[],
): Promise<ReadonlyMap<Step['rel'], readonly Place[]>> {
  const wanted = ways.flatMap(({ rel, along }) => (along || rel === 'points-to' ? [] : [rel]));
  if (wanted.length === 0) return new Map();
  const rows = await db
    .selectFrom('link')
    .innerJoin('record', 'record.pk', 'link.record')
    .innerJoin('body', 'body.record', 'record.pk')
    .select(['link.rel', 'body.body'])
    .where('link.source', '=', to.source)
    .where('link.kind', '=', to.record.kind)
    .where('link.id', '=', to.record.id)
    .where('link.rel', 'in', wanted)
    .where('record.gone_at', 'is', null)
    .orderBy('record.pk')
    .limit(MOST_MET + 1)
    .execute();
  const places = rows.map(({ rel, body }) => ({ rel, source: to.source, record: JSON.parse(body) as AnyRecord }));
  return Map.groupBy(places, ({ rel }) => rel as Step['rel']);
}

async function live(db: Db, source: number, at: Pick<Link, 'kind' | 'id'>): Promise<Place | undefined> {
  const row = await recordsAt(db, at).where('record.source', '=', source).executeTakeFirst();
  return row && { source, record: JSON.parse(row.body) as AnyRecord };
}

/** The records, of any source, that one of these names leads to. */
async function carriers(db: Db, table: 'known_as' | 'pointer', names: readonly string[] = []): Promise<Place[]> {
  if (names.length === 0) return [];
  const rows = await liveRecords(db)
    .where('record.pk', 'in', db.selectFrom(table).select('record').where('name', 'in', names))
    .orderBy('record.source')
    .orderBy('record.pk')
    .limit(MOST_MET + 1)
    .execute();
  return rows.map((row) => ({ source: row.source, record: JSON.parse(row.body) as AnyRecord }));
}

function recordsAt(db: Db, { kind, id }: Pick<Link, 'kind' | 'id'>) {
  return liveRecords(db).where('record.kind', '=', kind).where('record.id', '=', id);
}

function liveRecords(db: Db) {
  return db
    .selectFrom('record')
    .innerJoin('body', 'body.record', 'record.pk')
    .select(['record.source', 'record.pk', 'body.body'])
    .where('record.gone_at', 'is', null);
}
