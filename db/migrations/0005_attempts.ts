import type { Kysely } from 'kysely';

/**
 * What an interrupted attempt must not forget: what it reads with, whether it reads less than there is, and what it
 * reads from that was not read completely; and of each record of a page, whether the page defines or mentions it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('stream').addColumn('reading', 'text').execute();
  await db.schema
    .alterTable('stream')
    .addColumn('bounded', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema.alterTable('stream').addColumn('lacking', 'text').execute();
  await db.schema
    .alterTable('page_record')
    .addColumn('defines', 'integer', (column) => column.notNull().defaultTo(1))
    .execute();
}
