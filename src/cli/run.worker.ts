import { parentPort, workerData } from 'node:worker_threads';
import { notificationsOf } from '../app/notifications.ts';
import { openApp, type App } from '../app.ts';
import { runScan } from '../app/scan.ts';
import { isGap, type Run } from '../core/coverage.ts';
import { LostClaim } from '../core/errors.ts';
import type { Log, Progress } from '../core/ports.ts';
import { DAY } from '../core/time.ts';
import { cutoffs } from '../schedule/cutoffs.ts';
import { LEASE, SCAN } from '../schedule/lease.ts';
import { TELL } from '../schedule/teller.ts';
import type { Said } from '../schedule/thread.ts';
import { measure } from '../telemetry/measures.ts';
import { explainFailure } from './failure.ts';
import { processIo } from './io.ts';
import { logTo } from './log.ts';
import type { Job, Results, Scanned } from './run-job.ts';
import { together } from './summary.ts';
import { leftBehind, unconfigured } from './unconfigured.ts';

// The thread in which `rollcall run` reads and writes the register, so that the one that answers requests stays quick.
const PRUNED = 'pruned-at';
const silent: Progress = { stage: () => undefined, stream: () => undefined, count: () => undefined };

const job = workerData as Job;
const stop = new AbortController();
const tell = (said: Said<Results[Job['kind']]>): void => parentPort?.postMessage(said);
parentPort?.once('message', () => stop.abort());
const io = { ...processIo(stop.signal), err: (text: string) => tell({ say: text.trimEnd() }) };

try {
  const app = await open(job);
  try {
    const result = await work(app, job);
    await app.store.close();
    tell({ result });
  } catch (problem) {
    await app.store.close();
    throw problem;
  }
} catch (problem) {
  const said: string[] = [];
  explainFailure(problem, job.debug, { err: (text) => said.push(text) });
  tell({
    failure: said
      .join('')
      .replaceAll(/^rollcall: /gm, '')
      .trimEnd(),
  });
}

function open({ cwd, account, db, config, policy }: Job): Promise<App> {
  return openApp({
    cwd,
    account,
    clock: io.clock,
    existing: true,
    ...(db !== undefined && { db }),
    ...(config !== undefined && { config }),
    ...(policy !== undefined && { policy }),
  });
}

async function work(app: App, job: Job): Promise<Results[Job['kind']]> {
  if (job.kind === 'measure') return measure(app.store, app.config.sources);
  const lease = job.kind === 'scan' ? SCAN : TELL;
  const store = app.store.fenced(lease, job.holder, () => app.clock() + LEASE);
  const log = logTo(io, app.engine, job.debug);
  return job.kind === 'scan' ? scan({ ...app, store }, job.sources, log) : notify({ ...app, store }, job.run, log);
}

async function scan(app: App, due: readonly string[], log: Log): Promise<Scanned> {
  const there = new Set(app.config.sources.map(({ id }) => id));
  const sources = due.filter((id) => there.has(id));
  const gone = due
    .filter((id) => !there.has(id))
    .map((id) => [id, [`${id}: no longer configured; start rollcall anew`]]);
  const nothing = { opened: 0, resolved: 0, streams: { complete: 0, all: 0 }, gaps: Object.fromEntries(gone) };
  if (sources.length === 0) return { ...nothing, outcome: 'partial' };
  const result = await untilTakenOver(() =>
    runScan(app, [], { progress: silent, log, signal: stop.signal }, { only: new Set(sources) }),
  );
  if (result === undefined || result.interrupted) return { ...nothing, outcome: 'interrupted' };
  const { run, coverage, opened, resolved } = result;
  const wanted = coverage.filter((each) => isGap(each) || each.outcome === 'complete');
  const gaps = wanted.filter(isGap);
  const left = (await unconfigured(app)).map((holding) => {
    const { what, todo } = leftBehind(holding);
    return [holding.source, [`${what}: ${todo}`]] as const;
  });
  const pruned = await prune(app);
  return {
    outcome: gaps.length + gone.length > 0 ? 'partial' : 'complete',
    run,
    opened,
    resolved,
    streams: { complete: wanted.length - gaps.length, all: wanted.length },
    gaps: Object.fromEntries([
      ...left,
      ...gone,
      ...sources.map((id) => [id, together(gaps.filter(({ source }) => source === id))] as const),
    ]),
    ...(pruned && { pruned }),
  };
}

/** Nothing when the lease was lost on the way: whoever has it now reads on. */
async function untilTakenOver<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (problem) {
    if (problem instanceof LostClaim) return undefined;
    throw problem;
  }
}

/** True when everybody could be told. */
async function notify(app: App, run: Run, log: Log): Promise<boolean> {
  let arrived = true;
  const warn: Log['warn'] = (...said) => {
    arrived = false;
    log.warn(...said);
  };
  const notifier = await notificationsOf(app, { ...log, warn }, stop.signal);
  await untilTakenOver(() => notifier.afterScan({ run, coverage: [], at: app.clock() }));
  return arrived;
}

/** Once a day. */
async function prune({ store, config, clock }: App): Promise<Scanned['pruned']> {
  const now = clock();
  if (Math.abs(now - Number((await store.meta.get(PRUNED)) ?? 0)) < DAY) return undefined;
  const pruned = await store.retention.prune(cutoffs(config.retention, now));
  await store.meta.set(PRUNED, String(now));
  return pruned;
}
