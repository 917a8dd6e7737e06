import { isGap, type Coverage } from '../core/coverage.ts';
import { rank, severities, type Severity } from '../core/finding.ts';
import type { SourceHolding } from '../core/source.ts';
import type { Kind } from '../core/record.ts';
import { UsageError } from '../core/errors.ts';
import { openApp, type App } from '../app.ts';
import { runScan } from '../app/scan.ts';
import type { ScanResult } from '../pipeline.ts';
import { alone } from './alone.ts';
import { inertJson } from '../core/text.ts';
import { exit, type Io } from './io.ts';
import { logTo } from './log.ts';
import { progressFor } from './progress.ts';
import { summary } from './summary.ts';
import { unconfigured } from './unconfigured.ts';

export interface ScanOptions {
  config?: string;
  db?: string;
  policy?: string;
  failOn?: string;
  json?: boolean;
  quiet?: boolean;
  /** Tell the configured channels. */
  notify?: boolean;
  debug?: boolean;
}

/** What `--json` prints. */
export interface ScanOutput {
  run: { id: number; startedAt: string; finishedAt: string; policy: string; version: string };
  coverage: readonly Pick<Coverage, 'source' | 'stream' | 'outcome' | 'reason' | 'items'>[];
  /** Sources that the register holds and the configuration no longer names. */
  unconfigured: readonly Pick<SourceHolding, 'source' | 'records' | 'findings'>[];
  records: Partial<Record<Kind, number>>;
  findings: { open: number; bySeverity: Partial<Record<Severity, number>>; byCheck: { [check: string]: number } };
  new: number;
  resolved: number;
}

/** `rollcall scan [PATH…]`: reads, assesses, keeps, and says what matters. */
export async function scan(paths: readonly string[], options: ScanOptions, io: Io): Promise<number> {
  const failOn = options.failOn === undefined ? undefined : failOnFrom(options.failOn);
  const app = await openApp({
    cwd: io.cwd,
    clock: io.clock,
    account: io.account,
    ...(options.db !== undefined && { db: options.db }),
    ...(options.config !== undefined && { config: options.config }),
    ...(options.policy !== undefined && { policy: options.policy }),
  });
  try {
    const notifying = options.notify ? await import('./notify.ts') : undefined;
    notifying?.requireChannels(app);
    const result = await scanWith(app, paths, options, io);
    if (result.interrupted)
      io.err('stopped before its end: findings are as they were; the next scan goes on from here\n');
    else await notifying?.tell(app, result, options.debug === true, io);
    // Paths are sources for once; the configuration names all that there are.
    const left = paths.length > 0 ? [] : await unconfigured(app);
    if (options.json) await io.out(`${inertJson(await output(app, result, left, io), 2)}\n`);
    else if (!options.quiet)
      await io.out(
        await summary(app, result, io, { left, ...(result.interrupted && { next: ['the same command again'] }) }),
      );
    return await exitCode(app, result, failOn ?? 'high');
  } finally {
    await app.store.close();
  }
}

/** Runs a scan with progress on standard error. */
export async function scanWith(app: App, paths: readonly string[], options: ScanOptions, io: Io): Promise<ScanResult> {
  const progress = progressFor(io, options.quiet === true);
  try {
    const log = logTo(io, app.engine, options.debug === true);
    return await alone(app, io, ({ store, signal }) => runScan({ ...app, store }, paths, { progress, log, signal }));
  } finally {
    progress.end();
  }
}

async function output(app: App, result: ScanResult, left: readonly SourceHolding[], io: Io): Promise<ScanOutput> {
  const { run } = result;
  const open = await app.store.findings.count({ shown: ['open'] });
  return {
    run: {
      id: run.id,
      startedAt: new Date(run.startedAt).toISOString(),
      finishedAt: new Date(io.clock()).toISOString(),
      policy: run.policy,
      version: run.version,
    },
    coverage: result.coverage.map(({ source, stream, outcome, reason, items }) => ({
      source,
      stream,
      outcome,
      ...(reason !== undefined && { reason }),
      items,
    })),
    unconfigured: left.map(({ source, records, findings }) => ({ source, records, findings })),
    records: await app.store.records.counts(),
    findings: { open: open.total, bySeverity: open.bySeverity, byCheck: open.byCheck },
    new: result.opened,
    resolved: result.resolved,
  };
}

/** Findings first: a blind spot matters less than a fire. */
async function exitCode(app: App, result: ScanResult, failOn: Severity | 'never'): Promise<number> {
  if (failOn !== 'never') {
    const { bySeverity } = await app.store.findings.count({ shown: ['open'] });
    if (severities.some((severity) => rank(severity) >= rank(failOn) && (bySeverity[severity] ?? 0) > 0))
      return exit.findings;
  }
  return result.interrupted || result.coverage.some(isGap) ? exit.coverage : exit.ok;
}

function failOnFrom(text: string): Severity | 'never' {
  const wanted = [...severities, 'never' as const].find((known) => known === text.toLowerCase());
  if (wanted === undefined)
    throw new UsageError(`--fail-on: "${text}" is no severity; there are: ${severities.join(', ')}, or never`);
  return wanted;
}
