import type { Transaction } from 'kysely';
import type { Db, Tables } from './schema.ts';

/** All of these writes or none; inside a transaction they join it. */
export function transact<T>(db: Db, work: (tx: Transaction<Tables>) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db as Transaction<Tables>) : db.transaction().execute(work);
}
