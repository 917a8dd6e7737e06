import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { streamContext } from '../../src/sdk/testing.ts';
import { runGit, streamGit } from './git.ts';
import { makeFiles } from './index.ts';

let root = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'rollcall-kept-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, content = path): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

function git(...args: string[]): void {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' };
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@acme.example'];
  execFileSync('git', ['-C', root, ...who, ...args], { env, stdio: 'pipe' });
}

/** The files that are read below a folder. */
async function read(folder = '', settings: object = {}, resume?: { after: string }): Promise<string[]> {
  const connector = makeFiles({ git: runGit, stream: streamGit, stdin: () => Readable.from([]) });
  const config = connector.config.parse({ path: join(root, folder), ...settings });
  const found: string[] = [];
  for await (const page of connector.streams['files']?.pages(streamContext(config, { resume })) ?? [])
    found.push(...page.items.flatMap(({ record }) => (record.id === '.' ? [] : [record.id])));
  return found;
}

/** A repository in which files were committed that it ignores. */
function repository(): void {
  git('init', '-q');
  for (const path of ['.env', 'build/out.txt', 'build/deep/settings.json', 'secret/one.txt', 'sub/b.log']) put(path);
  git('add', '-A');
  git('commit', '-q', '--no-verify', '-m', 'x');
  put('.gitignore', '.env\nbuild/\n*.log\nsecret/\n');
  for (const path of ['build/new.txt', 'sub/new.log', 'other/.env']) put(path);
}

test('what git keeps is read, although a .gitignore names it; what only lies there is not', async () => {
  repository();
  expect(await read()).toEqual([
    '.env',
    '.gitignore',
    'build/deep/settings.json',
    'build/out.txt',
    'secret/one.txt',
    'sub/b.log',
  ]);
  expect(await read('', {}, { after: 'build/deep/settings.json' })).toEqual([
    'build/out.txt',
    'secret/one.txt',
    'sub/b.log',
  ]);
});

test('also below the top of the repository, and not without git', async () => {
  repository();
  put('sub/.gitignore', '*.txt\n*.log\n');
  put('sub/a.txt');
  expect(await read('sub')).toEqual(['.gitignore', 'b.log']);
  expect(await read('', { git: false })).toEqual(['.gitignore', 'sub/.gitignore']);
});

test('what Rollcall itself is told to leave out stays out', async () => {
  repository();
  put('.rollcallignore', 'secret/\n');
  put('sub/.rollcallignore', '*.log\n');
  expect(await read('', { exclude: ['build/deep'] })).toEqual([
    '.env',
    '.gitignore',
    '.rollcallignore',
    'build/out.txt',
    'sub/.rollcallignore',
  ]);
});
