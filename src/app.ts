import { accessSync, constants, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { checks } from '../scanners/checks/index.ts';
import { createEngine } from '../scanners/secrets/engine.ts';
import { openStore } from '../db/open.ts';
import { channelsOf } from './app/channels.ts';
import { findConfig, isFile, loadConfig, noConfig, type Config } from './config/config.ts';
import { loadPolicy } from './config/policy.ts';
import { programVersion } from './config/root.ts';
import { whyUnreadable } from './config/yaml.ts';
import { UsageError } from './core/errors.ts';
import type { Policy } from './core/policy.ts';
import type { Store } from './core/ports.ts';
import type { Clock } from './core/time.ts';
import type { Channel } from './publish/notify/channel.ts';
import type { Check } from './sdk/check.ts';
import { installationKey, passingKey, type Fingerprint } from './secrets/installation-key.ts';

export interface AppOptions {
  cwd: string;
  clock: Clock;
  account: string;
  /** Database file; `:memory:` keeps nothing. */
  db?: string;
  config?: string;
  /** Name of a shipped policy, or a file. */
  policy?: string;
  /** The database must be there already: nothing is created. */
  existing?: boolean;
  /** For a command that only shows: a register that may not be written will do, and so will one without its key. */
  shows?: boolean;
}

/** The program put together: one store, one policy, all checks. */
export interface App {
  store: Store;
  config: Config;
  policy: Policy;
  checks: readonly Check[];
  /** Whom to tell after a scan. */
  channels: readonly Channel[];
  cwd: string;
  clock: Clock;
  account: string;
  version: string;
  db: string;
  /** The register may not be written: it is a copy in memory, and what changes in it is not kept. */
  copied: boolean;
  engine: ReturnType<typeof createEngine>;
  fingerprint: Fingerprint;
}

const IN_MEMORY = ':memory:';

/** An empty file would become a register. */
function isNothing(db: string): boolean {
  try {
    const found = statSync(db, { throwIfNoEntry: false });
    return found === undefined || (found.isFile() && found.size === 0);
  } catch (problem) {
    throw new UsageError(`${db}: ${whyUnreadable(problem)}`, { cause: problem });
  }
}

/** SQLite writes beside the file, too. */
function mayWrite(db: string): boolean {
  try {
    for (const place of [db, dirname(db)]) accessSync(place, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Opens configuration, policy, database and key. Throws `UsageError` for whatever a person can mend. */
export async function openApp(options: AppOptions): Promise<App> {
  const engine = createEngine();
  const configFile = options.config === undefined ? findConfig(options.cwd) : resolve(options.cwd, options.config);
  const config: Config = configFile === undefined ? noConfig : loadConfig(configFile, engine.redact);
  const wanted = options.policy ?? config.policy ?? 'baseline';
  const policy = loadPolicy(isFile(wanted) ? resolve(options.cwd, wanted) : wanted);
  const file = options.db ?? config.db ?? 'rollcall.db';
  const db = file === IN_MEMORY ? file : resolve(options.cwd, file);
  if (options.existing && db !== IN_MEMORY && isNothing(db)) {
    throw new UsageError(`${db}: there is no register yet; make one with: rollcall scan PATH`);
  }
  const channels = channelsOf(config, engine.redact);
  const { shows = false } = options;
  const copied = shows && db !== IN_MEMORY && !mayWrite(db);
  const store = await openStore(db === IN_MEMORY ? { memory: true } : copied ? { copyOf: db } : { file: db });
  try {
    const keyless = shows || db === IN_MEMORY;
    const fingerprint = keyless ? passingKey() : await installationKey(`${db}.key`, store.meta);
    return {
      store,
      config,
      policy,
      checks,
      channels,
      cwd: options.cwd,
      clock: options.clock,
      account: options.account,
      version: programVersion(),
      db,
      copied,
      engine,
      fingerprint,
    };
  } catch (problem) {
    await store.close();
    throw problem;
  }
}
