import { Kysely } from 'kysely';
import type { Store } from '../src/core/ports.ts';
import { auditStore } from './audit.ts';
import { coverageStore } from './coverage.ts';
import type { Engine } from './engine.ts';
import { findingStore } from './findings.ts';
import { leaseStore } from './leases.ts';
import { metaStore } from './meta.ts';
import { migrate, type Steps, steps } from './migrate.ts';
import { ownerStore } from './owners.ts';
import { recordStore } from './records.ts';
import { registerStore } from './register.ts';
import { retentionStore } from './retention.ts';
import { runStore } from './runs.ts';
import type { Db, Tables } from './schema.ts';
import { sqlite } from './sqlite.ts';
import { sourceStore } from './sources.ts';
import { toldStore } from './told.ts';
import { fenced, transact } from './transact.ts';
import { trendStore } from './trends.ts';

/** Where to keep it: a file, memory for tests and for `check`, or a copy in memory of a file that may only be read. */
export type StoreOptions = ({ file: string } | { memory: true } | { copyOf: string }) & {
  /** Milliseconds to wait for another process that writes. */
  busyTimeout?: number;
  /** Pages that the database may grow to: for tests of a full disk. */
  maxPages?: number;
  /** The schema's steps; only tests give others. */
  steps?: Steps;
};

/** An empty database as `steps` leave it. Whatever is opened in memory starts as a copy: tests open hundreds. */
let empty: Buffer | undefined;

/** Opens the store, creating it or bringing it up to date. Throws `UsageError` with one line where it cannot. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const copied = 'memory' in options && options.steps === undefined;
  // The one place that chooses an engine.
  const engine = sqlite({
    ...placeOf(options),
    ...(copied && empty && { image: empty }),
    busyTimeout: options.busyTimeout ?? 5_000,
    ...(options.maxPages !== undefined && { maxPages: options.maxPages }),
  });
  const todo = copied && empty ? {} : (options.steps ?? steps);
  const store = await openOn(engine, todo);
  if (copied) empty ??= engine.image?.();
  return store;
}

function placeOf(options: StoreOptions): { file: string; copy?: true } {
  if ('copyOf' in options) return { file: options.copyOf, copy: true };
  return { file: 'file' in options ? options.file : ':memory:' };
}

/** Opens the store on any engine, once these steps are taken; with none, the engine has to hold one that is up to date. */
export async function openOn(engine: Engine, todo: Steps): Promise<Store> {
  const db = new Kysely<Tables>({ dialect: engine.dialect });
  try {
    if (Object.keys(todo).length > 0) await migrate(db, engine, todo);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return storeOn(db, engine, () => db.destroy());
}

function storeOn(db: Db, engine: Engine, close: () => Promise<void>): Store {
  return {
    runs: runStore(db),
    records: recordStore(db),
    owners: ownerStore(db),
    findings: findingStore(db),
    register: registerStore(db),
    coverage: coverageStore(db),
    audit: auditStore(db),
    trends: trendStore(db),
    meta: metaStore(db),
    leases: leaseStore(db),
    retention: retentionStore(db),
    sources: sourceStore(db),
    told: toldStore(db),
    atomically: (work) => transact(db, (tx) => work(storeOn(tx, engine, close))),
    fenced: (name, holder, until) => storeOn(fenced(db, { name, holder, until }), engine, close),
    grouped: (work) => engine.grouped(work),
    close,
  };
}
