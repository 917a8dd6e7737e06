import { type RawBuilder, sql } from 'kysely';

/** An id that begins with these characters: a range of the key, so that an index answers. */
export function beginningWith(column: string, prefix: string): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(column)} >= ${prefix} and ${sql.ref(column)} < ${`${prefix}\u{10ffff}`}`;
}
