import { stripVTControlCharacters, styleText } from 'node:util';
import type { Severity } from '../core/finding.ts';
import { neutralise } from '../core/text.ts';
import type { Io } from './io.ts';

type Format = Parameters<typeof styleText>[0];

/** Colours for one output; every text from data goes through `safe` first. */
export interface Style {
  /** Text from data: control sequences and direction overrides are made harmless. */
  safe(text: string): string;
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  warn(text: string): string;
  bad(text: string): string;
  severity(severity: Severity, text?: string): string;
}

const severityFormat: Record<Severity, Format> = {
  critical: ['bold', 'white', 'bgRed'],
  high: ['bold', 'red'],
  medium: 'yellow',
  low: 'cyan',
  info: 'dim',
};

/** The styles of an output: plain text where it shows no colours. */
export function styles(io: Pick<Io, 'colour'>): Style {
  const paint = (format: Format, text: string): string =>
    io.colour ? styleText(format, text, { validateStream: false }) : text;
  return {
    safe: neutralise,
    bold: (text) => paint('bold', text),
    dim: (text) => paint('dim', text),
    good: (text) => paint('green', text),
    warn: (text) => paint('yellow', text),
    bad: (text) => paint('red', text),
    severity: (severity, text = severity) => paint(severityFormat[severity], text),
  };
}

/** Columns a text takes on a terminal: wide East Asian characters take two, marks none. */
export function width(text: string): number {
  let columns = 0;
  for (const character of stripVTControlCharacters(text)) {
    if (/\p{Mark}|\p{Cf}/u.test(character)) continue;
    columns +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return columns;
}

/** Cuts plain text to at most so many columns. */
export function fit(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  let cut = '';
  for (const character of text) {
    if (width(cut) + width(character) > columns - 1) break;
    cut += character;
  }
  return `${cut}…`;
}

export interface Column<T> {
  title: string;
  text(row: T): string;
  /** Applied after padding, so that colours do not disturb the columns. */
  paint?(row: T, padded: string): string;
  align?: 'right';
  /** Takes what width is left; others keep theirs. */
  flexible?: true;
  /** Left out where the terminal is too narrow to read the others, the last one first. */
  spare?: true;
}

/** A few letters tell more than none: a terminal that is narrower still wraps. */
const NARROWEST = 6;

/** So many letters tell what is meant; fewer only that there is something. */
const READABLE = 18;

/** How wide each column may be at most, so that together they take the room: what one does not need, the others get. */
function fairShare(sizes: readonly number[], room: number): number {
  const ascending = sizes.toSorted((a, b) => a - b);
  let left = room;
  for (const [index, size] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - index));
    if (size > share) return share;
    left -= size;
  }
  return room;
}

/** What stands in each cell, and how wide each column is, without the columns for which there is no room. */
function laidOut<T>(
  rows: readonly T[],
  columns: readonly Column<T>[],
  room: number,
): { columns: readonly Column<T>[]; cells: string[][]; sizes: number[] } {
  const cells = rows.map((row) => columns.map((column) => neutralise(column.text(row))));
  const natural = columns.map((column, index) =>
    Math.max(width(column.title), ...cells.map((line) => width(line[index] ?? ''))),
  );
  const gaps = 2 * (columns.length - 1);
  const fixed = natural.reduce((sum, size, index) => sum + (columns[index]?.flexible ? 0 : size), gaps);
  const flexible = natural.filter((_, index) => columns[index]?.flexible);
  const most = fairShare(flexible, room - fixed);
  const spare = columns.findLastIndex((column) => column.spare === true);
  if (spare >= 0 && most < READABLE && flexible.some((size) => size > most))
    return laidOut(rows, columns.toSpliced(spare, 1), room);
  const sizes = natural.map((size, index) =>
    columns[index]?.flexible ? Math.min(size, Math.max(NARROWEST, most)) : size,
  );
  return { columns, cells, sizes };
}

/** A table that fits the terminal; cells are made safe and cut, never wrapped. */
export function table<T>(rows: readonly T[], all: readonly Column<T>[], io: Pick<Io, 'colour' | 'columns'>): string {
  const style = styles(io);
  const { columns, cells, sizes } = laidOut(rows, all, io.columns);
  const line = (texts: readonly string[], paint?: (index: number, padded: string) => string): string =>
    texts
      .map((text, index) => {
        const size = sizes[index] ?? 0;
        const cut = fit(text, size);
        const space = ' '.repeat(Math.max(0, size - width(cut)));
        const last = index === texts.length - 1;
        const padded = columns[index]?.align === 'right' ? space + cut : last ? cut : cut + space;
        return paint ? paint(index, padded) : padded;
      })
      .join('  ')
      .trimEnd();
  const head = style.dim(line(columns.map((column) => column.title)));
  const body = cells.map((texts, row) =>
    line(texts, (index, padded) => {
      const data = rows[row];
      const paint = columns[index]?.paint;
      return paint && data !== undefined ? paint(data, padded) : padded;
    }),
  );
  return [head, ...body, ''].join('\n');
}

/** `12,345`. */
export function number(value: number): string {
  return value.toLocaleString('en-GB');
}

/** `1 finding`, `3 findings`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}
