import type { Json } from '../sdk/index.ts';

/** 1-based line and column (in UTF-16 units) of an offset. Lines end with `\n`, `\r\n` or `\r`. */
export function position(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  const breaks = /\r\n?|\n/g;
  for (let hit = breaks.exec(text); hit !== null && breaks.lastIndex <= offset; hit = breaks.exec(text)) {
    line++;
    start = breaks.lastIndex;
  }
  return { line, column: offset - start + 1 };
}

/** True when a value is nested deeper than `limit` levels; walks without recursion. */
export function deeperThan(value: Json, limit: number): boolean {
  let level: Json[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    const below: Json[] = [];
    for (const node of level) {
      if (typeof node !== 'object' || node === null) continue;
      for (const child of Array.isArray(node) ? node : Object.values(node)) {
        if (typeof child === 'object' && child !== null) below.push(child);
      }
    }
    level = below;
  }
  return false;
}
