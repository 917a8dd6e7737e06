import type { RecordStore } from '../src/core/ports.ts';
import type { AnyRecord, Ref, Relation } from '../src/core/record.ts';
import { addressKey } from './page-state.ts';
import type { Db } from './schema.ts';

/** Neighbours told at most: beyond that, nobody reads the list. */
const MOST = 1_000;

type Neighbour = Awaited<ReturnType<RecordStore['neighbours']>>[number];

/** Walks links outwards from one record, breadth first; every neighbour is told once, at its least depth. */
export async function neighbours(db: Db, ref: Ref, direction: 'in' | 'out', depth: number): Promise<Neighbour[]> {
  const source = await db.selectFrom('source').select('no').where('name', '=', ref.source).executeTakeFirst();
  if (source === undefined) return [];
  const seen = new Set([addressKey(ref.kind, ref.id)]);
  const found: Neighbour[] = [];
  let frontier: { kind: string; id: string }[] = [ref];
  for (let level = 1; level <= depth && frontier.length > 0; level++) {
    const next: AnyRecord[] = [];
    for (const place of frontier) {
      for (const { rel, record } of await step(db, source.no, place, direction)) {
        const key = addressKey(record.kind, record.id);
        if (seen.has(key)) continue;
        if (found.length >= MOST) return found;
        seen.add(key);
        found.push({ rel, depth: level, record });
        next.push(record);
      }
    }
    frontier = next;
  }
  return found;
}

async function step(db: Db, source: number, from: { kind: string; id: string }, direction: 'in' | 'out') {
  const rows = direction === 'in' ? await inward(db, source, from) : await outward(db, source, from);
  return rows.map((row) => ({ rel: row.rel as Relation, record: JSON.parse(row.body) as AnyRecord }));
}

function inward(db: Db, source: number, to: { kind: string; id: string }) {
  return db
    .selectFrom('link')
    .innerJoin('record', 'record.pk', 'link.record')
    .innerJoin('body', 'body.record', 'record.pk')
    .select(['link.rel', 'body.body'])
    .where('link.source', '=', source)
    .where('link.kind', '=', to.kind)
    .where('link.id', '=', to.id)
    .where('record.gone_at', 'is', null)
    .orderBy('record.pk')
    .orderBy('link.rel')
    .limit(MOST + 1)
    .execute();
}

/** A record's own links stand in its body. */
async function outward(db: Db, source: number, from: { kind: string; id: string }) {
  const own = await liveBody(db, source, from);
  if (own === undefined) return [];
  const found: { rel: string; body: string }[] = [];
  for (const link of (JSON.parse(own) as AnyRecord).links ?? []) {
    const body = await liveBody(db, source, link);
    if (body !== undefined) found.push({ rel: link.rel, body });
  }
  return found;
}

async function liveBody(db: Db, source: number, at: { kind: string; id: string }): Promise<string | undefined> {
  const row = await db
    .selectFrom('record')
    .innerJoin('body', 'body.record', 'record.pk')
    .select('body.body')
    .where('record.source', '=', source)
    .where('record.kind', '=', at.kind)
    .where('record.id', '=', at.id)
    .where('record.gone_at', 'is', null)
    .executeTakeFirst();
  return row?.body;
}
