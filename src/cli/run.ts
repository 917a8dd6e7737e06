import { openStore } from '../../db/open.ts';
import { openApp, type App } from '../app.ts';
import { planned } from '../app/planned.ts';
import { UsageError } from '../core/errors.ts';
import { neutralise } from '../core/text.ts';
import type { Run } from '../core/coverage.ts';
import { isoTime, type Clock } from '../core/time.ts';
import { keeper, missed, type Scheduled } from '../schedule/keeper.ts';
import { teller } from '../schedule/teller.ts';
import { timers } from '../schedule/timers.ts';
import { metrics, type ScanOutcome } from '../telemetry/metrics.ts';
import { placeFrom } from '../telemetry/server.ts';
import { thisProcess } from './alone.ts';
import { exit, type Io } from './io.ts';
import { answersFrom, reason } from './run-answers.ts';
import type { Place as Register } from './run-job.ts';
import { aborted, untilStopped } from './run-service.ts';
import { threads } from './run-threads.ts';

export interface RunOptions {
  config?: string;
  db?: string;
  policy?: string;
  listen?: string;
  once?: boolean;
  debug?: boolean;
}

/** Milliseconds: the thread that answers requests hardly waits for the one that writes. */
const BUSY = 50;
const SIGNALS = { SIGINT: exit.interrupted, SIGTERM: exit.terminated } as const;

/** `rollcall run`: reads every source when it is due until it is told to stop; with `--once`, what is due now. */
export async function run(options: RunOptions, io: Io): Promise<number> {
  if (options.once && options.listen !== undefined)
    throw new UsageError('--once answers nobody while it reads: leave --listen out');
  const listenAt = placeFrom(options.listen ?? '127.0.0.1:9464');
  const register = registerOf(options, io);
  const { app, sources } = await checked(register, io.clock);
  const store = await openStore({ file: app.db, ...(!options.once && { busyTimeout: BUSY }) });
  const say = (text: string): void => {
    for (const line of text.split('\n')) io.err(`${isoTime(io.clock())} ${neutralise(app.engine.redact(line))}\n`);
  };
  const figures = metrics(app.version, { ofProcess: true });
  const holder = thisProcess();
  const work = threads({ place: register, holder, figures, clock: io.clock, say });
  const outcomes = new Set<ScanOutcome>();
  io.signal.addEventListener('abort', endAtNextSignal, { once: true });
  const giveUp = new AbortController();
  const lease = { clock: io.clock, timers, leases: store.leases, holder };
  const letters = teller<Run>({
    ...lease,
    tell: work.tell,
    waiting: (problem) => {
      const why =
        problem === undefined ? 'another process tells' : `the register could not be used: ${reason(problem)}`;
      say(`people are not told yet, trying again: ${why}`);
    },
  });
  const keep = keeper({
    ...lease,
    lastRead: () => store.coverage.lastRead(),
    scan: async (due, signal) => {
      const { outcome, run } = await work.scan(due, signal);
      outcomes.add(outcome);
      if (run && app.channels.length > 0) letters.after(run);
      return outcome !== 'interrupted';
    },
    waiting: () => say('another process scans this register: waiting for it'),
    troubled: (problem) => {
      say(`the register could not be used${options.once ? '' : ', trying again'}: ${reason(problem)}`);
      if (!options.once) return;
      outcomes.add('failed');
      giveUp.abort();
    },
  });
  const makeUp = async (): Promise<void> => {
    for (const { id, since } of missed(sources, await store.coverage.lastRead(), io.clock())) keep.due(id, since);
  };
  try {
    if (options.once) {
      await makeUp();
      const enough = aborted(AbortSignal.any([io.signal, giveUp.signal]));
      await Promise.race([keep.idle(), enough]);
      const unread = await keep.stop();
      await Promise.race([letters.idle(), enough]);
      if (unread.length > 0) say(`stopped before it was read: ${unread.join(', ')}`);
      return unread.length > 0 && !outcomes.has('failed') ? exit.coverage : exitCode(outcomes);
    }
    const answers = answersFrom({ db: app.db, store, figures, work, say }, io.signal);
    await untilStopped({ listenAt, sources, keep, makeUp, answers, figures, clock: io.clock, say }, io.signal);
    return exit.ok;
  } finally {
    await keep.stop();
    await letters.stop();
    await store.close();
  }
}

function registerOf({ db, config, policy, debug }: RunOptions, { cwd, account }: Io): Register {
  return {
    cwd,
    account,
    debug: debug === true,
    ...(db !== undefined && { db }),
    ...(config !== undefined && { config }),
    ...(policy !== undefined && { policy }),
  };
}

/** Creates the register, and says what is wrong with a source now, not at three in the morning. */
async function checked(register: Register, clock: Clock): Promise<{ app: App; sources: readonly Scheduled[] }> {
  const app = await openApp({ ...register, clock });
  try {
    return { app, sources: await scheduled(app) };
  } finally {
    await app.store.close();
  }
}

async function scheduled({ config, db }: App): Promise<Scheduled[]> {
  if (db === ':memory:') throw new UsageError('rollcall run keeps a register: name a file with --db');
  await Promise.all(config.sources.map(planned));
  const found = config.sources.flatMap(({ id, schedule }) => (schedule === undefined ? [] : [{ id, schedule }]));
  if (found.length > 0) return found;
  const file = config.file ?? 'rollcall.yaml';
  throw new UsageError(`${file}: no source has a schedule; for all of them, write at the top: schedule: 0 3 * * *`);
}

function exitCode(outcomes: ReadonlySet<ScanOutcome>): number {
  if (outcomes.has('failed')) return exit.usage;
  return outcomes.has('partial') || outcomes.has('interrupted') ? exit.coverage : exit.ok;
}

/** For a process that is number one of its container, a signal without a handler does nothing. */
function endAtNextSignal(): void {
  for (const [signal, code] of Object.entries(SIGNALS)) process.once(signal, () => process.exit(code));
}
