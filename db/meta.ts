import type { MetaStore } from '../src/core/ports.ts';
import type { Db } from './schema.ts';

/** Small facts about the database itself. */
export function metaStore(db: Db): MetaStore {
  return {
    get: async (key) => (await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst())?.value,
    set: async (key, value) => {
      await db
        .insertInto('meta')
        .values({ key, value })
        .onConflict((on) => on.column('key').doUpdateSet({ value }))
        .execute();
    },
  };
}
