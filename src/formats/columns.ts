/** What a list may hold: its columns by name, and the headings that mean them elsewhere. */
export interface Columns {
  names: readonly string[];
  /** For each column the other headings under which systems export it, with commas; capitals and signs do not matter. */
  headings: { readonly [column: string]: string };
  /** Headings that are known to say nothing that is needed, though they sound like it. */
  needless: string;
  /** Columns of dates. */
  dates: readonly string[];
  /**
   * Headings that must not be passed over while none of these columns is there, for without them a default would be
   * wrong; and those that are worth a word even beside one of them.
   */
  vital?: { columns: readonly string[]; heading: RegExp; always: RegExp };
  /** Key of the list in a YAML file; a bare list does too. */
  list: string;
}

/** The column that a heading means; undefined when nobody knows it. */
export function columnOf(spelling: string, columns: Columns): string | undefined {
  const known = spellings(columns);
  const name = compact(spelling);
  // GAM numbers what there may be several of: aliases.0, aliases.1.
  return known.get(name) ?? (/[._]\d+$/.test(spelling) ? known.get(name.replace(/(?<!\d)\d+$/, '')) : undefined);
}

/** The spelling that was meant by one with a slip in it, and its column. */
export function meantBy(spelling: string, columns: Columns): { word: string; column: string } | undefined {
  if (isNeedless(spelling, columns)) return undefined;
  const word = nearest(compact(spelling), [...spellings(columns).keys()]);
  const written = [...columns.names, ...Object.values(columns.headings).flatMap(listed)].find(
    (each) => compact(each) === word,
  );
  const column = written === undefined ? undefined : columnOf(written, columns);
  // No slip of the keyboard adds a word: `externalId` is not `external`.
  if (written === undefined || column === undefined || wordsIn(spelling) > wordsIn(written)) return undefined;
  return { word: written, column };
}

/** True for a heading that would tell what the list lives by, were it known. */
export function isVital(spelling: string, columns: Columns, which: 'heading' | 'always' = 'heading'): boolean {
  return columns.vital !== undefined && !isNeedless(spelling, columns) && columns.vital[which].test(plain(spelling));
}

/** A heading may be a pasted value when the header line is missing: what looks like one is not repeated. */
export function isHeading(spelling: string): boolean {
  return (
    /^[\p{L}_\s./()[\]#:&'’?-]{0,40}\d?[\p{L}_\s./()[\]#:&'’?-]{0,40}$/u.test(spelling.trim()) &&
    !/\p{L}{25}/u.test(spelling)
  );
}

function isNeedless(spelling: string, { needless }: Columns): boolean {
  const name = compact(spelling);
  return listed(needless).some((each) => compact(each) === name);
}

/** The words of a table's cell. */
export function listed(words: string): string[] {
  return words.split(',').map((word) => word.trim().replaceAll(/\s+/g, ' '));
}

const known = new WeakMap<Columns, ReadonlyMap<string, string>>();

function spellings(columns: Columns): ReadonlyMap<string, string> {
  const kept = known.get(columns);
  if (kept !== undefined) return kept;
  const others = Object.entries(columns.headings).flatMap(([column, headings]) =>
    listed(headings).map((heading) => [compact(heading), column] as const),
  );
  const made = new Map([...others, ...columns.names.map((name) => [compact(name), name] as const)]);
  known.set(columns, made);
  return made;
}

/** `Last day`, `lastDay`, `LAST_DAY` and `Last day [READ ONLY]` are one heading; `Employee #` is `Employee no`. */
function compact(spelling: string): string {
  return spelling
    .replaceAll(/\[[^[\]]*\]/g, '')
    .replaceAll('#', ' no')
    .toLowerCase()
    .normalize('NFC')
    .replaceAll(/[^\p{L}\d]+/gu, '');
}

const wordsIn = (spelling: string): number => plain(spelling).split('_').length;

/** As columns are written: `Last day`, `lastDay` and `last-day` are `last_day`. */
function plain(spelling: string): string {
  return spelling
    .trim()
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
}

/** The known word that is one slip of the keyboard away, or two where it is long. Short words have too many neighbours. */
function nearest(word: string, words: readonly string[]): string | undefined {
  if (word.length < 4) return undefined;
  const near = words.map((each) => ({ each, slips: distance(word, each) })).toSorted((a, b) => a.slips - b.slips)[0];
  return near !== undefined && near.slips <= (word.length > 8 ? 2 : 1) ? near.each : undefined;
}

/** Letters to add, leave out, change or swap with the next. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwap ? (before[j - 2] ?? 0) + 1 : Infinity;
      next.push(Math.min(change, swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
