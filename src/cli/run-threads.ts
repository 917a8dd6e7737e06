import { extname } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { SECOND, type Clock } from '../core/time.ts';
import { inThread, ThreadFailure, type ThreadPorts } from '../schedule/thread.ts';
import { timers } from '../schedule/timers.ts';
import type { Measures } from '../telemetry/measures.ts';
import type { Metrics, ScanOutcome } from '../telemetry/metrics.ts';
import type { Job, Place, Results, Scanned } from './run-job.ts';
import { counted } from './style.ts';

/** What a scan has to finish its page once it is asked to stop. */
const GRACE = 30 * SECOND;
/**
 * What a scan throws away would otherwise pile up to twice the memory before V8 looks at it. `rollcall scan` starts a
 * process with such settings; a thread takes one of them at its birth, and the other holds for all.
 */
const HEAP_GROWTH = '--heap-growing-percent=25';
const LIMITS = { maxYoungGenerationSizeMb: 24 };
const worker = new URL(`./run.worker${extname(import.meta.url)}`, import.meta.url);

export interface ThreadsPorts {
  place: Place;
  figures: Metrics;
  clock: Clock;
  say(text: string): void;
}

/** The work of `rollcall run` that takes longer than an answer may wait. */
export interface Threads {
  /** Says and counts how it went, whatever happened. */
  scan(sources: ReadonlySet<string>, signal: AbortSignal): Promise<ScanOutcome>;
  /** Takes the figures of the register. */
  measure(signal: AbortSignal): Promise<Measures>;
}

/** Each job has a thread of its own, and so reads policy and settings as they are then. */
export function threads({ place, figures, clock, say }: ThreadsPorts): Threads {
  setFlagsFromString(HEAP_GROWTH);
  const start = <K extends keyof Results>(job: Extract<Job, { kind: K }>, signal: AbortSignal): Promise<Results[K]> => {
    const ports: ThreadPorts = { timers, signal, graceMs: GRACE, say, limits: LIMITS };
    return inThread<Job, Results[K]>(worker, job, ports);
  };
  return {
    measure: (signal) => start<'measure'>({ ...place, kind: 'measure' }, signal),
    scan: async (sources, signal) => {
      const started = clock();
      figures.scanning(true);
      let outcome: ScanOutcome = 'failed';
      try {
        const scanned = await start<'scan'>({ ...place, kind: 'scan', sources: [...sources] }, signal);
        outcome = scanned.outcome;
        if (scanned.unsent) figures.notificationFailed();
        if (scanned.pruned) figures.pruned(scanned.pruned);
        say(sentence(sources, scanned));
      } catch (problem) {
        if (!(problem instanceof ThreadFailure)) throw problem;
        if (signal.aborted) outcome = 'interrupted';
        say(`scan of ${[...sources].join(', ')} ${outcome}: ${problem.message}`);
      } finally {
        figures.scanning(false);
        figures.scanned(outcome, clock() - started);
      }
      return outcome;
    },
  };
}

function sentence(sources: ReadonlySet<string>, { outcome, opened, resolved, streams, pruned }: Scanned): string {
  const read = `${streams.complete} of ${counted(streams.all, 'stream')} read completely`;
  const changes = `${counted(opened, 'new finding')}, ${resolved} resolved`;
  const { runs = 0, events = 0, records = 0 } = pruned ?? {};
  const gone = `; forgot ${counted(runs, 'run')}, ${counted(events, 'change')}, ${counted(records, 'record')}`;
  return `scan of ${[...sources].join(', ')} ${outcome}: ${read}; ${changes}${runs + events + records > 0 ? gone : ''}`;
}
