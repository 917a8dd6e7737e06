import { type RawBuilder, sql } from 'kysely';
import { UsageError } from '../src/core/errors.ts';
import { shortId } from '../src/core/identity.ts';

/** An id that begins with these characters: a range of the key, so that an index answers. */
export function beginningWith(column: string, prefix: string): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(column)} >= ${prefix} and ${sql.ref(column)} < ${`${prefix}\u{10ffff}`}`;
}

/** As many as are named where a beginning fits several. */
export const CANDIDATES = 5;

/** The row that an id, or its beginning, means. Throws a `UsageError` that names those it could mean. */
export function theOne<Row extends { id: string }>(
  rows: readonly Row[],
  idOrPrefix: string,
  called: string,
): Row | undefined {
  const [first] = rows;
  if (rows.length < 2 || first?.id === idOrPrefix) return first;
  const some = rows.map(({ id }) => shortId(id)).join(', ');
  throw new UsageError(
    `several ${called} begin with "${idOrPrefix}": ${some}${rows.length < CANDIDATES ? '' : ', …'}; give more of the id`,
  );
}
