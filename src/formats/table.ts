import { parse } from 'csv-parse';
import { SourceError, type Json } from '../sdk/index.ts';
import { columnOf, delimiterOf, plain, type Columns } from './columns.ts';
import { readText } from './document.ts';
import { decode } from './encoding.ts';
import { defaultLimits } from './reading.ts';
import { isObject, listAt } from './tree.ts';

/** One row of a list that people keep by hand. */
export interface Row {
  /** 1-based, the header not counted; the line of a CSV file where the row begins. */
  number: number;
  line?: number;
  /** Where it stands in the file, for pointers. */
  path: readonly (string | number)[];
  /** Trimmed, by column; empty cells are left out. Lists are joined with `; `. */
  values: { readonly [column: string]: string };
  /** Cells of columns that nobody knows: not understood, but searched for secrets. */
  rest: { readonly [heading: string]: string };
  /** Said instead of values when the row cannot be read. */
  problem?: string;
}

/**
 * The rows of a CSV or YAML file, one at a time; a bad row is handed on with its problem. Exports have columns that
 * nobody needs: those are named to `passedOver`. One that looks like a slip of the keyboard is an error, for what it
 * holds would be missed; so is any unknown key of YAML, which is written for us.
 */
export async function* readTable(
  file: string,
  bytes: Uint8Array,
  columns: Columns,
  passedOver: (headings: readonly string[]) => void = () => undefined,
): AsyncGenerator<Row> {
  const decoded = decode(bytes);
  if ('blind' in decoded) throw new SourceError('config', `${file}: ${decoded.blind.detail} Save it as CSV or YAML.`);
  const text = decoded.text.replace(/^\uFEFF/, '');
  if (/\.ya?ml$/i.test(file)) yield* yamlRows(file, text, columns);
  else yield* csvRows(file, text, columns, passedOver);
}

async function* csvRows(
  file: string,
  text: string,
  columns: Columns,
  passedOver: (headings: readonly string[]) => void,
): AsyncGenerator<Row> {
  const first = text.split(/\r\n?|\n/, 1)[0] ?? '';
  const parser = parse(text, {
    delimiter: delimiterOf(first),
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    info: true,
  });
  let header: readonly Heading[] | undefined;
  let number = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (header === undefined) {
        header = headerOf(written(record), columns, `${file}, line 1`);
        const others = header.filter(({ column }) => column === undefined).map(({ name }) => name);
        if (others.length > 0) passedOver(others);
        continue;
      }
      number++;
      const cells = written(record);
      if (cells.length > 0) yield csvRow(header, cells, number, info.lines);
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

/** Spreadsheets write empty cells, columns and rows behind what was filled in. */
function written(cells: readonly string[]): readonly string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);
}

function csvRow(header: readonly Heading[], cells: readonly string[], number: number, lines: number): Row {
  const path = [`row ${number}`];
  const filled = header.map((heading, at) => ({ ...heading, cell: cells[at] ?? '' })).filter(({ cell }) => cell !== '');
  const values = Object.fromEntries(
    filled.flatMap(({ column, cell }) => (column === undefined ? [] : [[column, cell]])),
  );
  const rest = Object.fromEntries(
    filled.flatMap(({ column, name, cell }) => (column === undefined ? [[name, cell]] : [])),
  );
  if (cells.length > header.length) {
    // What is in the surplus cells is kept, so that it is scanned like everything else.
    const surplus = cells.slice(header.length).join('; ');
    const problem = `it has ${cells.length} cells, the header has ${header.length}; put quotation marks around a cell that holds a comma`;
    return { number, line: lines, path, values, rest: { ...rest, surplus }, problem };
  }
  return { number, line: lines, path, values, rest };
}

function* yamlRows(file: string, text: string, columns: Columns): Generator<Row> {
  const limits = { ...defaultLimits, yamlBytes: 2 * 1024 * 1024 };
  const { document, blind } = readText(file, text, limits);
  if (text.trim() === '') return;
  if (blind[0] !== undefined) throw new SourceError('config', `${file}: ${blind[0].detail}`);
  const tree = document.tree;
  const bare = Array.isArray(tree);
  const list = bare ? listAt(tree) : listAt(tree, columns.list);
  if (!bare && !(isObject(tree) && Array.isArray(tree[columns.list]))) {
    throw new SourceError('config', `${file}: a list under the key "${columns.list}" was expected.`);
  }
  for (const [position, entry] of list.entries()) {
    const number = position + 1;
    const path = bare ? [position] : [columns.list, position];
    if (!isObject(entry)) {
      yield {
        number,
        path,
        values: typeof entry === 'string' ? { text: entry } : {},
        rest: {},
        problem: 'it is not a set of keys and values',
      };
      continue;
    }
    const values = Object.entries(entry).map(
      ([key, value]) => [known(key, columns, `${file}, item ${number}`), scalar(value)] as const,
    );
    yield { number, path, values: Object.fromEntries(values.filter(([, value]) => value !== '')), rest: {} };
  }
}

function scalar(value: Json): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.map((each: Json) => scalar(each)).join('; ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value).trim();
}

function known(spelling: string, columns: Columns, where: string): string {
  return columnOf(spelling, columns) ?? refuse(spelling, columns, where);
}

function refuse(spelling: string, columns: Columns, where: string): never {
  const near = meantBy(spelling, columns);
  const hint = near === undefined ? `known are ${columns.names.join(', ')}` : `did you mean "${near.word}"?`;
  const shown = isHeading(spelling) ? `"${spelling.trim()}"` : 'in the header';
  throw new SourceError('config', `${where}: unknown column ${shown}; ${hint}`);
}

/** A heading may be a pasted value when the header line is missing: what looks like one is not repeated. */
function isHeading(spelling: string): boolean {
  return /^[\p{L}_\s./()-]{0,40}\d?$/u.test(spelling.trim()) && !/\p{L}{25}/u.test(spelling);
}

interface Heading {
  /** What it means, where that is known. */
  column: string | undefined;
  name: string;
}

/** Fewer known columns than this, and it is another list, or one without a header. */
const FEWEST = 2;

function headerOf(cells: readonly string[], columns: Columns, where: string): Heading[] {
  const header = cells.map((cell, at): Heading => {
    const column = columnOf(cell, columns);
    return { column, name: column ?? (isHeading(cell) ? cell.trim() : `column ${at + 1}`) };
  });
  const meant = header.map(({ column }) => column).filter((column) => column !== undefined);
  const twice = meant.find((column, at) => meant.indexOf(column) !== at);
  if (twice !== undefined) throw new SourceError('config', `${where}: the column "${twice}" occurs twice`);
  for (const [at, { column }] of header.entries()) {
    const cell = cells[at] ?? '';
    if (column !== undefined) continue;
    const near = meantBy(cell, columns);
    const isSlip = near !== undefined && !meant.includes(near.column);
    if (meant.length < FEWEST || isSlip || isVital(cell, meant, columns)) refuse(cell, columns, where);
  }
  return header;
}

/** The spelling that was meant by one with a slip in it, and its column. */
function meantBy(spelling: string, columns: Columns): { word: string; column: string } | undefined {
  const word = nearest(plain(spelling), [...columns.names, ...Object.keys(columns.aliases)]);
  return word === undefined ? undefined : { word, column: columns.aliases[word] ?? word };
}

function isVital(spelling: string, meant: readonly string[], { vital }: Columns): boolean {
  if (vital === undefined || vital.columns.some((column) => meant.includes(column))) return false;
  return vital.heading.test(plain(spelling));
}

/** The known word that is at most two slips of the keyboard away. */
function nearest(word: string, words: readonly string[]): string | undefined {
  const ranked = words.map((each) => ({ each, slips: distance(word, each) })).toSorted((a, b) => a.slips - b.slips);
  return ranked[0] !== undefined && ranked[0].slips <= 2 ? ranked[0].each : undefined;
}

function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
