import { parentPort, workerData } from 'node:worker_threads';
import { notificationsOf, openApp, runScan, type App } from '../app.ts';
import { isGap } from '../core/coverage.ts';
import type { Log, Progress } from '../core/ports.ts';
import { DAY } from '../core/time.ts';
import type { ScanResult } from '../pipeline.ts';
import { cutoffs } from '../schedule/cutoffs.ts';
import type { Said } from '../schedule/thread.ts';
import { measure } from '../telemetry/measures.ts';
import { explainFailure } from './failure.ts';
import { processIo } from './io.ts';
import { logTo } from './log.ts';
import type { Job, Results, Scanned } from './run-job.ts';

// The thread in which `rollcall run` reads and writes the register, so that the one that answers requests stays quick.
const PRUNED = 'pruned-at';
const silent: Progress = { stage: () => undefined, stream: () => undefined, count: () => undefined };

const job = workerData as Job;
const stop = new AbortController();
const tell = (said: Said<Results[Job['kind']]>): void => parentPort?.postMessage(said);
parentPort?.once('message', () => stop.abort());
const io = { ...processIo(stop.signal), err: (text: string) => tell({ say: text.trimEnd() }) };

try {
  const { cwd, account, db, config, policy } = job;
  const app = await openApp({
    cwd,
    account,
    clock: io.clock,
    existing: true,
    ...(db !== undefined && { db }),
    ...(config !== undefined && { config }),
    ...(policy !== undefined && { policy }),
  });
  try {
    const result = job.kind === 'measure' ? await measure(app.store) : await scan(app, new Set(job.sources));
    await app.store.close();
    tell({ result });
  } catch (problem) {
    await app.store.close();
    throw problem;
  }
} catch (problem) {
  const said: string[] = [];
  explainFailure(problem, job.debug, { err: (text) => said.push(text) });
  tell({ failure: said.join('').trimEnd() });
}

async function scan(app: App, sources: ReadonlySet<string>): Promise<Scanned> {
  const log = logTo(io, app.engine, job.debug);
  const result = await runScan(app, [], { progress: silent, log, signal: stop.signal }, sources);
  const { coverage, interrupted, opened, resolved } = result;
  const wanted = coverage.filter((each) => isGap(each) || each.outcome === 'complete');
  const complete = wanted.filter(({ outcome }) => outcome === 'complete').length;
  const scanned = { opened, resolved, streams: { complete, all: wanted.length } };
  if (interrupted) return { ...scanned, outcome: 'interrupted', unsent: false };
  const unsent = await notify(app, result, log);
  const pruned = await prune(app);
  const outcome = coverage.some(isGap) ? 'partial' : 'complete';
  return { ...scanned, outcome, unsent, ...(pruned && { pruned }) };
}

/** True when something could not be told. */
async function notify(app: App, { run, coverage }: ScanResult, log: Log): Promise<boolean> {
  if (app.channels.length === 0) return false;
  let unsent = false;
  const warn: Log['warn'] = (...said) => {
    unsent = true;
    log.warn(...said);
  };
  try {
    const notifier = await notificationsOf(app, { ...log, warn });
    await notifier.afterScan({ run, coverage, at: app.clock() });
  } catch (problem) {
    warn('nobody was told', { name: problem instanceof Error ? problem.name : 'unknown' });
  }
  return unsent;
}

/** Once a day. */
async function prune({ store, config, clock }: App): Promise<Scanned['pruned']> {
  const now = clock();
  if (now - Number((await store.meta.get(PRUNED)) ?? 0) < DAY) return undefined;
  const pruned = await store.retention.prune(cutoffs(config.retention, now));
  await store.meta.set(PRUNED, String(now));
  return pruned;
}
