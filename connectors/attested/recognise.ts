import { parse } from 'csv-parse/sync';
import { beginningOf, cellOptions, columnsIn, headOf, type Head } from '../../src/formats/list-head.ts';
import { columns } from './headings.ts';
import { kindOfType, typeOf } from './schema.ts';

/**
 * True for a file that begins like an attested inventory: to find one at the root of a folder. Teams add columns of
 * their own; then one of its first rows has to be of a type that such an inventory holds.
 */
export function looksLikeAttested(beginning: Uint8Array): boolean {
  const text = beginningOf(beginning);
  const head = headOf(text, columns);
  const known = new Set(columnsIn(head.headings));
  const isWhole = ['platform', 'type', 'name'].every((column) => known.has(column));
  const isOurs = head.headings.every(({ column }) => column !== undefined);
  if (isWhole && known.size >= 4 && (isOurs || holdsOne(text, head))) return true;
  const start = text.slice(0, 4_000);
  return (
    /^(?:---[^\S\n]*\n|#[^\n]*\n|[^\S\n]*\n)*items:\s*\n[ \t]*-[ \t]+\w+:/.test(start) &&
    /^[ \t]*-?[ \t]*platform:/m.test(start) &&
    /^[ \t]*-?[ \t]*type:/m.test(start)
  );
}

/** Is a row among the first of a known type? What the end of the beginning cuts off does not matter. */
function holdsOne(text: string, { delimiter, above, headings }: Head): boolean {
  const at = headings.findIndex(({ column }) => column === 'type');
  const types: string[] = [];
  const onRecord = (cells: string[]): null => {
    types.push(typeOf(cells[at] ?? ''));
    return null;
  };
  try {
    parse(text, { ...cellOptions, delimiter, from: above + 2, to: above + 50, onRecord });
  } catch {
    // A quotation mark that is closed further down.
  }
  return types.some((type) => kindOfType.has(type));
}
