import type { Decision } from '../src/core/decision.ts';
import type { RegisterStore } from '../src/core/ports.ts';
import { riskEvents } from '../src/core/risk-history.ts';
import type { Risk } from '../src/core/risk.ts';
import { forMany, insertMany } from './bulk.ts';
import { storable } from './clean.ts';
import { keyset, PAGE } from './keyset.ts';
import { beginningWith, CANDIDATES, theOne } from './prefix.ts';
import { addRiskEvents, riskEventsOf } from './risk-events.ts';
import type { Db } from './schema.ts';
import { transact } from './transact.ts';

/** Risks, and what people decided. */
export function registerStore(db: Db): RegisterStore {
  return {
    risks: () => risks(db),
    risk: async (idOrPrefix) => {
      const rows = await db
        .selectFrom('risk')
        .select(['id', 'body'])
        .where(beginningWith('id', idOrPrefix))
        .orderBy('id')
        .limit(CANDIDATES)
        .execute();
      const row = theOne(rows, idOrPrefix, 'risks');
      return row === undefined ? undefined : (JSON.parse(row.body) as Risk);
    },
    risksOf: async (ids) => (await risksById(db, [], ids)).map(({ body }) => JSON.parse(body) as Risk),
    putRisks: (batch, at, actor) =>
      transact(db, async (tx) => {
        const risks = new Map(batch.map((risk) => [risk.id, risk]));
        const before = new Map((await risksById(tx, [], [...risks.keys()])).map(({ id, body }) => [id, body]));
        const changed = [...risks.values()]
          .map((risk) => ({ risk, json: storable(risk).json }))
          .filter(({ risk, json }) => before.get(risk.id) !== json);
        const events = changed.flatMap(({ risk }) => {
          const old = before.get(risk.id);
          const happened = riskEvents(old === undefined ? undefined : (JSON.parse(old) as Risk), risk);
          return happened.map((event) => ({ ...event, risk: risk.id, at, actor }));
        });
        await upsertRisks(
          tx,
          changed.map(({ risk, json }) => [risk.id, json, at]),
        );
        await addRiskEvents(tx, events);
        return changed.length;
      }),
    riskEvents: (id) => riskEventsOf(db, id),
    decisions: async (filter = {}) => {
      let query = db.selectFrom('decision').select('body');
      if (filter.status !== undefined) query = query.where('status', '=', filter.status);
      if (filter.subject !== undefined) query = query.where('subject', '=', filter.subject);
      const rows = await query.orderBy('requested_at').orderBy('id').execute();
      return rows.map((row) => JSON.parse(row.body) as Decision);
    },
    putDecision: async (decision) => {
      const { value, json: body } = storable(decision);
      const columns = { subject: value.subject, status: value.status, requested_at: value.requestedAt, body };
      await db
        .insertInto('decision')
        .values({ id: value.id, ...columns })
        .onConflict((on) => on.column('id').doUpdateSet(columns))
        .execute();
    },
  };
}

const risksById = forMany<{ id: string; body: string }>((db, list) =>
  db.selectFrom('risk').select(['id', 'body']).where('id', 'in', list),
);
const upsertRisks = insertMany('risk', ['id', 'body', 'updated_at'], { key: ['id'], update: ['body', 'updated_at'] });

async function* risks(db: Db): AsyncGenerator<readonly Risk[]> {
  const pages = keyset<{ id: string; body: string }>((after) =>
    db
      .selectFrom('risk')
      .select(['id', 'body'])
      .where('id', '>', after?.id ?? '')
      .orderBy('id')
      .limit(PAGE)
      .execute(),
  );
  for await (const page of pages) yield page.map((row) => JSON.parse(row.body) as Risk);
}
