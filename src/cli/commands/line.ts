import type { Command } from 'commander';
import type { AppOptions } from '../../app.ts';
import { UsageError } from '../../core/errors.ts';
import type { Store } from '../../core/ports.ts';
import type { Clock } from '../../core/time.ts';
import type { Io } from '../io.ts';

/** What a group of commands is added to the command line with. */
export interface Line {
  program: Command;
  io: Io;
  debug(): boolean;
  /** An action for commander whose exit code becomes that of the program. */
  run<T extends unknown[]>(action: (...args: T) => Promise<number>): (...args: T) => Promise<void>;
}

/** Flags as commander hands them over: declared above, beside each command. */
export interface RegisterOptions {
  db?: string;
  config?: string;
  policy?: string;
}

/** A command on an existing register, with the options that all of them share. */
export function onRegister(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--db <file>', 'register (default: rollcall.db here)')
    .option('--config <file>', 'configuration (default: rollcall.yaml here)')
    .option('--policy <name>', 'name of a shipped policy, or a file');
}

/** What a command needs to begin with: a register that a scan has filled, any, or one that is made where there is none. */
type Needs = 'scan' | 'register' | 'nothing';
type Work = (app: Awaited<ReturnType<typeof import('../../app.ts').openApp>>) => Promise<number>;

/** Opens the register for a command that only shows: an auditor's copy may be write-protected, and without its key. */
export function showing(options: RegisterOptions, io: Io, work: Work, needs?: Needs): Promise<number> {
  return withApp(options, io, work, needs, true);
}

/** Opens the register for a command. */
export async function withApp(
  { db, config, policy }: RegisterOptions,
  io: Io,
  work: Work,
  needs: Needs = 'scan',
  shows = false,
): Promise<number> {
  const { openApp } = await import('../../app.ts');
  const options: AppOptions = {
    cwd: io.cwd,
    clock: io.clock,
    account: io.account,
    existing: needs !== 'nothing',
    shows,
    ...(db !== undefined && { db }),
    ...(config !== undefined && { config }),
    ...(policy !== undefined && { policy }),
  };
  const app = await openApp(options);
  try {
    if (needs === 'scan') {
      await requireScanned(app);
      if (app.copied) await sayWhatEnds(app, io);
      await (await import('../../app/follow-decision.ts')).endAcceptances(app);
    }
    return await work(app);
  } finally {
    await app.store.close();
  }
}

/** Before anything was read to its end, nothing can have been found: a list would look clean. */
async function requireScanned({ db, store }: { db: string; store: Store }): Promise<void> {
  if ((await store.runs.last()) !== undefined) return;
  throw new UsageError(`${db}: no scan has come to its end in this register yet; begin with: rollcall scan PATH`);
}

/** Whoever compares this with what the register itself says has to know why it differs. */
async function sayWhatEnds({ db, store, clock }: { db: string; store: Store; clock: Clock }, io: Io): Promise<void> {
  if (!(await store.findings.hasExpired(clock()))) return;
  io.err(`what was accepted and has run out counts as open here; that is not written, because ${db} may not be\n`);
}
