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
  lastRead?: Instant;
  lastComplete?: Instant;
}

type MeasuredStore = Pick<Store, 'runs' | 'records' | 'owners' | 'coverage' | 'trends'>;

/** Reads the figures. It walks through the register: not for the thread that answers requests. */
export async function measure(store: MeasuredStore): Promise<Measures> {
  const run = await store.runs.last();
  return {
    run: run?.id,
    records: await store.records.counts(),
    unowned: await unowned(store),
    findings: await store.trends.newest(),
    sources: await sources(store),
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

async function sources({ coverage }: MeasuredStore): Promise<SourceMeasures[]> {
  const [newest, read, complete] = [await coverage.newest(), await coverage.lastRead(), await coverage.lastComplete()];
  const streams = Map.groupBy(newest, ({ source }) => source);
  return [...streams].map(([source, of]) => {
    const [lastRead, lastComplete] = [read.get(source), complete.get(source)];
    return {
      source,
      coverage: of.filter((stream) => !isGap(stream)).length / of.length,
      ...(lastRead !== undefined && { lastRead }),
      ...(lastComplete !== undefined && { lastComplete }),
    };
  });
}
