import type { Transaction } from 'kysely';
import { LostClaim } from '../src/core/errors.ts';
import type { Instant } from '../src/core/time.ts';
import type { Db, Tables } from './schema.ts';

/** A lease that whoever writes has to hold, and prolongs by writing. */
interface Fence {
  name: string;
  holder: string;
  until: () => Instant;
}
const fences = new WeakMap<Db, Fence>();

/** The same database, whose transactions end in `LostClaim` when somebody else has taken the lease. */
export function fenced(db: Db, fence: Fence): Db {
  const same = db.withoutPlugins();
  fences.set(same, fence);
  return same;
}

/** All of these writes or none; inside a transaction they join it. */
export function transact<T>(db: Db, work: (tx: Transaction<Tables>) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db as Transaction<Tables>);
  const fence = fences.get(db);
  return db.transaction().execute(async (tx) => {
    if (fence) await prolong(tx, fence);
    return work(tx);
  });
}

/** Written with what the lease guards: who scans without a pause leaves nobody else a gap to renew it. */
async function prolong(tx: Db, { name, holder, until }: Fence): Promise<void> {
  const held = await tx
    .updateTable('lease')
    .set({ expires_at: until() })
    .where('name', '=', name)
    .where('holder', '=', holder)
    .returning('name')
    .executeTakeFirst();
  if (held) return;
  throw new LostClaim('another process has taken over: this one stops, and the next scan goes on from here');
}
