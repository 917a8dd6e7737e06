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

/** A check as it is counted: its place among those that were prepared together, and its id. */
export interface Counted {
  no: number;
  id: string;
}

/** Counts for one source. */
export class SourceTally {
  readonly source: string;
  /** By the check's number: a check is counted for every subject, and looking its name up would cost more. */
  readonly #entries: Entry[] = [];
  constructor(source: string) {
    this.source = source;
  }

  count(check: Counted, answer: 'pass' | 'fail' | 'unknown'): void {
    this.#entry(check)[answer] += 1;
  }

  unknown(check: Counted, because: string): void {
    const reasons = this.#entry(check).because;
    const known = reasons.get(because);
    if (known === undefined && reasons.size >= REASONS_KEPT) return;
    reasons.set(because, (known ?? 0) + 1);
  }

  entries(): readonly Entry[] {
    return this.#entries.filter((entry) => entry !== undefined);
  }

  #entry({ no, id }: Counted): Entry {
    return (this.#entries[no] ??= {
      check: id,
      source: this.source,
      pass: 0,
      fail: 0,
      unknown: 0,
      because: new Map(),
    });
  }
}

/** Counts how every check fared over every source, and why it could not tell. Bounded, whatever the number of records. */
export class Tally {
  readonly #sources = new Map<string, SourceTally>();

  of(source: string): SourceTally {
    let tally = this.#sources.get(source);
    if (!tally) this.#sources.set(source, (tally = new SourceTally(source)));
    return tally;
  }

  /** All counts, by check, then source. */
  coverage(): CheckCoverage[] {
    return [...this.#sources.values()]
      .flatMap((tally) => [...tally.entries()])
      .toSorted((a, b) => compare(a.check, b.check) || compare(a.source, b.source))
      .map(({ because, ...counts }) => ({ ...counts, because: mostFrequent(because) }));
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
