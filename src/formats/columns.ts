/** What a list may hold: its columns by name, and other spellings of them. */
export interface Columns {
  names: readonly string[];
  aliases: { readonly [spelling: string]: string };
  /** Headings that must not be passed over while none of these columns is there: without them a default would be wrong. */
  vital?: { columns: readonly string[]; heading: RegExp };
  /** Key of the list in a YAML file; a bare list does too. */
  list: string;
}

/** The columns of a text that looks like such a list: how many of them are known, and whether all are. */
export function headings(text: string, columns: Columns): { known: ReadonlySet<string>; strange: number } {
  const first = text.replace(/^\uFEFF/, '').split(/\r\n?|\n/, 1)[0] ?? '';
  const cells =
    first.length > 2_000
      ? []
      : first.split(delimiterOf(first)).map((cell) => columnOf(cell.replaceAll('"', ''), columns));
  const known = new Set(cells.filter((cell) => cell !== undefined));
  return { known, strange: cells.length - cells.filter((cell) => cell !== undefined).length };
}

/** What stands between the cells of a header line. */
export function delimiterOf(header: string): string {
  const count = (mark: string): number => header.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/** The column that a heading means; undefined when nobody knows it. */
export function columnOf(spelling: string, columns: Columns): string | undefined {
  const name = plain(spelling);
  if (columns.names.includes(name)) return name;
  return Object.hasOwn(columns.aliases, name) ? columns.aliases[name] : undefined;
}

/** As columns are written: `Last day`, `lastDay` and `last-day` are `last_day`. */
export function plain(spelling: string): string {
  return spelling
    .trim()
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
}
