import type { Log, MetaStore, Progress, RecordStore, RunStore, StoredPage, StreamClaim } from '../core/ports.ts';
import type { Json } from '../core/content.ts';
import type { Kind, RecordOf } from '../core/record.ts';
import { DAY } from '../core/time.ts';
import type { Page, Stream } from '../sdk/connector.ts';
import type { Http } from '../sdk/http.ts';
import { type DetectPorts, detector } from './detect.ts';
import { type End, endOf } from './failures.ts';
import { isOwnAccess } from './own-access.ts';
import type { OpenPorts } from './open-source.ts';
import { secretsIn } from './resolve-secrets.ts';

/** What collecting needs from outside. */
export interface CollectPorts extends DetectPorts, OpenPorts {
  progress: Progress;
  log: Log;
  /** Of this program: a page that an older one stored is read again. */
  version: string;
}

/** What collecting reads from and writes to the store. */
export interface CollectStore {
  runs: RunStore;
  records: Pick<RecordStore, 'each'>;
  meta: MetaStore;
}

/** One stream of one source, as it is to be read. */
export interface StreamRun {
  source: string;
  id: string;
  stream: Stream<unknown>;
  config: unknown;
  /** The configuration in one line. */
  settings: string;
  http: Http;
  /** A stream that this one reads from and that was not read completely: then neither can this one be. */
  incompleteParent?: string;
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
  /** Why what this attempt does not show may still be there. */
  doubt?: string;
  /** What the last page gave to ask for changes. */
  changesFrom?: Json;
}

/** Changes alone are asked for so long; then everything is read again, in case a change was never told. */
const CHANGES_ALONE = 7 * DAY;

type Spot = StoredPage['blind'][number];
type Read = { page: Page; records: StoredPage['records'] } | { failure: unknown } | 'end';

/** Stores a stream page by page until it ends or fails. Only the store's own errors are thrown. */
export async function readPages(
  { stream, config, http }: StreamRun,
  claim: StreamClaim,
  tally: Tally,
  store: CollectStore,
  ports: CollectPorts,
): Promise<End | 'aborted'> {
  const spots: Spot[] = [];
  /** Of what a platform gave to go on from, nothing is kept in which a secret stands: then it is read anew. */
  const keepable = <T>(given: T | undefined): T | undefined => {
    const text = JSON.stringify(given ?? null);
    const safe = ports.engine.redact(text) === text && !own.some((secret) => text.includes(secret));
    return safe ? given : undefined;
  };
  const own = secretsIn(config).map((secret) => secret.reveal());
  const written = (request: string): string => `${ports.version} ${request}`;
  const storable = ({ page, records }: Extract<Read, { page: Page }>): Parameters<typeof save>[0] => {
    const { removed, hidden, unchanged, bounded } = page;
    const version = keepable(page.version);
    return {
      records,
      next: keepable(page.next),
      ...(bounded && { bounded }),
      ...(removed && { removed }),
      ...(hidden && { hidden }),
      ...(version && { version: { ...version, request: written(version.request) } }),
      ...(unchanged && { unchanged }),
    };
  };
  const pages = stream.pages({
    config,
    resume: claim.cursor,
    now: ports.clock(),
    signal: ports.signal,
    http,
    // A stream whose absence means nothing (a log of events) has no full read to fall back on.
    changesFrom: stream.absence === 'means-nothing' || isFresh(claim, ports) ? claim.changesFrom : undefined,
    known: async (request) => {
      const known = await store.runs.known(claim, written(request));
      return known && { ...known, request };
    },
    parents: (kind) => parents(store, claim.source, kind),
    blind: (subject, reason, detail, expected) => {
      spots.push({ subject, reason, detail, ...(expected === 'expected' && { expected: true }) });
    },
    doubt: (why) => {
      tally.doubt ??= ports.engine.redact(why);
    },
  });
  const iterator = pages[Symbol.asyncIterator]();
  const detect = detector(ports);
  let place = claim.cursor;
  try {
    for (;;) {
      const read = await nextPage(iterator, detect);
      const stop = read === 'end' || 'failure' in read;
      const page = stop ? { records: [], next: place } : storable(read);
      place = page.next;
      if (!stop || spots.length > 0) await save(page, spots.splice(0), claim, tally, store, ports);
      if (!stop && read.page.bounded === true) tally.bounded = true;
      const changesFrom = stop ? undefined : keepable(read.page.changesFrom);
      if (changesFrom !== undefined) tally.changesFrom = changesFrom;
      if (ports.signal.aborted) return 'aborted';
      if (read === 'end') return { outcome: 'complete' };
      if ('failure' in read) return endOf(read.failure, (text) => ports.engine.redact(text));
      ports.progress.stream({ source: claim.source, stream: claim.stream, items: tally.items });
    }
  } finally {
    // Whatever ended it: a stream may hold something open.
    await iterator.return?.();
  }
}

const isFresh = ({ readInFullAt }: StreamClaim, { clock }: CollectPorts): boolean =>
  readInFullAt !== undefined && clock() - readInFullAt < CHANGES_ALONE;

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
  page: Omit<StoredPage, 'blind' | 'quarantined'>,
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
  const { duplicates, seen } = await store.runs.page(claim, stored, ports.clock());
  tally.items += seen;
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

/** What the streams of the source emitted: the platform knows nothing of our own access by the id that it has here. */
async function* parents<K extends Kind>(store: CollectStore, source: string, kind: K): AsyncGenerator<RecordOf<K>> {
  for await (const page of store.records.each(kind, { source })) {
    for (const { record } of page) if (!isOwnAccess(record)) yield record;
  }
}
