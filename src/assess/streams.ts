import { isGap, outages, type BlindSpot, type Coverage } from '../core/coverage.ts';
import type { Observation } from '../core/finding.ts';
import type { AssessedBatch, Evaluated, Store } from '../core/ports.ts';
import { count } from '../core/text.ts';
import { SubjectContext, type Assessment } from './context.ts';
import { evaluate, type Prepared } from './evaluate.ts';
import type { About } from './observe.ts';
import type { Tally } from './tally.ts';

/** What one run of the collect stage saw of one stream, for checks about coverage. */
export interface StreamSight {
  coverage: Coverage;
  blindSpots: readonly BlindSpot[];
  moreBlindSpots: number;
}

/** More would only be counted. */
const NAMED = 20;

/** What is to be said of each stream: of what should have been read the first, for of pictures there may be thousands. */
export async function sightsOf(
  store: Pick<Store['coverage'], 'blindSpots'>,
  coverage: readonly Coverage[],
): Promise<StreamSight[]> {
  const spots = new Map<string, { kept: BlindSpot[]; more: number }>();
  for await (const page of store.blindSpots()) {
    for (const spot of page.filter(({ expected }) => expected !== true)) {
      const key = `${spot.source}\u0000${spot.stream}`;
      const entry = spots.get(key) ?? { kept: [], more: 0 };
      if (entry.kept.length < NAMED) entry.kept.push(spot);
      else entry.more += 1;
      spots.set(key, entry);
    }
  }
  return coverage.map((stream) => {
    const entry = spots.get(`${stream.source}\u0000${stream.stream}`);
    return { coverage: stream, blindSpots: entry?.kept ?? [], moreBlindSpots: entry?.more ?? 0 };
  });
}

/** Stands for every stream of a source that should have been read. */
const ALL = '*';

/** Asks about what could be read: stream by stream, but once about a source of which nothing could be, for one reason. */
export function assessStreams(
  prepared: readonly Prepared[],
  sights: readonly StreamSight[],
  assessment: Assessment,
  tally: Tally,
): AssessedBatch {
  const observed: Observation[] = [];
  const asked = (sight: StreamSight, name: string): Evaluated => {
    const { source, stream } = sight.coverage;
    const context = new SubjectContext(assessment, undefined, source, 'unknown');
    const about: About = {
      subject: { source, kind: 'stream', id: stream, name },
      initiative: { id: source, name: source },
      environment: 'unknown',
      ownership: { claims: [] },
    };
    return evaluate(prepared, sight, { context, subject: about.subject, about: () => about }, tally, observed);
  };
  const subjects = [...Map.groupBy(sights, ({ coverage }) => coverage.source)].flatMap(([source, all]) => {
    const dark = inTheDark(all);
    const others = all
      .filter(({ coverage }) => !dark?.streams.includes(coverage.stream))
      .map((sight) => asked(sight, `${source} ${sight.coverage.stream}`));
    if (dark === undefined) return others;
    // What was open about one of them stays open beside the word on all.
    const unknown = prepared.map(({ id }) => id);
    const silent = dark.streams.map((id): Evaluated => ({ source, kind: 'stream', id, unknown }));
    return [asked(dark.sight, `${source}, ${count(dark.streams.length, 'stream')}`), ...others, ...silent];
  });
  return { subjects: subjects.toSorted(byAddress), observed };
}

function byAddress(a: Evaluated, b: Evaluated): number {
  if (a.source !== b.source) return a.source < b.source ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** Every stream that should have been read, when nothing was and for one reason: the platform is down, or the key is dead. */
function inTheDark(sights: readonly StreamSight[]): { streams: readonly string[]; sight: StreamSight } | undefined {
  const due = sights.filter(({ coverage }) => coverage.outcome === 'complete' || isGap(coverage));
  const [outage, ...others] = outages(due.map(({ coverage }) => coverage));
  const sum = (of: (sight: StreamSight) => number): number => due.reduce((total, sight) => total + of(sight), 0);
  const items = sum(({ coverage }) => coverage.items);
  if (outage?.reason === undefined || others.length > 0 || outage.streams.length < 2 || items > 0) return undefined;
  const { streams, ...said } = outage;
  return {
    streams,
    sight: {
      coverage: { ...said, stream: ALL, items, quarantined: sum(({ coverage }) => coverage.quarantined) },
      blindSpots: due.flatMap(({ blindSpots }) => blindSpots),
      moreBlindSpots: sum(({ moreBlindSpots }) => moreBlindSpots),
    },
  };
}
