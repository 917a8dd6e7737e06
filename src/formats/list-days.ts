import type { Columns } from './columns.ts';
import { orderOf, readDay, type DateOrder, type Day } from './list-dates.ts';
import type { Cell, Row } from './table.ts';

/** In which order the dates of each heading are written, and what to say where that is not known. */
export interface Orders {
  /** The days of a row by column, and what to do about the cells that hold none. */
  daysOf(row: Row): { days: { [column: string]: Day[] }; unread: readonly Unread[] };
  /** For each heading whose order stays open: which, and what to write. */
  open: readonly { heading: string; says: string }[];
}

/** A cell that holds no date where one was expected, and what to write. */
export interface Unread {
  column: string;
  says: string;
}

interface Evidence {
  /** Where the first cell stands that proves it, and the first that proves nothing. */
  proof: Map<DateOrder, string>;
  open?: string;
}

/**
 * Looks at every date of a list before the first one is read: one that can only be written one way settles its heading.
 * What somebody configured settles what no date does; it contradicts no date that proves otherwise.
 */
export async function ordersOf(
  rows: AsyncIterable<Row>,
  columns: Columns,
  configured: DateOrder | undefined,
): Promise<Orders> {
  const evidence = new Map<string, Evidence>();
  for await (const row of rows) {
    for (const { heading, text } of row.cells.filter((cell) => isDate(cell, columns))) {
      const order = orderOf(text);
      if (order === undefined) continue;
      const seen: Evidence = evidence.get(heading) ?? { proof: new Map() };
      const where = row.line === undefined ? `item ${row.number}` : `line ${row.line}`;
      if (order === 'open') seen.open ??= where;
      else if (!seen.proof.has(order)) seen.proof.set(order, where);
      evidence.set(heading, seen);
    }
  }
  const settled = new Map([...evidence].map(([heading, seen]) => [heading, settle(heading, seen, configured)]));
  return {
    open: [...settled].flatMap(([heading, { says }]) => (says === undefined ? [] : [{ heading, says }])),
    daysOf: (row) => daysOf(row, columns, (heading) => settled.get(heading)?.order),
  };
}

function settle(
  heading: string,
  { proof, open }: Evidence,
  configured?: DateOrder,
): { order?: DateOrder; says?: string } {
  const [day, month] = [proof.get('day-first'), proof.get('month-first')];
  if (day !== undefined && month !== undefined) {
    return {
      says: `${heading}: ${day} has the day first and ${month} the month, so dates such as 03/04/2026 are not read: export them again as 2026-11-21`,
    };
  }
  const proved: DateOrder | undefined =
    day !== undefined ? 'day-first' : month !== undefined ? 'month-first' : undefined;
  if (proved !== undefined && configured !== undefined && proved !== configured) {
    return {
      says: `${heading}: ${day ?? month} is written ${proved}, and the source says dates: ${configured}, so dates such as 03/04/2026 are not read: correct either`,
    };
  }
  const order = proved ?? configured;
  if (order !== undefined || open === undefined) return { ...(order !== undefined && { order }) };
  return {
    says: `${heading}: nobody can tell from ${open} whether day or month comes first, nor from any other date there: write dates: day-first or dates: month-first into the source, or export them as 2026-11-21`,
  };
}

function daysOf(
  row: Row,
  columns: Columns,
  order: (heading: string) => DateOrder | undefined,
): ReturnType<Orders['daysOf']> {
  const days: { [column: string]: Day[] } = {};
  const unread: Unread[] = [];
  for (const { column = '', heading, text } of row.cells.filter((cell) => isDate(cell, columns))) {
    const day = readDay(text, order(heading));
    if (day === undefined) unread.push({ column, says: `${heading}: write a date as 2026-11-21, or never` });
    else (days[column] ??= []).push(day);
  }
  return { days, unread };
}

const isDate = ({ column }: Cell, { dates }: Columns): boolean => column !== undefined && dates.includes(column);
