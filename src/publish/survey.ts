import type { CheckCoverage, Coverage, Run } from '../core/coverage.ts';
import { severities, type Finding, type FindingEvent, type Severity } from '../core/finding.ts';
import type { Ownership } from '../core/owner.ts';
import { kinds, type Kind } from '../core/record.ts';
import { peopleFinder, slaDue } from './facts.ts';
import type { Sources } from './sources.ts';
import { worstFindings } from './worst.ts';

export type BySeverity = Record<Severity, number>;

/** The kinds that somebody has to answer for. */
export const ownable: readonly Kind[] = kinds.filter((kind) => kind !== 'person' && kind !== 'container');

/** All records that somebody has to answer for. */
export function ownableRecords({ here, left, unknown }: Record<Answer, number>): number {
  return here + left + unknown;
}

/** Somebody accountable is here, all of them have left, or nobody is known (to be here). */
export type Answer = 'here' | 'left' | 'unknown';

/** Open findings of one owner. */
export interface OwnerLoad {
  id: string;
  name: string;
  email?: string;
  state: 'active' | 'left' | 'unknown';
  open: number;
  bySeverity: BySeverity;
}

/** The figures that several reports share; its size depends on owners and checks, not on findings. */
export interface Survey {
  run: Run | undefined;
  changes: Partial<Record<FindingEvent['type'], number>>;
  coverage: readonly Coverage[];
  checkCoverage: readonly CheckCoverage[];
  records: Partial<Record<Kind, number>>;
  /** Records that somebody has to answer for, by whether somebody does. */
  answering: Record<Answer, number>;
  open: { total: number; bySeverity: BySeverity; byCheck: Record<string, number> };
  accepted: number;
  falsePositive: number;
  /** Open findings past the policy's deadline, and those without an owner. */
  overdue: number;
  unowned: number;
  checkSeverities: ReadonlyMap<string, BySeverity>;
  /** Most burdened first. */
  owners: readonly OwnerLoad[];
  /** Owners beyond the cap, whose findings are counted but not told apart. */
  moreOwners: number;
  /** Where to begin. */
  worst: readonly Finding[];
}

const mostOwners = 500;
const mostWorst = 10;

/** Reads the store once for the figures at the head of every report. */
export async function survey(sources: Sources): Promise<Survey> {
  const { store } = sources;
  const run = await store.runs.last();
  const records = await store.records.counts();
  const total = await store.findings.count({ shown: ['open'] });
  const tally = await tallyOpen(sources);
  return {
    run,
    changes: run ? await store.findings.eventCounts({ from: run.startedAt, to: run.finishedAt ?? sources.now }) : {},
    coverage: inOrder(await store.coverage.newest(), (one) => `${one.source}\0${one.stream}`),
    checkCoverage: run ? inOrder(await store.coverage.checks(run.id), (one) => `${one.check}\0${one.source}`) : [],
    records,
    answering: await tallyAnswers(sources),
    open: {
      total: total.total,
      bySeverity: { ...none(), ...total.bySeverity },
      byCheck: Object.fromEntries(Object.entries(total.byCheck).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    },
    accepted: (await store.findings.count({ shown: ['accepted'] })).total,
    falsePositive: (await store.findings.count({ shown: ['false-positive'] })).total,
    worst: await worstFindings(store.findings, mostWorst),
    ...tally,
  };
}

/** Nothing of any severity. */
export function none(): BySeverity {
  return { info: 0, low: 0, medium: 0, high: 0, critical: 0 };
}

/** Critical first. */
export const worstFirst: readonly Severity[] = severities.toReversed();

async function tallyOpen(sources: Sources) {
  const checkSeverities = new Map<string, BySeverity>();
  const byOwner = new Map<string, BySeverity>();
  let overdue = 0;
  let unowned = 0;
  for await (const page of sources.store.findings.list({ shown: ['open'] })) {
    for (const finding of page) {
      if ((slaDue(finding, sources.policy) ?? Infinity) < sources.now) overdue += 1;
      add(checkSeverities, finding.check, finding.severity);
      if (finding.owner === undefined) unowned += 1;
      else add(byOwner, finding.owner, finding.severity);
    }
  }
  const ranked = [...byOwner].toSorted(([a, x], [b, y]) => weight(y) - weight(x) || (a < b ? -1 : 1));
  const person = peopleFinder(sources.store);
  const owners: OwnerLoad[] = [];
  for (const [id, bySeverity] of ranked.slice(0, mostOwners)) {
    owners.push({ ...(await person(id)), id, open: sum(bySeverity), bySeverity });
  }
  return { checkSeverities, overdue, unowned, owners, moreOwners: Math.max(0, ranked.length - mostOwners) };
}

function add(map: Map<string, BySeverity>, key: string, severity: Severity): void {
  const counts = map.get(key) ?? none();
  counts[severity] += 1;
  map.set(key, counts);
}

/** All of them together. */
export function sum(counts: BySeverity): number {
  return Object.values(counts).reduce((total, one) => total + one, 0);
}

function weight(counts: BySeverity): number {
  return counts.critical * 1e6 + counts.high * 1e4 + counts.medium * 100 + counts.low + counts.info / 100;
}

async function tallyAnswers({ store }: Sources): Promise<Record<Answer, number>> {
  const tally = { here: 0, left: 0, unknown: 0 };
  for await (const page of store.owners.tally()) {
    for (const { kind, ownership, records } of page) {
      if (ownable.includes(kind)) tally[answerOf(ownership)] += records;
    }
  }
  return tally;
}

/** Does anybody answer for a record: co-owners count, and a person whom no directory knows is no answer. */
export function answerOf({ accountable, claims }: Ownership): Answer {
  const all = claims.filter((claim) => claim.role === 'accountable');
  if (accountable) all.push(accountable);
  if (all.some((claim) => claim.state === 'active')) return 'here';
  return all.length > 0 && all.every((claim) => claim.state === 'left') ? 'left' : 'unknown';
}

function inOrder<T>(values: readonly T[], key: (value: T) => string): readonly T[] {
  return values.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
