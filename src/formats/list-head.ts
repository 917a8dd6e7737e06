import { parse } from 'csv-parse/sync';
import { SourceError } from '../sdk/index.ts';
import { columnOf, isHeading, isVital, meantBy, type Columns } from './columns.ts';
import { decode } from './encoding.ts';

/** One heading of a list, and what it means where that is known. */
export interface Heading {
  column: string | undefined;
  name: string;
}

/** How a list begins: what stands between its cells, the line with the headings, and how many filled ones are above. */
export interface Head {
  delimiter: string;
  line: number;
  above: number;
  headings: readonly Heading[];
}

/** How cells are told apart; spreadsheets quote well, other programs put quotation marks into the middle of cells. */
export const cellOptions = {
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  skip_records_with_empty_values: false,
  trim: true,
} as const;

/** Fewer known columns than this, and it is another list, or one without a header. */
const FEWEST = 2;
const MOST = 1_000;
const LINES = 20;
const HEAD = 64 * 1024;

/** The text of a list's bytes. What is no UTF is Windows' code page for Western Europe, which is what Excel writes. */
export function textOf(file: string, bytes: Uint8Array): string {
  const decoded = decode(bytes);
  if ('blind' in decoded) throw new SourceError('config', `${file}: ${decoded.blind.detail} Save it as CSV or YAML.`);
  const text = decoded.encoding === 'latin-1' ? new TextDecoder('windows-1252').decode(bytes) : decoded.text;
  return text.replace(/^\uFEFF/, '');
}

/** The first whole lines of a list, of which only the beginning may have been read. */
export function beginningOf(bytes: Uint8Array): string {
  try {
    const end = bytes.lastIndexOf(0x0a);
    return textOf('', end === -1 ? bytes : bytes.subarray(0, end + 1));
  } catch {
    return '';
  }
}

/** Finds the headings: in the first line, or beneath a title, `sep=;` or PowerShell's `#TYPE`. */
export function headOf(text: string, columns: Columns): Head {
  const start = text.slice(0, HEAD);
  const heads = [',', ';', '\t', '|'].map((delimiter) => headWith(delimiter, start, columns));
  return heads.reduce((best, head) => (knownIn(head) > knownIn(best) ? head : best));
}

/** The columns that the headings mean. */
export function columnsIn(headings: readonly Heading[]): string[] {
  return headings.map(({ column }) => column).filter((column) => column !== undefined);
}

/** Throws where reading on would miss what the list lives by: a slip of the keyboard, or who left in unknown words. */
export function refuseHead({ headings, line }: Head, columns: Columns, file: string): void {
  if (headings.length > MOST)
    throw new SourceError('config', `${file}, line ${line}: it has ${headings.length} columns: is it such a list?`);
  const meant = columnsIn(headings);
  const isTold = columns.vital?.columns.some((column) => meant.includes(column)) === true;
  for (const { column, name } of headings) {
    if (column !== undefined || name === '') continue;
    const near = meantBy(name, columns);
    const isSlip = near !== undefined && !meant.includes(near.column);
    if (meant.length < FEWEST || isSlip || (!isTold && isVital(name, columns)))
      refuse(name, columns, `${file}, line ${line}`);
  }
}

/** Throws for a heading that nobody knows, with what was meant or what is known. */
export function refuse(spelling: string, columns: Columns, where: string): never {
  const near = meantBy(spelling, columns);
  const hint = near === undefined ? `known are ${columns.names.join(', ')}` : `did you mean "${near.word}"?`;
  const shown = isHeading(spelling) ? `"${spelling.trim()}"` : 'in the header';
  throw new SourceError('config', `${where}: unknown column ${shown}; ${hint}`);
}

function headWith(delimiter: string, start: string, columns: Columns): Head {
  const heads = recordsOf(start, delimiter).map(({ cells, line }, above): Head => {
    return { delimiter, line, above, headings: cells.map((name) => ({ column: columnOf(name, columns), name })) };
  });
  const [first = { delimiter, line: 1, above: 0, headings: [] }] = heads;
  if (knownIn(first) >= FEWEST) return first;
  const beneath = (is: (head: Head) => boolean, fewest: number): Head | undefined =>
    heads.find((head, at) => knownIn(head) >= fewest && heads.slice(0, at).every(is));
  // Beneath a title: a row of data may hold a word that is a heading elsewhere, hardly three of them.
  return beneath(isMark, FEWEST) ?? beneath(isTitle, FEWEST + 1) ?? first;
}

/** What programs write above the headings for other programs. */
const isMark = ({ headings: [first] }: Head): boolean => /^(?:sep=|#TYPE )/i.test(first?.name ?? '');
const isTitle = ({ headings }: Head): boolean => headings.filter(({ name }) => name !== '').length <= 2;

/** How many columns a head names that are known. */
export function knownIn({ headings }: Head): number {
  return new Set(columnsIn(headings)).size;
}

/** The first lines; a quotation mark that is not closed ends them early, and is told of when all is read. */
function recordsOf(start: string, delimiter: string): { cells: string[]; line: number }[] {
  const lines: { cells: string[]; line: number }[] = [];
  const onRecord = (cells: string[], { lines: line }: { lines: number }): null => {
    lines.push({ cells: written(cells), line });
    return null;
  };
  try {
    parse(start, { ...cellOptions, delimiter, to: LINES, onRecord });
  } catch {
    return lines;
  }
  return lines;
}

/** Spreadsheets write empty cells, columns and rows behind what was filled in. */
export function written(cells: readonly string[]): string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);
}
