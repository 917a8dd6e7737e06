import type { Finding } from '../../src/core/finding.ts';
import { DAY } from '../../src/core/time.ts';
import { report, type ReportFormat, type Table } from '../../src/publish/publish.ts';
import type { Sources } from '../../src/publish/sources.ts';
import { whole } from './collect.ts';
import { organisation, reportSources } from './register.ts';
import { reportTime } from './report-records.ts';
import { empty, type Holdings } from './report-store.ts';

const { people, findings, run } = organisation();

/** Somebody who is here, and somebody who has left. */
export const [here, gone] = [people[0]!, people[3]!];

/** An open finding about a workflow, ten days old. */
export function aFinding(more: Partial<Finding> = {}): Finding {
  return {
    ...findings.find(({ subject }) => subject.kind === 'workflow')!,
    id: 'F-1',
    title: 'Anybody can start it',
    severity: 'high',
    subject: { source: 'n8n:x', kind: 'workflow', id: 'w1', name: 'Payout' },
    evidence: [],
    state: 'open',
    disposition: 'none',
    dispositionUntil: null,
    resolvedAt: null,
    reopened: 0,
    openedAt: reportTime - 10 * DAY,
    owner: here.id,
    ...more,
  };
}

/** A report about nothing but this. */
export function reportOf(
  format: ReportFormat,
  holdings: Partial<Holdings>,
  { what, ...more }: Partial<Sources> & { what?: Table } = {},
): Promise<string> {
  const sources = { ...reportSources({ ...empty, run, people, ...holdings }), ...more };
  return whole(report(format, sources, what === undefined ? {} : { what }));
}
