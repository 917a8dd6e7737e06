import { join, relative } from 'node:path';
import type { App } from '../app.ts';
import { shellWord } from '../core/text.ts';
import type { Io } from './io.ts';

/** A command to paste where the last one was typed: called as that was, and about the same register. */
export function again(
  words: string,
  { program, cwd }: Pick<Io, 'program' | 'cwd'>,
  about?: { db: string; config: Pick<App['config'], 'db'> },
): string {
  return `${program} ${words}${about === undefined || isUsual(about, cwd) ? '' : ` --db ${quoted(relative(cwd, about.db))}`}`;
}

/** Would it be opened without a word? A configuration may name another one. */
function isUsual({ db, config }: { db: string; config: Pick<App['config'], 'db'> }, cwd: string): boolean {
  return db === ':memory:' || (db === join(cwd, 'rollcall.db') && config.db === undefined);
}

/** A path as a shell takes it for one word, and a command for no option. */
export function quoted(path: string): string {
  return shellWord(path.startsWith('-') ? `./${path}` : path);
}
