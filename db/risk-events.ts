import type { RiskEvent } from '../src/core/risk-history.ts';
import { insertMany } from './bulk.ts';
import { storableText } from './clean.ts';
import type { Db } from './schema.ts';

/** An event to append, with the risk that it happened to. */
export type NewRiskEvent = Omit<RiskEvent, 'seq'> & { risk: string };

const insert = insertMany('risk_event', ['seq', 'risk', 'at', 'type', 'actor', 'note']);

/** Appends events in the order given. */
export async function addRiskEvents(db: Db, events: readonly NewRiskEvent[]): Promise<void> {
  if (events.length === 0) return;
  const row = await db
    .selectFrom('risk_event')
    .select((eb) => eb.fn.max('seq').as('last'))
    .executeTakeFirst();
  const first = (row?.last ?? 0) + 1;
  await insert(
    db,
    events.map(({ risk, at, type, actor, note }, index) => [
      first + index,
      risk,
      at,
      type,
      storableText(actor),
      storableText(note),
    ]),
  );
}

/** What happened to one risk, in order. */
export async function riskEventsOf(db: Db, risk: string): Promise<RiskEvent[]> {
  const rows = await db
    .selectFrom('risk_event')
    .select(['seq', 'at', 'type', 'actor', 'note'])
    .where('risk', '=', risk)
    .orderBy('seq')
    .execute();
  return rows.map((row) => ({ ...row, type: row.type as RiskEvent['type'] }));
}
