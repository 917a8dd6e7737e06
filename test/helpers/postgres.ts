import {
  CompiledQuery,
  type DataTypeNode,
  type Driver,
  type Kysely,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  PostgresQueryCompiler,
  sql,
  type TransactionSettings,
} from 'kysely';
import pg from 'pg';
import { storableText } from '../../db/clean.ts';
import type { Engine } from '../../db/engine.ts';

/** `Roll`: the lock that whoever writes to the register holds. */
const WRITER = 0x526f6c6c;

/** A database of PostgreSQL as an engine of the store: it shows that the store's queries are not SQLite's alone. */
export function postgres(connection: pg.ClientConfig & { database: string }): Engine {
  // The client would hand `bigint` over as text: https://node-postgres.com/features/types
  const types: pg.CustomTypesConfig = {
    getTypeParser: (id, format) =>
      id === pg.types.builtins.INT8 ? Number : (pg.types.getTypeParser(id, format) as unknown),
  };
  return {
    dialect: new OneWriter({ pool: new pg.Pool({ ...connection, types }) }),
    name: connection.database,
    grouped: (work) => work(),
    byKey: (create) => create,
    appendOnly,
  };
}

class OneWriter extends PostgresDialect {
  readonly #config: PostgresDialectConfig;
  constructor(config: PostgresDialectConfig) {
    super(config);
    this.#config = config;
  }
  override createDriver(): Driver {
    return new OneWriterDriver(this.#config);
  }
  override createQueryCompiler(): PostgresQueryCompiler {
    return new Compiler();
  }
}

/** As with SQLite's `begin immediate`: what a transaction has read is still so when it writes. */
class OneWriterDriver extends PostgresDriver {
  override async beginTransaction(
    connection: Parameters<PostgresDriver['beginTransaction']>[0],
    settings: TransactionSettings,
  ): Promise<void> {
    await super.beginTransaction(connection, settings);
    await connection.executeQuery(CompiledQuery.raw(`select pg_advisory_xact_lock(${WRITER})`));
  }
}

class Compiler extends PostgresQueryCompiler {
  protected override visitDataType(node: DataTypeNode): void {
    if (node.dataType === 'text') this.append('text collate "C"');
    else if (node.dataType === 'integer') this.append('bigint');
    else super.visitDataType(node);
  }
  /** What is stored has no NUL. Looking for one is no error, only in vain. */
  protected override addParameter(parameter: unknown): void {
    super.addParameter(typeof parameter === 'string' ? storableText(parameter) : parameter);
  }
}

async function appendOnly(db: Kysely<unknown>, table: string): Promise<void> {
  const refuse = sql.ref(`${table}_append_only`);
  const refusal = sql.lit(`begin raise exception '${table} is append-only'; end`);
  await sql`create function ${refuse}() returns trigger language plpgsql as ${refusal}`.execute(db);
  await sql`create trigger ${refuse} before update or delete or truncate on ${sql.table(table)}
    for each statement execute function ${refuse}()`.execute(db);
}
