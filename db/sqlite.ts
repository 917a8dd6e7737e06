import { closeSync, existsSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { type CreateTableBuilder, type Kysely, SqliteAdapter, SqliteDialect, sql } from 'kysely';
import { DATABASE_MARK } from '../src/core/database-mark.ts';
import { UsageError } from '../src/core/errors.ts';
import type { Engine } from './engine.ts';
import { groupCommit, type GroupCommit } from './group-commit.ts';
import { imageOf } from './image.ts';

const OWNER_ONLY = 0o600;

export interface SqliteOptions {
  /** Path, or `:memory:`. */
  file: string;
  /** Opens what the file holds as a copy in memory: whatever is written goes with it. */
  copy?: boolean;
  /** How long to wait for another process that writes. */
  busyTimeout: number;
  /** Pages that the file may grow to. */
  maxPages?: number;
  /** What a database in memory starts with. */
  image?: Buffer;
}

/** Opens or creates a SQLite database with owner-only permissions; refuses, in one line, what is not ours. */
export function sqlite(options: SqliteOptions): Engine {
  const { file, copy = false } = options;
  const memory = copy || file === ':memory:';
  if (!memory) prepareFile(file);
  const image = copy ? guarded(file, () => imageOf(file)) : options.image;
  const raw = guarded(file, () => connect(options, image, memory));
  const group = groupCommit(raw);
  return {
    dialect: new TransactionalSqlite({ database: cached(raw, file, group) }),
    name: file,
    grouped: async (work) => {
      try {
        return await group.run(work);
      } catch (error) {
        throw explained(file, error);
      }
    },
    ...(memory ? { image: () => raw.serialize() } : { backup: (next: number) => backup(raw, file, next) }),
    byKey: <T extends CreateTableBuilder<string, string>>(create: T) => create.modifyEnd(sql`without rowid`) as T,
    appendOnly,
  };
}

/** SQLite can roll back schema changes, which Kysely does not assume. */
class TransactionalSqlite extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function prepareFile(file: string): void {
  if (existsSync(file)) {
    if (statSync(file).isDirectory()) throw new UsageError(`${file} is a folder: name a database file`);
    return;
  }
  if (!existsSync(dirname(file)))
    throw new UsageError(`cannot create ${file}: the folder ${dirname(file)} does not exist`);
  try {
    // SQLite gives its -wal and -shm files the permissions of the database.
    closeSync(openSync(file, 'ax', OWNER_ONLY));
  } catch (error) {
    throw new UsageError(`cannot create ${file} (${codeOf(error)}): choose a folder that you may write to`, {
      cause: error,
    });
  }
}

function connect(
  { file, busyTimeout, maxPages }: SqliteOptions,
  image: Buffer | undefined,
  memory: boolean,
): Database.Database {
  const raw = new Database(image ?? file, { timeout: busyTimeout });
  try {
    recognise(raw, file);
    raw.pragma('foreign_keys = ON');
    raw.pragma('cache_size = -16000');
    raw.pragma('temp_store = MEMORY');
    if (maxPages !== undefined) raw.pragma(`max_page_count = ${maxPages}`);
    if (!memory) {
      raw.pragma('journal_mode = WAL');
      raw.pragma('synchronous = NORMAL');
      raw.pragma('wal_autocheckpoint = 40000');
      raw.pragma('journal_size_limit = 67108864');
    }
    return raw;
  } catch (error) {
    raw.close();
    throw error;
  }
}

function recognise(raw: Database.Database, file: string): void {
  const id = raw.pragma('application_id', { simple: true });
  if (id === DATABASE_MARK) return;
  const tables = raw.prepare('select count(*) from sqlite_master').pluck().get();
  if (id !== 0 || tables !== 0) {
    throw new UsageError(`${file} is a database of another program: name a new file with --db`);
  }
  raw.pragma(`application_id = ${DATABASE_MARK}`);
}

/** Kysely prepares on every call; a statement is worth keeping. Two writers that upgrade a read lock would deadlock. */
function cached(
  raw: Database.Database,
  file: string,
  group: GroupCommit,
): ConstructorParameters<typeof SqliteDialect>[0]['database'] {
  const statements = new Map<string, ReturnType<typeof wrap>>();
  const wrap = (text: string) => {
    const statement = raw.prepare(text);
    return {
      reader: statement.reader,
      all: (parameters: readonly unknown[]) => guarded(file, () => statement.all(parameters)),
      run: (parameters: readonly unknown[]) => {
        // After some errors, a full disk among them, SQLite has rolled back by itself: that error is to be told, not this.
        if (text === 'rollback' && !raw.inTransaction) return { changes: 0, lastInsertRowid: 0 };
        if (group.skips(text)) return { changes: 0, lastInsertRowid: 0 };
        return guarded(file, () => statement.run(parameters));
      },
      iterate: (parameters: readonly unknown[]) => statement.iterate(parameters),
    };
  };
  return {
    close: () => {
      raw.close();
    },
    prepare: (asked: string) => {
      const text = asked === 'begin' ? 'begin immediate' : asked;
      const known = statements.get(text);
      if (known !== undefined) return known;
      if (statements.size >= 400) statements.clear();
      const statement = guarded(file, () => wrap(text));
      statements.set(text, statement);
      return statement;
    },
  };
}

function backup(raw: Database.Database, file: string, next: number): void {
  const kept = `${file}.before-${next}`;
  const fresh = `${kept}.new`;
  try {
    rmSync(fresh, { force: true });
    closeSync(openSync(fresh, 'ax', OWNER_ONLY));
  } catch (error) {
    throw new UsageError(
      `${kept} cannot be written (${codeOf(error)}): this register is of an older Rollcall, and is copied there before it is brought up to date`,
      { cause: error },
    );
  }
  guarded(file, () => raw.prepare('vacuum into ?').run(fresh));
  renameSync(fresh, kept);
}

async function appendOnly(db: Kysely<unknown>, table: string): Promise<void> {
  for (const verb of ['update', 'delete'] as const) {
    await sql`create trigger ${sql.ref(`${table}_no_${verb}`)} before ${sql.raw(verb)} on ${sql.table(table)}
      begin select raise(abort, ${sql.lit(`${table} is append-only`)}); end`.execute(db);
  }
}

function guarded<T>(file: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw explained(file, error);
  }
}

function explained(file: string, error: unknown): unknown {
  const message = advice(file, codeOf(error));
  return message === undefined ? error : new UsageError(message, { cause: error });
}

/** What a person can do about the refusal of SQLite, or of the system; https://www.sqlite.org/rescode.html names the codes. */
function advice(file: string, code: string): string | undefined {
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return `${file} is locked by another process: wait until it has finished, or stop it, and try again`;
  }
  if (code.startsWith('SQLITE_NOTADB')) return `${file} is not a SQLite database: name another file with --db`;
  if (code.startsWith('SQLITE_CORRUPT')) return `${file} is damaged: restore a copy, or name a new file with --db`;
  if (code.startsWith('SQLITE_FULL')) {
    return `the disk is full while writing ${file}: free some space and run again; what was written so far is kept whole`;
  }
  if (code.startsWith('SQLITE_READONLY')) return `${file} may not be written: check its permissions and its folder's`;
  if (code.startsWith('SQLITE_CANTOPEN'))
    return `cannot open ${file}: check that it and its folder may be read and written`;
  if (code === 'ENOENT') return `${file} does not exist: name another file with --db`;
  if (code === 'EISDIR') return `${file} is a folder: name a database file`;
  if (code === 'EACCES' || code === 'EPERM') return `${file} may not be read: ask its owner for the right to`;
  if (code === 'ERR_FS_FILE_TOO_LARGE')
    return `${file} is too large to be read where it may not be written: copy it into a folder of your own`;
  if (code.startsWith('SQLITE_IOERR'))
    return `the disk failed while ${file} was in use (${code}): check the disk and run again`;
  return undefined;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
