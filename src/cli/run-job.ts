import type { Run } from '../core/coverage.ts';
import type { Pruned } from '../core/upkeep.ts';
import type { Measures } from '../telemetry/measures.ts';

/** Where a thread finds what the command line named. */
export interface Place {
  cwd: string;
  account: string;
  debug: boolean;
  db?: string;
  config?: string;
  policy?: string;
}

/** What a thread of `rollcall run` is asked to do; `holder` has the lease that it needs. */
export type Job = Place &
  (
    | { kind: 'scan'; sources: readonly string[]; holder: string }
    | { kind: 'tell'; run: Run; holder: string }
    | { kind: 'measure' }
  );

/** What became of a scan. */
export interface Scanned {
  outcome: 'complete' | 'partial' | 'interrupted';
  /** The run, when it came to its end. */
  run?: Run;
  opened: number;
  resolved: number;
  streams: { complete: number; all: number };
  /** What could not be read of each source, a line each. */
  gaps: Readonly<Record<string, readonly string[]>>;
  pruned?: Pruned;
}

export interface Results {
  scan: Scanned;
  /** Whether everybody who was to be told has been told. */
  tell: boolean;
  measure: Measures;
}
