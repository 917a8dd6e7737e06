import { storableText } from './clean.ts';

/** Rows that are read and handed on at once. */
export const PAGE = 500;

/** Reads on from the last row of the page before, until a page comes short: memory does not grow with the table. */
export async function* keyset<R>(read: (after: R | undefined) => Promise<R[]>, size = PAGE): AsyncGenerator<R[]> {
  for (let after: R | undefined; ;) {
    const rows = await read(after);
    if (rows.length > 0) yield rows;
    after = rows.at(-1);
    if (after === undefined || rows.length < size) return;
  }
}

/** `like` pattern for a part of a text, taken literally; to be used with `escape '\'`. */
export function containing(text: string): string {
  return `%${storableText(text)
    .toLowerCase()
    .replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`;
}
