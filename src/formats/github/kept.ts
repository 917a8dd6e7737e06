import { pointer, type Document, type Item, type Parsed } from '../../sdk/index.ts';
import { divided } from '../contents.ts';
import { joined } from '../once.ts';
import { cutOff, strangersIn, type Entry } from '../saved-answer.ts';
import { at } from '../tree.ts';

/** A page as GitHub sends it unasked, and the longest that it sends: where there are more, only a header says so. */
const PAGES = [30, 100];

/** Reads a kept answer of GitHub: each entry a record with its own text, and what holds it. */
export function kept(
  document: Document,
  key: string,
  title: string,
  entries: readonly Entry[],
  read: (entry: Entry) => { item: Item; container: Item } | undefined,
): Parsed {
  const paths = entries.map(({ path }) => path);
  const parts = entries.map((entry, index) => {
    const found = read(entry);
    if (found === undefined) return { items: [], problems: [] };
    const place = { path: document.path, pointer: pointer(...entry.path) };
    const record = { ...found.item.record, at: place };
    return {
      items: [{ ...found.item, record, contents: divided(document, paths, index, []) }, found.container],
      problems: [],
    };
  });
  const total = at(document.tree, 'total_count');
  const all = typeof total === 'number' ? total : undefined;
  const cut = all === undefined ? PAGES.includes(entries.length) : all > entries.length;
  const more = cut ? cutOff(entries.length, `${title}s`, all) : [];
  return joined([...parts, { items: [], problems: [...strangersIn(document, key, entries, title), ...more] }]);
}
