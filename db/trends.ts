import { severities, type Shown } from '../src/core/finding.ts';
import type { DailyCount, TrendStore } from '../src/core/trend.ts';
import type { Db, Tables } from './schema.ts';
import { transact } from './transact.ts';

/** Findings counted once a day; taking a day's count again replaces it. */
export function trendStore(db: Db): TrendStore {
  return {
    snapshot: (day) =>
      transact(db, async (tx) => {
        await tx.deleteFrom('daily').where('day', '=', day).execute();
        const counts = await tx
          .selectFrom('finding')
          .select((eb) => ['check', 'severity', 'shown', eb.fn.countAll<number>().as('count')])
          .groupBy(['check', 'severity', 'shown'])
          .execute();
        if (counts.length === 0) return;
        await tx
          .insertInto('daily')
          .values(counts.map((row) => ({ ...row, day, count: row.count })))
          .execute();
      }),
    series: async () => {
      const rows = await db
        .selectFrom('daily')
        .selectAll()
        .orderBy('day')
        .orderBy('check')
        .orderBy('severity')
        .orderBy('shown')
        .execute();
      return rows.map(toCount);
    },
    newest: async () => {
      const rows = await db
        .selectFrom('daily')
        .selectAll()
        .where('day', '=', (eb) => eb.selectFrom('daily').select((of) => of.fn.max('day').as('day')))
        .orderBy('check')
        .orderBy('severity')
        .orderBy('shown')
        .execute();
      return rows.map(toCount);
    },
  };
}

function toCount(row: Tables['daily']): DailyCount {
  return { ...row, severity: severities[row.severity] ?? 'info', shown: row.shown as Shown };
}
