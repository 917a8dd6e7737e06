import { lineFinder, type Position } from '../../src/sdk/index.ts';

/** Values that the text does not hold as they are (escaped twice, folded) would each cost a search of all of it. */
const mostMisses = 50;

/**
 * Finds the line of values that a parser read from the text, asked for in the document's order: each search goes on
 * behind the last find, so that equal values get their own lines.
 */
export function locator(text: string): (value: string) => Position | undefined {
  const position = lineFinder(text);
  let last = 0;
  let misses = 0;
  return (value) => {
    if (misses > mostMisses) return undefined;
    const firstLine = value.split('\n', 1)[0] ?? value;
    const forms = [JSON.stringify(firstLine).slice(1, -1), firstLine];
    for (const from of [last, 0]) {
      for (const form of forms) {
        const found = text.indexOf(form, from);
        if (found === -1) continue;
        last = found + 1;
        return position(found);
      }
    }
    misses++;
    return undefined;
  };
}
