import type { Repository, RunGit, StreamGit } from './git.ts';

/** A commit, as far as it says who did, reviewed and approved what. */
export interface Commit {
  id: string;
  name: string;
  email: string;
  at: number;
  reviewed: readonly string[];
  approved: readonly string[];
  coAuthors: readonly string[];
}

/** What is known of a repository's past. */
export interface Commits {
  /** The commits that changed a file, newest first, by its path from the top; of files that are tracked today. */
  byFile: ReadonlyMap<string, readonly Commit[]>;
  /** There are older ones than these. */
  cut: boolean;
}

const begin = '\u0001';
const field = '\u0002';
const item = '\u0003';
const trailer = (key: string): string => `%(trailers:key=${key},valueonly,separator=%x03)`;
const format = `--format=${['%x01%H', '%aN', '%aE', '%at', trailer('Reviewed-by'), trailer('Approved-by'), trailer('Co-authored-by')].join('%x02')}%x02`;

/** The past of more commits than these would not fit into the memory of a scan. */
const MOST_COMMITS = 100_000;

/**
 * Reads the past of everything below a path, all of it in one pass: asking for some files at a time, git goes through
 * all commits each time. Throws when git fails.
 */
export async function readCommits(
  { top }: Pick<Repository, 'top'>,
  path: string,
  { run, stream }: { run: RunGit; stream: StreamGit },
  signal: AbortSignal,
  most = MOST_COMMITS,
): Promise<Commits> {
  const below = path === '' ? [] : ['--', path];
  const tracked = new Map<string, Commit[]>();
  for (const file of filesIn(await run(top, ['ls-files', '-z', ...below], signal))) tracked.set(file, []);
  const shape = ['-z', '--no-ext-diff', '--no-textconv', '--no-renames', '--name-only', format];
  let count = 0;
  for await (const block of blocks(stream(top, ['log', `--max-count=${most + 1}`, ...shape, ...below], signal))) {
    count += 1;
    if (count > most) break;
    const { commit, files } = parsed(block);
    for (const file of files) tracked.get(file)?.push(commit);
  }
  return { byFile: tracked, cut: count > most };
}

/** What stands between the marks, one commit each. */
async function* blocks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let carry = '';
  for await (const chunk of chunks) {
    const parts = (carry + decoder.decode(chunk, { stream: true })).split(begin);
    carry = parts.pop() ?? '';
    for (const part of parts) if (part !== '') yield part;
  }
  if (carry !== '') yield carry;
}

function parsed(block: string): { commit: Commit; files: readonly string[] } {
  const [id = '', name = '', email = '', at = '', reviewed = '', approved = '', coAuthors = '', files = ''] =
    block.split(field);
  const people = { reviewed: listIn(reviewed), approved: listIn(approved), coAuthors: listIn(coAuthors) };
  return { commit: { id, name, email, at: Number(at) * 1000, ...people }, files: filesIn(files) };
}

function listIn(text: string): string[] {
  return text
    .split(item)
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

function filesIn(text: string): string[] {
  return text
    .split('\0')
    .map((file) => file.replace(/^\n+/, ''))
    .filter((file) => file !== '');
}
