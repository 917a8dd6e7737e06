import type { Kysely } from 'kysely';
import type { Engine } from '../engine.ts';

/** The public names under which other systems speak of a record. */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await engine
    .byKey(
      db.schema
        .createTable('known_as')
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('record', 'integer', (column) => column.notNull())
        .addPrimaryKeyConstraint('known_as_pk', ['name', 'record']),
    )
    .execute();
}
