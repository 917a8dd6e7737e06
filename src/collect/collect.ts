import pLimit from 'p-limit';
import type { Coverage } from '../core/coverage.ts';
import { endOf } from './failures.ts';
import { plan, streamsOf, type PlannedStream, type SourcePlan } from './plan.ts';
import type { CollectPorts, CollectStore } from './read-pages.ts';
import { runStream } from './run-stream.ts';

export type { SourcePlan } from './plan.ts';
export type { CollectPorts, CollectStore } from './read-pages.ts';

/** Sources read at once, and streams of one source. */
const SOURCES = 4;
const STREAMS = 2;

/** Reads every stream of every source; what fails is recorded as coverage, and the rest goes on. */
export async function collect(
  store: CollectStore,
  sources: readonly SourcePlan[],
  ports: CollectPorts,
): Promise<Coverage[]> {
  const limit = pLimit(SOURCES);
  const coverage = await Promise.all(sources.map((source) => limit(() => collectSource(store, source, ports))));
  return coverage.flat();
}

async function collectSource(store: CollectStore, source: SourcePlan, ports: CollectPorts): Promise<Coverage[]> {
  const tell = (stream: string, end: Pick<Coverage, 'outcome' | 'reason' | 'detail'>): Coverage => {
    const done = { source: source.id, stream, ...end, items: 0, quarantined: 0 };
    ports.progress.stream({ source: source.id, stream, items: 0, done });
    return done;
  };
  let granted: readonly string[] | 'unknown';
  try {
    ({ granted } = await source.connector.probe(source.config));
  } catch (error) {
    const end = endOf(error, (text) => ports.engine.redact(text));
    return Object.keys(streamsOf(source)).map((stream) => tell(stream, end));
  }
  const limit = pLimit(STREAMS);
  const running = new Map<string, Promise<Coverage>>();
  for (const planned of plan(source, granted)) {
    const { skip } = planned;
    const done =
      skip === undefined
        ? afterParents(planned, running).then((incomplete) => limit(() => start(planned, incomplete)))
        : Promise.resolve(tell(planned.id, { outcome: 'skipped', ...skip }));
    running.set(planned.id, done);
  }
  return Promise.all(running.values());

  function start({ id, stream }: PlannedStream, incomplete: string | undefined): Promise<Coverage> {
    const run = { source: source.id, id, stream, config: source.config };
    return runStream(incomplete === undefined ? run : { ...run, incompleteParent: incomplete }, store, ports);
  }
}

/** Waits for the streams that this one reads from; names the first that was not read completely. */
async function afterParents(
  { stream }: PlannedStream,
  running: ReadonlyMap<string, Promise<Coverage>>,
): Promise<string | undefined> {
  let incomplete: string | undefined;
  for (const parent of stream.after ?? []) {
    const coverage = await running.get(parent);
    if (coverage?.outcome !== 'complete') incomplete ??= parent;
  }
  return incomplete;
}
