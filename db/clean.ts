/** Text that no engine can hold: NUL, and halves of surrogate pairs. */
const UNHOLDABLE = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i;

/** A value as it can be stored everywhere, and its JSON: NUL is dropped, half characters become U+FFFD. */
export function storable<T>(value: T): { value: T; json: string } {
  const json = JSON.stringify(value);
  if (!json.includes('\\u') || !UNHOLDABLE.test(json)) return { value, json };
  const cleaned = clean(value) as T;
  return { value: cleaned, json: JSON.stringify(cleaned) };
}

/** As `storable`, for one text. */
export function storableText(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storableText(key), clean(inner)]));
}
