interface Position {
  line: number;
  column: number;
}

/** Tells line and column of offsets; the text begins at line `first`. Lines are counted when the first is asked for. */
export function lineFinder(text: string, first = 1): (offset: number) => Position {
  let starts: readonly number[] | undefined;
  return (offset) => {
    starts ??= lineStarts(text);
    let [before, behind] = [0, starts.length];
    while (behind - before > 1) {
      const middle = (before + behind) >>> 1;
      if (starts[middle]! <= offset) before = middle;
      else behind = middle;
    }
    return { line: first + before, column: offset - starts[before]! + 1 };
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}

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
