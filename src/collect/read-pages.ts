import type { Log, Progress, RecordStore, RunStore, StoredPage, StreamClaim } from '../core/ports.ts';
import type { Kind } from '../core/record.ts';
import type { Clock } from '../core/time.ts';
import type { Page, Stream } from '../sdk/connector.ts';
import { type DetectPorts, detector } from './detect.ts';
import { type End, endOf } from './failures.ts';

/** What collecting needs from outside. */
export interface CollectPorts extends DetectPorts {
  clock: Clock;
  progress: Progress;
  log: Log;
  signal: AbortSignal;
}

/** What collecting reads from and writes to the store. */
export interface CollectStore {
  runs: RunStore;
  records: Pick<RecordStore, 'each'>;
}

/** How much of a stream has been written, interrupted attempts included. */
export interface Tally {
  items: number;
  /** Things set aside that somebody would have expected to be read. */
  quarantined: number;
  /** Those among them that did not fit the schema. */
  unmapped: number;
  /** A page said that there is more than this attempt reads. */
  bounded?: true;
}

type Spot = StoredPage['blind'][number];
type Read = { page: Page; records: StoredPage['records'] } | { failure: unknown } | 'end';

/** Stores a stream page by page until it ends or fails. Only the store's own errors are thrown. */
export async function readPages(
  { stream, config }: { stream: Stream<unknown>; config: unknown },
  claim: StreamClaim,
  tally: Tally,
  store: CollectStore,
  ports: CollectPorts,
): Promise<End | 'aborted'> {
  const spots: Spot[] = [];
  const pages = stream.pages({
    config,
    resume: claim.cursor,
    now: ports.clock(),
    signal: ports.signal,
    parents: (kind) => parents(store, claim.source, kind),
    blind: (subject, reason, detail, expected) => {
      spots.push({ subject, reason, detail, ...(expected === 'expected' && { expected: true }) });
    },
  });
  const iterator = pages[Symbol.asyncIterator]();
  const detect = detector(ports);
  for (;;) {
    const read = await nextPage(iterator, detect);
    const stop = read === 'end' || 'failure' in read;
    const page = stop ? { records: [], next: undefined } : { records: read.records, next: read.page.next };
    if (!stop || spots.length > 0) await save(page, spots.splice(0), claim, tally, store, ports);
    if (!stop && read.page.bounded === true) tally.bounded = true;
    if (read === 'end') return { outcome: 'complete' };
    if (ports.signal.aborted) {
      await iterator.return?.();
      return 'aborted';
    }
    if ('failure' in read) return endOf(read.failure, (text) => ports.engine.redact(text));
    ports.progress.stream({ source: claim.source, stream: claim.stream, items: tally.items });
  }
}

/** The next page with its text scanned and dropped, or what came instead of it. */
async function nextPage(iterator: AsyncIterator<Page>, detect: ReturnType<typeof detector>): Promise<Read> {
  try {
    const step = await iterator.next();
    if (step.done === true) return 'end';
    return { page: step.value, records: detect(step.value.items) };
  } catch (failure) {
    return { failure };
  }
}

async function save(
  page: Pick<StoredPage, 'records' | 'next'>,
  spots: readonly Spot[],
  claim: StreamClaim,
  tally: Tally,
  store: CollectStore,
  ports: CollectPorts,
): Promise<void> {
  const redact = (text: string): string => ports.engine.redact(text);
  const blind = spots.map((spot) => ({ ...spot, subject: redact(spot.subject), detail: redact(spot.detail) }));
  const gaps = blind.filter((spot) => spot.expected !== true);
  const stored = { ...page, blind, quarantined: gaps.length };
  const { duplicates } = await store.runs.page(claim, stored, ports.clock());
  tally.items += page.records.length;
  tally.quarantined += gaps.length;
  tally.unmapped += gaps.filter((spot) => spot.reason === 'schema').length;
  if (duplicates.length === 0) return;
  await save(
    { records: [], next: page.next },
    duplicates.map((id) => duplicate(id, page.records)),
    claim,
    tally,
    store,
    ports,
  );
}

/**
 * Two exports may describe the same connection or project, each as it was then: nothing is lost by keeping one of them.
 * Two workflows of one id are two things of which one is not on the roll.
 */
function duplicate(id: string, records: StoredPage['records']): Spot {
  const kind = records.find(({ record }) => record.id === id)?.record.kind;
  const lost = kind === 'workflow' || kind === 'endpoint';
  const detail = 'came twice with different content: the first one was kept';
  return { subject: id, reason: 'duplicate-id', detail, ...(!lost && { expected: true }) };
}

async function* parents<K extends Kind>(store: CollectStore, source: string, kind: K) {
  for await (const page of store.records.each(kind, { source })) {
    for (const { record } of page) yield { id: record.id, name: record.name };
  }
}
