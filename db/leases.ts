import type { LeaseStore } from '../src/core/upkeep.ts';
import type { Db } from './schema.ts';

/** Leases are single rows, and every change of one is a single statement: no two processes can both succeed. */
export function leaseStore(db: Db): LeaseStore {
  return {
    take: async (name, holder, at, forMs) => {
      const lease = { holder, expires_at: at + forMs };
      const taken = await db
        .insertInto('lease')
        .values({ name, ...lease })
        .onConflict((on) =>
          on
            .column('name')
            .doUpdateSet(lease)
            .where((eb) =>
              eb.or([
                eb('lease.expires_at', '<=', at),
                eb('lease.holder', '=', holder),
                // Nobody takes one for so long: a clock was wrong, and has been set right since.
                eb('lease.expires_at', '>', at + 2 * forMs),
              ]),
            ),
        )
        .returning('name')
        .executeTakeFirst();
      return taken !== undefined;
    },
    renew: async (name, holder, at, forMs) => {
      const renewed = await db
        .updateTable('lease')
        .set({ expires_at: at + forMs })
        .where('name', '=', name)
        .where('holder', '=', holder)
        .returning('name')
        .executeTakeFirst();
      return renewed !== undefined;
    },
    release: async (name, holder) => {
      await db.deleteFrom('lease').where('name', '=', name).where('holder', '=', holder).execute();
    },
    holder: async (name, at) => {
      const row = await db
        .selectFrom('lease')
        .select(['holder', 'expires_at as until'])
        .where('name', '=', name)
        .where('expires_at', '>', at)
        .executeTakeFirst();
      return row;
    },
  };
}
