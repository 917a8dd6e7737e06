import { describe, expect, test } from 'vitest';
import { codeowners } from './codeowners.ts';
import type { RunGit } from './git.ts';
import { history, isBot } from './history.ts';

describe('CODEOWNERS', () => {
  const file = codeowners(
    'CODEOWNERS',
    '# comment\n* @all\n*.js @js # trailing\n/docs/ docs@acme.example @docs\napps/ @apps\ndirect/* @direct\n/apps/none/\n[Section] @section\n!x @y\n**/logs @logs\nwith\\ space.txt @space\n',
  );
  test.each([
    ['a.txt', ['@all']],
    ['deep/a.js', ['@js']],
    ['docs/deep/a.md', ['docs@acme.example', '@docs']],
    ['x/docs/a.md', ['@all']],
    ['x/apps/a', ['@apps']],
    ['direct/a', ['@direct']],
    ['direct/deep/a', ['@all']],
    ['apps/none/a', []],
    ['a/b/logs/c', ['@logs']],
    ['with space.txt', ['@space']],
  ])('%s', (path, owners) => {
    expect(file.ownersOf(path).map(({ who }) => who.email ?? who.login)).toEqual(owners);
  });

  test('the line is the evidence', () => {
    expect(file.ownersOf('a.js')[0]).toMatchObject({ rel: 'owned-by', basis: 'codeowners', evidence: 'CODEOWNERS:3' });
  });
});

describe('history', () => {
  const entry = (id: string, name: string, at: number, reviewed: string, files: string[]): string =>
    `\u0001${[id, name, `${name.toLowerCase()}@acme.example`, at, reviewed, '', ''].join('\u0002')}\u0002\0\n${files.join('\0')}\0`;
  const run: RunGit = () =>
    Promise.resolve(
      [
        entry('b'.repeat(40), 'Bob', 20, 'Cy <cy@acme.example>\u0003Di', ['s/a']),
        entry('a'.repeat(40), 'Ada', 10, '', ['s/a', 's/b']),
      ].join(''),
    );
  const repository = { top: '/', prefix: 's/', shallow: false };
  const signal = new AbortController().signal;

  test('first and last author, reviewers of the newest commit', async () => {
    const found = await history(repository, ['a', 'b', 'c'], run, signal);
    const told = (path: string) => found.get(path)?.map(({ rel, who, at }) => [rel, who.name, at]);
    expect(told('a')).toEqual([
      ['created-by', 'Ada', 10_000],
      ['edited-by', 'Bob', 20_000],
      ['reviewed-by', 'Cy', 20_000],
      ['reviewed-by', 'Di', 20_000],
    ]);
    expect(told('b')).toEqual([
      ['created-by', 'Ada', 10_000],
      ['edited-by', 'Ada', 10_000],
    ]);
    expect(told('c')).toBeUndefined();
  });

  test('a shallow clone does not know who came first', async () => {
    const found = await history({ ...repository, shallow: true }, ['b'], run, signal);
    expect(found.get('b')?.map(({ rel }) => rel)).toEqual(['edited-by']);
  });

  test.each([
    ['dependabot[bot]', '49699333+dependabot[bot]@users.noreply.github.com', true],
    ['Renovate Bot', 'bot@renovateapp.com', true],
    ['github-actions', 'x@y.example', true],
    ['CI', 'noreply@acme.example', true],
    ['Ada', '123+ada@users.noreply.github.com', false],
    ['Robot Smith', 'robot.smith@acme.example', false],
  ])('%s <%s> is automation: %s', (name, email, is) => {
    expect(isBot({ name, email })).toBe(is);
  });
});
