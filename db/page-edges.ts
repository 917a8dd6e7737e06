import type { AnyRecord, Link } from '../src/core/record.ts';
import { pointsTo } from '../src/core/pointing.ts';
import { insertMany } from './bulk.ts';
import type { State } from './page-state.ts';
import type { Db } from './schema.ts';

const linkColumns = ['source', 'kind', 'id', 'record', 'rel'] as const;
const addLinks = insertMany('link', linkColumns, { key: linkColumns, update: [] });

/** A table in which records are found by words that they carry. */
interface Index {
  wordsOf(record: AnyRecord | undefined): ReadonlySet<string>;
  add(db: Db, rows: readonly (readonly [word: string, record: number])[]): Promise<void>;
  remove(db: Db, word: string, record: number): Promise<unknown>;
}

const indices: readonly Index[] = [
  {
    wordsOf: (record) => new Set(record?.matches?.map((match) => match.fingerprint)),
    add: insertMany('secret', ['fingerprint', 'record'], { key: ['fingerprint', 'record'], update: [] }),
    remove: (db, word, record) =>
      db.deleteFrom('secret').where('fingerprint', '=', word).where('record', '=', record).execute(),
  },
  {
    wordsOf: (record) => new Set(record?.knownAs),
    add: insertMany('known_as', ['name', 'record'], { key: ['name', 'record'], update: [] }),
    remove: (db, word, record) =>
      db.deleteFrom('known_as').where('name', '=', word).where('record', '=', record).execute(),
  },
  {
    wordsOf: (record) => new Set(record && pointsTo(record)),
    add: insertMany('pointer', ['name', 'record'], { key: ['name', 'record'], update: [] }),
    remove: (db, word, record) =>
      db.deleteFrom('pointer').where('name', '=', word).where('record', '=', record).execute(),
  },
];

/** Adds the links, and the words to find them by, that these records have now and, as far as `before` tells, did not have. */
export async function addEdges(
  db: Db,
  source: number,
  states: readonly State[],
  before: ReadonlyMap<number, AnyRecord>,
): Promise<void> {
  const links = states.flatMap(({ pk, record }) => {
    const known = new Set(before.get(pk)?.links?.map(linkKey));
    const fresh = new Map(record?.links?.map((link) => [linkKey(link), link]));
    return [...fresh].flatMap(([key, { kind, id, rel }]) =>
      known.has(key) ? [] : [[source, kind, id, pk, rel] as const],
    );
  });
  await addLinks(db, links);
  for (const { wordsOf, add } of indices) {
    const rows = states.flatMap(({ pk, record }) => {
      const known = wordsOf(before.get(pk));
      return [...wordsOf(record)].flatMap((word) => (known.has(word) ? [] : [[word, pk] as const]));
    });
    await add(db, rows);
  }
}

/** Removes the links, and the words to find them by, that these records had and have no longer. */
export async function removeEdges(
  db: Db,
  source: number,
  states: readonly Pick<State, 'pk' | 'record'>[],
  before: ReadonlyMap<number, AnyRecord>,
): Promise<void> {
  for (const { pk, record } of states) {
    const old = before.get(pk);
    const kept = new Set(record?.links?.map(linkKey));
    for (const link of old?.links ?? []) {
      if (kept.has(linkKey(link))) continue;
      await db
        .deleteFrom('link')
        .where('source', '=', source)
        .where('kind', '=', link.kind)
        .where('id', '=', link.id)
        .where('record', '=', pk)
        .where('rel', '=', link.rel)
        .execute();
    }
    for (const { wordsOf, remove } of indices) {
      const now = wordsOf(record);
      for (const word of wordsOf(old)) if (!now.has(word)) await remove(db, word, pk);
    }
  }
}

function linkKey(link: Link): string {
  return `${link.rel}\u0000${link.kind}\u0000${link.id}`;
}
