import type { Kysely } from 'kysely';
import type { Engine } from '../engine.ts';

/** What a platform gave to ask for changes alone: a token a stream, and a version a page with the records it held. */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await db.schema.alterTable('stream').addColumn('changes_from', 'text').execute();
  await db.schema.alterTable('stream').addColumn('read_in_full_at', 'bigint').execute();
  await db.schema
    .createTable('page_version')
    .addColumn('no', 'integer', (column) => column.primaryKey())
    .addColumn('stream', 'integer', (column) => column.notNull())
    .addColumn('request', 'text', (column) => column.notNull())
    .addColumn('etag', 'text', (column) => column.notNull())
    .addColumn('next', 'text')
    .execute();
  await db.schema
    .createIndex('page_version_request')
    .on('page_version')
    .columns(['stream', 'request'])
    .unique()
    .execute();
  const held = db.schema
    .createTable('page_record')
    .addColumn('page', 'integer', (column) => column.notNull())
    .addColumn('record', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('page_record_pk', ['page', 'record']);
  await engine.byKey(held).execute();
}
