import { meaning, queryMeaning, type Meaning } from './names.ts';
import { type Syntax } from './values.ts';

/** A name that means a secret, and the value that the text gives it. */
interface Assignment {
  name: string;
  what: Meaning;
  value: string;
  /** Offset of the value in the text. */
  start: number;
  syntax: Syntax;
}

/** Near one of these, a name may stand that means a secret. */
export const assignmentKeywords = [
  'pass',
  'pwd',
  'secret',
  'token',
  'key',
  'auth',
  'bearer',
  'credential',
  'connectionstring',
  'connstr',
  'cookie',
  'jwt',
  'sig=',
  'code=',
  'appid=',
] as const;

const arnOfSecret = /arn:[\w-]{1,12}:secretsmanager:[\w-]{0,20}:\w{0,14}:$/;
/** A link to one file, as pages that show it have it: https://firebase.google.com/docs/storage/web/download-files */
const linkToFile = /[?&]alt=media&(?:amp;|#x26;|#38;)?$/i;
const escapedAnd = /&(?:amp|#x26|#38);$/i;
const nameCharacter = /[\w.-]/;
const longestName = 64;
const longestValue = 512;

/** What may stand between a name and its value: assignments of many languages, and sibling name/value fields. */
const sibling =
  /(?:\\?["'`][ \t]{0,4},?\s{0,40}|\r?\n[ \t]{1,40})\\?["'`]?(?:value|val|content|defaultvalue)\\?["'`]?[ \t]{0,4}[:=][ \t]{0,4}/iy;
const operator =
  /(?<quote>\\?["'`]\]?)?[ \t]{0,16}(?<op>:[ \t]{0,4}(?:string|str|text)[ \t]{0,4}=|:=|=>|={1,3}|:|,|>|TO(?=[ \t]\$''')|(?<=--[\w.-]{0,64})[ \t])[ \t]{0,16}/iy;
/** Flows of Power Automate Desktop write texts as `$'''…'''`. */
const opening = /(?:[rbfu]{0,2}|\$)(?<quote>'''|"""|\\?["'`])/iy;
const bareValue = /(?:(?:bearer|basic|token|bot)[ \t]{1,4})?[^\s"'`<>,;&|(){}[\]\\]{4,512}/iy;

/** Reads the assignments around keyword occurrences; `ends` are their end offsets in rising order. */
export function readAssignments(text: string, ends: readonly number[]): Assignment[] {
  const found: Assignment[] = [];
  let after = -1;
  for (const end of ends) {
    if (end <= after) continue;
    const { from, to } = nameAround(text, end);
    after = to;
    if (to - from > longestName) continue;
    const assignment = readAssignment(text, from, to);
    if (assignment) found.push(assignment);
  }
  return found;
}

function nameAround(text: string, end: number): { from: number; to: number } {
  let from = end - 1;
  if (text.charAt(from) === '=') from--;
  let to = from + 1;
  while (from > 0 && end - from <= longestName && nameCharacter.test(text.charAt(from - 1))) from--;
  while (to < text.length && to - from <= longestName && nameCharacter.test(text.charAt(to))) to++;
  return { from, to };
}

function readAssignment(text: string, from: number, to: number): Assignment | undefined {
  const name = text.slice(from, to);
  const before = text.charAt(from - 1);
  // The name of something in AWS Secrets Manager, not its value.
  if (before === ':' && arnOfSecret.test(text.slice(Math.max(0, from - 80), from))) return undefined;
  const leading = text.slice(Math.max(0, from - 20), from);
  if (name === 'token' && linkToFile.test(leading)) return undefined;
  const inQuery = before === '?' || before === '&' || escapedAnd.test(leading);
  const what = inQuery ? queryMeaning(name) : meaning(name);
  if (!what) return undefined;
  const at = valueAfter(text, from, to);
  // `<password>@host` is a gap to be filled in, and no element.
  if (at === undefined || text.startsWith('>@', at - 1)) return undefined;
  const value = readValue(text, at, inQuery);
  return value && { name: name.replace(/^-+/, ''), what, ...value };
}

function valueAfter(text: string, from: number, to: number): number | undefined {
  sibling.lastIndex = to;
  const pair = sibling.exec(text);
  if (pair) return to + pair[0].length;
  operator.lastIndex = to;
  const match = operator.exec(text);
  if (!match) return undefined;
  const op = match.groups?.['op'];
  const quoted = match.groups?.['quote'] !== undefined;
  // `setHeader("X-API-Key", "…")`, `["--token", "…"]`, and `Set(varToken, "…")` of Power Apps; a comma elsewhere only lists words.
  const names = quoted && /[(-]/.test(text.charAt(from) === '-' ? '-' : text.charAt(from - 2));
  if (op === ',' && !names && !/(?<![\w.])Set\(\s{0,8}$/.test(text.slice(Math.max(0, from - 13), from)))
    return undefined;
  if (op === '>' && text.charAt(from - 1) !== '<') return undefined;
  return to + match[0].length;
}

function readValue(
  text: string,
  at: number,
  inQuery: boolean,
): Pick<Assignment, 'value' | 'start' | 'syntax'> | undefined {
  opening.lastIndex = at;
  const open = inQuery ? null : opening.exec(text);
  if (!open) return readBare(text, at, inQuery);
  const quote = open.groups?.['quote'] ?? '"';
  const start = at + open[0].length;
  const end = closing(text, start, quote);
  return end === undefined ? undefined : { value: text.slice(start, end), start, syntax: 'quoted' };
}

function closing(text: string, start: number, quote: string): number | undefined {
  const limit = Math.min(text.length, start + longestValue);
  for (let at = start; at < limit; at++) {
    if (text.startsWith(quote, at)) return at;
    const char = text.charAt(at);
    if (char === '\n' && quote !== '`') return undefined;
    if (char === '\\' && quote.length === 1) at++;
  }
  return undefined;
}

function readBare(
  text: string,
  at: number,
  inQuery: boolean,
): Pick<Assignment, 'value' | 'start' | 'syntax'> | undefined {
  bareValue.lastIndex = at;
  const value = bareValue.exec(text)?.[0];
  if (value === undefined) return undefined;
  // A call, an index or an interpolation follows: this is code, not a value.
  if (/[([{]/.test(text.charAt(at + value.length))) return undefined;
  return { value, start: at, syntax: inQuery ? 'query' : 'bare' };
}
