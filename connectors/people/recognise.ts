import { columnOf } from '../../src/formats/columns.ts';
import { beginningOf, columnsIn, headOf } from '../../src/formats/list-head.ts';
import { columns, marks, otherThings } from './headings.ts';

const marking = { list: 'people', names: ['mark'], headings: { mark: marks }, needless: '', dates: [] };

/**
 * True for a file that begins like the people directory of an organisation: to find one at the root of a folder. A list
 * of customers, or of a platform's own users, is none, unless somebody says so in the configuration.
 */
export function looksLikePeople(beginning: Uint8Array): boolean {
  const text = beginningOf(beginning);
  const { headings } = headOf(text, columns);
  const known = new Set(columnsIn(headings));
  const isOurs = known.has('emails') && known.size >= 3 && headings.every(({ column }) => column !== undefined);
  const tellsWhoLeft = columns.vital?.columns.some((column) => known.has(column)) === true;
  const isNamed = ['id', 'emails', 'aliases'].some((column) => known.has(column));
  const isMarked =
    (known.has('manager') && known.has('emails')) || headings.some(({ name }) => columnOf(name, marking) !== undefined);
  const isOfPeople = !headings.some(({ name }) => otherThings.test(name));
  if (isOurs || (isOfPeople && isNamed && tellsWhoLeft && isMarked && known.size >= 4)) return true;
  const head = text.slice(0, 4_000);
  return (
    /^(?:---[^\S\n]*\n|#[^\n]*\n|[^\S\n]*\n)*people:\s*\n[ \t]*-[ \t]+\w+:/.test(head) &&
    /^[ \t]*-?[ \t]*e?-?mails?:/m.test(head)
  );
}
