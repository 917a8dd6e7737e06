import pLimit from 'p-limit';
import { attributed, type Attribution } from '../../src/sdk/index.ts';
import type { Repository, RunGit } from './git.ts';

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

interface Commit {
  id: string;
  name: string;
  email: string;
  at: number;
  reviewed: readonly string[];
  approved: readonly string[];
  coAuthors: readonly string[];
}

const begin = '\u0001';
const field = '\u0002';
const item = '\u0003';
const trailer = (key: string): string => `%(trailers:key=${key},valueonly,separator=%x03)`;
const format = `--format=${['%x01%H', '%aN', '%aE', '%at', trailer('Reviewed-by'), trailer('Approved-by'), trailer('Co-authored-by')].join('%x02')}%x02`;

/** Blaming is the dearest question to git: so many at once. */
const AT_ONCE = 2;

/**
 * The history of some files, paths relative to the scanned folder, in one call of git. Where several people had a hand
 * in a file, `writerOf` is asked who wrote most of what is left.
 */
export async function history(
  repository: Repository,
  paths: readonly string[],
  run: RunGit,
  signal: AbortSignal,
  writerOf: (path: string, commits: readonly string[]) => Promise<Writer | undefined> = () =>
    Promise.resolve(undefined),
): Promise<History> {
  if (paths.length === 0) return new Map();
  const wanted = paths.map((path) => repository.prefix + path);
  const args = ['log', '-z', '--no-ext-diff', '--no-textconv', '--no-renames', '--name-only', format, '--', ...wanted];
  const commits = new Map<string, Commit[]>();
  for (const [commit, files] of parse(await run(repository.top, args, signal))) {
    for (const file of files) {
      const list = commits.get(file);
      if (list === undefined) commits.set(file, [commit]);
      else list.push(commit);
    }
  }
  const limit = pLimit(AT_ONCE);
  const entries = paths.map(async (path): Promise<[string, Attribution[]][]> => {
    const list = commits.get(repository.prefix + path);
    if (list === undefined) return [];
    const authors = new Set(list.filter((commit) => !isBot(commit)).map(keyOf));
    // The lines of a shallow clone all seem to come from its oldest commit.
    const writer = authors.size > 1 && !repository.shallow ? await limit(() => writerOf(path, idsOf(list))) : undefined;
    return [[path, attributions(list, repository.shallow, writer)]];
  });
  return new Map((await Promise.all(entries)).flat());
}

function idsOf(commits: readonly Commit[]): string[] {
  return commits.map(({ id }) => id);
}

function keyOf({ name, email }: { name: string; email: string }): string {
  return (email || name).toLowerCase();
}

function* parse(output: string): Generator<[Commit, string[]]> {
  for (const block of output.split(begin).slice(1)) {
    const [id = '', name = '', email = '', at = '', reviewed = '', approved = '', coAuthors = '', files = ''] =
      block.split(field);
    const list = (text: string): string[] =>
      text
        .split(item)
        .map((each) => each.trim())
        .filter((each) => each !== '');
    const commit = {
      id,
      name,
      email,
      at: Number(at) * 1000,
      reviewed: list(reviewed),
      approved: list(approved),
      coAuthors: list(coAuthors),
    };
    yield [
      commit,
      files
        .split('\0')
        .map((file) => file.replace(/^\n+/, ''))
        .filter((file) => file !== ''),
    ];
  }
}

/** Commits come newest first. Machines are no authors: what they did says nothing about who answers for it. */
function attributions(commits: readonly Commit[], shallow: boolean, writer: Writer | undefined): Attribution[] {
  const people = commits.filter((commit) => !isBot(commit));
  const last = people[0];
  const first = people.at(-1);
  const result: (Attribution | undefined)[] = [];
  if (first !== undefined && !shallow) result.push(part('created-by', first, first));
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
  for (const who of newest?.reviewed ?? []) result.push(part('reviewed-by', signature(who), newest as Commit));
  for (const who of newest?.approved ?? []) result.push(part('approved-by', signature(who), newest as Commit));
  for (const who of newest?.coAuthors ?? []) {
    const author = signature(who);
    if (!isBot(author)) result.push(part('edited-by', author, newest as Commit));
  }
  return result.filter((each) => each !== undefined);
}

function part(rel: Attribution['rel'], who: { name: string; email: string }, commit: Commit): Attribution | undefined {
  return attributed(rel, who, 'git-history', { at: commit.at, evidence: `commit ${commit.id.slice(0, 12)}` });
}

/** `Ada Lovelace <ada@acme.example>`, or a bare name. */
function signature(text: string): { name: string; email: string } {
  const match = /^([^<]{0,200})<([^<>\s]{1,200})>/.exec(text);
  return match === null
    ? { name: text.slice(0, 200), email: '' }
    : { name: (match[1] ?? '').trim(), email: match[2] ?? '' };
}

const automation =
  /\[bot\]|^(?:dependabot|renovate|github-actions|greenkeeper|snyk|semantic-release|mergify|web-flow|pre-commit-ci|imgbot|allcontributors)\b/i;

/** True for accounts of automation. A `noreply` address alone does not make one: people hide theirs behind it. */
export function isBot(who: { name: string; email: string }): boolean {
  if (automation.test(who.name) || automation.test(who.email)) return true;
  return /^(?:no-?reply|donotreply|bot|ci|build|automation)@/i.test(who.email);
}
