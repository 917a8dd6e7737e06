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

/** The same value with every text, keys of objects included, replaced. What changes nothing is handed back as it is. */
export function mapStrings<T>(value: T, replace: (text: string) => string): T {
  return mapped(value, replace) as T;
}

function mapped(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === 'string') return replace(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const inner = value.map((each) => mapped(each, replace));
    return inner.every((each, at) => each === value[at]) ? value : inner;
  }
  let changed = false;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
    const entry: [string, unknown] = [replace(key), mapped(inner, replace)];
    changed ||= entry[0] !== key || entry[1] !== inner;
    return entry;
  });
  return changed ? Object.fromEntries(entries) : value;
}
