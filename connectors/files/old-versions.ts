import { basename } from 'node:path';
import { z } from 'zod';
import { recogniseAndParse } from '../../src/formats/index.ts';
import { readText } from '../../src/formats/document.ts';
import {
  attributed,
  container,
  link,
  onlyWithMatches,
  type Content,
  type Item,
  type Json,
  type Page,
} from '../../src/sdk/index.ts';
import { topOf, type RunGit, type StreamGit } from './git.ts';
import { isBot } from './history.ts';
import { pastIgnores } from './ignore-rules.ts';
import { commitFormat, patchOptions, patchReader, type Commit, type Patch } from './patches.ts';
import { rootId, type TellBlind } from './read.ts';
import { codeOf } from './walk.ts';

/** What this stream reads, and with what. */
export interface OldVersions {
  /** The scanned folder, and the one file in it if only that is scanned. */
  root: string;
  file?: string;
  /** At most so many commits, newest first. */
  commits: number;
  /** Somebody asked for history in so many words: what of it is missing is a gap. */
  asked: boolean;
  exclude: readonly string[];
  maxFileBytes: number;
  resume: Json | undefined;
  signal: AbortSignal;
  blind: TellBlind;
  run: RunGit;
  stream: StreamGit;
}

const pageBytes = 4 * 1024 * 1024;
const pageFiles = 400;
const pageCommits = 100;

/** Where to go on: with this commit, behind so many of its files. */
const cursor = z.object({ commit: z.string().regex(/^[0-9a-f]{40,64}$/), files: z.number().int().min(0) });

/**
 * What commits added, newest first, page by page. A secret that was deleted is still in every clone, so each commit
 * and file that added one becomes a record. That a secret also stands in the present files is not looked at here: its
 * places here are of the sort `history`, of which checks speak only where the secret has no other place.
 */
export async function* oldVersions(from: OldVersions): AsyncGenerator<Page> {
  const repository = await survey(from);
  if (repository === undefined) return;
  const position = await positionOf(repository, from);
  const log = [...repository.which, `--skip=${position}`, `--max-count=${from.commits - position}`];
  const patches = patchReader(from.maxFileBytes);
  const pages = pager(repository, from);
  try {
    const args = ['log', ...log, commitFormat, ...patchOptions, ...repository.only];
    for await (const chunk of from.stream(repository.top, args, from.signal)) {
      for (const each of patches.read(chunk)) yield* pages.take(each);
    }
    for (const each of patches.end()) yield* pages.take(each);
  } catch (error) {
    from.signal.throwIfAborted();
    from.blind('.git', 'unreadable', failure(error));
  }
  yield { ...pages.rest(), ...(repository.bounded && { bounded: true }) };
}

function failure(error: unknown): string {
  return codeOf(error) === 'ENOENT'
    ? 'There is a git repository but no git program: its history was not searched for secrets. Install git.'
    : 'git log failed or was silent for a minute: older commits were not searched for secrets. Try `git fsck`.';
}

interface Surveyed {
  top: string;
  /** From the top to the scanned folder, with `/` at the end. */
  prefix: string;
  /** Arguments that choose the commits, and the paths. */
  which: readonly string[];
  only: readonly string[];
  /** There is, or was, more history than is read. */
  bounded: boolean;
}

/** What there is to read. What is missing is told; undefined when nothing can be read. */
async function survey({ root, file, commits, asked, signal, blind, run }: OldVersions): Promise<Surveyed | undefined> {
  const top = topOf(root);
  if (top === undefined) {
    blind('.git', 'not-found', 'There is no git repository around the folder: there is no history to search.');
    return undefined;
  }
  const inside = root
    .slice(top.length)
    .split(/[\\/]/)
    .filter((part) => part !== '');
  const prefix = inside.map((part) => `${part}/`).join('');
  const path = prefix + (file ?? '');
  const which = ['--all', ...(path === '' ? [] : ['--full-history'])];
  const only = path === '' ? [] : ['--', path];
  try {
    const shallow = await run(top, ['rev-parse', '--is-shallow-repository'], signal);
    const counted = await run(top, ['rev-list', '--count', ...which, `--max-count=${commits + 1}`, ...only], signal);
    const cut = shallow.startsWith('true');
    const more = Number(counted) > commits;
    const expected = asked ? undefined : 'expected';
    if (cut)
      blind(
        '.git',
        'not-supported',
        'The clone is shallow: what it leaves out of history was not searched for secrets. Fetch the whole history (git fetch --unshallow).',
        expected,
      );
    if (more)
      blind(
        '.git',
        'too-large',
        `Only the newest ${commits} commits were searched for secrets; \`history\` sets how many.`,
        'expected',
      );
    return { top, prefix, which, only, bounded: cut || more };
  } catch (error) {
    signal.throwIfAborted();
    const detail =
      codeOf(error) === 'ENOENT'
        ? failure(error)
        : 'git cannot read this repository (damaged, or owned by another user): its history was not searched for secrets.';
    blind('.git', 'unreadable', detail);
    return undefined;
  }
}

/** How many commits an attempt that broke off is done with; none if its last one is gone since. */
async function positionOf({ top, which, only }: Surveyed, from: OldVersions): Promise<number> {
  const start = cursor.safeParse(from.resume).data?.commit;
  if (start === undefined) return 0;
  let position = 0;
  let carry = '';
  const args = ['rev-list', ...which, `--max-count=${from.commits}`, ...only];
  for await (const chunk of from.stream(top, args, from.signal)) {
    const lines = (carry + chunk.toString('latin1')).split('\n');
    carry = lines.pop() ?? '';
    const at = lines.indexOf(start);
    if (at >= 0) return position + at;
    position += lines.length;
  }
  return 0;
}

/** Puts patches together to pages. */
function pager({ prefix }: Surveyed, from: OldVersions): { take(each: Patch | Commit): Generator<Page>; rest(): Page } {
  const ignores = pastIgnores(from.root, from.exclude, (path) =>
    from.blind(path, 'unreadable', 'The ignore file cannot be read; nothing was left out because of it.'),
  );
  const done = cursor.safeParse(from.resume).data;
  let here = { commit: '', files: 0 };
  const binary: string[] = [];
  let page = { items: [] as Item[], bytes: 0, commits: 0 };
  const full = (): boolean => page.bytes >= pageBytes || page.items.length >= pageFiles || page.commits >= pageCommits;

  function* take(each: Patch | Commit): Generator<Page> {
    if ('id' in each) {
      here = { commit: each.id, files: 0 };
      page.commits++;
    } else {
      here.files++;
      if (here.commit === done?.commit && here.files <= done.files) return;
      read(each);
    }
    if (!full()) return;
    tellBinary();
    yield { items: page.items, next: { ...here } };
    page = { items: [], bytes: 0, commits: 0 };
  }

  function read(patch: Patch): void {
    if (patch.path?.startsWith(prefix) !== true) return;
    const path = patch.path.slice(prefix.length);
    if (ignores(path)) return;
    if (patch.read === 'binary') binary.push(`${path}@${shortId(patch.commit)}`);
    else if (patch.read === 'too-large') tooLarge(patch, path);
    else if (patch.hunks.length > 0) {
      page.items.push(itemOf(patch, path));
      page.bytes += patch.bytes;
    }
  }

  function tooLarge({ commit }: Patch, path: string): void {
    const detail = `The commit added more than maxFileBytes (${from.maxFileBytes}) to the file; nothing of it was searched.`;
    from.blind(`${path}@${shortId(commit)}`, 'too-large', detail);
  }

  /** Binary by content, or by the word of `.gitattributes`, behind which text could hide. */
  function tellBinary(): void {
    const [first, ...more] = binary.splice(0);
    if (first === undefined) return;
    const detail = `git holds it to be binary${more.length === 0 ? '' : `, and ${more.length} more versions of files in these commits`}: not searched.`;
    from.blind(first, 'not-supported', detail, 'expected');
  }

  return {
    take,
    rest() {
      tellBinary();
      return { items: page.items };
    },
  };
}

function shortId(commit: Commit): string {
  return commit.id.slice(0, 12);
}

/** One commit and file: an address that never moves, for what it added can never change. */
function itemOf(patch: Patch, path: string): Item {
  const { commit } = patch;
  const short = shortId(commit);
  const author = isBot(commit)
    ? undefined
    : attributed('created-by', commit, 'git-history', { at: commit.at, evidence: `commit ${short}` });
  const where = `${path}@${short}`;
  return onlyWithMatches(
    container({
      id: `history:${commit.id}:${path}`,
      name: `${basename(path)} in commit ${short}`,
      type: 'file',
      at: { path: where },
      attributions: [author],
      links: [link('contained-in', 'container', rootId)],
      contents: contentsOf(patch, path, where),
    }),
  );
}

/** A file that is there as a whole is read as the present files are, so that a secret in it reads the same. */
function contentsOf({ hunks, whole }: Patch, path: string, where: string): Content[] {
  const [first] = hunks;
  if (!whole || first === undefined || hunks.length > 1) {
    return hunks.map(({ line, text }) => ({ place: 'history', path: where, text, line }));
  }
  const { items, rest } = recogniseAndParse(readText(path, first.text.replace(/^\uFEFF/, '')).document);
  return [...items.flatMap((item) => item.contents ?? []), ...rest].map(({ labels, ...content }) => ({
    ...content,
    place: 'history',
    path: where,
    ...(labels && { labels: labels.map(({ place: _place, ...label }) => label) }),
  }));
}
