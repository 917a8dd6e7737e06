import type { OwnerAssertion, Ownership } from '../src/core/owner.ts';
import type { OwnerStore } from '../src/core/ports.ts';
import type { AnyRecord, Kind, Ref } from '../src/core/record.ts';
import { forMany } from './bulk.ts';
import { storable } from './clean.ts';
import { keyset, PAGE } from './keyset.ts';
import { peopleStore } from './people.ts';
import type { Db } from './schema.ts';
import { transact } from './transact.ts';
import { readOwnership, unowned, writeOwnership, type OwnershipRow } from './stored-ownership.ts';

/** Who answers for what; people themselves are in `people.ts`. */
export function ownerStore(db: Db): OwnerStore {
  return {
    ...peopleStore(db),
    put: (batch) => transact(db, (tx) => put(tx, batch)),
    get: (ref) => ownershipOf(db, ref),
    assertions: async () => {
      const rows = await db.selectFrom('assertion').select('body').orderBy('key').execute();
      return rows.map((row) => JSON.parse(row.body) as OwnerAssertion);
    },
    assert: async (assertion) => {
      const { json: body } = storable(assertion);
      const key = JSON.stringify([assertion.subject, assertion.role]);
      await db
        .insertInto('assertion')
        .values({ key, body })
        .onConflict((on) => on.column('key').doUpdateSet({ body }))
        .execute();
    },
    tally: () => tally(db),
    // Both read on in the order of the records: an index by owner would cost every scan more than it saves here.
    ownedBy: (person) =>
      pages((after) =>
        owned(db)
          .where('owned.record', '>', after)
          .where('owned.ownership', 'in', (eb) =>
            eb.selectFrom('holder').select('holder.ownership').where('holder.person', '=', person),
          )
          .orderBy('owned.record')
          .limit(PAGE)
          .execute(),
      ),
    orphans: () =>
      pages((after) =>
        owned(db)
          .where('ownership.orphan', '=', 1)
          .where('owned.record', '>', after)
          .orderBy('owned.record')
          .limit(PAGE)
          .execute(),
      ),
  };
}

async function ownershipOf(db: Db, { source, kind, id }: Ref): Promise<Ownership | undefined> {
  const row = await db
    .selectFrom('record')
    .innerJoin('source', 'source.no', 'record.source')
    .leftJoin('owned', 'owned.record', 'record.pk')
    .leftJoin('ownership', 'ownership.key', 'owned.ownership')
    .select('ownership.body')
    .where('source.name', '=', source)
    .where('record.kind', '=', kind)
    .where('record.id', '=', id)
    .where('record.gone_at', 'is', null)
    .executeTakeFirst();
  return row && readOwnership(row.body);
}

const texts = forMany<{ key: string; body: string }>((db, list) =>
  db.selectFrom('ownership').select(['key', 'body']).where('key', 'in', list),
);

/** One pass over the records, and then the words behind each key: records are many, owners few. */
async function* tally(db: Db): ReturnType<OwnerStore['tally']> {
  const groups = await db
    .selectFrom('owned')
    .innerJoin('record', 'record.pk', 'owned.record')
    .select((eb) => ['record.kind', 'owned.ownership as key', eb.fn.countAll<number>().as('records')])
    .where('record.gone_at', 'is', null)
    .groupBy(['record.kind', 'owned.ownership'])
    .orderBy('record.kind')
    .orderBy('owned.ownership')
    .execute();
  for (let from = 0; from < groups.length; from += PAGE) {
    const page = groups.slice(from, from + PAGE);
    const rows = await texts(db, [], [...new Set(page.map(({ key }) => key))]);
    const known = new Map(rows.map(({ key, body }) => [key, readOwnership(body)]));
    yield page.map(({ kind, key, records }) => ({ kind: kind as Kind, ownership: known.get(key) ?? unowned, records }));
  }
}

interface OwnedRow {
  pk: number;
  source: string;
  body: string;
  ownership: string;
}

function owned(db: Db) {
  return db
    .selectFrom('owned')
    .innerJoin('ownership', 'ownership.key', 'owned.ownership')
    .innerJoin('record', 'record.pk', 'owned.record')
    .innerJoin('source', 'source.no', 'record.source')
    .innerJoin('body', 'body.record', 'record.pk')
    .select(['record.pk', 'source.name as source', 'body.body', 'ownership.body as ownership'])
    .where('record.gone_at', 'is', null);
}

async function* pages(read: (after: number) => Promise<OwnedRow[]>) {
  for await (const rows of keyset<OwnedRow>((after) => read(after?.pk ?? 0))) {
    yield rows.map((row) => {
      const { kind, id, name } = JSON.parse(row.body) as AnyRecord;
      return { ref: { source: row.source, kind, id }, name, ownership: readOwnership(row.ownership) };
    });
  }
}

const current = forMany<{ pk: number; id: string; ownership: string | null }>((db, list) =>
  db
    .selectFrom('record')
    .leftJoin('owned', 'owned.record', 'record.pk')
    .select(['record.pk', 'record.id', 'owned.ownership'])
    .where('record.source', '=', 0)
    .where('record.kind', '=', '')
    .where('record.id', 'in', list),
);
type Batch = readonly { ref: Ref; ownership: Ownership }[];

async function put(db: Db, batch: Batch): Promise<number> {
  const rows: OwnershipRow[] = [];
  for (const [{ source, kind }, entries] of byKind(batch)) {
    const number = await db.selectFrom('source').select('no').where('name', '=', source).executeTakeFirst();
    if (number === undefined) continue;
    const stored = await current(db, [number.no, kind], [...entries.keys()]);
    rows.push(
      ...stored.map(({ pk, id, ownership: before }) => ({ pk, before, ownership: entries.get(id) ?? unowned })),
    );
  }
  return writeOwnership(db, rows);
}

function byKind(batch: Batch): Map<{ source: string; kind: Kind }, Map<string, Ownership>> {
  const groups = new Map<string, { at: { source: string; kind: Kind }; entries: Map<string, Ownership> }>();
  for (const { ref, ownership } of batch) {
    const key = `${ref.kind}\u0000${ref.source}`;
    let group = groups.get(key);
    if (group === undefined)
      groups.set(key, (group = { at: { source: ref.source, kind: ref.kind }, entries: new Map() }));
    group.entries.set(ref.id, ownership);
  }
  return new Map([...groups.values()].map(({ at, entries }) => [at, entries]));
}
