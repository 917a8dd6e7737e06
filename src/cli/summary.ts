import { worstFindings } from '../publish/worst.ts';
import { isGap, isLeftOut, outages, streamsInShort, type BlindSpot, type Coverage } from '../core/coverage.ts';
import { severities, type Finding } from '../core/finding.ts';
import { shortId } from '../core/identity.ts';
import { kinds } from '../core/record.ts';
import { DAY, isoDate } from '../core/time.ts';
import type { App } from '../app.ts';
import type { ScanResult } from '../pipeline.ts';
import { again } from './again.ts';
import { answering, inText } from './answering.ts';
import type { Io } from './io.ts';
import { plural } from './inventory.ts';
import { counted, fit, number, styles, type Style } from './style.ts';
import { leftBehind, type Unconfigured } from './unconfigured.ts';

const WORST = 10;
const BLIND = 6;

/** What a person reads after a scan: what was read, what could not be seen, the worst, and what to do next. */
export async function summary(
  app: App,
  result: ScanResult,
  io: Io,
  { next, left = [] }: { next?: readonly string[]; left?: readonly Unconfigured[] } = {},
): Promise<string> {
  const style = styles(io);
  const worst = await worstFindings(app.store.findings, WORST);
  return [
    '',
    ...(await readPart(app, style)),
    ...(await blindPart(app, result, left, style, io)),
    ...(await findingsPart(app, result, worst, style, io)),
    style.bold('Next'),
    ...(next ?? nextSteps(app, worst[0], io)).map((line) => `  ${line}`),
    '',
  ].join('\n');
}

/** About this register, and the worst that is in it. */
function nextSteps(app: App, worst: Finding | undefined, io: Io): string[] {
  const show = worst === undefined ? [] : [`show ${shortId(worst.id)}`];
  return [...show, 'report --format html --out report.html', 'owners'].map((words) => again(words, io, app));
}

async function readPart(app: App, style: Style): Promise<string[]> {
  const counts = await app.store.records.counts();
  const words = kinds
    .filter((kind) => (counts[kind] ?? 0) > 0)
    .map((kind) => counted(counts[kind] ?? 0, kind, plural(kind)));
  return [style.bold('On the roll'), `  ${words.join(', ') || 'nothing'}`, ''];
}

async function blindPart(
  app: App,
  result: ScanResult,
  left: readonly Unconfigured[],
  style: Style,
  io: Io,
): Promise<string[]> {
  const gaps = result.coverage.filter(({ outcome }) => outcome !== 'complete');
  const spots = new Map<string, BlindSpot & { alike: number }>();
  const unread: string[] = [];
  let more = 0;
  const unseen = new Set(gaps.map(({ source, stream }) => `${source} ${stream}`));
  for await (const page of app.store.coverage.blindSpots()) {
    for (const spot of page) {
      const { source, stream, subject, detail } = spot;
      if (isLeftOut(spot)) unread.push(`${source} ${subject}: ${detail}`);
      if (spot.expected === true || !unseen.has(`${source} ${stream}`)) continue;
      const kind = detail.replaceAll(/\d+/g, '#');
      const first = spots.get(kind);
      if (first !== undefined) first.alike += 1;
      else if (spots.size < BLIND) spots.set(kind, { ...spot, alike: 0 });
      else more += 1;
    }
  }
  const rest = more > 0 ? [style.dim(`  … and ${number(more)} more, in the report`)] : [];
  // Of a stream that is partial for single things, those are named below.
  const whole = gaps.filter(({ outcome, reason }) => outcome !== 'partial' || reason !== undefined);
  const but = unread.length > 0 ? ', but for what is named here' : '';
  const seen = gaps.length === 0 ? [`  everything that was asked for could be read${but}`] : [];
  return [
    style.bold('What could not be seen'),
    ...seen,
    ...together(whole.filter(isGap)).map((line) => `  ${style.bad('✗')} ${style.safe(line)}`),
    ...[...spots.values()].flatMap((spot) => spotLines(spot, style, io)),
    ...rest,
    ...left
      .map(leftBehind)
      .flatMap(({ what, todo }) => [`  ! ${style.safe(what)}`, style.dim(`    ${style.safe(todo)}`)]),
    ...[...unread.slice(0, BLIND), ...together(whole.filter((each) => !isGap(each)))].map((line) =>
      fit(`  – ${style.safe(line)}`, io.columns),
    ),
    ...(unread.length > BLIND ? [style.dim(`  … and ${number(unread.length - BLIND)} more, in the report`)] : []),
    '',
  ];
}

/** What could not be read of one thing, and of how many others the same is to be said. */
function spotLines({ subject, detail, alike }: BlindSpot & { alike: number }, style: Style, io: Io): string[] {
  const line = fit(`  ! ${style.safe(subject)}: ${style.safe(detail)}`, io.columns);
  return alike === 0 ? [line] : [line, style.dim(`    and so with ${number(alike)} more, which the report names`)];
}

/** One line for each stream, or for all streams of a source that ended alike. */
export function together(coverage: readonly Coverage[]): string[] {
  return outages(coverage).map((outage) => {
    const { source, outcome, detail } = outage;
    return `${source} ${streamsInShort(outage)}: ${outcome}${detail === undefined ? '' : `, ${detail}`}`;
  });
}

async function findingsPart(
  app: App,
  result: ScanResult,
  worst: readonly Finding[],
  style: Style,
  io: Io,
): Promise<string[]> {
  const { total, bySeverity } = await app.store.findings.count({ shown: ['open'] });
  const shares = severities
    .toReversed()
    .filter((severity) => (bySeverity[severity] ?? 0) > 0)
    .map((severity) => style.severity(severity, ` ${number(bySeverity[severity] ?? 0)} ${severity} `));
  const moved = [
    result.opened > 0 ? `${number(result.opened)} new` : '',
    result.resolved > 0 ? `${number(result.resolved)} resolved` : '',
    result.retired > 0 ? `${number(result.retired)} retired` : '',
  ].filter((text) => text !== '');
  const people = await answering(
    app,
    worst.map(({ owner }) => owner),
  );
  return [
    `${style.bold(counted(total, 'open finding'))}${moved.length > 0 ? ` (${moved.join(', ')})` : ', nothing new'}`,
    ...(shares.length > 0 ? [`  ${shares.join(' ')}`] : []),
    '',
    ...(worst.length > 0 ? [style.bold(`The ${worst.length === 1 ? 'worst' : `${worst.length} worst`}`), ''] : []),
    ...worst.flatMap((finding) => findingLines(app, finding, inText(people.get(finding.owner)), style, io)),
  ];
}

function findingLines(app: App, finding: Finding, owner: string, style: Style, io: Io): string[] {
  const check = app.checks.find(({ id }) => id === finding.check);
  const due = isoDate(finding.openedAt + app.policy.sla[finding.severity] * DAY);
  const head = `${shortId(finding.id)}  ${finding.severity.padEnd(8)}  `;
  const title = fit(style.safe(finding.title), io.columns - head.length);
  return [
    `${style.dim(shortId(finding.id))}  ${style.severity(finding.severity, finding.severity.padEnd(8))}  ${style.bold(title)}`,
    fit(`            ${style.safe(`${whereOf(finding)} — owner: ${owner}, due ${due}`)}`, io.columns),
    style.dim(fit(`            ${firstSentence(check?.remediation ?? '')}`, io.columns)),
    '',
  ];
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
}

/** The subject, and for a shared secret the first place that it lies in. */
function whereOf({ subject, evidence }: Finding): string {
  const path = evidence.find(({ at }) => at?.path !== undefined)?.at?.path;
  return subject.source === '*' && path !== undefined ? `${subject.name} in ${path}` : subject.name;
}
