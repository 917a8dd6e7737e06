import type { Kysely } from 'kysely';

/** When people said that a source is read no more. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('source').addColumn('retired_at', 'bigint').execute();
}
