import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SourceError, type Item, type Json, type Page } from '../../src/sdk/index.ts';
import { streamContext } from '../../src/sdk/testing.ts';
import { runGit, streamGit, type RunGit, type StreamGit } from './git.ts';
import { makeFiles } from './index.ts';

const noGit: RunGit = () => Promise.reject(Object.assign(new Error('no git'), { code: 'ENOENT' }));
let root = '';

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'rollcall-files-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, content: string | Buffer = path): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
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
    git = noGit,
    stream = streamGit,
    stdin = '',
  }: { resume?: Json; git?: RunGit; stream?: StreamGit; stdin?: string } = {},
): Promise<Seen> {
  const connector = makeFiles({ git, stream, stdin: () => Readable.from([Buffer.from(stdin)]) });
  const seen: Seen = { pages: [], items: [], blind: [] };
  const ctx = streamContext(connector.config.parse({ path: root, ...settings }), {
    resume,
    now: 0,
    blind: (subject, reason, detail, expected) =>
      seen.blind.push({ subject, reason, detail, ...(expected && { expected }) }),
  });
  const pages = connector.streams['files']?.pages(ctx);
  for await (const page of pages ?? []) {
    seen.pages.push(page);
    seen.items.push(...page.items);
  }
  return seen;
}

const paths = (seen: Seen): string[] => seen.items.map(({ record }) => record.id).filter((id) => id !== '.');
const example = JSON.stringify({ mcpServers: { a: { command: 'npx', args: ['x'] } } });

test('a list of a platform that nothing reads is named, without being a gap', async () => {
  put('zaps.csv', 'Zap,Owner,State\nLeads,ada@acme.example,on');
  expect((await scan()).blind).toEqual([
    {
      subject: 'zaps.csv',
      reason: 'config',
      detail: expect.stringContaining('no format reads it'),
      expected: 'expected',
    },
  ]);
});

describe('walking', () => {
  test('depth first and sorted, hidden files included, ignored and foreign ones not', async () => {
    for (const path of [
      'b.txt',
      'a/z.txt',
      'a/a.txt',
      '.mcp/x.txt',
      '.git/config',
      'node_modules/x/y.txt',
      'a/skip.log',
      'a/keep.log',
      'deep/er/no.tmp',
      'out.txt',
    ])
      put(path);
    put('.gitignore', '*.log\n');
    put('a/.gitignore', '!keep.log\n');
    put('deep/.rollcallignore', '*.tmp\n');
    expect(paths(await scan({ exclude: ['out.txt'] }))).toEqual([
      '.gitignore',
      '.mcp/x.txt',
      'a/.gitignore',
      'a/a.txt',
      'a/keep.log',
      'a/z.txt',
      'b.txt',
      'deep/.rollcallignore',
    ]);
  });

  test('goes on behind the cursor, wherever the attempt broke off', async () => {
    for (let at = 0; at < 100; at++) put(`d${at % 7}/f${String(at).padStart(3, '0')}.txt`);
    put('d1.txt');
    const whole = await scan();
    expect(whole.pages.length).toBe(4);
    expect(whole.pages.at(-1)?.next).toBeUndefined();
    for (const [position, page] of whole.pages.slice(0, -1).entries()) {
      const rest = await scan({}, { resume: page.next ?? null });
      const before = whole.pages.slice(0, position + 1).flatMap(({ items }) => items);
      expect([...before, ...rest.items].map(({ record }) => record.id)).toEqual(
        whole.items.map(({ record }) => record.id),
      );
    }
  });

  test('links: files inside the root are read, everything else is named and left', async () => {
    put('real.txt');
    symlinkSync(join(root, 'real.txt'), join(root, 'inside.txt'));
    symlinkSync('/etc/hostname', join(root, 'outside.txt'));
    symlinkSync(root, join(root, 'loop'));
    symlinkSync(join(root, 'nowhere'), join(root, 'dangling'));
    symlinkSync(join(root, 'circle'), join(root, 'circle'));
    const seen = await scan();
    expect(paths(seen)).toEqual(['inside.txt', 'real.txt']);
    expect(seen.blind.map(({ subject, expected }) => [subject, expected])).toEqual(
      ['circle', 'dangling', 'loop', 'outside.txt'].map((path) => [path, 'expected']),
    );
  });

  test('a file that is too large is a gap; an empty one is fine; a missing root is an error', async () => {
    put('big.txt', 'x'.repeat(11));
    put('empty.json', '');
    const seen = await scan({ maxFileBytes: 10 });
    expect(seen.blind).toMatchObject([{ subject: 'big.txt', reason: 'too-large' }]);
    await expect(scan({ path: join(root, 'missing') })).rejects.toThrow(SourceError);
    await expect(scan({ path: join(root, 'missing') })).rejects.toMatchObject({ kind: 'config' });
  });

  test.skipIf(process.getuid?.() === 0)('what cannot be read is a gap', async () => {
    put('locked.txt');
    execFileSync('chmod', ['000', join(root, 'locked.txt')]);
    expect((await scan()).blind).toMatchObject([{ subject: 'locked.txt', reason: 'unreadable' }]);
  });

  test('a pipe is never opened', async () => {
    execFileSync('mkfifo', [join(root, 'pipe')]);
    expect((await scan()).blind).toMatchObject([{ subject: 'pipe', reason: 'not-supported', expected: 'expected' }]);
  });
});

describe('records', () => {
  test('a recognised file, an unrecognised one, a broken one', async () => {
    put('.mcp.json', example);
    put('broken.json', '{"a":');
    const seen = await scan();
    expect(seen.items.map(({ record, onlyWithMatches }) => [record.kind, record.id, onlyWithMatches])).toEqual([
      ['container', '.', undefined],
      ['identity', '.mcp.json#mcpServers/a', undefined],
      ['container', 'broken.json', true],
    ]);
    expect(seen.items[1]?.record.links).toEqual([{ rel: 'contained-in', kind: 'container', id: '.' }]);
    expect(seen.items[2]?.contents).toMatchObject([{ place: 'repository', text: '{"a":' }]);
    expect(seen.blind).toMatchObject([{ subject: 'broken.json', reason: 'unparsable' }]);
  });

  test('one file, and standard input', async () => {
    put('.mcp.json', example);
    put('other.txt');
    expect(paths(await scan({ path: join(root, '.mcp.json') }))).toEqual(['.mcp.json#mcpServers/a']);
    expect(paths(await scan({ path: '-' }, { stdin: example }))).toEqual(['stdin#mcpServers/a']);
    expect((await scan({ path: '-', maxFileBytes: 3 }, { stdin: example })).blind).toMatchObject([
      { reason: 'too-large' },
    ]);
  });
});

describe('owners', () => {
  const git = (...args: string[]): void => {
    const env = {
      ...process.env,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_COMMITTER_DATE: '2026-01-02T00:00:00Z',
      GIT_AUTHOR_DATE: '2026-01-02T00:00:00Z',
    };
    execFileSync('git', ['-C', root, '-c', 'user.name=C', '-c', 'user.email=c@acme.example', ...args], {
      env,
      stdio: 'pipe',
    });
  };
  const commit = (author: string, message = 'x'): void => {
    git('add', '-A');
    git('commit', '-q', '--no-verify', `--author=${author}`, '-m', message);
  };

  test('CODEOWNERS and history, also of names beyond ASCII and in a folder of the repository', async () => {
    git('init', '-q');
    put('.github/CODEOWNERS', '* @acme/all\n/sub/ ops@acme.example\n');
    put('sub/ü *.mcp.json', example);
    commit('Ada <ada@acme.example>');
    put('sub/ü *.mcp.json', `${example}\n`);
    commit('Bob <bob@acme.example>', 'x\n\nReviewed-by: Cy <cy@acme.example>\nApproved-by: Di <di@acme.example>\n');
    put('sub/ü *.mcp.json', `${example}\n\n`);
    commit('renovate[bot] <29139614+renovate[bot]@users.noreply.github.com>');
    const seen = await scan({ path: join(root, 'sub') }, { git: runGit });
    const attributions = seen.items.find(({ record }) => record.kind === 'identity')?.record.attributions ?? [];
    expect(seen.blind).toEqual([]);
    expect(attributions.map(({ rel, who, basis }) => [rel, who.email ?? who.login, basis])).toEqual([
      ['owned-by', 'ops@acme.example', 'codeowners'],
      ['created-by', 'ada@acme.example', 'git-history'],
      ['edited-by', 'bob@acme.example', 'git-blame'],
    ]);
    expect(attributions[0]?.evidence).toBe('.github/CODEOWNERS:2');
    expect(attributions[1]).toMatchObject({
      at: Date.UTC(2026, 0, 2),
      evidence: expect.stringMatching(/^commit [0-9a-f]{12}$/),
    });
  });

  const ownersIn = ({ items }: Seen): unknown =>
    Object.fromEntries(
      items.flatMap(({ record }) => {
        const owned = record.attributions?.filter(({ basis }) => basis === 'codeowners') ?? [];
        return record.kind === 'identity'
          ? [[record.at?.path, owned.map(({ who, evidence }) => `${who.email ?? who.login} ${evidence}`)]]
          : [];
      }),
    );

  test('of several repositories below the folder each has its own CODEOWNERS, and its history is told to be left out', async () => {
    put('CODEOWNERS', '* outside@acme.example\n');
    for (const one of ['one', 'two', 'bare']) put(`${one}/.git/HEAD`, 'ref: refs/heads/main\n');
    put('one/CODEOWNERS', '* later@acme.example\n');
    put('one/.github/CODEOWNERS', '* one@acme.example\n/deep/ deep@acme.example\n');
    put('two/docs/CODEOWNERS', '* two@acme.example\n');
    put('two/packages/CODEOWNERS', '* nobody-reads-this@acme.example\n');
    for (const folder of ['one', 'one/deep', 'two/docs', 'two/packages', 'bare', 'loose'])
      put(`${folder}/.mcp.json`, example);
    const seen = await scan({}, { git: runGit });
    expect(ownersIn(seen)).toEqual({
      'one/.mcp.json': ['one@acme.example one/.github/CODEOWNERS:1'],
      'one/deep/.mcp.json': ['deep@acme.example one/.github/CODEOWNERS:2'],
      'two/docs/.mcp.json': ['two@acme.example two/docs/CODEOWNERS:1'],
      'two/packages/.mcp.json': ['two@acme.example two/docs/CODEOWNERS:1'],
      'bare/.mcp.json': [],
      'loose/.mcp.json': ['outside@acme.example CODEOWNERS:1'],
    });
    expect(seen.blind).toEqual(
      ['bare', 'one', 'two'].map((one) => ({
        subject: `${one}/.git`,
        reason: 'not-supported',
        detail: expect.stringContaining('as a source of its own'),
        expected: 'expected',
      })),
    );
    expect((await scan({ git: false })).blind).toEqual([]);
  });

  test('repositories that were unpacked without git are told by the places of their CODEOWNERS', async () => {
    put('one/.gitlab/CODEOWNERS', '* one@acme.example\n');
    put('two/docs/CODEOWNERS', '* two@acme.example\n');
    for (const folder of ['one/flows', 'two/docs', 'loose']) put(`${folder}/.mcp.json`, example);
    const seen = await scan();
    expect(ownersIn(seen)).toEqual({
      'one/flows/.mcp.json': ['one@acme.example one/.gitlab/CODEOWNERS:1'],
      'two/docs/.mcp.json': ['two@acme.example two/docs/CODEOWNERS:1'],
      'loose/.mcp.json': [],
    });
    expect(seen.blind).toEqual([]);
  });

  test('the history is gone through once, however many pages there are', async () => {
    git('init', '-q');
    for (let n = 0; n < 100; n++) put(`flows/${n}.mcp.json`, example);
    commit('Ada <ada@acme.example>');
    const asked: string[] = [];
    const seen = await scan(
      {},
      { git: runGit, stream: (folder, args, signal) => (asked.push(args[0] ?? ''), streamGit(folder, args, signal)) },
    );
    expect(seen.pages.length).toBeGreaterThan(3);
    expect(asked).toEqual(['log']);
    const owned = seen.items.filter(({ record }) => record.attributions?.[0]?.who.email === 'ada@acme.example');
    expect(owned).toHaveLength(100);
  });

  test('a repository cannot start programs', async () => {
    git('init', '-q');
    put('.mcp.json', example);
    commit('Ada <ada@acme.example>');
    const trap = join(root, 'trap.sh');
    writeFileSync(trap, `#!/bin/sh\ntouch ${join(root, 'sprung')}\n`, { mode: 0o755 });
    for (const key of ['core.fsmonitor', 'core.pager', 'pager.log', 'diff.external', 'gpg.program'])
      git('config', key, trap);
    git('config', 'log.showSignature', 'true');
    const seen = await scan({}, { git: runGit });
    expect(seen.items.find(({ record }) => record.kind === 'identity')?.record.attributions).toHaveLength(2);
    expect(() => execFileSync('ls', [join(root, 'sprung')], { stdio: 'pipe' })).toThrow();
  });

  test('no git program, a broken repository, and history that fails are blind spots', async () => {
    put('.mcp.json', example);
    mkdirSync(join(root, '.git'));
    expect((await scan({}, { git: noGit })).blind).toMatchObject([
      { subject: '.git', reason: 'unreadable', detail: expect.stringContaining('Install git') },
    ]);
    expect((await scan({}, { git: runGit })).blind).toMatchObject([{ subject: '.git', reason: 'unreadable' }]);
    const failing: RunGit = (_folder, [command]) =>
      command === 'rev-parse' ? Promise.resolve('false\n') : Promise.reject(new Error('canary'));
    const seen = await scan({}, { git: failing });
    expect(seen.items).toHaveLength(2);
    expect(seen.blind).toMatchObject([{ subject: '.git', reason: 'unreadable' }]);
    expect(JSON.stringify(seen)).not.toContain('canary');
    expect((await scan({ git: false }, { git: noGit })).blind).toEqual([]);
  });
});
