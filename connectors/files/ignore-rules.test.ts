import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { walk } from './walk.ts';

let root = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'rollcall-ignore-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, content = path): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

async function walked(exclude: readonly string[] = []): Promise<string[]> {
  const found: string[] = [];
  for await (const { path } of walk(root, { exclude, blind: () => expect.unreachable() })) found.push(path);
  return found.toSorted();
}

/** What git itself would not leave out. */
function ofGit(): string[] {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' };
  const git = (...args: string[]): string => execFileSync('git', ['-C', root, ...args], { env, encoding: 'utf8' });
  git('init', '-q');
  const listed = git('ls-files', '-z', '--others', '--exclude-standard');
  return listed
    .split('\0')
    .filter((path) => path !== '')
    .toSorted();
}

test('what a .gitignore leaves out is what git leaves out', async () => {
  put(
    '.gitignore',
    [
      '# comment',
      '*.log',
      '!keep.log',
      '/anchored.txt',
      'build/',
      'doc/*.tmp',
      '**/cache/**',
      'a/**/z.txt',
      '\\#hash',
      '\\!bang',
      'blank\\ ',
      'blanks   ',
      '[bc].txt',
      'fo?',
      'out/*',
      '!out/kept.txt',
      'shut/',
      '!shut/in.txt',
      '\tindented',
    ].join('\r\n'),
  );
  put('sub/.gitignore', '/own.txt\n!*.log\nlocal/\nkeep.log\n');
  const names = 'x.log keep.log anchored.txt own.txt build #hash !bang blank blanks b.txt d.txt foo fo fooo indented';
  for (const folder of ['', 'sub/', 'sub/deep/', 'other/']) for (const name of names.split(' ')) put(folder + name);
  for (const path of [
    'build2/build/x.txt',
    'other/build.txt',
    'doc/x.tmp',
    'doc/deep/x.tmp',
    'cache/x.txt',
    'n/cache/m/x.txt',
    'a/z.txt',
    'a/m/n/z.txt',
    'b/a/z.txt',
    'out/x.txt',
    'out/kept.txt',
    'shut/in.txt',
    'sub/local/x.txt',
    'local/x.txt',
    'KEEP.LOG',
    'x.LOG',
  ])
    put(path);
  const expected = ofGit();
  expect(await walked()).toEqual(expected);
  expect(expected).toContain('sub/deep/own.txt');
  expect(expected).not.toContain('sub/own.txt');
});

test('what the configuration excludes wins, below a folder too', async () => {
  for (const path of ['a/b/c.txt', 'a/c.txt', 'a.txt']) put(path);
  put('.gitignore', '!a/b\n!*.txt\n');
  expect(await walked(['a/b/', '/a.txt'])).toEqual(['.gitignore', 'a/c.txt']);
});
