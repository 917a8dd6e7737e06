import { parse, TomlDate, TomlError } from 'smol-toml';
import type { Json } from '../sdk/index.ts';
import { tomlComments } from './comments.ts';
import type { Attempt, Limits } from './reading.ts';
import { deeperThan } from './locate.ts';

/** True when the path says TOML: nothing in a text says so. */
export function looksLikeToml(path: string): boolean {
  return /\.toml$/i.test(path);
}

/**
 * Parses TOML 1.0. Messages of the parser quote the content, so only positions are taken from it. What does not parse
 * is a gap where an agent's configuration would have been read; of anything else, its text was all that was wanted.
 */
export function parseToml(text: string, limits: Limits): Attempt {
  const failed = (what: string): Attempt => {
    const detail = `It is ${what}; it was scanned as text.`;
    return {
      problem: { reason: 'unparsable', detail, ...(!text.includes('mcp_servers') && { expected: 'expected' }) },
    };
  };
  try {
    const tree = toJson(parse(text, { integersAsBigInt: 'asNeeded', maxDepth: limits.depth }));
    if (deeperThan(tree, limits.depth)) return failed(`nested deeper than ${limits.depth} levels`);
    return { tree, comments: tomlComments(text) };
  } catch (error) {
    if (error instanceof RangeError) return failed(`nested deeper than ${limits.depth} levels`);
    if (error instanceof TomlError) return failed(`not valid TOML at line ${error.line}, column ${error.column}`);
    throw error;
  }
}

/** Moments as they are written, and whole numbers beyond what JSON can hold as their digits. */
function toJson(value: unknown): Json {
  if (value instanceof TomlDate) return value.toISOString();
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object' || value === null) return value as Json;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, toJson(held)]));
}
