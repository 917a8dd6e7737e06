import type { Joined, JoinOptions } from '../src/core/ports.ts';
import type { AnyRecord, Kind, RecordOf, Relation } from '../src/core/record.ts';
import { type Bodies, bodies } from './bodies.ts';
import { addressKey } from './page-state.ts';
import { sameThings } from './same-things.ts';
import type { Db } from './schema.ts';
import { readOwnership, unowned, writeOwnership, type OwnershipRow } from './stored-ownership.ts';
import { transact } from './transact.ts';

const PAGE = 500;
const LINKS = 2_000;
/** Incoming links that a check is shown; a container may hold a million records. */
const MOST_INCOMING = 200;

interface Row {
  pk: number;
  id: string;
  first_seen: number;
  stream: number;
  body: string;
  /** Key of the ownership that is stored. */
  owned: string | null;
  /** What is stored; not read where it is about to be worked out anew. */
  ownership?: string | null;
}

/** Walks the live records of a kind in order of source and id, with everything around them joined in. */
export async function* joinedPages<K extends Kind>(
  db: Db,
  kind: K,
  { in: relations, attribute }: JoinOptions = {},
): AsyncGenerator<readonly Joined<K>[]> {
  const sources = await db.selectFrom('source').selectAll().orderBy('name').execute();
  for (const source of sources) {
    const cache = bodies(db);
    const from = { ...source, baselines: await baselinesOf(db, source.no) };
    for (let after = ''; ;) {
      const rows = await joinable(db, source.no, kind, attribute === undefined)
        .where('record.id', '>', after)
        .orderBy('record.id')
        .limit(PAGE)
        .execute();
      const page = rows.length === 0 ? [] : await join<K>(db, cache, from, kind, rows, { relations, attribute });
      if (attribute !== undefined) await transact(db, (tx) => writeOwnership(tx, owned(rows, page)));
      if (page.length > 0) yield page;
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) break;
      after = last.id;
    }
  }
}

/** One live record with everything around it. */
export async function joinedOne<K extends Kind>(
  db: Db,
  address: { source: string; kind: K; id: string },
): Promise<Joined<K> | undefined> {
  const source = await db.selectFrom('source').selectAll().where('name', '=', address.source).executeTakeFirst();
  if (source === undefined) return undefined;
  const rows = await joinable(db, source.no, address.kind, true).where('record.id', '=', address.id).execute();
  if (rows.length === 0) return undefined;
  const from = { ...source, baselines: await baselinesOf(db, source.no) };
  return (await join<K>(db, bodies(db), from, address.kind, rows, {}))[0];
}

interface From {
  no: number;
  name: string;
  /** When each stream was first read to its end. */
  baselines: ReadonlyMap<number, number>;
}

async function baselinesOf(db: Db, source: number): Promise<From['baselines']> {
  const rows = await db.selectFrom('stream').select(['no', 'baseline_at']).where('source', '=', source).execute();
  return new Map(rows.map((row) => [row.no, row.baseline_at]));
}

function joinable(db: Db, source: number, kind: Kind, ownership: boolean) {
  return db
    .selectFrom('record')
    .innerJoin('body', 'body.record', 'record.pk')
    .leftJoin('owned', 'owned.record', 'record.pk')
    .select(['record.pk', 'record.id', 'record.first_seen', 'record.stream', 'body.body', 'owned.ownership as owned'])
    .$if(ownership, (query) =>
      query.leftJoin('ownership', 'ownership.key', 'owned.ownership').select('ownership.body as ownership'),
    )
    .where('record.source', '=', source)
    .where('record.kind', '=', kind)
    .where('record.gone_at', 'is', null);
}

function owned(rows: readonly Row[], page: readonly Joined[]): OwnershipRow[] {
  return rows.map(({ pk, owned: before }, index) => ({ pk, before, ownership: page[index]?.ownership ?? unowned }));
}

interface Incoming {
  to: string;
  rel: Relation;
  pk: number;
  key: string;
}

async function join<K extends Kind>(
  db: Db,
  cache: Bodies,
  source: From,
  kind: K,
  rows: readonly Row[],
  { relations, attribute }: { relations?: JoinOptions['in']; attribute?: JoinOptions['attribute'] },
): Promise<Joined<K>[]> {
  const records = rows.map((row) => JSON.parse(row.body) as RecordOf<K>);
  const incoming = relations?.length === 0 ? [] : await incomingLinks(db, source.no, kind, rows, relations);
  await cache.fetch(source.no, {
    addresses: records.flatMap((record) => record.links ?? []),
    pks: new Map(incoming.map((link) => [link.pk, link.key])),
  });
  const same = await sameThings(
    db,
    rows.map(({ pk }, index) => ({ pk, record: records[index] as AnyRecord })),
  );
  const inward = new Map<string, { rel: Relation; record: AnyRecord }[]>();
  for (const { to, rel, key } of incoming) {
    const record = cache.at(key);
    if (record === undefined) continue;
    const list = inward.get(to);
    if (list === undefined) inward.set(to, [{ rel, record }]);
    else list.push({ rel, record });
  }
  return rows.map((row, index) => {
    // `records` was mapped from `rows`.
    const record = records[index] as RecordOf<K>;
    const out: { rel: Relation; record: AnyRecord }[] = [];
    for (const link of record.links ?? []) {
      const target = cache.at(addressKey(link.kind, link.id));
      if (target !== undefined) out.push({ rel: link.rel, record: target });
    }
    const joined: Joined<K> = {
      source: source.name,
      record,
      firstSeen: row.first_seen,
      sourceFirstSeen: source.baselines.get(row.stream) ?? row.first_seen,
      out,
      in: inward.get(row.id) ?? [],
      same: same.get(row.pk) ?? [],
      ownership: attribute === undefined ? readOwnership(row.ownership ?? null) : unowned,
    };
    if (attribute !== undefined) joined.ownership = attribute(joined);
    return joined;
  });
}

/** Links from live records to these, read as one range; a target with very many is cut off and passed over. */
async function incomingLinks(
  db: Db,
  source: number,
  kind: Kind,
  rows: readonly Row[],
  relations?: readonly Relation[],
): Promise<Incoming[]> {
  const wanted = new Set(rows.map((row) => row.id));
  const last = rows.at(-1)?.id ?? '';
  const found: Incoming[] = [];
  const taken = new Map<string, number>();
  let from = { id: rows[0]?.id ?? '', record: 0, rel: '' };
  for (;;) {
    const links = await linksBetween(db, source, kind, from, last, relations);
    for (const link of links) {
      const count = taken.get(link.to) ?? 0;
      if (!wanted.has(link.to) || count >= MOST_INCOMING) continue;
      taken.set(link.to, count + 1);
      found.push({ to: link.to, rel: link.rel as Relation, pk: link.pk, key: addressKey(link.kind, link.id) });
    }
    const end = links.at(-1);
    if (end === undefined || links.length < LINKS) return found;
    const full = (taken.get(end.to) ?? 0) >= MOST_INCOMING || !wanted.has(end.to);
    from = { id: end.to, record: full ? Number.MAX_SAFE_INTEGER : end.pk, rel: end.rel };
  }
}

function linksBetween(
  db: Db,
  source: number,
  kind: Kind,
  from: { id: string; record: number; rel: string },
  last: string,
  relations: readonly Relation[] | undefined,
) {
  return db
    .selectFrom('link')
    .innerJoin('record', 'record.pk', 'link.record')
    .select(['link.id as to', 'link.rel', 'record.pk', 'record.kind', 'record.id'])
    .where('link.source', '=', source)
    .where('link.kind', '=', kind)
    .where('link.id', '>=', from.id)
    .where('link.id', '<=', last)
    .where((eb) =>
      eb.or([
        eb('link.id', '>', from.id),
        eb('link.record', '>', from.record),
        eb.and([eb('link.record', '=', from.record), eb('link.rel', '>', from.rel)]),
      ]),
    )
    .where('record.gone_at', 'is', null)
    .$if(relations !== undefined, (query) => query.where('link.rel', 'in', relations ?? []))
    .orderBy('link.id')
    .orderBy('link.record')
    .orderBy('link.rel')
    .limit(LINKS)
    .execute();
}
