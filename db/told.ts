import type { ToldStore } from '../src/core/told.ts';
import { forMany, insertMany } from './bulk.ts';
import { storableText } from './clean.ts';
import type { Db } from './schema.ts';
import { transact } from './transact.ts';

/** One row a fact and channel, with the time it was last told. */
export function toldStore(db: Db): ToldStore {
  return {
    when: async (channel, facts) => {
      const rows = await select(db, [channel], facts.map(storableText));
      return new Map(rows.map(({ fact, at }) => [fact, at]));
    },
    mark: (channel, facts, at) =>
      transact(db, (tx) =>
        put(
          tx,
          facts.map((fact) => [channel, storableText(fact), at]),
        ),
      ),
    forget: (channel, facts) =>
      transact(db, async (tx) => {
        await remove(tx, [channel], facts.map(storableText));
      }),
  };
}

const put = insertMany('told', ['channel', 'fact', 'at'], { key: ['channel', 'fact'], update: ['at'] });

const select = forMany<{ fact: string; at: number }>((db, list) =>
  db.selectFrom('told').select(['fact', 'at']).where('channel', '=', '').where('fact', 'in', list),
);

const remove = forMany((db, list) => db.deleteFrom('told').where('channel', '=', '').where('fact', 'in', list));
