import type { BlindSpot, CheckCoverage, Coverage, Run } from '../../src/core/coverage.ts';
import type { Decision } from '../../src/core/decision.ts';
import { rank, shown, type Finding, type FindingEvent, type Severity } from '../../src/core/finding.ts';
import type { JoinedPerson, Ownership } from '../../src/core/owner.ts';
import type { FindingFilter } from '../../src/core/ports.ts';
import type { DailyCount } from '../../src/core/trend.ts';
import { refKey, type Kind, type Ref, type Sourced } from '../../src/core/record.ts';
import { riskEvents } from '../../src/core/risk-history.ts';
import type { Risk } from '../../src/core/risk.ts';
import type { ReportStore } from '../../src/publish/sources.ts';

/** What a report store holds, as plain lists. */
export interface Holdings {
  run: Run | undefined;
  records: readonly Sourced[];
  owned: readonly { ref: Ref; name: string; ownership: Ownership }[];
  people: readonly JoinedPerson[];
  findings: readonly Finding[];
  risks: readonly Risk[];
  decisions: readonly Decision[];
  coverage: readonly Coverage[];
  checkCoverage: readonly CheckCoverage[];
  blindSpots: readonly BlindSpot[];
  changes: Partial<Record<FindingEvent['type'], number>>;
  days: readonly DailyCount[];
}

/** Nothing at all: a store that was just made. */
export const empty: Holdings = {
  run: undefined,
  records: [],
  owned: [],
  people: [],
  findings: [],
  risks: [],
  decisions: [],
  coverage: [],
  checkCoverage: [],
  blindSpots: [],
  changes: {},
  days: [],
};

/** The read side of a store over plain lists. */
export function reportStore(holdings: Holdings): ReportStore {
  const { records, owned, people, findings } = holdings;
  const ownerships = new Map(owned.map(({ ref, ownership }) => [refKey(ref), ownership]));
  return {
    runs: { last: async () => holdings.run },
    records: {
      each: (kind, options) =>
        pages(
          records.filter(
            ({ source, record }) =>
              record.kind === kind && (options?.source === undefined || source === options.source),
          ),
        ) as never,
      joined: (kind) =>
        pages(
          records
            .filter(({ record }) => record.kind === kind)
            .map(({ source, record }) => ({
              source,
              record,
              firstSeen: 0,
              sourceFirstSeen: 0,
              out: [],
              in: [],
              ownership: ownerships.get(refKey({ source, kind, id: record.id })) ?? { claims: [] },
            })),
        ) as never,
      // Whatever it is, the first workflow uses it.
      neighbours: async () =>
        records
          .filter(({ record }) => record.kind === 'workflow')
          .slice(0, 1)
          .map((one) => ({ ...one, by: { rel: 'uses', along: false }, depth: 1, from: undefined })),
      counts: async () => {
        const counts: Partial<Record<Kind, number>> = {};
        for (const { record } of records) counts[record.kind] = (counts[record.kind] ?? 0) + 1;
        return counts;
      },
    },
    owners: {
      get: async (ref) => ownerships.get(refKey(ref)),
      person: async (id) => people.find((one) => one.id === id || one.email === id),
      tally: () =>
        pages(
          records.map(({ source, record }) => ({
            kind: record.kind,
            ownership: ownerships.get(refKey({ source, kind: record.kind, id: record.id })) ?? { claims: [] },
            records: 1,
          })),
        ),
    },
    findings: {
      list: (filter) => pages(selected(findings, filter).toSorted(worstFirst).slice(0, filter.limit)),
      count: async (filter) => {
        const chosen = selected(findings, filter);
        const bySeverity: Partial<Record<Severity, number>> = {};
        const byCheck: Record<string, number> = {};
        for (const { severity, check } of chosen) {
          bySeverity[severity] = (bySeverity[severity] ?? 0) + 1;
          byCheck[check] = (byCheck[check] ?? 0) + 1;
        }
        return { total: chosen.length, bySeverity, byCheck };
      },
      eventCounts: async () => holdings.changes,
    },
    register: {
      risks: () => pages(holdings.risks),
      // Of each, what a register that was just made would tell.
      riskEvents: async (id) =>
        holdings.risks
          .filter((risk) => risk.id === id)
          .flatMap((risk) => riskEvents(undefined, risk))
          .map((event, seq) => ({ ...event, seq, at: 0, actor: 'scan' })),
      decisions: async (filter) =>
        holdings.decisions.filter(
          (one) =>
            (filter?.subject === undefined || one.subject === filter.subject) &&
            (filter?.status === undefined || one.status === filter.status),
        ),
    },
    coverage: {
      newest: async () => holdings.coverage,
      checks: async () => holdings.checkCoverage,
      blindSpots: () => pages(holdings.blindSpots),
    },
    trends: { series: async () => holdings.days },
  };
}

function selected(findings: readonly Finding[], { shown: wanted, severity, check }: FindingFilter): readonly Finding[] {
  return findings.filter(
    (one) =>
      (wanted === undefined || wanted.includes(shown(one))) &&
      (severity === undefined || one.severity === severity) &&
      (check === undefined || one.check === check),
  );
}

function worstFirst(a: Finding, b: Finding): number {
  return rank(b.severity) - rank(a.severity) || a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1);
}

async function* pages<T>(list: readonly T[], size = 100): AsyncGenerator<readonly T[]> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size);
}
