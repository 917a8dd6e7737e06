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

/** What a thread of `rollcall run` is asked to do. */
export type Job = Place & ({ kind: 'scan'; sources: readonly string[] } | { kind: 'measure' });

/** What became of a scan. */
export interface Scanned {
  outcome: 'complete' | 'partial' | 'interrupted';
  opened: number;
  resolved: number;
  streams: { complete: number; all: number };
  /** Somebody could not be told. */
  unsent: boolean;
  pruned?: Pruned;
}

export interface Results {
  scan: Scanned;
  measure: Measures;
}
