/** A place in a text, 1-based; the column counts UTF-16 units. */
export interface Position {
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
      if ((starts[middle] ?? 0) <= offset) before = middle;
      else behind = middle;
    }
    return { line: first + before, column: offset - (starts[before] ?? 0) + 1 };
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}
