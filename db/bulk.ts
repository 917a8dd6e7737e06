import { type Compilable, CompiledQuery, type Kysely, sql } from 'kysely';
import type { Db, Tables } from './schema.ts';

/** Rows a statement. Few sizes, so that each text is compiled and prepared once; well under the limits on bound values. */
const SIZES = [128, 32, 8, 1] as const;

type Row = readonly (string | number | null)[];

/** Compiles a query once for each number of rows; afterwards only the values travel. */
function texts(build: (db: Db, size: number) => Compilable): (db: Db, size: number) => string {
  const byEngine = new WeakMap<object, Map<number, string>>();
  return (db, size) => {
    const engine = db.getExecutor().adapter;
    let known = byEngine.get(engine);
    if (known === undefined) byEngine.set(engine, (known = new Map<number, string>()));
    let text = known.get(size);
    if (text === undefined) known.set(size, (text = build(db, size).compile().sql));
    return text;
  };
}

function* chunks<T>(values: readonly T[]): Generator<readonly T[]> {
  let from = 0;
  for (const size of SIZES) {
    for (; values.length - from >= size; from += size) yield values.slice(from, from + size);
  }
}

/**
 * Inserts many rows of one table; `columns` names the values of a row in order. With `key`, rows that are there
 * already have the columns of `update` replaced, or are left alone when it is empty; given twice, the last one counts.
 */
export function insertMany<T extends keyof Tables>(
  table: T,
  columns: readonly (keyof Tables[T] & string)[],
  conflict?: { key: readonly (keyof Tables[T] & string)[]; update: readonly (keyof Tables[T] & string)[] },
): (db: Db, rows: readonly Row[]) => Promise<void> {
  const text = texts((db, size) => {
    // One loosely typed place: the table and its columns were checked in the signature.
    const loose = db as unknown as Kysely<Record<string, Record<string, unknown>>>;
    const blank = Object.fromEntries(columns.map((column) => [column, '']));
    const insert = loose.insertInto(table).values(Array.from({ length: size }, () => blank));
    if (conflict === undefined) return insert;
    return insert.onConflict((on) => {
      const target = on.columns([...conflict.key]);
      if (conflict.update.length === 0) return target.doNothing();
      return target.doUpdateSet(
        Object.fromEntries(conflict.update.map((column) => [column, sql.ref(`excluded.${column}`)])) as never,
      );
    });
  });
  const replacing = conflict !== undefined && conflict.update.length > 0;
  const key = (replacing ? conflict.key : []).map((column) => columns.indexOf(column));
  return async (db, rows) => {
    for (const part of chunks(replacing ? lastOfEach(rows, key) : rows)) {
      await db.executeQuery(CompiledQuery.raw(text(db, part.length), part.flat()));
    }
  };
}

/** Of rows with the same key the last one. SQLite would replace a row twice in one statement, PostgreSQL refuses to. */
function lastOfEach(rows: readonly Row[], key: readonly number[]): readonly Row[] {
  const [only = 0, ...others] = key;
  const keyOf = (row: Row) => (others.length === 0 ? row[only] : key.map((place) => row[place]).join('\u0000'));
  const last = new Map(rows.map((row) => [keyOf(row), row]));
  return last.size === rows.length ? rows : [...last.values()];
}

/**
 * A query over a list of values that may be long: `build` writes it for a list of `size`, its bound values being
 * `leading` first and then the list. Answers are put together.
 */
export function forMany<R>(
  build: (db: Db, list: readonly never[]) => Compilable,
): (db: Db, leading: Row, list: Row) => Promise<R[]> {
  const text = texts((db, size) =>
    build(
      db,
      Array.from({ length: size }, () => '' as never),
    ),
  );
  return async (db, leading, list) => {
    const found: R[] = [];
    for (const part of chunks(list)) {
      const { rows } = await db.executeQuery<R>(CompiledQuery.raw(text(db, part.length), [...leading, ...part]));
      for (const row of rows) found.push(row);
    }
    return found;
  };
}
