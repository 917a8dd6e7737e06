import type { App } from '../app.ts';
import type { PathOf } from '../app/folders.ts';
import type { Finding } from '../core/finding.ts';
import type { ScanResult } from '../pipeline.ts';
import type { Judgement, Verdict } from './gate.ts';
import type { Io } from './io.ts';
import { locationText } from './location.ts';
import { styles, type Style } from './style.ts';

/** The gate's last word. */
export const verdictText: Record<Verdict, string> = {
  open: 'May go live.',
  shut: 'Must not go live yet.',
  unread: 'Cannot say: not everything could be read. Until it is, it must not go live.',
  unrecognised: 'Cannot say: nothing in it was recognised as a workflow, an identity or a credential.',
};

const MOST = 5;
const INDENT = ' '.repeat(13);

/** What the gate says, for people: each question with its answer, then the verdict. */
export function gateText(
  app: Pick<App, 'checks'>,
  judgement: Judgement,
  result: ScanResult,
  pathOf: PathOf,
  io: Pick<Io, 'colour'>,
): string {
  const style = styles(io);
  const { verdict, answers, besides } = judgement;
  const marks = {
    pass: style.good('✓ yes    '),
    fail: style.bad('✗ no     '),
    unknown: '? unclear',
    'not-applicable': style.dim('– n/a    '),
  };
  const told = (findings: readonly Finding[]) => findingsText(app, findings, style, pathOf);
  const unclear = answers.filter(({ answer }) => answer === 'unknown').length;
  return [
    ...answers.flatMap(({ asks, answer, findings, because }) => [
      `${marks[answer]}  ${style.bold(asks)}`,
      ...told(findings),
      ...(answer === 'unknown' ? because.slice(0, 3).map((reason) => style.dim(`${INDENT}${style.safe(reason)}`)) : []),
    ]),
    ...(besides.length > 0 ? [`${marks.fail}  ${style.bold('Nothing else that is grave')}`, ...told(besides)] : []),
    ...unreadText(judgement, result, style),
    '',
    verdict === 'open' ? style.good(verdictText.open) : style.bad(verdictText[verdict]),
    ...(verdict === 'open' && unclear > 0
      ? [`Unclear: ${unclear} of ${answers.length} questions. This policy lets that pass, --policy strict does not.`]
      : []),
    style.dim(`policy ${style.safe(result.run.policy)}`),
    '',
  ].join('\n');
}

function findingsText(app: Pick<App, 'checks'>, findings: readonly Finding[], style: Style, pathOf: PathOf): string[] {
  const lines = findings.slice(0, MOST).flatMap(({ check, severity, title, subject, evidence }) => {
    const entry = evidence.find(({ at }) => at !== undefined);
    const at = entry?.at;
    const path = at?.path === undefined ? {} : { path: pathOf(entry?.source ?? subject.source, at.path) };
    return [
      `${style.severity(severity)} ${style.safe(title)}: ${style.safe(subject.name)}`,
      ...(at === undefined ? [] : [style.dim(style.safe(locationText({ ...at, ...path })))]),
      app.checks.find(({ id }) => id === check)?.remediation ?? '',
    ];
  });
  const more = findings.length > MOST ? [`… and ${findings.length - MOST} more: --format json`] : [];
  return [...lines, ...more].map((line) => `${INDENT}${line}`);
}

function unreadText({ unread }: Judgement, { coverage }: ScanResult, style: Style): string[] {
  return coverage
    .filter(({ outcome }) => outcome !== 'complete')
    .flatMap(({ source, stream, outcome, detail }) => {
      const things = unread.filter(
        (spot) => spot.source === source && spot.stream === stream && spot.expected !== true,
      );
      const more = things.length > MOST ? [`… and ${things.length - MOST} more: --format json`] : [];
      return [
        style.bad(style.safe(`! ${source}: ${outcome}${detail === undefined ? '' : `, ${detail}`}`)),
        ...things.slice(0, MOST).map((spot) => style.safe(`    ${spot.subject}: ${spot.detail}`)),
        ...more.map((line) => `    ${line}`),
      ];
    });
}
