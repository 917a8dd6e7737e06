interface Position {
  line: number;
  column: number;
}

/** Tells line and column of offsets that are asked for in rising order; the text begins at line `first`. */
export function lineFinder(text: string, first = 1): (offset: number) => Position {
  let line = first;
  let lineStart = 0;
  let next = text.indexOf('\n');
  return (offset) => {
    while (next !== -1 && next < offset) {
      line++;
      lineStart = next + 1;
      next = text.indexOf('\n', lineStart);
    }
    return { line, column: offset - lineStart + 1 };
  };
}

/** Values that the text does not hold as they are (escaped twice, folded) would each cost a search of all of it. */
const mostMisses = 50;

/**
 * Finds the line of values that a parser read from the text, asked for in the document's order: each search goes on
 * behind the last find, so that equal values get their own lines.
 */
export function locator(text: string): (value: string) => Position | undefined {
  let position = lineFinder(text);
  let last = 0;
  let misses = 0;
  return (value) => {
    if (misses > mostMisses) return undefined;
    const firstLine = value.split('\n', 1)[0] ?? value;
    const forms = [JSON.stringify(firstLine).slice(1, -1), firstLine];
    const found = [last, 0].flatMap((from) => forms.map((form) => text.indexOf(form, from))).find((at) => at !== -1);
    if (found === undefined) {
      misses++;
      return undefined;
    }
    if (found < last) position = lineFinder(text);
    last = found + 1;
    return position(found);
  };
}
