import type { Kysely } from 'kysely';
import type { Engine } from '../engine.ts';

/** Which records point to a name that a record of another source may be known as. */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await engine
    .byKey(
      db.schema
        .createTable('pointer')
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('record', 'integer', (column) => column.notNull())
        .addPrimaryKeyConstraint('pointer_pk', ['name', 'record']),
    )
    .execute();
}
