import type { App } from '../app.ts';
import type { BlindSpot } from '../core/coverage.ts';
import { rank, type Finding } from '../core/finding.ts';
import type { ScanResult } from '../pipeline.ts';
import type { Check } from '../sdk/check.ts';

type Question = NonNullable<Check['gate']>;

/**
 * The promotion gate's questions, in the order in which people ask them. Where nothing is there, nothing is wrong by
 * those that ask for the `absence` of something; the others ask of a workflow or an identity, and there has to be one.
 */
const questions: readonly { id: Question; asks: string; absence?: true }[] = [
  { id: 'identity', asks: 'Identity known: somebody who is here answers for it' },
  { id: 'scope', asks: 'Scope reviewed: no more rights than it needs' },
  { id: 'logging', asks: 'Logging on: runs leave a trace' },
  { id: 'connectors', asks: 'Connectors approved', absence: true },
  { id: 'secrets', asks: 'No literal secret', absence: true },
  { id: 'exposure', asks: 'Not open to strangers', absence: true },
  { id: 'duties', asks: 'Builder is not approver' },
];

export interface Answer {
  question: Question;
  asks: string;
  /** Nothing was read that it asks about: `not-applicable`, which is no yes. */
  answer: 'pass' | 'fail' | 'unknown' | 'not-applicable';
  findings: readonly Finding[];
  /** Why it could not be answered. */
  because: readonly string[];
}

/** A gate that could not see stays shut: what was not read has not passed. */
export type Verdict = 'open' | 'shut' | 'unread' | 'unrecognised';

/** What the gate says, and all that it rests on. */
export interface Judgement {
  verdict: Verdict;
  answers: readonly Answer[];
  /** Findings that answer none of the questions and shut the gate all the same, because they are grave enough. */
  besides: readonly Finding[];
  /** What could not be read, thing by thing. */
  unread: readonly BlindSpot[];
}

/** Judges what was read, as the policy wants it judged. */
export async function judge(app: App, result: ScanResult): Promise<Judgement> {
  const open = (await Array.fromAsync(app.store.findings.list({ shown: ['open'] }))).flat();
  const whole = !result.interrupted && result.coverage.every(({ outcome }) => outcome === 'complete');
  const seen = { whole, recognised: await recognisedAny(app) };
  const answers = await answersOf(app, open, seen);
  const said = new Set(answers.flatMap(({ findings }) => findings.map(({ id }) => id)));
  const { failOn } = app.policy.gate;
  // What could not be read is no weakness of the build: the gate stays shut for it without calling it one.
  const grave = open.filter(({ severity, subject }) => subject.kind !== 'stream' && rank(severity) >= rank(failOn));
  const besides = grave.filter(({ id }) => !said.has(id));
  return {
    verdict: verdictOf(app, answers, besides, seen),
    answers,
    besides,
    unread: (await Array.fromAsync(app.store.coverage.blindSpots())).flat(),
  };
}

interface Seen {
  /** All that was named could be read. */
  whole: boolean;
  recognised: boolean;
}

/** How the gate's checks answered. */
async function answersOf(app: App, open: readonly Finding[], seen: Seen): Promise<Answer[]> {
  const run = await app.store.runs.last();
  const coverage = run ? await app.store.coverage.checks(run.id) : [];
  const { disabled } = app.policy.checks;
  return questions.map(({ id, asks, absence }) => {
    const asking = app.checks.filter((known) => known.gate === id && !disabled.includes(known.id));
    const mine = new Set(asking.map((known) => known.id));
    const findings = open.filter((finding) => mine.has(finding.check) && saysNo(finding, app));
    const asked = coverage.filter((entry) => mine.has(entry.check));
    const unknown = asked.filter((entry) => entry.unknown > 0);
    const because = [...new Set(unknown.flatMap((entry) => entry.because.map(({ reason }) => reason)))];
    const answered = asked.some((entry) => entry.pass > 0 || entry.fail > 0);
    // A question that nobody puts has not been answered.
    const put = mine.size > 0;
    const unclear = unknown.length > 0 || !put || (!answered && !(seen.whole && seen.recognised));
    const good = answered || absence === true ? 'pass' : 'not-applicable';
    const answer = findings.length > 0 ? 'fail' : unclear ? 'unknown' : good;
    return {
      question: id,
      asks,
      answer,
      findings,
      because: because.length === 0 && unclear ? [whyOpen(put, seen)] : because,
    };
  });
}

function whyOpen(put: boolean, { whole }: Seen): string {
  if (!put) return 'the policy has it disabled';
  return whole ? 'nothing was recognised that it could be asked about' : 'not everything could be read';
}

function saysNo(finding: Finding, app: App): boolean {
  return rank(finding.severity) >= rank(app.policy.gate.answerNoFrom);
}

/** Shut by any failed question, by an open one where the policy says so, and by whatever else is bad enough. */
function verdictOf(app: App, answers: readonly Answer[], besides: readonly Finding[], seen: Seen): Verdict {
  if (besides.length > 0 || answers.some(({ answer }) => answer === 'fail')) return 'shut';
  if (!seen.whole) return 'unread';
  if (!seen.recognised) return 'unrecognised';
  return app.policy.gate.unknown === 'fail' && answers.some(({ answer }) => answer === 'unknown') ? 'shut' : 'open';
}

/** A file is a container and a directory holds people: neither is something that could go live. */
async function recognisedAny(app: App): Promise<boolean> {
  const counts = await app.store.records.counts();
  return Object.entries(counts).some(([kind, count]) => kind !== 'container' && kind !== 'person' && count > 0);
}
