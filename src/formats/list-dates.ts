import { DAY, HOUR, MINUTE, SECOND, type Instant } from '../sdk/index.ts';

/** Which half of 03/04/2026 comes first. */
export const dateOrders = ['day-first', 'month-first'] as const;
export type DateOrder = (typeof dateOrders)[number];

/** What a cell of a date column says. */
export type Day =
  | { is: 'day'; at: Instant }
  /** One of two days: nobody knows which half is the month. */
  | { is: 'either'; earliest: Instant; latest: Instant }
  | { is: 'never' }
  /** What people and systems write where they have no date. */
  | { is: 'open' }
  | { is: 'yes' }
  | { is: 'no' };

/** `Wednesday, September 30, 2026 11:59:59.000000000 p.m. +01:00` and then some: no date is longer. */
const LONGEST = 80;
const TIME =
  /[t ,]+(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?(?: ?([ap])\.?m\.?)?(?: ?(z|utc|gmt|[+-]\d\d(?::?\d\d)?))?$/;
/** Workday writes a zone behind a day, which is the day there: https://www.w3.org/TR/xmlschema11-2/#date */
const YEAR_FIRST = /^(\d{4})[-/.](\d\d?)[-/.](\d\d?)(?:z|[+-]\d\d:\d\d)?$/;
const COMPACT = /^(\d{4})(\d\d)(\d\d)(?:\d{6}(?:\.\d{1,6})?z)?$/;
const DOTTED = /^(\d\d?)\. ?(\d\d?)\. ?(\d{4}|\d\d)$/;
const HALVES = /^(\d\d?)[/-](\d\d?)[/-](\d{4}|\d\d)$/;
const DAY_NAMED = /^(?:[a-z]{2,9},? )?(\d\d?)(?:\.|st|nd|rd|th|er)?[-/ ]([a-z]{3,9})\.?,?[-/ ](\d{4}|\d\d)$/;
const MONTH_NAMED = /^(?:[a-z]{2,9},? )?([a-z]{3,9})\.? (\d\d?)(?:st|nd|rd|th)?,? (\d{4})$/;

const OPEN =
  /^(?:unknown|unbekannt|inconnu|\?|#?n\/[av]|#nv|nan|nat|nil|undefined|\(?null\)?|\(?blank\)?|\(leer\)|\(vide\)|k\. ?a\.|tb[acd]|0000-00-00.*|1\/0\/1900|0?0[./]0?0[./](?:00)?00)$/;
const NEVER =
  /^(?:never|never expires|does not expire|none|no expiry|no expiration|without expiry|ohne ablauf|unbegrenzt|illimite|sans expiration|no end date|unlimited|permanent|indefinite|open[- ]ended|nie|unbefristet|kein ablauf|lauft nicht ab|jamais|n'expire pas|[-–—]+)$/;

/** English, German and French months by the letters that tell them apart, without accents. */
const MONTHS: readonly (readonly [RegExp, number])[] = [
  /^ja[nen]/,
  /^fe[bv]/,
  /^m(?:ar|ae?r|rz)/,
  /^a[pv]r/,
  /^ma[iy]/,
  /^jun|^juin/,
  /^jul|^juil/,
  /^au[gt]|^aou/,
  /^sep/,
  /^o[ck]t/,
  /^nov/,
  /^de[cz]/,
].map((begins, at) => [begins, at + 1]);

/**
 * Reads one cell of a date column, whatever wrote it; undefined when it is no date. Times without a zone are taken to
 * be UTC. `order` settles dates such as 03/04/2026; without it they are one of two days.
 */
export function readDay(cell: string, order: DateOrder | undefined): Day | undefined {
  const text = simple(cell);
  if (text.length > LONGEST) return undefined;
  if (OPEN.test(text)) return { is: 'open' };
  if (NEVER.test(text)) return { is: 'never' };
  if (/^(?:yes|true|ja|wahr|oui|vrai|[yjx]|1)$/.test(text)) return { is: 'yes' };
  if (/^(?:no|false|nein|falsch|non|faux|n)$/.test(text)) return { is: 'no' };
  const end = endOf(text);
  if (end !== undefined) return { is: 'day', at: end };
  if (/^\d+(?:[.,]\d+)?$/.test(text) && !COMPACT.test(text)) return ofNumber(text.replace(',', '.'));
  const time = TIME.exec(text);
  const clock = time === null ? 0 : timeOf(time);
  const date = time === null ? text : text.slice(0, time.index);
  const days = candidates(date, order).map((at) => (at === undefined || clock === undefined ? undefined : at + clock));
  const known = days.filter((at) => at !== undefined).toSorted((a, b) => a - b);
  const [earliest, latest = earliest] = known;
  if (earliest === undefined || latest === undefined) return undefined;
  return earliest === latest ? placed(earliest) : { is: 'either', earliest, latest };
}

/** What one cell proves about the order of its whole column; `open` where it could be either. */
export function orderOf(cell: string): DateOrder | 'open' | undefined {
  const text = simple(cell);
  const halves = text.length > LONGEST ? null : HALVES.exec(text.replace(TIME, ''));
  if (halves === null) return undefined;
  const [, first, second, year = ''] = halves;
  if (first === second && year.length === 4) return undefined;
  if (Number(second) > 12) return 'month-first';
  // 25/12/31 may begin with its year.
  return Number(first) > 12 && year.length === 4 ? 'day-first' : 'open';
}

/** The days that a date without its time may be. */
function candidates(date: string, order: DateOrder | undefined): (Instant | undefined)[] {
  const iso = YEAR_FIRST.exec(date) ?? COMPACT.exec(date);
  if (iso !== null) return [utc(iso[1], iso[2], iso[3])];
  const dotted = DOTTED.exec(date);
  if (dotted !== null) return [utc(dotted[3], dotted[2], dotted[1])];
  const named = DAY_NAMED.exec(date);
  if (named !== null) return [utc(named[3], monthOf(named[2]), named[1])];
  const american = MONTH_NAMED.exec(date);
  if (american !== null) return [utc(american[3], monthOf(american[1]), american[2])];
  const halves = HALVES.exec(date);
  if (halves === null) return [];
  const [, first, second, year = ''] = halves;
  const dayFirst = utc(year, second, first);
  const monthFirst = utc(year, first, second);
  if (order !== undefined) return [order === 'day-first' ? dayFirst : monthFirst];
  return year.length === 4 ? [dayFirst, monthFirst] : [dayFirst, monthFirst, utc(first, second, year)];
}

/**
 * The last day of a month or year that stands alone: what was made then is no older, and what ends then is good for
 * all of it. Nobody keeps lists of what ended before 1970.
 */
function endOf(text: string): Instant | undefined {
  const [, year, month] = /^((?:19[789]|20)\d\d)[-/.](\d\d)$/.exec(text) ?? [];
  const [, first, then] = /^(\d\d?)[-/.]((?:19[789]|20)\d\d)$/.exec(text) ?? [];
  const [, name, after] = /^([a-z]{3,9})\.?,?[-/ ]((?:19[789]|20)\d\d)$/.exec(text) ?? [];
  const full = year ?? then ?? after ?? /^(?:19[789]|20)\d\d$/.exec(text)?.[0];
  const place = Number(month ?? first ?? (name === undefined ? 12 : monthOf(name)));
  if (full === undefined || place < 1 || place > 12) return undefined;
  return Date.UTC(Number(full), place, 0);
}

/** Active Directory's 100 nanoseconds since 1601, Unix time, or the days of a spreadsheet that began in 1900. */
function ofNumber(text: string): Day | undefined {
  const number = Number(text);
  if (number === 0 || /^922337203685477\d{4}$/.test(text)) return { is: 'never' };
  if (/^1[2-5]\d{16}$/.test(text)) return placed(Math.round(number / 10_000) + SINCE_1601);
  if (/^\d{13}$/.test(text)) return placed(number);
  if (/^[1-4]\d{9}$/.test(text)) return placed(number * SECOND);
  return number >= 20_000 && number < 80_000 ? placed(Math.round(number * DAY) + SPREADSHEET) : undefined;
}

const SINCE_1601 = Date.UTC(1601, 0, 1);
const SPREADSHEET = Date.UTC(1899, 11, 30);

/**
 * Some days stand for none: before 1970 nobody left an account behind, and no list ends after the year 2900. Active
 * Directory's "never" is the beginning of 1601, which west of Greenwich is the last day of 1600:
 * https://learn.microsoft.com/windows/win32/adschema/a-accountexpires
 */
function placed(at: Instant): Day {
  const year = new Date(at).getUTCFullYear();
  if (year >= 2900 || year === 1600 || year === 1601) return { is: 'never' };
  return at < 2 * DAY ? { is: 'open' } : { is: 'day', at };
}

function simple(cell: string): string {
  return cell.trim().normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/\s+/gu, ' ').toLowerCase();
}

function timeOf([, hour, minute, second = '0', half, zone = 'z']: RegExpExecArray): number | undefined {
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'p' ? 12 : 0);
  if (hours > 24 || Number(minute) > 59 || Number(second) > 60) return undefined;
  const [, sign, ahead = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  const shift = (Number(ahead) * HOUR + Number(minutes) * MINUTE) * (sign === '-' ? -1 : 1);
  return hours * HOUR + Number(minute) * MINUTE + Number(second) * SECOND - shift;
}

function monthOf(name = ''): number {
  return MONTHS.find(([begins]) => begins.test(name))?.[1] ?? 0;
}

/** Two digits of a year are this century's, but for 70 to 99. */
function utc(year = '', month: string | number = 0, day = ''): Instant | undefined {
  const full = year.length > 2 ? Number(year) : Number(year) + (Number(year) < 70 ? 2000 : 1900);
  const date = new Date(0);
  date.setUTCFullYear(full, Number(month) - 1, Number(day));
  const isReal = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return isReal ? date.getTime() : undefined;
}
