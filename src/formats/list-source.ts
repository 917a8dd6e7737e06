import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import {
  container,
  onlyWithMatches,
  SourceError,
  type Content,
  type Item,
  type Json,
  type Page,
  type StreamContext,
} from '../sdk/index.ts';
import { isVital, type Columns } from './columns.ts';
import { dateOrders, type DateOrder, type Day } from './list-dates.ts';
import { ordersOf, type Orders, type Unread } from './list-days.ts';
import { headOf, knownIn } from './list-head.ts';
import { defaultLimits } from './reading.ts';
import { openTable, type Row, type Table } from './table.ts';
import { isWorkbook, readWorkbook } from './workbook.ts';
import { isZip } from './zip.ts';

const pageRows = 500;
const maxBytes = 64 * 1024 * 1024;

/** What every source says that reads such a list. */
export const listConfig = {
  path: z.string().min(1).describe('The CSV, Excel or YAML file'),
  dates: z
    .enum(dateOrders)
    .optional()
    .describe('Which half of 03/04/2026 comes first, where no date of a column settles it'),
};
export interface ListConfig {
  path: string;
  dates?: DateOrder | undefined;
}

/** A row as connectors get it: the texts of each known column, and the days of those that hold dates. */
export interface ListRow extends Row {
  texts: { readonly [column: string]: readonly string[] };
  days: { readonly [column: string]: readonly Day[] };
  unread: readonly Unread[];
}

/** Something about the list that is said once, however many rows show it. */
export interface Remark {
  about: string;
  says: string;
  /** It takes nothing away from what the list tells. */
  expected?: 'expected';
}

/** What a row became: its records with what is to be said about them and what they had to go without, or why it is none. */
export type Made =
  | { items: readonly Item[]; remarks?: readonly Remark[]; without?: readonly string[] }
  | { problem: string };

/** What a connector makes of one reading of a list. It is gone through twice: seen, then made. */
export interface ListReader {
  see?(row: Row, file: string): void;
  /** What is to be said of the list itself, when all rows were seen. */
  survey?(seen: Survey, file: string): readonly Remark[];
  make(row: ListRow, file: string): Made;
  /** What was held back until the last row. */
  end?(): { items: readonly Item[]; remarks: readonly Remark[] };
}

/** What was seen of a list: which known columns it has, and in which of them at least one cell is filled. */
export interface Survey {
  columns: ReadonlySet<string>;
  filled: ReadonlySet<string>;
  rows: number;
}

/**
 * Pages of a list that people keep by hand: a bad row is set aside with its number, the rest goes on. The file is gone
 * through twice, for how a column writes its dates may show in its last row.
 */
export async function* listPages(
  ctx: StreamContext<ListConfig>,
  columns: Columns,
  reader: ListReader,
): AsyncGenerator<Page> {
  const file = basename(ctx.config.path);
  const done = z.object({ row: z.number() }).safeParse(ctx.resume).data?.row ?? 0;
  const { bytes, remarks } = await listOf(ctx.config.path, columns);
  const table = openTable(file, bytes, columns);
  const { seen, rows } = surveyOf(table, file, reader);
  const orders = await ordersOf(rows(), columns, ctx.config.dates);
  const tell = teller(ctx, file, done);
  for (const remark of [...remarks, ...headingRemarks(table, columns)]) tell(remark);
  for (const remark of reader.survey?.(seen, file) ?? []) tell(remark);
  for (const { heading, says } of orders.open) tell({ about: heading, says });
  let items: Item[] = [];
  let inPage = 0;
  for await (const row of table.rows()) {
    ctx.signal.throwIfAborted();
    const made = madeOf(row, file, orders, reader);
    if ('items' in made) for (const remark of made.remarks ?? []) tell(remark, row);
    if (row.number <= done) continue;
    const tellRow = (what: string): void => {
      const where = row.line === undefined ? '' : ` (line ${row.line})`;
      ctx.blind(`${file} row ${row.number}`, 'schema', `Row ${row.number}${where} was ${what}.`);
    };
    if ('problem' in made) {
      tellRow(`set aside: ${made.problem}`);
      items.push(setAside(row, file));
    } else {
      if (made.without !== undefined && made.without.length > 0)
        tellRow(`read without what cannot be understood: ${made.without.join('; ')}`);
      items.push(...made.items);
    }
    if (++inPage < pageRows) continue;
    yield { items, next: { row: row.number } };
    [items, inPage] = [[], 0];
  }
  const last = reader.end?.();
  for (const remark of last?.remarks ?? []) tell(remark, 'end');
  yield { items: [...items, ...(last?.items ?? [])] };
}

function madeOf(row: Row, file: string, orders: Orders, reader: ListReader): Made {
  if (row.aside === true) {
    const says = 'Titles, totals and repeated headings were passed over';
    return { items: [setAside(row, file)], remarks: [{ about: 'rows', says, expected: 'expected' }] };
  }
  if (row.problem !== undefined) return { problem: row.problem };
  return reader.make({ ...row, ...orders.daysOf(row), texts: textsOf(row) }, file);
}

/** Says a thing once. What stands before the place where a broken run goes on has been said. */
function teller(
  ctx: StreamContext<ListConfig>,
  file: string,
  done: number,
): (remark: Remark, row?: Row | 'end') => void {
  const told = new Map<string, Set<string>>();
  return ({ about, says, expected }, row) => {
    const known = told.get(about) ?? new Set();
    if (known.has(says) || known.size > MOST_REMARKS) return;
    told.set(about, known.add(says));
    const isFresh = row === 'end' || (row === undefined ? done === 0 : row.number > done);
    if (!isFresh) return;
    const subject = about === '' ? file : `${file} ${about}`;
    const where = row === undefined || row === 'end' ? '' : ` First seen in ${placeOf(row)}.`;
    const detail = known.size > MOST_REMARKS ? 'There is more of this kind than is told here.' : `${says}.${where}`;
    ctx.blind(subject, expected === undefined ? 'schema' : 'not-supported', detail, expected);
  };
}

const MOST_REMARKS = 50;

export const placeOf = (row: Row): string => (row.line === undefined ? `item ${row.number}` : `line ${row.line}`);

/** Looks on while somebody else goes through the rows. */
function surveyOf(table: Table, file: string, reader: ListReader): { seen: Survey; rows(): AsyncGenerator<Row> } {
  const filled = new Set<string>();
  const columns = new Set(table.headings.flatMap(({ column }) => column ?? []));
  const seen = { columns, filled, rows: 0 };
  async function* rows(): AsyncGenerator<Row> {
    for await (const row of table.rows()) {
      if (row.aside === true) continue;
      seen.rows++;
      for (const { column } of row.cells) if (column !== undefined) filled.add(column);
      reader.see?.(row, file);
      yield row;
    }
    for (const column of filled) columns.add(column);
  }
  return { seen, rows };
}

function headingRemarks({ headings }: Table, columns: Columns): Remark[] {
  const others = headings.filter(({ column, name }) => column === undefined && name !== '');
  const grave = others.filter(({ name }) => isVital(name, columns, 'always')).map(({ name }) => name);
  const rest = others.map(({ name }) => name).filter((name) => !grave.includes(name));
  return [
    ...(rest.length === 0
      ? []
      : [{ about: '', says: `Columns that were passed over: ${rest.join(', ')}`, expected: 'expected' as const }]),
    ...(grave.length === 0
      ? []
      : [
          {
            about: '',
            says: `Columns that were not understood, though they sound needed: ${grave.join(', ')}; rename or delete them`,
          },
        ]),
  ];
}

/** The texts of each column; several headings may mean the same one. */
function textsOf(row: Row): { [column: string]: string[] } {
  const texts: { [column: string]: string[] } = {};
  for (const { column, text } of row.cells) if (column !== undefined) (texts[column] ??= []).push(text);
  return texts;
}

/** A row that says nothing usable can still hold a key that somebody pasted. */
function setAside(row: Row, file: string): Item {
  const id = `${file}#row ${row.number}`;
  return onlyWithMatches(
    container({ id, name: id, type: 'file', at: { path: file }, contents: [rowContent(row, file)] }),
  );
}

/** All cells of a row as text to scan: somebody will paste a key into one of them. */
export function rowContent(row: Row, file: string): Content {
  const cells = Object.fromEntries(row.cells.map(({ heading, text }) => [heading, text]));
  const tree = row.path.reduceRight<Json>((below, key) => ({ [String(key)]: below }), cells);
  return { place: 'configuration', path: file, tree };
}

/** What is wrong with a row, by column; never the value itself. */
export function problemOf({ path, message }: z.core.$ZodIssue): string {
  return `${path.map(String).join('.') || 'row'}: ${message}`;
}

/** Can the list be read at all? */
export async function probeList(path: string, columns: Columns): Promise<void> {
  const { bytes } = await listOf(path, columns);
  for await (const row of openTable(basename(path), bytes, columns).rows()) {
    if (row.number > 0) return;
  }
}

/** The list in a file; of a workbook the sheet with most of the headings, and what is to be said of the others. */
async function listOf(path: string, columns: Columns): Promise<{ bytes: Uint8Array; remarks: readonly Remark[] }> {
  const bytes = await bytesOf(path);
  if (!isWorkbook(path) || !isZip(bytes)) return { bytes, remarks: [] };
  const { sheets, blind } = await readWorkbook(basename(path), bytes, defaultLimits);
  const [problem] = blind;
  if (problem !== undefined) throw new SourceError('config', `${basename(path)}: ${problem.detail}`);
  const known = sheets.map((sheet) => ({ ...sheet, known: knownIn(headOf(sheet.csv, columns)) }));
  const [list, ...others] = known.toSorted((a, b) => b.known - a.known);
  const remarks = others
    .filter(({ csv }) => csv.trim() !== '')
    .map(({ name, known: headings }): Remark => {
      // A second sheet with such headings may well be a second list.
      const says = `The sheet "${name}" was passed over: one sheet is read`;
      return headings >= 3
        ? { about: '', says: `${says}, and it has headings of such a list too; save it as a file of its own` }
        : { about: '', says, expected: 'expected' };
    });
  return { bytes: Buffer.from(list?.csv ?? ''), remarks };
}

async function bytesOf(path: string): Promise<Uint8Array> {
  const stats = await stat(path).catch((error: unknown) => {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new SourceError(
      'config',
      `${path} ${missing ? 'does not exist: check the path' : 'cannot be read: grant read access'}.`,
    );
  });
  if (!stats.isFile()) throw new SourceError('config', `${path} is no file: name the CSV, Excel or YAML file itself.`);
  if (stats.size > maxBytes) throw new SourceError('config', `${path} is larger than ${maxBytes} bytes: split it.`);
  return readFile(path).catch(() => {
    throw new SourceError('config', `${path} cannot be read: grant read access.`);
  });
}
