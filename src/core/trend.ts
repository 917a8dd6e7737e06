import type { Severity, Shown } from './finding.ts';

/** Findings of one sort, counted at the end of a day's last scan. */
export interface DailyCount {
  day: string;
  check: string;
  severity: Severity;
  shown: Shown;
  count: number;
}

export interface TrendStore {
  snapshot(day: string): Promise<void>;
  series(): Promise<readonly DailyCount[]>;
  /** The newest snapshot. */
  newest(): Promise<readonly DailyCount[]>;
}
