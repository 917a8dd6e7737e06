/** The top-level properties of `module.exports = {…}`, each with its value's source text. */
export interface ExportedObject {
  properties: ReadonlyMap<string, string>;
  /** False when something is merged in or computed, so that an absent property proves nothing. */
  whole: boolean;
}

/** Blanks comments; strings stay as they are, and so does every offset. */
export function withoutComments(source: string): string {
  // What is not closed ends with the line or the file, so that nothing is ever read twice.
  const pattern =
    /"(?:[^"\\\n]|\\[^])*"?|'(?:[^'\\\n]|\\[^])*'?|`(?:[^`\\]|\\[^])*`?|\/\/[^\r\n]*|\/\*[^]*?(?:\*\/|$)/g;
  return source.replace(pattern, (part) => (part.startsWith('/') ? part.replace(/[^\r\n]/g, ' ') : part));
}

/**
 * Reads what a settings file exports, as text: nothing is run, and what is not written out as a literal object is
 * not read at all.
 */
export function exportedObject(source: string): ExportedObject | undefined {
  const code = withoutComments(source);
  const start = /(?:\bmodule\.exports\s*=|\bexport\s+default)\s*/.exec(code);
  if (start === null) return undefined;
  const from = start.index + start[0].length;
  if (code[from] !== '{') return { properties: new Map(), whole: false };
  const { members, end, closed } = membersOf(code, from);
  const properties = new Map<string, string>();
  // A later `module.exports.x = …` changes what was written out.
  let whole = closed && !/\bmodule\.exports\b|\bexports\.\w/.test(code.slice(end));
  for (const member of members) {
    const [, quoted, bare, value] = /^\s*(?:["']([\w$-]+)["']|([\w$]+))\s*(?::|(?=\())([^]*)$/.exec(member) ?? [];
    const name = quoted ?? bare;
    if (name !== undefined && value !== undefined) properties.set(name, value.trim());
    else if (/^\s*[\w$]+\s*$/.test(member)) properties.set(member.trim(), member.trim());
    else if (member.trim() !== '') whole = false;
  }
  return { properties, whole };
}

/** Divides an object literal at its own commas. */
function membersOf(code: string, open: number): { members: string[]; end: number; closed: boolean } {
  const marks = /"(?:[^"\\\n]|\\[^])*"?|'(?:[^'\\\n]|\\[^])*'?|`(?:[^`\\]|\\[^])*`?|[{}()[\],]/g;
  const members: string[] = [];
  let depth = 0;
  let from = open + 1;
  marks.lastIndex = open;
  for (let hit = marks.exec(code); hit !== null; hit = marks.exec(code)) {
    const mark = hit[0];
    if (/^[{([]$/.test(mark)) depth++;
    else if (/^[})\]]$/.test(mark)) depth--;
    else if (mark !== ',' || depth !== 1) continue;
    if (depth === 0 || (mark === ',' && depth === 1)) {
      members.push(code.slice(from, hit.index));
      from = hit.index + 1;
    }
    if (depth === 0) return { members, end: hit.index + 1, closed: true };
  }
  return { members, end: code.length, closed: false };
}
