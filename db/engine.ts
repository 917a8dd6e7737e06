import type { CreateTableBuilder, Dialect, Kysely } from 'kysely';

/**
 * What a database engine does in its own way; everything else in this folder is written for all of them. It counts on
 * four things: text is ordered by its bytes, `integer` holds any safe integer, whole numbers come back as numbers, and
 * only one transaction at a time writes, because numbers are given out as the highest and one.
 */
export interface Engine {
  dialect: Dialect;
  /** How messages call the database: its file. */
  name: string;
  /** Copies the whole database before a migration numbered `next`; absent where there is nothing to lose. */
  backup?: (next: number) => void;
  /** The whole database as bytes, where it is kept in memory. */
  image?: () => Buffer;
  /** Runs work whose many small transactions may be committed a few at a time. */
  grouped<T>(work: () => Promise<T>): Promise<T>;
  /** Keeps a table in the order of its primary key. */
  byKey<T extends CreateTableBuilder<string, string>>(create: T): T;
  /** Makes the database itself refuse to change or delete rows of this table. */
  appendOnly(db: Kysely<unknown>, table: string): Promise<void>;
}
