import { pointer, type Content, type Document, type Item, type Parsed } from '../../sdk/index.ts';
import { divided } from '../contents.ts';
import { joined } from '../once.ts';
import { cutOff, entriesThat, strangersIn, type Entry } from '../saved-answer.ts';
import { at, idAt, textAt } from '../tree.ts';

/** What each entry of a list gives, and what is missing from the list. */
export function parsed(
  document: Document,
  key: string,
  entries: readonly Entry[],
  to: (entry: Entry, contents: readonly Content[]) => readonly Item[],
): Parsed {
  const paths = entries.map(({ path }) => path);
  const items = entries.flatMap((entry, index) => to(entry, divided(document, paths, index, [])));
  const limit = at(document.tree, 'pg', 'limit');
  const full = typeof limit === 'number' && entries.length > 0 && entries.length >= limit;
  const missing = full ? cutOff(entries.length, key) : [];
  return joined([{ items, problems: [...strangersIn(document, key, entries, key.slice(0, -1)), ...missing] }]);
}

/** Where an entry of a list stands. */
export function placeOf({ path: file }: Document, { path }: Entry): { path: string; pointer: string } {
  return { path: file, pointer: pointer(...path) };
}

/** The hooks of a kept answer: https://developers.make.com/api-documentation/api-reference/hooks */
export function hooksIn(document: Document): Entry[] {
  return entriesThat(
    document,
    'hooks',
    (part) =>
      idAt(part, 'id') !== undefined &&
      textAt(part, 'typeName') !== undefined &&
      typeof at(part, 'enabled') === 'boolean' &&
      /^(?:web|web-shared|mail)$/.test(textAt(part, 'type') ?? ''),
  );
}
