import { resolve } from 'node:path';
import { rank, severities, type Finding } from '../core/finding.ts';
import { openApp, type App } from '../app.ts';
import { reportSources } from '../app/report-sources.ts';
import { runScan } from '../app/scan.ts';
import { publish } from '../publish/publish.ts';
import type { SourceConfig } from '../config/config.ts';
import type { EnvironmentClass } from '../core/record.ts';
import type { ScanResult } from '../pipeline.ts';
import { UsageError } from '../core/errors.ts';
import type { Check } from '../sdk/check.ts';
import { inertJson } from '../core/text.ts';
import { goingLive } from './going-live.ts';
import { exit, type Io } from './io.ts';
import { logTo } from './log.ts';
import { progressFor } from './progress.ts';
import { locationText } from './location.ts';
import { styles } from './style.ts';

export interface CheckOptions {
  format?: string;
  policy?: string;
  config?: string;
  people?: string;
  /** Where it is to go live. */
  environment?: EnvironmentClass;
  debug?: boolean;
}

type Question = NonNullable<Check['gate']>;

/** The promotion gate's questions, in the order in which people ask them. */
const questions: readonly { id: Question; asks: string }[] = [
  { id: 'identity', asks: 'Identity known: somebody who is here answers for it' },
  { id: 'scope', asks: 'Scope reviewed: no more rights than it needs' },
  { id: 'logging', asks: 'Logging on: runs leave a trace' },
  { id: 'connectors', asks: 'Connectors approved' },
  { id: 'secrets', asks: 'No literal secret' },
  { id: 'exposure', asks: 'Not open to strangers' },
  { id: 'duties', asks: 'Builder is not approver' },
];

export interface Answer {
  question: Question;
  asks: string;
  answer: 'pass' | 'fail' | 'unknown';
  findings: readonly Finding[];
  /** Why it could not be answered. */
  because: readonly string[];
}

/** A gate that could not see stays shut: what was not read has not passed. */
type Verdict = 'open' | 'shut' | 'unread' | 'unrecognised';

const exitOf: Record<Verdict, number> = {
  open: exit.ok,
  shut: exit.findings,
  unread: exit.coverage,
  unrecognised: exit.coverage,
};

const verdictText: Record<Verdict, string> = {
  open: 'May go live.',
  shut: 'Must not go live yet.',
  unread: 'Cannot say: not everything could be read. Until it is, it must not go live.',
  unrecognised: 'Cannot say: nothing in it was recognised as a workflow, an identity or a credential.',
};

/** `rollcall check FILE…`: may this go live? Keeps nothing; answers pass or fail with plain-language fixes. */
export async function check(paths: readonly string[], options: CheckOptions, io: Io): Promise<number> {
  const format = options.format ?? 'text';
  if (!['text', 'json', 'sarif'].includes(format))
    throw new UsageError(`"${format}" is no format of check; there are: text, json, sarif`);
  const app = await openApp({
    cwd: io.cwd,
    clock: io.clock,
    account: io.account,
    db: ':memory:',
    ...(options.policy !== undefined && { policy: options.policy }),
    ...(options.config !== undefined && { config: options.config }),
  });
  try {
    const ports = {
      progress: progressFor(io, true),
      log: logTo(io, app.engine, options.debug === true),
      signal: io.signal,
    };
    const result = await runScan(app, paths, ports, {
      besides: [...namedDirectory(options.people, io.cwd), ...directoriesOf(app)],
      environment: options.environment ?? 'production',
      revise: goingLive,
    });
    const answers = await answersOf(app, result);
    const verdict = await verdictOf(app, answers, result);
    if (format === 'sarif') await publish('sarif', await reportSources(app), async (text) => io.out(text));
    else if (format === 'json')
      await io.out(
        `${inertJson({ pass: verdict === 'open', verdict, policy: result.run.policy, answers, coverage: result.coverage }, 2)}\n`,
      );
    else await io.out(asText(app, answers, verdict, result, io));
    return exitOf[verdict];
  } finally {
    await app.store.close();
  }
}

/** The list that somebody names is one of people, whatever its headings look like. */
function namedDirectory(path: string | undefined, cwd: string): SourceConfig[] {
  return path === undefined
    ? []
    : [{ id: 'people:named', connector: 'people', settings: { path: resolve(cwd, path) } }];
}

/** The people directories of the configuration: who is here is known, whatever is about to go live. */
function directoriesOf(app: App): SourceConfig[] {
  return app.config.sources.filter(({ connector }) => connector === 'people');
}

/** How the gate's checks answered. Where all was read and there is nothing to ask about, nothing is wrong either. */
async function answersOf(app: App, result: ScanResult): Promise<Answer[]> {
  const whole = isWhole(result) && (await recognisedAny(app));
  const run = await app.store.runs.last();
  const coverage = run ? await app.store.coverage.checks(run.id) : [];
  const listed: Finding[] = [];
  for await (const page of app.store.findings.list({ shown: ['open'] })) listed.push(...page);
  const { disabled } = app.policy.checks;
  return questions.map(({ id, asks }) => {
    const asking = app.checks.filter((known) => known.gate === id && !disabled.includes(known.id));
    const mine = new Set(asking.map((known) => known.id));
    const findings = listed.filter((finding) => mine.has(finding.check) && saysNo(finding, app));
    const asked = coverage.filter((entry) => mine.has(entry.check));
    const unknown = asked.filter((entry) => entry.unknown > 0);
    const because = [...new Set(unknown.flatMap((entry) => entry.because.map(({ reason }) => reason)))];
    const answered = asked.some((entry) => entry.pass > 0 || entry.fail > 0);
    // A question that nobody puts has not been answered.
    const put = mine.size > 0;
    const open = unknown.length > 0 || !put || (!answered && !whole);
    const answer = findings.length > 0 ? 'fail' : open ? 'unknown' : 'pass';
    return {
      question: id,
      asks,
      answer,
      findings,
      because:
        because.length === 0 && open ? [put ? 'not everything could be read' : 'the policy has it disabled'] : because,
    };
  });
}

function saysNo(finding: Finding, app: App): boolean {
  return rank(finding.severity) >= rank(app.policy.gate.answerNoFrom);
}

/** Shut by any failed question, by an open one where the policy says so, and by whatever else is bad enough. */
async function verdictOf(app: App, answers: readonly Answer[], result: ScanResult): Promise<Verdict> {
  if (answers.some(({ answer }) => answer === 'fail')) return 'shut';
  const { bySeverity } = await app.store.findings.count({ shown: ['open'] });
  const bad = severities.filter((severity) => rank(severity) >= rank(app.policy.gate.failOn));
  if (bad.some((severity) => (bySeverity[severity] ?? 0) > 0)) return 'shut';
  if (!isWhole(result)) return 'unread';
  if (!(await recognisedAny(app))) return 'unrecognised';
  return app.policy.gate.unknown === 'fail' && answers.some(({ answer }) => answer === 'unknown') ? 'shut' : 'open';
}

function isWhole({ interrupted, coverage }: ScanResult): boolean {
  return !interrupted && coverage.every(({ outcome }) => outcome === 'complete');
}

/** A file is a container and a directory holds people: neither is something that could go live. */
async function recognisedAny(app: App): Promise<boolean> {
  const counts = await app.store.records.counts();
  return Object.entries(counts).some(([kind, count]) => kind !== 'container' && kind !== 'person' && count > 0);
}

function asText(app: App, answers: readonly Answer[], verdict: Verdict, result: ScanResult, io: Io): string {
  const style = styles(io);
  const marks = { pass: style.good('✓ yes    '), fail: style.bad('✗ no     '), unknown: '? unclear' };
  const lines: string[] = [];
  for (const { asks, answer, findings, because } of answers) {
    lines.push(`${marks[answer]}  ${style.bold(asks)}`);
    for (const finding of findings.slice(0, 5)) {
      const check = app.checks.find(({ id }) => id === finding.check);
      const at = finding.evidence.find((entry) => entry.at !== undefined)?.at;
      lines.push(
        `             ${style.severity(finding.severity)} ${style.safe(finding.title)}: ${style.safe(finding.subject.name)}`,
      );
      if (at) lines.push(style.dim(`             ${style.safe(locationText(at))}`));
      lines.push(`             ${check?.remediation ?? ''}`);
    }
    if (findings.length > 5) lines.push(`             … and ${findings.length - 5} more: --format json`);
    if (answer === 'unknown')
      for (const reason of because.slice(0, 3)) lines.push(style.dim(`             ${style.safe(reason)}`));
  }
  const blind = result.coverage.filter(({ outcome }) => outcome !== 'complete');
  for (const { source, outcome, detail } of blind)
    lines.push(style.bad(style.safe(`! ${source}: ${outcome}${detail === undefined ? '' : `, ${detail}`}`)));
  const unclear = answers.filter(({ answer }) => answer === 'unknown').length;
  lines.push(
    '',
    verdict === 'open' ? style.good(verdictText.open) : style.bad(verdictText[verdict]),
    ...(verdict === 'open' && unclear > 0
      ? [`Unclear: ${unclear} of ${answers.length} questions. This policy lets that pass, --policy strict does not.`]
      : []),
    style.dim(`policy ${result.run.policy}`),
    '',
  );
  return lines.join('\n');
}
