import { parseAllDocuments, type Document as YamlDocument } from 'yaml';
import type { Json } from '../sdk/index.ts';
import type { Attempt, Limits } from './reading.ts';
import { yamlComments } from './comments.ts';
import { deeperThan, position } from './locate.ts';

const claims = /\.ya?ml"?$/i;
/** Guesses are made for short texts without an extension of their own. */
const guessable = /(?:^|\/)[^/.]+$|\.txt$/i;

/**
 * What package managers write for themselves: long, and never an automation. Searched as the text that it is. By full
 * name: a `.lock.yml` is what GitHub runs of an agentic workflow (https://github.github.io/gh-aw/reference/workflow-structure).
 */
const lockFile = /(?:^|\/)(?:pnpm-lock|conda-lock)\.ya?ml$/i;

/** Screens of a Power Apps app, as its tools write them: formulas, of any length. Searched as the text that they are. */
const screen = /\.(?:fx|pa)\.ya?ml$/i;

/** True when the path says YAML, or says nothing and the text begins with a key. */
export function looksLikeYaml(path: string, text: string): boolean {
  if (lockFile.test(path) || screen.test(path)) return false;
  if (claims.test(path)) return true;
  return (
    text.length < 200_000 &&
    guessable.test(path) &&
    /^(?:---[^\S\n]*\n|#[^\n]*\n|[^\S\n]*\n)*["']?[A-Za-z_][\w.-]*["']?:(?:[ \t][^\n]*)?\n/.test(text)
  );
}

/**
 * Parses YAML 1.2; unknown tags are read as what they hold. Several documents in one file become a list.
 * Messages of the parser quote the content, so only positions are taken from it.
 */
export function parseYaml(path: string, text: string, limits: Limits): Attempt {
  if (text.length > limits.yamlBytes) {
    const detail = `It is longer than ${limits.yamlBytes} characters of YAML; it was scanned as text.`;
    return { problem: { reason: 'too-large', detail } };
  }
  if (nestsTooDeep(text, limits.depth)) return tooDeep(limits.depth);
  const claimed = claims.test(path);
  try {
    const documents = parseAllDocuments(text, {
      logLevel: 'silent',
      strict: false,
      uniqueKeys: false,
      merge: true,
      prettyErrors: false,
    });
    if (!Array.isArray(documents)) return { problem: undefined };
    const broken = documents.find((document) => document.errors.length > 0);
    if (broken !== undefined) return claimed ? failed(broken, text) : { problem: undefined };
    const trees = documents.map((document) => document.toJS({ maxAliasCount: 100 }) as Json);
    const tree = trees.length === 1 ? (trees[0] ?? null) : trees.filter((each) => each !== null);
    if (deeperThan(tree, limits.depth)) return tooDeep(limits.depth);
    if (tree === null || typeof tree !== 'object') return { problem: undefined };
    return { tree, comments: yamlComments(text, tree) };
  } catch (error) {
    if (error instanceof RangeError) return tooDeep(limits.depth);
    if (error instanceof ReferenceError) {
      const detail = 'Its aliases unfold to far more than the file holds; it was scanned as text.';
      return { problem: { reason: 'unparsable', detail } };
    }
    return claimed
      ? { problem: { reason: 'unparsable', detail: 'It is not valid YAML; it was scanned as text.' } }
      : { problem: undefined };
  }
}

function failed(document: YamlDocument, text: string): Attempt {
  const offset = document.errors[0]?.pos[0] ?? 0;
  const { line, column } = position(text, offset);
  const detail = `It is not valid YAML at line ${line}, column ${column}; it was scanned as text.`;
  // A template of YAML (Helm, Jinja) is not meant to parse before it is filled in.
  const template = /\{\{|\{%/.test(text);
  return { problem: { reason: 'unparsable', detail, ...(template && { expected: 'expected' as const }) } };
}

function tooDeep(depth: number): Attempt {
  return {
    problem: { reason: 'unparsable', detail: `It is nested deeper than ${depth} levels; it was scanned as text.` },
  };
}

/** The parser takes quadratic time over nesting, so depth is judged beforehand, by brackets and runs of list marks. */
function nestsTooDeep(text: string, limit: number): boolean {
  let depth = 0;
  for (const [mark] of text.matchAll(/[[\]{}]/g)) {
    if (mark === '[' || mark === '{') depth++;
    else if (depth > 0) depth--;
    if (depth > limit) return true;
  }
  return new RegExp(`(?:[-?:][ \\t]+){${limit},}`).test(text);
}
