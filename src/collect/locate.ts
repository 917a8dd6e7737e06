import type { Content, Hit } from '../core/content.ts';
import { lineFinder } from '../core/lines.ts';

/**
 * Gives hits that were found in a parsed document their line and column in the text it was parsed from: the n-th
 * hit of a value is its n-th occurrence. A value that the text spells in another way keeps its pointer alone.
 */
export function locate(hits: readonly Hit[], content: Content): Hit[] {
  const { text, path } = content;
  const lines = text === undefined ? undefined : lineFinder(text);
  const next = new Map<string, number>();
  return hits.map((hit) => {
    const at = { ...(path !== undefined && { path }), ...hit.at };
    if (text === undefined || lines === undefined || at.line !== undefined) return { ...hit, at };
    const value = hit.secret.reveal();
    const offset = occurrence(text, value, next.get(value) ?? 0);
    if (offset === undefined) return { ...hit, at };
    next.set(value, offset + 1);
    return { ...hit, at: { ...at, ...lines(offset) } };
  });
}

/** As it stands, or as JSON spells it. */
function occurrence(text: string, value: string, from: number): number | undefined {
  for (const spelled of [value, JSON.stringify(value).slice(1, -1)]) {
    const offset = text.indexOf(spelled, from);
    if (offset >= 0) return offset;
  }
  return undefined;
}
