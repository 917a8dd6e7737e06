import type { Item, Parsed } from '../sdk/index.ts';

/** Joins what several parts of a document said: a record that they all mention is there once, by its definition if any. */
export function joined(parts: readonly Parsed[]): Parsed {
  const items = new Map<string, Item>();
  for (const item of parts.flatMap((part) => part.items)) {
    const key = `${item.record.kind} ${item.record.id}`;
    const known = items.get(key);
    if (known === undefined || (known.reference === true && item.reference !== true)) items.set(key, item);
  }
  return { items: [...items.values()], problems: parts.flatMap((part) => part.problems) };
}
