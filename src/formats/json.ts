import type { Json } from '../sdk/index.ts';
import type { Attempt } from './reading.ts';
import { blank, jsonComments } from './comments.ts';
import { position } from './locate.ts';

const claims = /\.(?:json|jsonc|code-workspace|map|webmanifest|ipynb)"?$/i;
const otherLanguage =
  /\.(?:[cm]?[jt]sx?|gs|py|rb|go|rs|java|cs|php|sh|ps1|toml|ini|cfg|md|rst|tex|css|scss|html?|xml|ya?ml|csv|tsv|sql|log|jsonl|ndjson|json5|hbs|j2|tpl)$/i;

/** True when the path says JSON, or the text begins like it and the path says nothing else. */
export function looksLikeJson(path: string, text: string): boolean {
  if (claims.test(path)) return true;
  return !otherLanguage.test(path) && /^\s*(?:\{\s*["}]|\[\s*(?:[{"\]]|\[(?!\s*[A-Za-z_])))/.test(text);
}

/**
 * Parses JSON, with the comments and trailing commas that many who read such files let pass. A failure says where, in
 * words of our own: the engine's message quotes the content.
 */
export function parseJson(path: string, text: string, maxDepth: number): Attempt {
  const strict = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (strict.trim() === '') return { problem: undefined };
  const deep = tooDeepAt(strict, maxDepth);
  if (deep !== undefined) return unparsable(strict, deep, `nested deeper than ${maxDepth} levels`);
  const tree = parsed(strict);
  if (tree !== undefined) return { tree };
  const bare = withoutTrailingCommas(withoutComments(strict));
  const lenient = parsed(bare);
  if (lenient !== undefined) return { tree: lenient, comments: jsonComments(strict) };
  if (!claims.test(path) && isLines(strict)) return { problem: undefined };
  return unparsable(strict, errorOffset(bare), 'not valid JSON');
}

/** JSON Lines by another name, https://jsonlines.org: a value on each line. They are records of a log or an index. */
function isLines(text: string): boolean {
  const [first, second] = text.split(/\r?\n/, 2);
  return second !== undefined && [first, second].every((line) => parsed(line ?? '') !== undefined);
}

function parsed(source: string): Json | undefined {
  try {
    return JSON.parse(source) as Json;
  } catch {
    return undefined;
  }
}

function unparsable(text: string, offset: number, what: string): Attempt {
  const { line, column } = position(text, offset);
  const detail = `It is ${what} at line ${line}, column ${column}; it was scanned as text. Export it again, or mend it.`;
  return { problem: { reason: 'unparsable', detail } };
}

/** Offset of the bracket that opens one level too many; undefined when there is none. */
function tooDeepAt(text: string, maxDepth: number): number | undefined {
  let depth = 0;
  const marks = /["[\]{}]/g;
  for (let hit = marks.exec(text); hit !== null; hit = marks.exec(text)) {
    const mark = hit[0];
    if (mark === '"') marks.lastIndex = stringEnd(text, hit.index) ?? text.length;
    else if (mark === ']' || mark === '}') depth--;
    else if (++depth > maxDepth) return hit.index;
  }
  return undefined;
}

/** Offset behind the string that begins at `start`; undefined when it is not closed. */
function stringEnd(text: string, start: number): number | undefined {
  for (let at = start + 1; ; at++) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return undefined;
    let slashes = 0;
    while (text[quote - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return quote + 1;
    at = quote;
  }
}

/** Blanks comments, so that every offset stays what it was. What is not closed ends with the text: linear time. */
function withoutComments(text: string): string {
  return text.replace(/"(?:[^"\\]|\\[^]?)*(?:"|$)|\/\/[^\r\n]*|\/\*[^]*?(?:\*\/|$)/g, (part) =>
    part.startsWith('"') ? part : blank(part),
  );
}

function withoutTrailingCommas(text: string): string {
  return text.replace(/"(?:[^"\\]|\\[^]?)*(?:"|$)|,(?=\s*[\]}])/g, (part) => (part === ',' ? ' ' : part));
}

const literal = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
// oxlint-disable-next-line no-control-regex -- control characters are exactly what a JSON string may not hold
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

/** Where a text stops being JSON: a small automaton without recursion, run only after the real parser has refused. */
function errorOffset(text: string): number {
  const open: ('{' | '[')[] = [];
  let expect = 'value' as 'value' | 'first' | 'key' | 'first-key' | 'colon' | 'next';
  let at = 0;
  for (;;) {
    while (/[ \t\r\n]/.test(text[at] ?? '')) at++;
    const char = text[at];
    if (char === undefined) return at;
    if (expect === 'colon') {
      if (char !== ':') return at;
      expect = 'value';
      at++;
    } else if (expect === 'next') {
      const inside = open.at(-1);
      if (inside === undefined) return at;
      if (char === ',') expect = inside === '{' ? 'key' : 'value';
      else if (char === (inside === '{' ? '}' : ']')) open.pop();
      else return at;
      at++;
    } else if ((expect === 'first-key' && char === '}') || (expect === 'first' && char === ']')) {
      open.pop();
      expect = 'next';
      at++;
    } else if (char === '"') {
      const end = behind(string, text, at);
      if (end === undefined) return at;
      expect = expect === 'key' || expect === 'first-key' ? 'colon' : 'next';
      at = end;
    } else if (expect === 'key' || expect === 'first-key') {
      return at;
    } else if (char === '{' || char === '[') {
      open.push(char);
      expect = char === '{' ? 'first-key' : 'first';
      at++;
    } else {
      const end = behind(literal, text, at);
      if (end === undefined) return at;
      expect = 'next';
      at = end;
    }
  }
}

function behind(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
