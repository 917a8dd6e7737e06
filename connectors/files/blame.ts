import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isBot } from '../../src/formats/machines.ts';
import type { Repository, RunGit } from './git.ts';
import type { Writer } from './history.ts';

/** Longer files are data; and git's work grows with lines times commits. */
const MOST_LINES = 5_000;
const newline = 0x0a;

/** Is it text of a length that people write? */
export function canBlame(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  let lines = 0;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) {
    if (++lines > MOST_LINES) return false;
  }
  return true;
}

/** Of what was merged into the present version, so many of the newest commits are asked for their lines. */
const MERGED = 4;

/**
 * Who wrote most of a file, by its commits, newest first. Git is told that there are no others: looking for them in a
 * thousand commits takes it four times as long. It is asked for the committed version: for the one in the work tree it
 * would run the filters that the repository names. Undefined when machines wrote all of it.
 */
export async function mostLinesBy(
  repository: Repository,
  path: string,
  commits: readonly string[],
  run: RunGit,
  signal: AbortSignal,
): Promise<Writer | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-blame-'));
  try {
    const ancestry = join(folder, 'commits');
    await writeFile(ancestry, ancestryOf(repository.head, commits));
    const args = ['blame', '-S', ancestry, '--line-porcelain', '--no-textconv', repository.head];
    return writerIn(await run(repository.top, [...args, '--', repository.prefix + path], signal));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A line for each commit: itself and its parents. */
function ancestryOf(head: string, commits: readonly string[]): string {
  const chain = commits.map((commit, at) => [commit, ...commits.slice(at + 1, at + 2)]);
  const top = commits[0] === head ? [] : [[head, ...commits.slice(0, MERGED)]];
  return [...top, ...chain].map((line) => `${line.join(' ')}\n`).join('');
}

/** Reads `git blame --line-porcelain`: for every line its facts, then the line itself behind a tab. */
export function writerIn(porcelain: string): Writer | undefined {
  const writers = new Map<string, Writer>();
  let now = { name: '', email: '', at: 0 };
  let of = 0;
  for (const line of porcelain.split('\n')) {
    if (line.startsWith('author ')) now = { name: line.slice(7), email: '', at: 0 };
    else if (line.startsWith('author-mail ')) now.email = line.slice(12).replace(/^<|>$/g, '');
    else if (line.startsWith('author-time ')) now.at = Number(line.slice(12)) * 1000;
    if (!line.startsWith('\t')) continue;
    of++;
    const key = (now.email || now.name).toLowerCase();
    const known = writers.get(key);
    if (known === undefined) writers.set(key, { ...now, lines: 1, of: 0 });
    else Object.assign(known, { lines: known.lines + 1, at: Math.max(known.at, now.at) });
  }
  const people = [...writers.values()].filter((writer) => !isBot(writer));
  const [most] = people.toSorted((a, b) => b.lines - a.lines || b.at - a.at || (a.email < b.email ? -1 : 1));
  return most && { ...most, of };
}
