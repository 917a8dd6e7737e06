import type { OwnerAssertion, Ownership } from '../src/core/owner.ts';
import type { OwnerStore } from '../src/core/ports.ts';
import type { AnyRecord, Kind, Ref } from '../src/core/record.ts';
import type { Instant } from '../src/core/time.ts';
import { forMany, insertMany } from './bulk.ts';
import { storable } from './clean.ts';
import { joinedOne } from './joined.ts';
import { keyset, PAGE } from './keyset.ts';
import { peopleStore } from './people.ts';
import type { Db } from './schema.ts';
import { transact } from './transact.ts';
import { readOwnership } from './stored-ownership.ts';

/** Who answers for what; people themselves are in `people.ts`. */
export function ownerStore(db: Db): OwnerStore {
  return {
    ...peopleStore(db),
    put: (batch, at) => transact(db, (tx) => put(tx, batch, at)),
    get: async (ref) => (await joinedOne(db, ref))?.ownership,
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
    ownedBy: (person) =>
      pages((after) =>
        owned(db)
          .innerJoin('holder', 'holder.record', 'record.pk')
          .where('holder.person', '=', person)
          .where('holder.record', '>', after)
          .orderBy('holder.record')
          .limit(PAGE)
          .execute(),
      ),
    orphans: () =>
      pages((after) =>
        owned(db)
          .where('ownership.orphan', '=', 1)
          .where('ownership.record', '>', after)
          .orderBy('ownership.record')
          .limit(PAGE)
          .execute(),
      ),
  };
}

interface OwnedRow {
  pk: number;
  source: string;
  body: string;
  ownership: string;
}

function owned(db: Db) {
  return db
    .selectFrom('ownership')
    .innerJoin('record', 'record.pk', 'ownership.record')
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

const current = forMany<{ pk: number; id: string; body: string | null }>((db, list) =>
  db
    .selectFrom('record')
    .leftJoin('ownership', 'ownership.record', 'record.pk')
    .select(['record.pk', 'record.id', 'ownership.body'])
    .where('record.source', '=', 0)
    .where('record.kind', '=', '')
    .where('record.id', 'in', list),
);
const putOwnership = insertMany('ownership', ['record', 'body', 'orphan', 'updated_at'], {
  key: ['record'],
  update: ['body', 'orphan', 'updated_at'],
});
const addHolders = insertMany('holder', ['person', 'record'], { key: ['person', 'record'], update: [] });

type Batch = readonly { ref: Ref; ownership: Ownership }[];

async function put(db: Db, batch: Batch, at: Instant): Promise<number> {
  const rows: (readonly [number, string, number, Instant])[] = [];
  const holders: (readonly [string, number])[] = [];
  for (const [{ source, kind }, entries] of byKind(batch)) {
    const number = await db.selectFrom('source').select('no').where('name', '=', source).executeTakeFirst();
    if (number === undefined) continue;
    const stored = await current(db, [number.no, kind], [...entries.keys()]);
    for (const { pk, id, body: before } of stored) {
      const { value: ownership, json } = storable(entries.get(id) ?? { claims: [] });
      if (before === json) continue;
      rows.push([pk, json, isOrphan(ownership) ? 1 : 0, at]);
      const old = before === null ? [] : holdersOf(readOwnership(before));
      const now = holdersOf(ownership);
      for (const person of now) if (!old.includes(person)) holders.push([person, pk]);
      for (const person of old) {
        if (now.includes(person)) continue;
        await db.deleteFrom('holder').where('person', '=', person).where('record', '=', pk).execute();
      }
    }
  }
  await putOwnership(db, rows);
  await addHolders(db, holders);
  return rows.length;
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

/** Somebody was accountable, and everybody who was has left. */
function isOrphan({ accountable, claims }: Ownership): boolean {
  const all = claims.filter((claim) => claim.role === 'accountable');
  if (accountable !== undefined) all.push(accountable);
  return all.length > 0 && all.every((claim) => claim.state === 'left');
}

function holdersOf({ accountable, technical, backup, claims }: Ownership): string[] {
  const people = [accountable, technical, backup, ...claims].map((claim) => claim?.person);
  return [...new Set(people.filter((person) => person !== undefined))];
}
