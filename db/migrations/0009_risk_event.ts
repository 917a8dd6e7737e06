import type { Kysely } from 'kysely';
import type { Engine } from '../engine.ts';

/**
 * What happened to each risk: how it was rated, treated and owned before. Until now nobody could name its owners, so
 * they are those whose its findings are.
 */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await db.schema
    .createTable('risk_event')
    .addColumn('seq', 'integer', (column) => column.primaryKey())
    .addColumn('risk', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('note', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('risk_event_risk').on('risk_event').columns(['risk', 'seq']).execute();
  await engine.appendOnly(db, 'risk_event');
  const risks = db.withTables<{ risk: { id: string; body: string } }>();
  for (const { id, body } of await risks.selectFrom('risk').select(['id', 'body']).execute()) {
    const risk = JSON.parse(body) as { accountable?: string; backup?: string };
    const findingOwners = [risk.accountable, risk.backup].filter((person) => person !== undefined);
    const now = JSON.stringify({ ...risk, findingOwners });
    await risks.updateTable('risk').set({ body: now }).where('id', '=', id).execute();
  }
}
