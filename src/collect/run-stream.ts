import { createHash } from 'node:crypto';
import type { Coverage } from '../core/coverage.ts';
import { LostClaim } from '../core/errors.ts';
import type { Swept } from '../core/ports.ts';
import { HOUR } from '../core/time.ts';
import { type End, interrupted } from './failures.ts';
import { type CollectPorts, type CollectStore, readPages, type StreamRun, type Tally } from './read-pages.ts';

/** A broken-off attempt younger than this is continued; an older one has lost touch with the source. */
const RESUME_WINDOW = 6 * HOUR;

/** More items than this, and than this share, that do not fit the schema: the platform has changed. */
const UNMAPPED = { number: 5, share: 0.01 };

/** Reads one stream from where it stands to its end, and says how far it came. */
export async function runStream(run: StreamRun, store: CollectStore, ports: CollectPorts): Promise<Coverage> {
  const { incompleteParent } = run;
  const claim = await store.runs.claim(run.source, run.id, ports.clock(), RESUME_WINDOW, {
    reading: readingOf(run, ports.version),
    ...(incompleteParent !== undefined && { lacking: incompleteParent }),
  });
  const { items, quarantined, unmapped, bounded } = claim;
  const tally: Tally = { items, quarantined, unmapped, ...(bounded && { bounded }) };
  const tell = (end: End): Coverage => {
    const { items, quarantined } = tally;
    const done = { source: run.source, stream: run.id, ...end, items, quarantined };
    ports.progress.stream({ source: run.source, stream: run.id, items, done });
    return done;
  };
  try {
    const read = await readPages(run, claim, tally, store, ports);
    // The claim stays: the next scan goes on from here.
    if (read === 'aborted') return tell(interrupted);
    // Slowed down: the next scan goes on from here too.
    if (read.reason === 'rate-limited') return tell(read);
    const end = read.outcome === 'complete' ? judge(claim.lacking, tally) : read;
    const { changesFrom } = tally;
    const kept = { ...end, absence: absenceIn(run, tally), ...(changesFrom !== undefined && { changesFrom }) };
    const swept = await store.runs.end(claim, kept, ports.clock());
    return tell(swept.held === undefined ? end : held(swept.held, tally.doubt));
  } catch (error) {
    if (!(error instanceof LostClaim)) throw error;
    ports.log.debug('stream was taken over', { source: run.source, stream: run.id });
    return tell({ outcome: 'partial', reason: 'interrupted', detail: 'another scan has taken this stream over' });
  }
}

/**
 * What an attempt reads with: what one was told, another must not go on from. A log of events has no full read to fall
 * back on, so a newer program goes on in it.
 */
function readingOf({ settings, stream }: StreamRun, version: string): string {
  const program = stream.absence === 'means-gone' ? version : undefined;
  return createHash('sha256')
    .update(JSON.stringify([program, settings]))
    .digest('base64url');
}

/** What a stream that was read to its end amounts to. */
function judge(lacking: string | undefined, { items, quarantined, unmapped }: Tally): End {
  if (unmapped > UNMAPPED.number && unmapped > (items + unmapped) * UNMAPPED.share) {
    const detail = `${unmapped} of ${items + unmapped} items do not have the expected form: the platform may have changed`;
    return { outcome: 'failed', reason: 'schema', detail };
  }
  if (lacking !== undefined) {
    return { outcome: 'partial', detail: `reads from ${lacking}, which was not read completely` };
  }
  if (quarantined > 0) {
    return { outcome: 'partial', detail: `${quarantined} ${quarantined === 1 ? 'thing' : 'things'} could not be read` };
  }
  return { outcome: 'complete' };
}

/** What it means that this attempt did not show something. */
function absenceIn({ stream }: StreamRun, { bounded, doubt }: Tally): 'means-gone' | 'in-doubt' | 'means-nothing' {
  if (bounded === true || stream.absence === 'means-nothing') return 'means-nothing';
  return doubt === undefined ? 'means-gone' : 'in-doubt';
}

function held({ wouldVanish, of }: NonNullable<Swept['held']>, doubt: string | undefined): End {
  if (doubt !== undefined) {
    const detail = `${wouldVanish} of ${of} records are not shown any more, and may still be there: ${doubt}`;
    return { outcome: 'partial', reason: 'permission', detail };
  }
  const detail = `${wouldVanish} of ${of} records would have vanished at once: kept until a second complete scan confirms it`;
  return { outcome: 'partial', reason: 'suspect', detail };
}
