import { shown, type Finding } from '../core/finding.ts';
import { isoTime, type Instant } from '../core/time.ts';
import { inertJson } from '../core/text.ts';
import { checkOf, peopleFinder, slaDue, standing } from './facts.ts';
import type { CheckFacts, Sources } from './sources.ts';
import { survey } from './survey.ts';

/** The members of the one object, in their order. */
export const members = {
  head: 'what changes from run to run: `run`, `generatedAt`, and `changes` since the scan before',
  policy: '`id`, `title` and `version` of the policy that deadlines are reckoned by',
  version: 'of Rollcall',
  coverage: 'how each stream of each source was read',
  checkCoverage: 'how each check fared in each source: `pass`, `fail`, `unknown` with the reasons',
  blindSpots: 'single things that could not be read',
  records: 'counts by kind',
  owners: 'records whose owner is `here`, has `left` or is `unknown`, and the `people` with open findings',
  checks: 'title, rationale, remediation and controls of every check',
  summary: 'open findings by severity and check',
  findings: 'open, accepted and false-positive ones, worst first, with `shown`, `slaDue` and `remediation`',
  risks: 'every risk with its scores, their reasons and its treatment',
} as const;

/** Everything, as one object; times are ISO 8601, UTC. */
export async function* json(sources: Sources): AsyncGenerator<string> {
  const { store, policy } = sources;
  const found = await survey(sources);
  yield '{\n';
  yield member('head', {
    run: found.run && { ...found.run, startedAt: isoTime(found.run.startedAt), finishedAt: time(found.run.finishedAt) },
    generatedAt: isoTime(sources.now),
    changes: found.changes,
  });
  yield member('policy', { id: policy.id, title: policy.title, version: policy.version });
  yield member('version', sources.version);
  yield member('coverage', found.coverage);
  yield member('checkCoverage', found.checkCoverage);
  yield* list('blindSpots', store.coverage.blindSpots(), (spot) => spot);
  yield member('records', found.records);
  yield member('owners', { ...found.answering, people: found.owners });
  yield member('checks', Array.from(sources.checks.values(), checkEntry));
  yield member('summary', { open: found.open.total, bySeverity: found.open.bySeverity, byCheck: found.open.byCheck });
  const person = peopleFinder(store);
  yield* list('findings', store.findings.list({ shown: standing }), async (finding) => {
    const owner = finding.owner === undefined ? undefined : await person(finding.owner);
    return {
      ...findingEntry(finding, sources),
      ...(owner && { ownerName: owner.name, ownerState: owner.state }),
      ...(finding.assignee !== undefined && { assigneeName: (await person(finding.assignee)).name }),
    };
  });
  yield* list(
    'risks',
    store.register.risks(),
    (risk) => ({
      ...risk,
      createdAt: isoTime(risk.createdAt),
      updatedAt: isoTime(risk.updatedAt),
      dueAt: time(risk.dueAt),
      reviewAt: time(risk.reviewAt),
      approvals: risk.approvals.map((one) => ({ ...one, at: isoTime(one.at) })),
    }),
    'last',
  );
  yield '}\n';
}

function checkEntry(check: CheckFacts) {
  const { id, version, title, severity, rationale, remediation, confidence, references, controls, threat } = check;
  return { id, version, title, severity, rationale, remediation, confidence, references, controls, threat };
}

function findingEntry(finding: Finding, sources: Sources) {
  const { signature: _signature, lastRun: _lastRun, ...told } = finding;
  return {
    ...told,
    shown: shown(finding),
    firstSeen: isoTime(finding.firstSeen),
    lastSeen: isoTime(finding.lastSeen),
    openedAt: isoTime(finding.openedAt),
    resolvedAt: time(finding.resolvedAt),
    dispositionUntil: time(finding.dispositionUntil),
    slaDue: time(slaDue(finding, sources.policy)),
    remediation: checkOf(finding, sources.checks).remediation,
  };
}

function time(at: Instant | null | undefined): string | undefined {
  return at === null || at === undefined ? undefined : isoTime(at);
}

function member(name: string, value: unknown): string {
  return `${inertJson(name)}: ${inertJson(value)},\n`;
}

async function* list<T>(
  name: string,
  pages: AsyncIterable<readonly T[]>,
  entry: (value: T) => unknown,
  last?: 'last',
): AsyncGenerator<string> {
  yield `${inertJson(name)}: [`;
  let separator = '\n';
  for await (const page of pages) {
    for (const value of page) {
      yield `${separator}${inertJson(await entry(value))}`;
      separator = ',\n';
    }
  }
  yield last ? ']\n' : '],\n';
}
