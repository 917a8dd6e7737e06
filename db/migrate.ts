import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { UsageError } from '../src/core/errors.ts';
import type { Engine } from './engine.ts';
import * as init from './migrations/0001_init.ts';
import * as lease from './migrations/0002_lease.ts';
import * as told from './migrations/0003_told.ts';
import * as versions from './migrations/0004_versions.ts';
import * as attempts from './migrations/0005_attempts.ts';
import * as retired from './migrations/0006_retired.ts';
import * as knownAs from './migrations/0007_known_as.ts';
import * as pointer from './migrations/0008_pointer.ts';
import * as riskEvent from './migrations/0009_risk_event.ts';
import type { Tables } from './schema.ts';

/** One step forward; steps are never edited once released, and there is no way back but the backup. */
export interface Step {
  up(db: Kysely<unknown>, engine: Engine): Promise<void>;
}
export type Steps = Readonly<Record<string, Step>>;

/** Every step in order: the name starts with its number. */
export const steps: Steps = {
  '0001_init': init,
  '0002_lease': lease,
  '0003_told': told,
  '0004_versions': versions,
  '0005_attempts': attempts,
  '0006_retired': retired,
  '0007_known_as': knownAs,
  '0008_pointer': pointer,
  '0009_risk_event': riskEvent,
};

/** Brings a database to this program's schema: all steps or none, after a copy of what is there. */
export async function migrate(db: Kysely<Tables>, engine: Engine, todo: Steps): Promise<void> {
  const executed = await executedSteps(db);
  const newer = executed.find((name) => !(name in todo));
  if (newer !== undefined) {
    throw new UsageError(`${engine.name} was written by a newer Rollcall (step ${newer}): update this program`);
  }
  const pending = Object.keys(todo).filter((name) => !executed.includes(name));
  const first = pending[0];
  if (first === undefined) return;
  if (executed.length > 0) engine.backup?.(Number.parseInt(first, 10));
  const migrations = Object.fromEntries(
    Object.entries(todo).map(([name, step]) => [name, { up: (on: Kysely<unknown>) => step.up(on, engine) }]),
  );
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest();
  if (error !== undefined) throw error instanceof Error ? error : new Error('the migration failed', { cause: error });
}

async function executedSteps(db: Kysely<Tables>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return [];
  const rows = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .orderBy('name')
    .execute();
  return rows.map((row) => row.name);
}
