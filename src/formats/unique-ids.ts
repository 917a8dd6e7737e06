import type { Item } from '../sdk/index.ts';

/** Hands out ids, each once: a second `a` becomes `a~2`. */
export function uniqueIds(): (wanted: string) => string {
  const taken = new Set<string>();
  return (wanted) => {
    let id = wanted;
    for (let copy = 2; taken.has(id); copy++) id = `${wanted}~${copy}`;
    taken.add(id);
    return id;
  };
}

/** Without what an earlier item already is or mentions. */
export function firstMentions(items: readonly Item[]): Item[] {
  const seen = new Set<string>();
  return items.filter(({ record }) => {
    const key = `${record.kind} ${record.id}`;
    const first = !seen.has(key);
    seen.add(key);
    return first;
  });
}
