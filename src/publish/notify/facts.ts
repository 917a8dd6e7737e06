import { isGap, outages, type Coverage, type Outage } from '../../core/coverage.ts';
import { rank, severities, type Finding, type Severity } from '../../core/finding.ts';
import type { Policy } from '../../core/policy.ts';
import type { Store } from '../../core/ports.ts';
import { reviewDays, type Risk } from '../../core/risk.ts';
import { DAY, type Instant } from '../../core/time.ts';
import { findingFact, reviewFact, streamFact } from '../../core/told.ts';
import { whats, type Channel, type What } from './channel.ts';

/** The part of the store that notifications need; a whole `Store` fits. */
export interface NotifyStore {
  runs: Pick<Store['runs'], 'last'>;
  findings: Pick<Store['findings'], 'list' | 'worsened'>;
  coverage: Pick<Store['coverage'], 'newest'>;
  owners: Pick<Store['owners'], 'person'>;
  register: Pick<Store['register'], 'risks'>;
  told: Store['told'];
}

/**
 * Something that a channel may want to know, with what to remember once it is told. It is news when it has not been told
 * since it came true.
 */
export type Fact = { keys: readonly string[]; since: Instant } & (
  | { what: Exclude<What, 'blind'>; finding: Finding }
  | { what: 'overdue'; risk: Risk }
  | { what: 'blind'; outage: Outage }
);

/** When, and by which policy, somebody looks, and at which coverage; what opened before `baseline` is no news. */
export interface Look {
  at: Instant;
  baseline: Instant;
  policy: Policy;
  /** Looked up once: what ends while people are being told is told the next time. */
  coverage: readonly Coverage[];
}

/** What this channel has not been told yet, page by page; the same again until it is marked as told. */
export async function* untold(store: NotifyStore, channel: Channel, look: Look): AsyncGenerator<readonly Fact[]> {
  for (const what of whats) {
    if (!channel.when.includes(what)) continue;
    for await (const facts of readers[what](store, channel, look)) {
      const told = await store.told.when(
        channel.id,
        facts.flatMap(({ keys }) => keys),
      );
      yield facts.filter(({ keys, since }) => keys.some((key) => (told.get(key) ?? -Infinity) < since));
    }
  }
}

type Reader = (store: NotifyStore, channel: Channel, look: Look) => AsyncGenerator<readonly Fact[]>;

const readers: Record<What, Reader> = { new: opened, worse: worsened, overdue, blind };

async function* opened(store: NotifyStore, channel: Channel, { baseline }: Look): AsyncGenerator<readonly Fact[]> {
  for (const severity of heard(channel)) {
    for await (const page of store.findings.list({ shown: ['open'], severity, openedSince: baseline })) {
      yield page
        .filter((finding) => tells(channel, finding))
        .map((finding) => ({ what: 'new', keys: [findingFact('new', finding.id)], since: finding.openedAt, finding }));
    }
  }
}

/** What is told as new is told with its severity: a rise before that, or before it was mended, is no news. */
async function* worsened(store: NotifyStore, channel: Channel, { baseline }: Look): AsyncGenerator<readonly Fact[]> {
  const wanted = new Set(heard(channel));
  for await (const page of store.findings.worsened(baseline)) {
    const known = await store.told.when(
      channel.id,
      page.map(({ finding }) => findingFact('new', finding.id)),
    );
    const asNew = (finding: Finding): Instant =>
      channel.when.includes('new') && finding.openedAt >= baseline
        ? (known.get(findingFact('new', finding.id)) ?? Infinity)
        : -Infinity;
    yield page
      .filter(({ finding, worsenedAt }) => asNew(finding) < worsenedAt && worsenedAt >= finding.openedAt)
      .filter(({ finding }) => wanted.has(finding.severity))
      .filter(({ finding }) => tells(channel, finding))
      .map(({ finding, worsenedAt }) => ({
        what: 'worse',
        keys: [findingFact('worse', finding.id)],
        since: worsenedAt,
        finding,
      }));
  }
}

/** What should have been mended by now, and risks that should have been looked at. */
async function* overdue(store: NotifyStore, channel: Channel, look: Look): AsyncGenerator<readonly Fact[]> {
  yield* unmended(store, channel, look);
  yield* unreviewed(store, channel, look);
}

/** Told when the deadline has passed, and again whenever as much time as the policy gives has passed once more. */
async function* unmended(store: NotifyStore, channel: Channel, { at, policy }: Look): AsyncGenerator<readonly Fact[]> {
  for (const severity of heard(channel)) {
    const span = policy.sla[severity] * DAY;
    for await (const page of store.findings.list({ shown: ['open'], severity, openedBefore: at - span })) {
      yield page.map((finding) => {
        const since = lastOf(finding.openedAt, span, at);
        return { what: 'overdue', keys: [findingFact('overdue', finding.id)], since, finding };
      });
    }
  }
}

/** Told when the day of the review has passed, and again after as much time as a risk of its level has between two. */
async function* unreviewed(store: NotifyStore, channel: Channel, { at }: Look): AsyncGenerator<readonly Fact[]> {
  for await (const page of store.register.risks()) {
    yield page
      .filter(({ status, worst }) => status !== 'closed' && rank(worst) >= rank(channel.minSeverity))
      .flatMap((risk): Fact[] => {
        const { id, current, reviewAt } = risk;
        if (reviewAt === undefined || reviewAt >= at) return [];
        const since = lastOf(reviewAt, reviewDays[current.level] * DAY, at);
        return [{ what: 'overdue', keys: [reviewFact(id)], since, risk }];
      });
  }
}

/** The last time that a whole number of spans had passed. */
function lastOf(start: Instant, span: number, at: Instant): Instant {
  return span === 0 ? start : start + Math.floor((at - start) / span) * span;
}

/** Each stream is told once, until it has been read completely again; streams that have one cause are told together. */
async function* blind(store: NotifyStore, { id }: Channel, { coverage }: Look): AsyncGenerator<readonly Fact[]> {
  const gaps = coverage.filter(isGap);
  const told = await store.told.when(id, gaps.map(streamFact));
  yield outages(gaps.filter((gap) => !told.has(streamFact(gap)))).map((outage) => ({
    what: 'blind',
    keys: outage.streams.map((stream) => streamFact({ source: outage.source, stream })),
    since: 0,
    outage,
  }));
}

/** Forgets that streams were blind which are not any more. */
export async function forgetSeen(store: NotifyStore, channel: Channel, coverage: Look['coverage']): Promise<void> {
  const seen = coverage.filter((stream) => !isGap(stream));
  await store.told.forget(channel.id, seen.map(streamFact));
}

/** Worst first. */
function heard({ minSeverity }: Channel): readonly Severity[] {
  return severities.filter((severity) => rank(severity) >= rank(minSeverity)).toReversed();
}

/** A stream that could not be read is a finding too: it is told once, as what it is. */
function tells({ when }: Channel, { subject }: Finding): boolean {
  return subject.kind !== 'stream' || !when.includes('blind');
}
