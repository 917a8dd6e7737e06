import type { Kysely } from 'kysely';
import type { Engine } from '../engine.ts';

/** Which records send to an address that another record may be known as. */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await engine
    .byKey(
      db.schema
        .createTable('called')
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('record', 'integer', (column) => column.notNull())
        .addPrimaryKeyConstraint('called_pk', ['name', 'record']),
    )
    .execute();
}
