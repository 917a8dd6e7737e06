import { extname } from 'node:path';
import type { Run } from '../core/coverage.ts';
import { SECOND, type Clock } from '../core/time.ts';
import { inThread, ThreadFailure, type ThreadPorts } from '../schedule/thread.ts';
import { timers } from '../schedule/timers.ts';
import type { Measures } from '../telemetry/measures.ts';
import type { Metrics, ScanOutcome } from '../telemetry/metrics.ts';
import type { Job, Place, Results, Scanned } from './run-job.ts';
import { counted } from './style.ts';

/** What a scan has to finish its page once it is asked to stop. */
const GRACE = 30 * SECOND;
/** As `bin/rollcall.mjs` starts the process of a scan. */
const LIMITS = { maxYoungGenerationSizeMb: 24 };
const worker = new URL(`./run.worker${extname(import.meta.url)}`, import.meta.url);

export interface ThreadsPorts {
  place: Place;
  /** Who has the leases under which the threads write. */
  holder: string;
  figures: Metrics;
  clock: Clock;
  say(text: string): void;
}

/** The work of `rollcall run` that takes longer than an answer may wait. */
export interface Threads {
  /** Says and counts how it went, whatever happened. */
  scan(sources: ReadonlySet<string>, signal: AbortSignal): Promise<{ outcome: ScanOutcome; run?: Run }>;
  /** Tells people after a scan; likewise. */
  tell(run: Run, signal: AbortSignal): Promise<void>;
  /** Takes the figures of the register. */
  measure(signal: AbortSignal): Promise<Measures>;
}

/** Each job has a thread of its own, and so reads policy and settings as they are then. */
export function threads({ place, holder, figures, clock, say }: ThreadsPorts): Threads {
  const news = newsOf();
  const start = <K extends keyof Results>(job: Extract<Job, { kind: K }>, signal: AbortSignal): Promise<Results[K]> => {
    const ports: ThreadPorts = { timers, signal, graceMs: GRACE, say, limits: LIMITS };
    return inThread<Job, Results[K]>(worker, job, ports);
  };
  return {
    measure: (signal) => start<'measure'>({ ...place, kind: 'measure' }, signal),
    tell: async (run, signal) => {
      try {
        if (!(await start<'tell'>({ ...place, kind: 'tell', run, holder }, signal))) figures.notificationFailed();
      } catch (problem) {
        if (!(problem instanceof ThreadFailure)) throw problem;
        figures.notificationFailed();
        say(`not everybody was told; the next scan tries again: ${problem.message}`);
      }
    },
    scan: async (sources, signal) => {
      const started = clock();
      figures.scanning(true);
      let outcome: ScanOutcome = 'failed';
      try {
        const scanned = await start<'scan'>({ ...place, kind: 'scan', sources: [...sources], holder }, signal);
        outcome = scanned.outcome;
        if (scanned.pruned) figures.pruned(scanned.pruned);
        say([sentence(sources, scanned), ...news(scanned.gaps).map((line) => `  ${line}`)].join('\n'));
        return { outcome, ...(scanned.run && { run: scanned.run }) };
      } catch (problem) {
        if (!(problem instanceof ThreadFailure)) throw problem;
        if (signal.aborted) outcome = 'interrupted';
        say(`scan of ${[...sources].join(', ')} ${outcome}: ${problem.message}`);
        return { outcome };
      } finally {
        figures.scanning(false);
        figures.scanned(outcome, clock() - started);
      }
    },
  };
}

/** What is wrong is said when it begins, changes and ends, not at every tick. */
function newsOf(): (gaps: Scanned['gaps']) => string[] {
  const said = new Map<string, readonly string[]>();
  return (gaps) =>
    Object.entries(gaps).flatMap(([source, lines]) => {
      const before = said.get(source) ?? [];
      said.set(source, lines);
      if (before.length > 0 && lines.length === 0) return [`${source}: everything could be read again`];
      return lines.filter((line) => !before.includes(line));
    });
}

function sentence(sources: ReadonlySet<string>, { outcome, opened, resolved, streams, pruned }: Scanned): string {
  const scan = `scan of ${[...sources].join(', ')} ${outcome}`;
  if (outcome === 'interrupted') return `${scan}; the next one goes on from here`;
  const read = `${streams.complete} of ${counted(streams.all, 'stream')} read completely`;
  const changes = `${counted(opened, 'new finding')}, ${resolved} resolved`;
  const { runs = 0, events = 0, records = 0 } = pruned ?? {};
  const gone = `; forgot ${counted(runs, 'run')}, ${counted(events, 'change')}, ${counted(records, 'record')}`;
  return `${scan}: ${read}; ${changes}${runs + events + records > 0 ? gone : ''}`;
}
