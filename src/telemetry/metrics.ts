import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Pruned } from '../core/upkeep.ts';
import { SECOND, type Instant } from '../core/time.ts';
import type { Measures } from './measures.ts';

/** How a scan ended, for the counter. */
export type ScanOutcome = 'complete' | 'partial' | 'interrupted' | 'failed';

/** What is counted while the program runs, and what was measured in the register. */
export interface Metrics {
  scanning(now: boolean): void;
  scanned(outcome: ScanOutcome, durationMs: number): void;
  notificationFailed(): void;
  pruned(counts: Pruned): void;
  next(source: string, at: Instant | undefined): void;
  measured(measures: Measures): void;
  /** Everything in Prometheus' text format. */
  text(): Promise<string>;
}

const BUCKETS = [1, 5, 15, 60, 300, 900, 3_600, 14_400];

/**
 * A registry of its own. Labels are kinds, checks, severities and configured sources: few, and none of them a person.
 * Names and units follow https://prometheus.io/docs/practices/naming/.
 */
export function metrics(version: string, options: { ofProcess: boolean }): Metrics {
  const registry = new Registry();
  if (options.ofProcess) collectDefaultMetrics({ register: registry });
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Gauge({ name: `rollcall_${name}`, help, labelNames, registers: [registry] });
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Counter({ name: `rollcall_${name}`, help, labelNames, registers: [registry] });

  gauge('build_info', 'The version that runs; always 1.', ['version']).set({ version }, 1);
  const scanning = gauge('scan_running', 'Whether this process scans now.');
  const scans = counter('scans_total', 'Scans of this process by how they ended.', ['outcome']);
  const duration = new Histogram({
    name: 'rollcall_scan_duration_seconds',
    help: 'How long scans of this process took.',
    buckets: BUCKETS,
    registers: [registry],
  });
  const unsent = counter('notification_failures_total', 'Scans after which not everybody could be told.');
  const pruned = counter('pruned_total', 'Rows of history that were deleted.', ['what']);
  const next = gauge('schedule_next_timestamp_seconds', 'When a source is due next.', ['source']);
  const records = gauge('records', 'Live records.', ['kind']);
  const unowned = gauge('unowned_records', 'Live records that nobody accountable is known for.', ['kind']);
  const findings = gauge('findings', 'Findings after the last scan.', ['check', 'severity', 'state']);
  const coverage = gauge('source_coverage_ratio', 'Share of streams that left no gap.', ['source']);
  const lastRead = gauge('source_last_read_timestamp_seconds', 'Start of the last scan of a source.', ['source']);
  const lastSuccess = gauge(
    'source_last_success_timestamp_seconds',
    'Start of the last scan of a source in which nothing of it failed.',
    ['source'],
  );
  for (const outcome of ['complete', 'partial', 'interrupted', 'failed']) scans.inc({ outcome }, 0);

  return {
    scanning: (now) => scanning.set(now ? 1 : 0),
    scanned: (outcome, durationMs) => {
      scans.inc({ outcome });
      duration.observe(durationMs / SECOND);
    },
    notificationFailed: () => unsent.inc(),
    pruned: (counts) => {
      for (const [what, count] of Object.entries(counts)) pruned.inc({ what }, count);
    },
    next: (source, at) => {
      if (at === undefined) next.remove({ source });
      else next.set({ source }, at / SECOND);
    },
    measured: (measures) => {
      for (const each of [records, unowned, findings, coverage, lastRead, lastSuccess]) each.reset();
      for (const [kind, count] of Object.entries(measures.records)) records.set({ kind }, count);
      for (const [kind, count] of Object.entries(measures.unowned)) unowned.set({ kind }, count);
      for (const { check, severity, shown, count } of measures.findings) {
        findings.set({ check, severity, state: shown }, count);
      }
      for (const { source, ...of } of measures.sources) {
        coverage.set({ source }, of.coverage);
        lastRead.set({ source }, of.lastRead / SECOND);
        lastSuccess.set({ source }, of.lastComplete / SECOND);
      }
    },
    text: () => registry.metrics(),
  };
}
