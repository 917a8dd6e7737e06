import type { CheckCoverage } from '../core/coverage.ts';

const REASONS_KEPT = 50;

interface Entry {
  check: string;
  source: string;
  pass: number;
  fail: number;
  unknown: number;
  because: Map<string, number>;
}

/** Counts how every check fared over every source, and why it could not tell. Bounded, whatever the number of records. */
export class Tally {
  readonly #bySource = new Map<string, Map<string, Entry>>();

  count(check: string, source: string, answer: 'pass' | 'fail' | 'unknown'): void {
    this.#entry(check, source)[answer] += 1;
  }

  unknown(check: string, source: string, because: string): void {
    const reasons = this.#entry(check, source).because;
    const known = reasons.get(because);
    if (known === undefined && reasons.size >= REASONS_KEPT) return;
    reasons.set(because, (known ?? 0) + 1);
  }

  /** All counts, by check, then source. */
  coverage(): CheckCoverage[] {
    return [...this.#bySource.values()]
      .flatMap((byCheck) => [...byCheck.values()])
      .toSorted((a, b) => compare(a.check, b.check) || compare(a.source, b.source))
      .map(({ because, ...counts }) => ({ ...counts, because: mostFrequent(because) }));
  }

  #entry(check: string, source: string): Entry {
    let byCheck = this.#bySource.get(source);
    if (!byCheck) this.#bySource.set(source, (byCheck = new Map()));
    let entry = byCheck.get(check);
    if (!entry) byCheck.set(check, (entry = { check, source, pass: 0, fail: 0, unknown: 0, because: new Map() }));
    return entry;
  }
}

function mostFrequent(reasons: ReadonlyMap<string, number>): { reason: string; count: number }[] {
  return [...reasons]
    .map(([reason, count]) => ({ reason, count }))
    .toSorted((a, b) => b.count - a.count || compare(a.reason, b.reason))
    .slice(0, 5);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
