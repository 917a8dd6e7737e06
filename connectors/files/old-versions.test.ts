import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { detectors } from '../../scanners/secrets/index.ts';
import { seeded } from '../../scanners/secrets/samples.ts';
import { type Item, type Json, type Page } from '../../src/sdk/index.ts';
import { rollcall } from '../../test/helpers/run-cli.ts';
import { mostLinesBy } from './blame.ts';
import { openRepository, runGit, streamGit, type StreamGit } from './git.ts';
import { history } from './history.ts';
import { makeFiles } from './index.ts';

const hasGit = spawnSync('git', ['--version']).status === 0;
if (!hasGit) console.log('skipped: git history is tested with git, which is not installed');

let root = '';
let clock = 0;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'rollcall-history-')));
  clock = Date.UTC(2026, 0, 1) / 1000;
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

function git(...args: string[]): string {
  clock += 60;
  const date = `${clock} +0000`;
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date };
  const who = ['-c', 'user.name=C', '-c', 'user.email=c@acme.example', '-c', 'init.defaultBranch=main'];
  return execFileSync('git', ['-C', root, ...who, ...args], { env, stdio: 'pipe', encoding: 'utf8' }).trim();
}

function commit(author = 'Ada <ada@acme.example>'): string {
  git('add', '-A', '-f');
  git('commit', '-q', '--no-verify', '--allow-empty', `--author=${author}`, '-m', 'x');
  return git('rev-parse', 'HEAD');
}

interface Seen {
  pages: Page[];
  items: Item[];
  blind: { subject: string; reason: string; detail: string; expected?: 'expected' }[];
}

async function scan(
  settings: { [key: string]: unknown } = {},
  {
    resume,
    stream = streamGit,
    controller = new AbortController(),
    stopAfter = Infinity,
  }: {
    resume?: Json | undefined;
    stream?: StreamGit;
    controller?: AbortController;
    stopAfter?: number;
  } = {},
): Promise<Seen> {
  const connector = makeFiles({ git: runGit, stream, stdin: () => Readable.from([]) });
  const seen: Seen = { pages: [], items: [], blind: [] };
  const pages = connector.streams['history']?.pages({
    config: connector.config.parse({ path: root, ...settings }),
    resume,
    now: 0,
    signal: controller.signal,
    // oxlint-disable-next-line no-empty-function -- nothing is read from parents
    async *parents() {},
    blind: (subject, reason, detail, expected) =>
      seen.blind.push({ subject, reason, detail, ...(expected && { expected }) }),
  });
  for await (const page of pages ?? []) {
    seen.pages.push(page);
    seen.items.push(...page.items);
    if (seen.pages.length >= stopAfter) break;
  }
  return seen;
}

/** Path at a commit, and each piece of text with the line that it stands at. */
function told({ items }: Pick<Seen, 'items'>): [string, ...string[]][] {
  return items.map(({ record, contents = [] }) => [
    record.at?.path?.replace(/@[0-9a-f]{12}$/, '') ?? '',
    ...contents.map(({ line = 1, text }) => `${line}: ${text}`),
  ]);
}

describe.skipIf(!hasGit)('git history', () => {
  beforeEach(() => void git('init', '-q'));

  test('what commits added, newest first, with author, commit, path and line', async () => {
    put('deploy/.env', 'A=1\nB=2\nC=3\n');
    const first = commit();
    put('deploy/.env', 'A=1\nB=two\nC=3\nD=4\n');
    const second = commit('Bob <bob@acme.example>');
    git('rm', '-q', 'deploy/.env');
    commit();
    const seen = await scan();
    expect(told(seen)).toEqual([
      ['deploy/.env', '2: B=two', '4: D=4'],
      ['deploy/.env', '1: A=1\nB=2\nC=3'],
    ]);
    expect(seen.items[0]).toMatchObject({
      onlyWithMatches: true,
      record: {
        kind: 'container',
        type: 'file',
        id: `history:${second}:deploy/.env`,
        name: `.env in commit ${second.slice(0, 12)}`,
        at: { path: `deploy/.env@${second.slice(0, 12)}` },
        links: [{ rel: 'contained-in', kind: 'container', id: '.' }],
      },
    });
    expect(seen.items[1]?.record.attributions).toMatchObject([
      {
        rel: 'created-by',
        who: { name: 'Ada', email: 'ada@acme.example' },
        basis: 'git-history',
        evidence: `commit ${first.slice(0, 12)}`,
      },
    ]);
    expect(seen.items.flatMap(({ contents = [] }) => contents.map(({ place }) => place))).toEqual(
      Array(3).fill('history'),
    );
    expect(seen).toMatchObject({ blind: [], pages: [{}] });
    expect(seen.pages[0]?.bounded).toBeUndefined();
  });

  test('branches and stashes count; a bot is no author; a move and a change of mode add nothing', async () => {
    put('a.txt', 'one\n');
    commit('renovate[bot] <renovate[bot]@users.noreply.github.com>');
    git('mv', 'a.txt', 'b.txt');
    chmodSync(join(root, 'b.txt'), 0o755);
    commit();
    git('checkout', '-q', '-b', 'side');
    put('side.txt', 'side\n');
    commit();
    git('checkout', '-q', 'main');
    put('b.txt', 'one\nstashed\n');
    git('stash', '-q');
    const seen = await scan();
    expect(told(seen).toSorted(([a], [b]) => (a < b ? -1 : 1))).toEqual([
      ['a.txt', '1: one'],
      ['b.txt', '2: stashed'],
      ['side.txt', '1: side'],
    ]);
    expect(seen.items.find(({ record }) => record.id.endsWith(':a.txt'))?.record.attributions).toEqual([]);
  });

  test('a merge shows what only the merge brought in', async () => {
    put('a.txt', '1\n2\n3\n4\n5\n6\n7\n');
    commit();
    git('checkout', '-q', '-b', 'side');
    put('a.txt', '1\n2\n3\n4\n5\n6\nside\n');
    commit();
    git('checkout', '-q', 'main');
    put('a.txt', 'main\n2\n3\n4\n5\n6\n7\n');
    commit();
    git('merge', '-q', '--no-commit', 'side');
    put('a.txt', 'main\n2\n3\nevil\n5\n6\nside\n');
    put('new.txt', 'with the merge\n');
    commit();
    expect(told(await scan()).slice(0, 2)).toEqual([
      ['a.txt', '4: evil'],
      ['new.txt', '1: with the merge'],
    ]);
  });

  test.each([
    'ü blank.txt',
    'tab\there.txt',
    'line\nbreak.txt',
    'quote".txt',
    'back\\slash.txt',
    'b/ and b/x.txt',
    '日本.txt',
  ])('the path %j', async (path) => {
    put(path, 'text\n');
    commit();
    expect(told(await scan())).toEqual([[path, '1: text']]);
  });

  test('content that looks like a patch or a commit stays content', async () => {
    const text = ['++ b/x', '-- a/x', '@@ -1,0 +1,9 @@', 'diff --git a/x b/x', '\u0000abc', '\\ No newline', '+'].join(
      '\n',
    );
    put('a.txt', `${'x'.repeat(9_000)}\n${text}`);
    put('z.txt', 'z\r\n');
    commit();
    expect(told(await scan())).toEqual([
      ['a.txt', `1: ${'x'.repeat(9_000)}\n${text}`],
      ['z.txt', '1: z\r'],
    ]);
  });

  test('.rollcallignore and exclude hold for older versions, .gitignore does not', async () => {
    for (const path of ['.env', 'old/a.txt', 'old/deep/b.txt', 'keep.txt', 'not.txt', 'node_modules/x.txt'])
      put(path, path);
    put('.gitignore', '.env\n');
    put('.rollcallignore', 'old/\n');
    commit();
    expect(told(await scan({ exclude: ['not.txt'] })).map(([path]) => path)).toEqual([
      '.env',
      '.gitignore',
      '.rollcallignore',
      'keep.txt',
    ]);
  });

  test('a folder in a repository: only what was in it, and only when asked for', async () => {
    put('in/a.txt', 'a\n');
    put('in/b.txt', 'b\n');
    put('inside.txt', 'no\n');
    commit();
    expect(told(await scan({ path: join(root, 'in'), history: true }))).toEqual([
      ['a.txt', '1: a'],
      ['b.txt', '1: b'],
    ]);
    expect(told(await scan({ path: join(root, 'in', 'b.txt'), history: true })).map(([path]) => path)).toEqual([
      'b.txt',
    ]);
    const { streams, config } = makeFiles({ git: runGit, stream: streamGit, stdin: () => Readable.from([]) });
    const applies = (settings: object) => streams['history']?.applies?.(config.parse(settings));
    expect([
      applies({ path: root }),
      applies({ path: root, history: false }),
      applies({ path: join(root, 'in') }),
      applies({ path: join(root, 'in'), history: 5 }),
      applies({ path: '-', history: true }),
    ]).toEqual([true, false, false, true, false]);
  });

  test('binary and too large versions are named, and the rest is read', async () => {
    put('a.bin', Buffer.from([0, 1, 2, 3]));
    put('big.txt', 'x'.repeat(3_000));
    put('hidden.txt', 'behind an attribute\n');
    put('.gitattributes', 'hidden.txt -diff\n');
    put('small.txt', 'small\n');
    commit();
    const seen = await scan({ maxFileBytes: 2_000 });
    expect(told(seen).map(([path]) => path)).toEqual(['.gitattributes', 'small.txt']);
    expect(seen.blind).toMatchObject([
      {
        subject: expect.stringContaining('big.txt@'),
        reason: 'too-large',
        detail: expect.stringContaining('maxFileBytes (2000)'),
      },
      {
        subject: expect.stringContaining('a.bin@'),
        expected: 'expected',
        detail: expect.stringContaining('and 1 more'),
      },
    ]);
  });

  describe('page by page', () => {
    beforeEach(() => {
      for (let at = 0; at < 4; at++) {
        // More files than a page in one commit, and more commits than a page.
        for (let file = 0; file < (at === 1 ? 900 : 1); file++) put(`d/${at}-${file}.txt`, `${at} ${file}\n`);
        commit();
      }
      const blob = git('rev-parse', 'HEAD:d/0-0.txt');
      const lines = Array.from({ length: 250 }, (_, at) =>
        [
          'commit refs/heads/main',
          `author Ada <ada@acme.example> ${clock + at} +0000`,
          `committer Ada <ada@acme.example> ${clock + at} +0000`,
          'data 1\nx',
          ...(at === 0 ? [`from ${git('rev-parse', 'HEAD')}`] : []),
          `M 100644 ${blob} more/${at}.txt\n`,
        ].join('\n'),
      );
      execFileSync('git', ['-C', root, 'fast-import', '--quiet', '--force'], { input: lines.join(''), stdio: 'pipe' });
    });

    test('goes on behind every page, wherever the attempt broke off', async () => {
      const ids = ({ items }: Pick<Seen, 'items'>): string[] => items.map(({ record }) => record.id);
      const whole = await scan();
      expect(whole.pages.length).toBeGreaterThan(4);
      expect(new Set(ids(whole)).size).toBe(1_153);
      expect(whole.pages.at(-1)?.next).toBeUndefined();
      for (const [position, page] of whole.pages.slice(0, -1).entries()) {
        const before = ids({ items: whole.pages.slice(0, position + 1).flatMap(({ items }) => items) });
        expect([...before, ...ids(await scan({}, { resume: page.next }))]).toEqual(ids(whole));
      }
    }, 30_000);

    test('a place to go on that rewriting has removed means from the beginning', async () => {
      const seen = await scan({}, { resume: { commit: 'f'.repeat(40), files: 3 } });
      expect(seen.items).toHaveLength(1_153);
    });

    test('so many commits as are asked for, and then nothing counts as gone', async () => {
      const seen = await scan({ history: 3 });
      expect(seen.items).toHaveLength(3);
      expect(seen.pages.at(-1)?.bounded).toBe(true);
      expect(seen.blind).toMatchObject([{ subject: '.git', reason: 'too-large', expected: 'expected' }]);
    });

    test('git is ended when nobody listens, and when the scan is stopped', async () => {
      let running = 0;
      const stream: StreamGit = async function* (...args) {
        running++;
        yield* streamGit(...args);
        running--;
      };
      await scan({}, { stopAfter: 1, stream });
      const controller = new AbortController();
      const stopping: StreamGit = async function* (...args) {
        for await (const chunk of streamGit(...args)) {
          controller.abort();
          yield chunk;
        }
      };
      await expect(scan({}, { controller, stream: stopping })).rejects.toThrow(/abort/i);
      // Left before its end, the generator above never gets to its last line; no git process may stay behind either.
      expect(running).toBe(1);
      expect(spawnSync('pgrep', ['-f', `^git .*${root}`]).stdout.toString()).toBe('');
    });
  });

  test('a shallow clone says what is missing, and nothing counts as gone', async () => {
    put('a.txt', 'old\n');
    commit();
    put('a.txt', 'new\n');
    commit();
    const shallow = join(root, 'shallow');
    git('clone', '-q', '--depth=1', `file://${root}`, shallow);
    const seen = await scan({ path: shallow });
    expect(told(seen)).toEqual([['a.txt', '1: new']]);
    expect(seen.blind).toMatchObject([
      { reason: 'not-supported', expected: 'expected', detail: expect.stringContaining('--unshallow') },
    ]);
    expect(seen.pages.at(-1)?.bounded).toBe(true);
    expect((await scan({ path: shallow, history: true })).blind[0]?.expected).toBeUndefined();
  });

  test('an empty repository has no history; a broken one, and no git program, are gaps', async () => {
    expect(await scan()).toMatchObject({ items: [], blind: [] });
    put('a.txt', 'text\n');
    commit();
    const gone: StreamGit = () => {
      throw Object.assign(new Error('spawn git'), { code: 'ENOENT' });
    };
    expect((await scan({}, { stream: gone })).blind).toMatchObject([
      { detail: expect.stringContaining('Install git') },
    ]);
    rmSync(join(root, '.git', 'objects', git('rev-parse', 'HEAD:a.txt').slice(0, 2)), { recursive: true });
    expect((await scan()).blind).toMatchObject([{ reason: 'unreadable', detail: expect.stringContaining('git fsck') }]);
    rmSync(join(root, '.git', 'HEAD'));
    expect((await scan()).blind).toMatchObject([{ reason: 'unreadable' }]);
  });

  test('a repository cannot start programs nor change what is read', async () => {
    const wf = JSON.stringify({ mcpServers: { a: { command: 'npx', args: ['x'] } } }, null, 1);
    put('.mcp.json', wf);
    put('.gitattributes', '* diff=evil filter=evil\n');
    commit();
    put('.mcp.json', `${wf}\n`);
    commit('Bob <bob@acme.example>');
    const trap = join(root, 'trap.sh');
    writeFileSync(trap, `#!/bin/sh\ntouch '${join(root, 'sprung')}'\ncat\n`, { mode: 0o755 });
    const programs =
      'core.fsmonitor core.pager pager.log diff.external gpg.program core.sshCommand diff.evil.command diff.evil.textconv filter.evil.clean filter.evil.smudge filter.evil.process';
    for (const key of programs.split(' ')) git('config', key, trap);
    const settings =
      'log.showSignature=true diff.noprefix=true diff.mnemonicPrefix=true color.ui=always diff.context=9 diff.interHunkContext=9 diff.orderFile=/nowhere log.showRoot=false diff.submodule=log diff.relative=true diff.suppressBlankEmpty=true format.pretty=raw log.diffMerges=off diff.wordRegex=. diff.renames=copies i18n.logOutputEncoding=UTF-16 core.quotePath=true diff.wsErrorHighlight=all';
    for (const setting of settings.split(' ')) git('config', ...setting.split('='));
    const seen = await scan();
    expect(seen.blind).toEqual([]);
    expect(told(seen).map(([path]) => path)).toEqual(['.mcp.json', '.gitattributes', '.mcp.json']);
    const connector = makeFiles({ git: runGit, stream: streamGit, stdin: () => Readable.from([]) });
    const blind: string[] = [];
    const context = {
      config: connector.config.parse({ path: root }),
      resume: undefined,
      now: 0,
      signal: new AbortController().signal,
      // oxlint-disable-next-line no-empty-function -- nothing is read from parents
      async *parents() {},
      blind: (path: string) => void blind.push(path),
    };
    const items: Item[] = [];
    for await (const page of connector.streams['files']?.pages(context) ?? []) items.push(...page.items);
    const server = items.find(({ record }) => record.kind === 'identity');
    expect(server?.record.attributions?.map(({ rel, who, evidence }) => [rel, who.name, evidence])).toEqual([
      ['created-by', 'Ada', expect.stringMatching(/^commit [0-9a-f]{12}$/)],
      ['edited-by', 'Ada', 'git blame: 9 of 10 lines'],
      ['edited-by', 'Bob', expect.stringMatching(/^commit [0-9a-f]{12}$/)],
    ]);
    expect(blind).toEqual([]);
    expect(existsSync(join(root, 'sprung'))).toBe(false);
  });

  test('who wrote most of a file that was changed on two branches', async () => {
    const lines = (change: (at: number) => string | undefined): string =>
      JSON.stringify(
        { mcpServers: { a: { command: 'npx', args: Array.from({ length: 20 }, (_, at) => change(at) ?? `${at}`) } } },
        null,
        1,
      );
    put(
      '.mcp.json',
      lines(() => undefined),
    );
    commit();
    git('checkout', '-q', '-b', 'side');
    put(
      '.mcp.json',
      lines((at) => (at < 9 ? `bob ${at}` : undefined)),
    );
    commit('Bob <bob@acme.example>');
    git('checkout', '-q', 'main');
    put(
      '.mcp.json',
      lines((at) => (at > 17 ? `cy ${at}` : undefined)),
    );
    commit('Cy <cy@acme.example>');
    git('merge', '-q', '--no-edit', 'side');
    put('other.txt', 'newer\n');
    commit('Di <di@acme.example>');
    const opened = await openRepository(root, runGit, new AbortController().signal);
    if (typeof opened !== 'object') throw new Error('no repository');
    const found = await history(opened, ['.mcp.json'], runGit, new AbortController().signal, (path, commits) =>
      mostLinesBy(opened, path, commits, runGit, new AbortController().signal),
    );
    const blame = git('blame', '--line-porcelain', 'HEAD', '--', '.mcp.json').split('\n');
    const ada = blame.filter((line) => line === 'author Ada').length;
    const all = blame.filter((line) => line.startsWith('author ')).length;
    expect(found.get('.mcp.json')?.map(({ evidence }) => evidence)).toContain(`git blame: ${ada} of ${all} lines`);
  });

  describe('the whole way', () => {
    const sample = (id: string, seed: number): { text: string; secret: string } => {
      const make = detectors.find((detector) => detector.id === id)?.examples.finds[0];
      if (make === undefined) throw new Error(`no detector ${id}`);
      return make(seeded(seed));
    };
    interface Row {
      check: string;
      severity: string;
      title: string;
      evidence: { fact: string; value: string; at?: { path?: string; line?: number } }[];
    }
    const roll = async (): Promise<{ scan: { new: number; resolved: number }; rows: Row[] }> => {
      const home = `${root}-home`;
      mkdirSync(home, { recursive: true });
      const { out } = await rollcall(home, ['scan', root, '--json', '--quiet']);
      const rows = await rollcall(home, ['findings', '--json']);
      const every = JSON.parse(rows.out) as (Row & { lastRun?: number })[];
      return {
        scan: JSON.parse(out) as { new: number; resolved: number },
        rows: every.map(({ lastRun: _lastRun, ...row }) => row),
      };
    };
    const exposed = (rows: readonly Row[]): Row[] => rows.filter(({ check }) => /^(?:EXP|RUS)-/.test(check));
    afterEach(() => rmSync(`${root}-home`, { recursive: true, force: true }));

    test('a key that was committed and deleted is found, with commit, author and path; the same again is nothing', async () => {
      const key = sample('github-token', 7);
      put('deploy/settings.sh', `#!/bin/sh\n${key.text}\n`);
      const leak = commit();
      put('deploy/settings.sh', '#!/bin/sh\n');
      commit('Bob <bob@acme.example>');
      const first = await roll();
      const [finding, ...others] = exposed(first.rows);
      expect(others).toEqual([]);
      expect(finding).toMatchObject({
        check: 'EXP-04',
        severity: 'high',
        title: expect.stringContaining('in the history'),
      });
      expect(finding?.evidence).toContainEqual(
        expect.objectContaining({
          fact: 'in the history of a file',
          value: `settings.sh in commit ${leak.slice(0, 12)} by Ada`,
          at: expect.objectContaining({ path: `deploy/settings.sh@${leak.slice(0, 12)}`, line: 2 }),
        }),
      );
      const again = await roll();
      expect(again.scan).toMatchObject({ new: 0, resolved: 0 });
      expect(again.rows).toEqual(first.rows);
      expect(readFileSync(join(`${root}-home`, 'rollcall.db')).includes(key.secret)).toBe(false);
    });

    test('what still stands in a file is one finding, and stays the same one when it is deleted', async () => {
      const key = sample('github-token', 8);
      put('run.sh', `${key.text}\n`);
      commit();
      const before = exposed((await roll()).rows);
      expect(before.map(({ check, severity }) => [check, severity])).toEqual([['EXP-04', 'high']]);
      expect(before[0]?.evidence.map(({ fact }) => fact)).toEqual(
        expect.arrayContaining(['in a file', 'in the history of a file']),
      );
      put('run.sh', 'true\n');
      commit();
      const after = await roll();
      expect(after.scan).toMatchObject({ new: 0, resolved: 0 });
      expect(exposed(after.rows).map(({ check, severity }) => [check, severity])).toEqual([['EXP-04', 'high']]);
    });

    test('a secret in a workflow speaks as such, whatever its history; rewriting history ends the finding', async () => {
      const key = sample('github-token', 9);
      const flow = (step: string, secret: string): string =>
        JSON.stringify(
          {
            name: 'Flow',
            nodes: [
              {
                id: '1',
                name: 'Get',
                type: 'n8n-nodes-base.httpRequest',
                typeVersion: 4,
                position: [0, 0],
                parameters: {
                  url: 'https://api.example',
                  headerParameters: { parameters: [{ name: step, value: secret }] },
                },
              },
            ],
            connections: {},
          },
          null,
          2,
        );
      put('flow.json', flow('X-Api', key.secret));
      commit();
      put('flow.json', flow('X-Token', key.secret));
      commit();
      expect(exposed((await roll()).rows).map(({ check }) => check)).toEqual(['EXP-01']);
      put('flow.json', flow('X-Token', '={{ $env.TOKEN }}'));
      commit();
      expect(exposed((await roll()).rows).map(({ check }) => check)).toEqual(['EXP-04']);
      git('checkout', '-q', '--orphan', 'clean');
      commit();
      git('branch', '-q', '-D', 'main');
      expect(exposed((await roll()).rows)).toEqual([]);
    });
  });
});
