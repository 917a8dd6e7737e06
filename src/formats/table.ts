import { parse } from 'csv-parse';
import { SourceError, type Json } from '../sdk/index.ts';
import { columnOf, isHeading, type Columns } from './columns.ts';
import { readText } from './document.ts';
import {
  cellOptions,
  columnsIn,
  headOf,
  refuse,
  refuseHead,
  textOf,
  written,
  type Head,
  type Heading,
} from './list-head.ts';
import { defaultLimits } from './reading.ts';
import { isObject, listAt } from './tree.ts';

/** One filled cell of a list that people keep by hand, trimmed and without what spreadsheets put around it. */
export interface Cell {
  /** What its heading means; undefined when nobody knows, and the cell is only searched for secrets. */
  column: string | undefined;
  heading: string;
  text: string;
}

/** One row of such a list. */
export interface Row {
  /** 1-based, what stands above the rows not counted; the line of a CSV file where the row ends. */
  number: number;
  line?: number;
  /** Where it stands in the file, for pointers. */
  path: readonly (string | number)[];
  cells: readonly Cell[];
  /** A total, a remark or the headings once more: no row of the list. */
  aside?: boolean;
  /** Said when the row cannot be read. */
  problem?: string;
}

/** A list's headings, as far as they are known before the first row, and its rows. */
export interface Table {
  headings: readonly Heading[];
  rows(): AsyncIterable<Row> | Iterable<Row>;
}

/**
 * Opens a CSV or YAML file. Exports have columns that nobody needs; one that looks like a slip of the keyboard is an
 * error, for what it holds would be missed; so is any unknown key of YAML, which is written for us.
 */
export function openTable(file: string, bytes: Uint8Array, columns: Columns): Table {
  const text = textOf(file, bytes);
  if (/\.ya?ml$/i.test(file)) return { headings: [], rows: () => yamlRows(file, text, columns) };
  const head = headOf(text, columns);
  refuseHead(head, columns, file);
  const headings = head.headings.map((heading, at) => ({ ...heading, name: named(heading, head.headings, at) }));
  return { headings, rows: () => csvRows(file, text, { ...head, headings }, columns) };
}

/** Under its column's name where no other heading means the same; a pasted value is not repeated. */
function named({ column, name }: Heading, all: readonly Heading[], at: number): string {
  if (column !== undefined && columnsIn(all).filter((each) => each === column).length === 1) return column;
  const isTwice = all.findIndex((each) => each.name === name) !== at;
  return isHeading(name) && name !== '' && !isTwice ? name : `column ${at + 1}`;
}

async function* csvRows(
  file: string,
  text: string,
  { delimiter, above, headings }: Head,
  columns: Columns,
): AsyncGenerator<Row> {
  const parser = parse(text, { ...cellOptions, delimiter, info: true });
  let place = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      const number = place++ - above;
      if (number <= 0) continue;
      const cells = written(record);
      if (cells.length > 0)
        yield csvRow(cells, { number, line: info.lines, path: [`row ${number}`] }, headings, columns);
    }
  } catch (error) {
    if (error instanceof SourceError) throw error;
    const line = (error as { lines?: unknown }).lines;
    const where = typeof line === 'number' ? `, line ${line}` : '';
    throw new SourceError(
      'config',
      `${file}${where}: it is not valid CSV; look for a quotation mark that is not closed.`,
    );
  }
}

function csvRow(
  texts: readonly string[],
  place: Pick<Row, 'number' | 'line' | 'path'>,
  headings: readonly Heading[],
  columns: Columns,
): Row {
  if (isFooter(texts, headings) || repeats(texts, headings, columns))
    return { ...place, cells: texts.map(unknownCell), aside: true };
  const cells = headings
    .map(({ column, name }, at): Cell => ({ column, heading: name, text: bare(texts[at] ?? '') }))
    .filter(({ text }) => text !== '');
  if (texts.length <= headings.length) return { ...place, cells };
  // What is in the surplus cells is kept, so that it is scanned like everything else.
  const surplus = unknownCell(texts.slice(headings.length).join('; '), headings.length);
  const problem = `it has ${texts.length} cells, the header has ${headings.length}; put quotation marks around a cell that holds a comma`;
  return { ...place, cells: [...cells, surplus], problem };
}

const unknownCell = (text: string, at: number): Cell => ({ column: undefined, heading: `cell ${at + 1}`, text });

/** Excel's `="00123"` and `'00123` keep zeroes; PowerShell writes the type of what it cannot write into a cell. */
function bare(text: string): string {
  const kept = /^="(.*)"$/s.exec(text)?.[1] ?? text.replace(/^'(?=[\d=+@-])/, '');
  return /^(?:System|Microsoft)(?:\.\w+){1,8}(?:\[\]|`\d\[.*\])?$/.test(kept) ? '' : kept;
}

const TOTAL =
  /^(?:grand )?(?:total|sum|count|number|gesamt|summe|anzahl|nombre)(?: of| der| de)?(?: (?:employees|users|records|rows|people|workers|members|mitarbeiter|benutzer|zeilen|salariés|utilisateurs|lignes))?[ :]*\d*$/i;

/** A name with nothing behind it is a row that lacks the rest, and no sentence. */
const NAME = /^\p{Lu}[\p{L}'’.-]*,?(?: (?:\p{Ll}{1,3} )*\p{Lu}[\p{L}'’.-]*){1,4}$/u;

/** `Total;250` and `Made on 21.11.2026`: words of a sentence in the first cell and hardly anything else. */
function isFooter(texts: readonly string[], headings: readonly Heading[]): boolean {
  const filled = texts.filter((text) => text !== '');
  const [first = ''] = filled;
  if (headings.length < 3 || filled.length > 2 || texts.some((text) => text.includes('@'))) return false;
  if (TOTAL.test(first)) return true;
  return filled.length === 1 && /[ :]/.test(first) && !NAME.test(first);
}

/** The headings once more: between pages of a report, or in other words as SAP SuccessFactors writes them. */
function repeats(texts: readonly string[], headings: readonly Heading[], columns: Columns): boolean {
  const meant = headings.map(({ column }, at) => ({ column, text: texts[at] ?? '' })).filter(({ column }) => column);
  return meant.length >= 2 && meant.every(({ column, text }) => columnOf(text, columns) === column);
}

function* yamlRows(file: string, text: string, columns: Columns): Generator<Row> {
  const limits = { ...defaultLimits, yamlBytes: 2 * 1024 * 1024 };
  const { document, blind } = readText(file, text, limits);
  if (text.trim() === '') return;
  if (blind[0] !== undefined) throw new SourceError('config', `${file}: ${blind[0].detail}`);
  const tree = document.tree;
  const isBare = Array.isArray(tree);
  if (!isBare && !(isObject(tree) && Array.isArray(tree[columns.list]))) {
    throw new SourceError('config', `${file}: a list under the key "${columns.list}" was expected.`);
  }
  for (const [position, entry] of (isBare ? listAt(tree) : listAt(tree, columns.list)).entries()) {
    const number = position + 1;
    const path = isBare ? [position] : [columns.list, position];
    yield { number, path, ...yamlCells(entry, columns, `${file}, item ${number}`) };
  }
}

function yamlCells(entry: Json, columns: Columns, where: string): Pick<Row, 'cells' | 'problem'> {
  if (!isObject(entry)) {
    const cells = typeof entry === 'string' ? [{ column: undefined, heading: 'text', text: entry }] : [];
    return { cells, problem: 'it is not a set of keys and values' };
  }
  const cells = Object.entries(entry).map(([heading, value]): Cell => {
    const column = columnOf(heading, columns) ?? refuse(heading, columns, where);
    return { column, heading, text: scalar(value) };
  });
  const isRounded = Object.values(entry).some((value) => Number.isInteger(value) && !Number.isSafeInteger(value));
  const problem = isRounded && 'a number in it is too long to be read as one; put quotation marks around it';
  return { cells: cells.filter(({ text }) => text !== ''), ...(problem !== false && { problem }) };
}

function scalar(value: Json): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.map((each: Json) => scalar(each)).join('; ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value).trim();
}
