import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach } from 'vitest';
import { runGit, streamGit, type StreamGit } from '../../connectors/files/git.ts';
import { makeFiles } from '../../connectors/files/index.ts';
import type { Item, Json, Page } from '../../src/sdk/index.ts';
import { streamContext } from '../../src/sdk/testing.ts';

/** Without git its tests are skipped, and that is said. */
export const hasGit = spawnSync('git', ['--version']).status === 0;
if (!hasGit) process.stderr.write('skipped: git history, for git is not installed\n');

/** What a stream of the files connector showed. */
export interface Seen {
  pages: Page[];
  items: Item[];
  blind: { subject: string; reason: string; detail: string; expected?: 'expected' }[];
}

export interface ScanOptions {
  resume?: Json | undefined;
  stream?: StreamGit;
  controller?: AbortController;
  stopAfter?: number;
  of?: 'history' | 'files';
}

/** A real repository in a fresh temporary folder for each test of the file that asks for one. */
export function madeUpRepository() {
  let root = '';
  let clock = 0;
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'rollcall-history-')));
    clock = Date.UTC(2026, 0, 1) / 1000;
    if (hasGit) git('init', '-q');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const put = (path: string, content: string | Buffer): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };

  const git = (...args: string[]): string => {
    clock += 60;
    const date = `${clock} +0000`;
    const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date };
    const who = ['-c', 'user.name=C', '-c', 'user.email=c@acme.example', '-c', 'init.defaultBranch=main'];
    return execFileSync('git', ['-C', root, ...who, ...args], { env, stdio: 'pipe', encoding: 'utf8' }).trim();
  };

  const commit = (author = 'Ada <ada@acme.example>'): string => {
    git('add', '-A', '-f');
    git('commit', '-q', '--no-verify', '--allow-empty', `--author=${author}`, '-m', 'x');
    return git('rev-parse', 'HEAD');
  };

  const scan = async (
    settings: { [key: string]: unknown } = {},
    {
      resume,
      stream = streamGit,
      controller = new AbortController(),
      stopAfter = Infinity,
      of = 'history',
    }: ScanOptions = {},
  ): Promise<Seen> => {
    const connector = makeFiles({ git: runGit, stream, stdin: () => Readable.from([]) });
    const seen: Seen = { pages: [], items: [], blind: [] };
    const ctx = streamContext(connector.config.parse({ path: root, ...settings }), {
      resume,
      now: 0,
      signal: controller.signal,
      blind: (subject, reason, detail, expected) =>
        seen.blind.push({ subject, reason, detail, ...(expected && { expected }) }),
    });
    const pages = connector.streams[of]?.pages(ctx);
    for await (const page of pages ?? []) {
      seen.pages.push(page);
      seen.items.push(...page.items);
      if (seen.pages.length >= stopAfter) break;
    }
    return seen;
  };

  return {
    get root() {
      return root;
    },
    /** Later than every commit so far, in seconds. */
    get clock() {
      return clock;
    },
    put,
    git,
    commit,
    scan,
  };
}

/** Path at a commit, and each piece of text with the line that it stands at. */
export function told({ items }: Pick<Seen, 'items'>): [string, ...string[]][] {
  return items.map(({ record, contents = [] }) => [
    record.at?.path?.replace(/@[0-9a-f]{12}$/, '') ?? '',
    ...contents.map(({ line = 1, text }) => `${line}: ${text}`),
  ]);
}
