import { parse } from 'csv-parse/sync';
import { pointer, type Content, type Document, type Json } from '../../sdk/index.ts';
import { contentOf, divided } from '../contents.ts';
import { cutOff, entriesOf } from '../saved-answer.ts';
import { at, isObject, textAt, type Part } from '../tree.ts';

/** One thing that an administrator listed: the cmdlet's words for it, and what the interface answered, where it is there. */
export interface AdminRow {
  part: Json;
  answer: Part;
  /** Where it stands; a line of CSV has no pointer. */
  pointer?: string;
  path?: readonly (string | number)[];
}

/** What tells the rows of one cmdlet from all others: columns that they have, and the type of the resource behind them. */
export interface Mark {
  columns: readonly string[];
  type: RegExp;
}

/**
 * Rows of the cmdlets of Microsoft.PowerApps.Administration.PowerShell, kept with `ConvertTo-Json` or `Export-Csv`, or of
 * the interface behind them. Throws where a table with these columns breaks off: it is no other list, and was not read.
 * https://learn.microsoft.com/powershell/module/microsoft.powerapps.administration.powershell/
 */
export function adminRows(document: Document, mark: Mark): AdminRow[] {
  if (document.members !== undefined) return [];
  if (document.tree === undefined) return csvRows(document.text, mark);
  return entriesOf(document.tree, 'value').flatMap(({ path, part }): AdminRow[] => {
    if (!isObject(part)) return [];
    const where = { part, path, pointer: pointer(...path) };
    const ofCmdlet = mark.columns.every((column) => column in part);
    if (ofCmdlet) return [{ ...where, answer: at(part, 'Internal') }];
    const ofAnswer = mark.type.test(textAt(part, 'type') ?? '') && isObject(at(part, 'properties'));
    return ofAnswer ? [{ ...where, answer: part }] : [];
  });
}

/** What each row is searched in: its own part, or of a table the first one all of it. */
export function contentsOf(document: Document, rows: readonly AdminRow[]): (index: number) => readonly Content[] {
  const paths = rows.flatMap(({ path }) => (path === undefined ? [] : [path]));
  if (paths.length > 0) return (index) => divided(document, paths, index, []);
  return (index) => (index > 0 ? [] : [contentOf(document, 'configuration')]);
}

/** What is said of an answer of which a page is missing. */
export function missingPages(document: Document, there: number, what: string) {
  return textAt(document.tree, 'nextLink') === undefined ? [] : cutOff(there, what);
}

function csvRows(text: string, { columns }: Mark): AdminRow[] {
  // Windows PowerShell writes the type of its objects above the headings.
  const table = text.replace(/^\uFEFF?(?:#TYPE [^\n]*\n)?/, '');
  const head = table.slice(0, 4_000).split('\n', 1)[0] ?? '';
  const names = head.split(/[,;\t]/).map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
  if (!columns.every((column) => names.includes(column))) return [];
  const delimiter = [',', ';', '\t'].find((one) => head.includes(one)) ?? ',';
  const rows = parse(table, { columns: names, delimiter, from_line: 2, relax_column_count: true, relax_quotes: true });
  return (rows as { [name: string]: string }[]).map((row) => ({ part: cells(row), answer: undefined }));
}

/** PowerShell writes an object into a cell as `@{objectId=…; userId=…}`. */
function cells(row: { readonly [name: string]: string }): Json {
  return Object.fromEntries(
    Object.entries(row).map(([name, cell]): [string, Json] => {
      const inside = /^@\{(.*)\}$/s.exec(cell)?.[1];
      if (inside === undefined) return [name, cell];
      const members = inside.split('; ').map((member): [string, string] => {
        const split = member.indexOf('=');
        return [member.slice(0, split), member.slice(split + 1)];
      });
      return [name, Object.fromEntries(members)];
    }),
  );
}
