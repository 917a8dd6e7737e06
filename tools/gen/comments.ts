/** The comment before each key of a zod object in a source file, by dotted path: what reference pages print. */
export function commentsIn(source: string, schema: string): ReadonlyMap<string, string> {
  const comments = new Map<string, string>();
  const parents: { indent: number; name: string }[] = [];
  let comment: string[] | undefined;
  for (const line of bodyOf(source, schema)) {
    const indent = line.search(/\S/);
    const text = line.trim();
    if (text.startsWith('/**') || comment?.at(-1)?.endsWith('*/') === false) {
      comment = text.startsWith('/**') ? [text] : [...(comment ?? []), text];
      continue;
    }
    const name = /^(\w+):/.exec(text)?.[1];
    if (name === undefined) continue;
    while ((parents.at(-1)?.indent ?? -1) >= indent) parents.pop();
    const path = [...parents.map((parent) => parent.name), name].join('.');
    parents.push({ indent, name });
    if (comment !== undefined) comments.set(path, worded(comment));
    comment = undefined;
    // A group that is declared above under a name of its own.
    const group = /^\w+: (\w+)\b/.exec(text)?.[1];
    if (group === undefined || !new RegExp(`^const ${group} = z\\b`, 'm').test(source)) continue;
    for (const [key, says] of commentsIn(source, group)) comments.set(`${path}.${key}`, says);
  }
  return comments;
}

/** The words of a comment, without its marks. */
export function worded(lines: readonly string[]): string {
  return lines
    .map((line) => line.replace(/^\/?\*+\/?\s?/, '').replace(/\s*\*\/$/, ''))
    .join(' ')
    .trim();
}

function bodyOf(source: string, schema: string): string[] {
  const lines = source.split('\n');
  const start = lines.findIndex((line) => new RegExp(`^(?:export )?const ${schema} = `).test(line));
  if (start < 0) throw new Error(`there is no schema called ${schema}: tools/gen looks for it by name`);
  const after = lines.slice(start + 1);
  const end = after.findIndex((line) => /^\S/.test(line));
  return end < 0 ? after : after.slice(0, end);
}
