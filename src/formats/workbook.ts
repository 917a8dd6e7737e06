import type { Document } from '../sdk/index.ts';
import type { Blind, Limits, Reading } from './reading.ts';
import { elements, textIn, withoutComments, type XmlElement } from './xml.ts';
import { readZip } from './zip.ts';

/** A sheet of a workbook as CSV: each row in a line of its own, at its own number. */
export interface Sheet {
  name: string;
  csv: string;
}

/** A workbook's sheets in order, and what of it could not be read. */
export interface Workbook {
  sheets: readonly Sheet[];
  blind: readonly Blind[];
}

/** True for the workbooks of Excel, by their name: inside they are archives like many others. */
export const isWorkbook = (path: string): boolean => /\.xls[xm]$/i.test(path);

/** True for a workbook of before 2007, and for one that is encrypted: the same container holds both. */
export function isLockedWorkbook(path: string, bytes: Uint8Array): boolean {
  return /\.xls[xm]?$/i.test(path) && Buffer.from(bytes.subarray(0, 4)).toString('hex') === 'd0cf11e0';
}

/** More empty rows than this before the next one are not written out. */
const MOST_EMPTY = 1_000;
/** Excel has no more columns. */
const MOST_COLUMNS = 16_384;

/**
 * Reads a workbook's cells as they are stored: dates are numbers of days, formulas their last values. Nothing in it is
 * run or resolved. Readers that others keep unpack whatever they are given, and this has to bear bombs.
 * https://learn.microsoft.com/openspecs/office_standards/ms-xlsx/
 */
export async function readWorkbook(path: string, bytes: Uint8Array, limits: Limits): Promise<Workbook> {
  const { document, blind } = await readZip(path, bytes, limits, xmlOf);
  const part = (name: string): string => document?.members?.get(name)?.text ?? '';
  const targets = new Map(
    elements(part('xl/_rels/workbook.xml.rels'), 'Relationship').map(({ attributes }) => [
      attributes.get('id'),
      placeOf(attributes.get('target') ?? ''),
    ]),
  );
  const strings = elements(part('xl/sharedStrings.xml'), 'si').map(textOf);
  const book = part('xl/workbook.xml');
  const sheets = elements(book, 'sheet').map(({ attributes }) => ({
    name: attributes.get('name') ?? '',
    csv: csvOf(part(targets.get(attributes.get('r:id')) ?? ''), strings),
  }));
  if (sheets.length === 0 && blind.length === 0)
    return { sheets, blind: [{ subject: path, reason: 'unreadable', detail: 'It has no sheets: save it again.' }] };
  const from1904 = elements(book, 'workbookPr').some(({ attributes }) =>
    /^(?:1|true)$/.test(attributes.get('date1904') ?? ''),
  );
  const detail = 'Its dates count from 1904 and would be read four years early: export it as CSV.';
  return { sheets, blind: from1904 ? [...blind, { subject: path, reason: 'not-supported', detail }] : blind };
}

/** Only the parts that hold cells are texts; pictures and macros are none of ours. */
async function xmlOf(path: string, bytes: Uint8Array): Promise<Reading> {
  const isOurs = /!\/xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|worksheets\/[^/]+\.xml)$/i.test(
    path,
  );
  if (!isOurs) return { blind: [] };
  // Some programs write every element with a prefix.
  const text = withoutComments(new TextDecoder().decode(bytes)).replaceAll(/(<\/?)[A-Za-z][\w.-]*:/g, '$1');
  const document: Document = { path, text, syntax: 'xml' };
  return { document, blind: [] };
}

const placeOf = (target: string): string => (target.startsWith('/') ? target.slice(1) : `xl/${target}`);

function csvOf(xml: string, strings: readonly string[]): string {
  const lines: string[] = [];
  for (const row of elements(xml, 'row')) {
    const number = Number(row.attributes.get('r') ?? lines.length + 1);
    while (lines.length < number - 1 && number - lines.length < MOST_EMPTY) lines.push('');
    lines.push(cellsOf(row, strings).map(quoted).join(','));
  }
  return lines.map((line) => `${line}\n`).join('');
}

function cellsOf({ inner }: XmlElement, strings: readonly string[]): string[] {
  const cells: string[] = [];
  for (const cell of elements(inner, 'c')) {
    const at = columnOf(cell.attributes.get('r')) ?? cells.length;
    if (at >= MOST_COLUMNS) continue;
    while (cells.length < at) cells.push('');
    cells[at] = valueOf(cell, strings);
  }
  return cells;
}

/** `AB12` stands in the twenty-eighth column, counted from none. */
function columnOf(place: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}(?=\d)/i.exec(place ?? '')?.[0].toUpperCase();
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + (letter.codePointAt(0) ?? 0) - 64;
  return column - 1;
}

function valueOf(cell: XmlElement, strings: readonly string[]): string {
  const [value] = elements(cell.inner, 'v').map(textIn);
  switch (cell.attributes.get('t')) {
    case 's':
      return strings[Number(value)] ?? '';
    case 'inlineStr':
      return elements(cell.inner, 'is').map(textOf).join('');
    case 'b':
      return value === '1' ? 'true' : 'false';
    case 'e':
      return '';
    default:
      return value ?? '';
  }
}

/** All runs of a text, without the readings that stand above them. Cells of several lines list several things. */
function textOf({ inner }: XmlElement): string {
  const [first = '', ...rest] = inner.split('<rPh');
  const bare = [first, ...rest.map((part) => part.split('</rPh>').slice(1).join(''))].join('');
  const text = elements(bare, 't').map(textIn).join('').replaceAll('_x000D_', '');
  const lines = text.split('\n').map((line) => line.trim());
  return lines.length === 1 ? text : lines.filter((line) => line !== '').join('; ');
}

const quoted = (cell: string): string => (/[",;\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
