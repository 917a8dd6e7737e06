import { join, relative } from 'node:path';
import type { Io } from './io.ts';

/** A command to paste where the last one was typed: called as that was, and about the same register. */
export function again(words: string, { program, cwd }: Pick<Io, 'program' | 'cwd'>, db?: string): string {
  const here = db === undefined || db === ':memory:' || db === join(cwd, 'rollcall.db');
  return `${program} ${words}${here ? '' : ` --db ${quoted(relative(cwd, db))}`}`;
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
