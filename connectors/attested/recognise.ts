import { beginningOf, columnsIn, headOf } from '../../src/formats/list-head.ts';
import { columns } from './headings.ts';

/** True for a file that begins like an attested inventory: to find one at the root of a folder. */
export function looksLikeAttested(beginning: Uint8Array): boolean {
  const text = beginningOf(beginning);
  const { headings } = headOf(text, columns);
  const known = new Set(columnsIn(headings));
  const isWhole = ['platform', 'type', 'name'].every((column) => known.has(column));
  if (isWhole && known.size >= 4 && headings.every(({ column }) => column !== undefined)) return true;
  const head = text.slice(0, 4_000);
  return (
    /^(?:---[^\S\n]*\n|#[^\n]*\n|[^\S\n]*\n)*items:\s*\n[ \t]*-[ \t]+\w+:/.test(head) &&
    /^[ \t]*-?[ \t]*platform:/m.test(head) &&
    /^[ \t]*-?[ \t]*type:/m.test(head)
  );
}
