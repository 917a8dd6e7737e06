import { isGap } from '../core/coverage.ts';
import type { Store } from '../core/ports.ts';
import type { Instant } from '../core/time.ts';
import type { DailyCount } from '../core/trend.ts';
import { ownable } from '../publish/survey.ts';

/** Figures about the register: plain data, and nobody's name among them. */
export interface Measures {
  /** The last run that came to its end. */
  run: number | undefined;
  records: Readonly<Record<string, number>>;
  /** Live records that nobody accountable is known for, by kind. */
  unowned: Readonly<Record<string, number>>;
  findings: readonly DailyCount[];
  sources: readonly SourceMeasures[];
}

export interface SourceMeasures {
  source: string;
  /** Share of its streams that left no gap. */
  coverage: number;
  /** 0 when it never was: https://prometheus.io/docs/practices/instrumentation/#avoid-missing-metrics */
  lastRead: Instant;
  lastComplete: Instant;
}

/** Those with a schedule are expected to be read, others are not. */
interface MeasuredSource {
  id: string;
  schedule?: object;
}

type MeasuredStore = Pick<Store, 'runs' | 'records' | 'owners' | 'coverage' | 'trends'>;

/** Reads the figures. It walks through the register: not for the thread that answers requests. */
export async function measure(store: MeasuredStore, configured: readonly MeasuredSource[]): Promise<Measures> {
  const run = await store.runs.last();
  return {
    run: run?.id,
    records: await store.records.counts(),
    unowned: await unowned(store),
    findings: await store.trends.newest(),
    sources: await sources(store, configured),
  };
}

async function unowned(store: MeasuredStore): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for await (const page of store.owners.tally()) {
    for (const { kind, ownership, records } of page) {
      if (!ownable.includes(kind)) continue;
      counts[kind] = (counts[kind] ?? 0) + (ownership.accountable === undefined ? records : 0);
    }
  }
  return counts;
}

/** What is no longer configured is nobody's worry, and would only get older. */
async function sources({ coverage }: MeasuredStore, configured: readonly MeasuredSource[]): Promise<SourceMeasures[]> {
  const [newest, read, complete] = [await coverage.newest(), await coverage.lastRead(), await coverage.lastComplete()];
  const streams = Map.groupBy(newest, ({ source }) => source);
  return configured.flatMap(({ id: source, schedule }) => {
    const of = streams.get(source) ?? [];
    if (of.length === 0 && schedule === undefined) return [];
    const share = of.filter((stream) => !isGap(stream)).length / Math.max(of.length, 1);
    return [{ source, coverage: share, lastRead: read.get(source) ?? 0, lastComplete: complete.get(source) ?? 0 }];
  });
}
