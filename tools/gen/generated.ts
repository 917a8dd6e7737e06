/** A file that is written from something else; `path` is relative to the project's root. */
export interface Generated {
  path: string;
  text: string;
}

const WIDTH = 120;

/** `[a, b]` on one line where it fits, one a line where it does not, as the formatter writes it. */
export function listed(before: string, items: readonly string[], [open, close]: readonly [string, string]): string {
  const [left, right] = open === '{' ? ['{ ', ' }'] : [open, close];
  const short = `${before}${left}${items.join(', ')}${right}`;
  if (short.length < WIDTH) return items.length === 0 ? `${before}${open}${close}` : short;
  return `${before}${open}\n${items.map((item) => `  ${item},\n`).join('')}${close}`;
}

/** JSON as the formatter writes it: objects always open, lists of plain values on one line where they fit. */
export function json(value: unknown, indent = 0): string {
  const inner = ' '.repeat(indent + 2);
  const outer = ' '.repeat(indent);
  if (Array.isArray(value)) {
    const plain = value.every((item) => typeof item !== 'object' || item === null);
    const short = `[${value.map((item) => JSON.stringify(item)).join(', ')}]`;
    if (value.length === 0 || (plain && indent + short.length < 80)) return short;
    return `[\n${value.map((item) => inner + json(item, indent + 2)).join(',\n')}\n${outer}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    if (entries.length === 0) return '{}';
    return `{\n${entries.map(([key, item]) => `${inner}${JSON.stringify(key)}: ${json(item, indent + 2)}`).join(',\n')}\n${outer}}`;
  }
  return JSON.stringify(value);
}

/** `acts-as-author` → `actsAsAuthor`. */
export function camelCase(kebab: string): string {
  return kebab.replaceAll(/-+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** As an object's key: quoted only where it has to be. */
export function key(name: string): string {
  return /^[a-zA-Z_$][\w$]*$/.test(name) ? name : `'${name}'`;
}
