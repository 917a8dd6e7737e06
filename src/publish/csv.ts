import { stringify } from 'csv-stringify/sync';
import { shown, type Finding } from '../core/finding.ts';
import { neutralise, shorten } from '../core/text.ts';
import { isoDate, type Instant } from '../core/time.ts';
import {
  checkOf,
  controlsOf,
  facts,
  firstPlace,
  nameAndAddress,
  peopleFinder,
  type PeopleFinder,
  place,
  slaDue,
  standing,
} from './facts.ts';
import type { Sources } from './sources.ts';

type Cell = string | number | undefined;

/** A byte order mark, so that Excel reads UTF-8; the lines that follow end as RFC 4180 wants. */
const byteOrderMark = '\uFEFF';

/** The columns of the findings, in their order. */
export const findingColumns: readonly string[] =
  'id severity state title subject_kind subject_name subject_source environment owner owner_confidence owner_why first_seen last_seen sla_due disposition until evidence location remediation controls initiative threat owner_state assignee'.split(
    ' ',
  );

/** The findings, worst first, one a row. */
export function findingsCsv(sources: Sources): AsyncGenerator<string> {
  const person = peopleFinder(sources.store);
  const found = async (id: string | undefined) => (id === undefined ? undefined : person(id));
  return csv(findingColumns, sources.store.findings.list({ shown: standing }), async (finding) =>
    row(finding, sources, await found(finding.owner), await found(finding.assignee)),
  );
}

type Somebody = Awaited<ReturnType<PeopleFinder>> | undefined;

function row(finding: Finding, { checks, frameworks, policy }: Sources, owner: Somebody, assignee: Somebody): Cell[] {
  const check = checkOf(finding, checks);
  const at = firstPlace(finding);
  return [
    finding.id,
    finding.severity,
    shown(finding),
    finding.title,
    finding.subject.kind,
    finding.subject.name,
    finding.subject.source,
    finding.environment,
    owner === undefined ? 'unassigned' : nameAndAddress(owner),
    finding.ownerConfidence,
    finding.ownerReason,
    isoDate(finding.firstSeen),
    isoDate(finding.lastSeen),
    day(slaDue(finding, policy)),
    finding.disposition,
    day(finding.dispositionUntil),
    shorten(facts(finding.evidence), 300),
    at && place(at),
    check.remediation,
    controlsOf(check, frameworks)
      .map((control) => `${control.framework} ${control.id}`)
      .join('; '),
    finding.initiative,
    finding.threat,
    owner?.state,
    assignee && nameAndAddress(assignee),
  ];
}

/** Rows of any table as CSV, a page of the source at a time. */
export async function* csv<T>(
  header: readonly string[],
  pages: AsyncIterable<readonly T[]>,
  cells: (value: T) => readonly Cell[] | Promise<readonly Cell[]>,
): AsyncGenerator<string> {
  yield byteOrderMark + write([header]);
  for await (const page of pages) {
    const rows = [];
    for (const value of page) rows.push((await cells(value)).map(inert));
    if (rows.length > 0) yield write(rows);
  }
}

/** Every cell is quoted, so that a spreadsheet which splits at semicolons cannot make a formula out of a cell's middle. */
function write(rows: readonly (readonly Cell[])[]): string {
  return stringify(
    rows.map((cells) => [...cells]),
    { escape_formulas: true, quoted: true, quoted_empty: false, record_delimiter: '\r\n' },
  );
}

/** csv-stringify guards a formula sign in the first place; spreadsheets also skip blanks before it. */
function inert(cell: Cell): Cell {
  if (typeof cell !== 'string') return cell;
  const text = neutralise(cell);
  return /^\s+[=+\-@＝＋－＠]/.test(text) ? `'${text}` : text;
}

export function day(at: Instant | null | undefined): string | undefined {
  return at === null || at === undefined ? undefined : isoDate(at);
}
