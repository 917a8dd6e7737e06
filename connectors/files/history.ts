import pLimit from 'p-limit';
import { isBot } from '../../src/formats/machines.ts';
import { attributed, type Attribution } from '../../src/sdk/index.ts';
import type { Commit, Commits } from './commits.ts';
import type { Repository } from './git.ts';

/** Who wrote most of the lines that a file has today. */
export interface Writer {
  name: string;
  email: string;
  lines: number;
  /** All lines, those of machines included. */
  of: number;
  /** When they wrote the newest of theirs. */
  at: number;
}

/** Who began, changed, reviewed and approved a file, by its commits. */
export type History = ReadonlyMap<string, readonly Attribution[]>;

/** Blaming is the dearest question to git: so many at once. */
const AT_ONCE = 2;

/**
 * Who had a hand in some files, paths relative to the scanned folder. Where several people did, `writerOf` is asked who
 * wrote most of what is left.
 */
export async function history(
  { prefix, shallow }: Pick<Repository, 'prefix' | 'shallow'>,
  paths: readonly string[],
  { byFile, cut }: Commits,
  writerOf: (path: string, commits: readonly string[]) => Promise<Writer | undefined> = () =>
    Promise.resolve(undefined),
): Promise<History> {
  const limit = pLimit(AT_ONCE);
  const partial = shallow || cut;
  const entries = paths.map(async (path): Promise<[string, Attribution[]][]> => {
    const list = byFile.get(prefix + path) ?? [];
    if (list.length === 0) return [];
    const authors = new Set(list.filter((commit) => !isBot(commit)).map(keyOf));
    // Where the past was cut off, all older lines seem to come from its oldest commit.
    const writer = authors.size > 1 && !partial ? await limit(() => writerOf(path, idsOf(list))) : undefined;
    return [[path, attributions(list, partial, writer)]];
  });
  return new Map((await Promise.all(entries)).flat());
}

function idsOf(commits: readonly Commit[]): string[] {
  return commits.map(({ id }) => id);
}

function keyOf({ name, email }: { name: string; email: string }): string {
  return (email || name).toLowerCase();
}

/** Commits come newest first. Machines are no authors: what they did says nothing about who answers for it. */
function attributions(commits: readonly Commit[], partial: boolean, writer: Writer | undefined): Attribution[] {
  const people = commits.filter((commit) => !isBot(commit));
  const last = people[0];
  const first = people.at(-1);
  const result: (Attribution | undefined)[] = [];
  if (first !== undefined && !partial) result.push(part('created-by', first, first));
  // Who wrote most of it knows it better than who touched it last.
  if (writer !== undefined) {
    const evidence = `git blame: ${writer.lines} of ${writer.of} lines`;
    result.push(attributed('edited-by', writer, 'git-blame', { at: writer.at, evidence }));
  }
  if (last !== undefined && (writer === undefined || keyOf(last) !== keyOf(writer))) {
    result.push(part('edited-by', last, last));
  }
  // The latest word on the present content; a review of an older version does not count for it.
  const newest = commits[0];
  if (newest !== undefined) {
    for (const who of peopleAmong(newest.reviewed)) result.push(part('reviewed-by', who, newest));
    for (const who of peopleAmong(newest.approved)) result.push(part('approved-by', who, newest));
    for (const who of peopleAmong(newest.coAuthors)) result.push(part('edited-by', who, newest));
  }
  return result.filter((each) => each !== undefined);
}

function part(rel: Attribution['rel'], who: { name: string; email: string }, commit: Commit): Attribution | undefined {
  return attributed(rel, who, 'git-history', { at: commit.at, evidence: `commit ${commit.id.slice(0, 12)}` });
}

/** A machine that signs is nobody's second pair of eyes either. */
function peopleAmong(signatures: readonly string[]): { name: string; email: string }[] {
  return signatures.map(signature).filter((who) => !isBot(who));
}

/** `Ada Lovelace <ada@acme.example>`, or a bare name. */
function signature(text: string): { name: string; email: string } {
  const match = /^([^<]{0,200})<([^<>\s]{1,200})>/.exec(text);
  return match === null
    ? { name: text.slice(0, 200), email: '' }
    : { name: (match[1] ?? '').trim(), email: match[2] ?? '' };
}
