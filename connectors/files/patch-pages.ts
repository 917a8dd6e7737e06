import { basename } from 'node:path';
import { recogniseAndParse } from '../../src/formats/index.ts';
import { readText } from '../../src/formats/document.ts';
import { isBot } from '../../src/formats/machines.ts';
import {
  attributed,
  container,
  link,
  onlyWithMatches,
  type Content,
  type Item,
  type Page,
} from '../../src/sdk/index.ts';
import { pastIgnores } from './ignore-rules.ts';
import type { Commit, Patch } from './patches.ts';
import { rootId } from './read.ts';
import { cursor, type OldVersions, type Surveyed } from './survey.ts';

const pageBytes = 4 * 1024 * 1024;
const pageFiles = 400;
const pageCommits = 100;

/** Puts patches together to pages. */
export function pager(
  { prefix }: Surveyed,
  from: OldVersions,
): { take(each: Patch | Commit): Generator<Page>; rest(): Page } {
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
