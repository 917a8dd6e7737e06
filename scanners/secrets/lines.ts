interface Position {
  line: number;
  column: number;
}

/** Tells line and column of offsets that are asked for in rising order. */
export function lineFinder(text: string): (offset: number) => Position {
  let line = 1;
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

/**
 * Finds the line of values that a parser read from the text, asked for in the document's order: each search goes on
 * behind the last find, so that equal values get their own lines.
 */
export function locator(text: string): (value: string) => Position | undefined {
  let from = 0;
  return (value) => {
    const firstLine = value.split('\n', 1)[0] ?? value;
    const forms = [JSON.stringify(firstLine).slice(1, -1), firstLine];
    const offset =
      forms.map((form) => text.indexOf(form, from)).find((at) => at !== -1) ??
      forms.map((form) => text.indexOf(form)).find((at) => at !== -1);
    if (offset === undefined) return undefined;
    from = Math.max(from, offset + firstLine.length);
    return lineFinder(text)(offset);
  };
}
