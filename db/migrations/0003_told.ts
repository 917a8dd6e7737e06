import type { Kysely } from 'kysely';
import type { Engine } from '../engine.ts';

/** What people have been told, and a short way to the findings that got worse. */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await engine
    .byKey(
      db.schema
        .createTable('told')
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('fact', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('told_pk', ['channel', 'fact']),
    )
    .execute();
  await db.schema
    .createIndex('finding_event_worsened')
    .on('finding_event')
    .columns(['seq'] as string[])
    .where('type', '=', 'worsened')
    .execute();
}
