import { readFileSync } from 'node:fs';
import { isMap, isNode, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type { z } from 'zod';
import { UsageError } from '../core/errors.ts';

/** What a file says, and how to tell what is wrong with a part of it that is only understood later. */
export interface Placed<T> {
  value: T;
  /** One line with file, line, column and field. */
  explain(issue: z.core.$ZodIssue): string;
}

/** Reads a YAML file into a schema's shape. Every problem is a `UsageError` that names file, line, column and field. */
export function readYaml<S extends z.ZodType>(file: string, schema: S): z.output<S> {
  return readPlaced(file, schema).value;
}

/** As `readYaml`, for a file whose parts are only understood later. */
export function readPlaced<S extends z.ZodType>(file: string, schema: S): Placed<z.output<S>> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (problem) {
    throw new UsageError(`${file}: ${whyUnreadable(problem)}`, { cause: problem });
  }
  return parsePlaced(file, text, schema);
}

/** As `readYaml`, for text that is already here; `file` is what messages call it. */
export function parseYaml<S extends z.ZodType>(file: string, text: string, schema: S): z.output<S> {
  return parsePlaced(file, text, schema).value;
}

function parsePlaced<S extends z.ZodType>(file: string, text: string, schema: S): Placed<z.output<S>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const broken = document.errors[0];
  if (broken)
    throw new UsageError(`${at(broken.pos[0])} is not valid YAML (${broken.code.toLowerCase().replaceAll('_', ' ')})`);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch {
    throw new UsageError(`${file}: too many aliases; write the repeated parts out`);
  }
  const result = schema.safeParse(value);
  const explain = (issue: z.core.$ZodIssue): string => describe(issue, document, at);
  if (result.success) return { value: result.data, explain };
  throw new UsageError(result.error.issues.map(explain).join('\n'));
}

function describe(issue: z.core.$ZodIssue, document: Document, at: (offset: number) => string): string {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const parent = document.getIn(path, true);
    return issue.keys
      .map(
        (key) => `${at(keyOffset(parent, key) ?? offsetOf(document, path))} ${[...path, key].join('.')}: no such key`,
      )
      .join('\n');
  }
  const missing = issue.code !== 'custom' && path.length > 0 && !document.hasIn(path.map(index));
  const message = missing ? 'is needed' : issue.message;
  return `${at(offsetOf(document, path))} ${path.join('.') || '(whole file)'}: ${message}`;
}

function keyOffset(parent: unknown, key: string): number | undefined {
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find((item) => isNode(item.key) && String(item.key) === key);
  return isNode(pair?.key) ? pair.key.range?.[0] : undefined;
}

/** The offset of the innermost node on the path that exists: a missing field is reported at its parent. */
function offsetOf(document: Document, path: readonly string[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length).map(index), true) as Node | undefined;
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function index(part: string): string | number {
  return /^\d+$/.test(part) ? Number(part) : part;
}

/** One phrase for a file system error, without the path. */
export function whyUnreadable(problem: unknown): string {
  const code = (problem as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied; make it readable for this account';
  if (code === 'EISDIR') return 'is a folder, not a file';
  if (code === 'ENOTDIR') return 'a part of the path is a file, not a folder';
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'the disk is full; free some space';
  if (code === 'EROFS') return 'the disk is read-only';
  if (code === 'ENAMETOOLONG') return 'the name is too long';
  return `the system refuses (${code ?? 'unknown reason'})`;
}
