/** Longer conditions are nobody's writing, and are not taken apart. */
const LONGEST = 5_000;

/**
 * Does a condition ask something whichever way it is met? Of what is joined by `||` each part has to, of what is joined
 * by `&&` one. https://docs.github.com/actions/reference/workflows-and-actions/expressions#operators
 */
export function always(condition: string, asks: RegExp): boolean {
  const text = condition.replace(/^\s*\$\{\{([^]*)\}\}\s*$/, '$1').trim();
  if (text.length > LONGEST) return asks.test(text);
  const alternatives = split(text, '||');
  if (alternatives.length > 1) return alternatives.every((part) => always(part, asks));
  const together = split(text, '&&');
  if (together.length > 1) return together.some((part) => always(part, asks));
  const inner = /^\(([^]*)\)$/.exec(text)?.[1];
  return inner === undefined ? asks.test(text) : always(inner, asks);
}

/** The parts between these operators, where they stand in no brackets and in no text. */
function split(text: string, operator: '||' | '&&'): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === "'") quoted = !quoted;
    if (quoted) continue;
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth !== 0 || !text.startsWith(operator, at)) continue;
    parts.push(text.slice(from, at));
    from = at + operator.length;
  }
  return [...parts, text.slice(from)];
}
