const MOST = 10_000;

/** The same work, done once for each text: there are a million grants and names of fields, and few different ones. */
export function remembered<T extends object | string | number | boolean | null>(
  work: (text: string) => T,
): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const same = known.get(text);
    if (same !== undefined) return same;
    // What was cut out of a text would keep the whole text, and the secrets in it, for as long as it is remembered.
    const own = structuredClone(text);
    const found = work(own);
    if (known.size >= MOST) known.clear();
    known.set(own, found);
    return found;
  };
}
