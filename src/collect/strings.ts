/** Everything textual inside a value, keys of objects included. */
export function stringsIn(value: unknown, found: string[] = []): string[] {
  if (typeof value === 'string') found.push(value);
  else if (Array.isArray(value)) for (const inner of value) stringsIn(inner, found);
  else if (typeof value === 'object' && value !== null) {
    for (const key in value) {
      found.push(key);
      stringsIn((value as Record<string, unknown>)[key], found);
    }
  }
  return found;
}

/** The same value with every text, keys of objects included, replaced. */
export function mapStrings<T>(value: T, replace: (text: string) => string): T {
  return mapped(value, replace) as T;
}

function mapped(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === 'string') return replace(value);
  if (Array.isArray(value)) return value.map((inner) => mapped(inner, replace));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [replace(key), mapped(inner, replace)]));
}
