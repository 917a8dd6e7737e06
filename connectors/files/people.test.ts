import { describe, expect, test } from 'vitest';
import { canBlame, writerIn } from './blame.ts';
import { codeowners } from '../../src/formats/codeowners.ts';
import { isBot } from '../../src/formats/machines.ts';
import { readCommits, type Commits } from './commits.ts';
import { history } from './history.ts';

const signal = new AbortController().signal;

/** What git would tell of these files, in pieces of a few bytes. */
function commitsOf(log: string, tracked: readonly string[], most?: number): Promise<Commits> {
  const doors = {
    run: () => Promise.resolve(tracked.map((file) => `${file}\0`).join('')),
    stream: async function* () {
      const bytes = Buffer.from(log);
      for (let at = 0; at < bytes.length; at += 7) yield await Promise.resolve(bytes.subarray(at, at + 7));
    },
  };
  return readCommits({ top: '/' }, '', doors, signal, most);
}

describe('CODEOWNERS', () => {
  const file = codeowners(
    'CODEOWNERS',
    '# comment\n* @all\n*.js @js # trailing\n/docs/ docs@acme.example @docs\napps/ @apps\ndirect/* @direct\n/apps/none/\n!x @y\n**/logs @logs\nwith\\ space.txt @space\n',
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

  test.each([
    ['README.md', ['@all']],
    ['ee/docs/a.md', ['@all', '@docs']],
    ['model/db/a.sql', ['@all', '@database', 'dba@acme.example']],
    ['config/db/setup.md', ['@all', '@docs']],
    ['model/db/seed.sql', ['@all']],
    ['model/db/roles.sql', ['@all']],
  ])('GitLab: each section names its own owners of %s', (path, owners) => {
    const sections = codeowners(
      '.gitlab/CODEOWNERS',
      '* @all\n[Documentation][2] @docs\nee/docs/\n^[Database] @database dba@acme.example\nmodel/db/\nconfig/db/setup.md @docs\n!model/db/seed.sql\n[documentation]\nnone/\n[Empty]\n*.md\n[Roles] @roles\nmodel/db/roles.sql @@maintainer\n[database]\n!model/*/roles.sql\n',
    );
    expect(sections.ownersOf(path).map(({ who }) => who.email ?? who.login)).toEqual(owners);
  });

  test('the line is the evidence', () => {
    expect(file.ownersOf('a.js')[0]).toMatchObject({ rel: 'owned-by', basis: 'codeowners', evidence: 'CODEOWNERS:3' });
  });
});

describe('history', () => {
  const entry = (id: string, name: string, at: number, reviewed: string, files: string[], more = ['', '']): string =>
    `\u0001${[id, name, `${name.toLowerCase()}@acme.example`, at, reviewed, ...more].join('\u0002')}\u0002\0\n${files.join('\0')}\0`;
  const log = [
    entry('b'.repeat(40), 'Bob', 20, 'Cy <cy@acme.example>\u0003Di', ['s/a', 's/gone', 's/ü']),
    entry('a'.repeat(40), 'Ada', 10, '', ['s/a', 's/b']),
  ].join('');
  const tracked = ['s/a', 's/b', 's/ü'];
  const repository = { prefix: 's/', shallow: false };

  test('first and last author, reviewers of the newest commit', async () => {
    const found = await history(repository, ['a', 'b', 'c', 'ü'], await commitsOf(log, tracked));
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
    expect(told('ü')?.[0]).toEqual(['created-by', 'Bob', 20_000]);
  });

  test('machines neither make, review nor approve, and no agent is an author beside somebody', async () => {
    const agent = 'Claude <noreply@anthropic.com>';
    const more = [`${agent}\u0003Eve <eve@acme.example>`, `${agent}\u0003Fay`];
    const commits = [
      entry('d'.repeat(40), 'renovate[bot]', 40, `${agent}\u0003Cy <cy@acme.example>`, ['s/a'], more),
      entry('c'.repeat(40), 'Bob', 30, '', ['s/a']),
      entry('b'.repeat(40), 'dependabot[bot]', 20, '', ['s/a', 's/b']),
    ];
    const found = await history(repository, ['a', 'b'], await commitsOf(commits.join(''), tracked));
    expect(found.get('a')?.map(({ rel, who, at }) => [rel, who.name, at])).toEqual([
      ['created-by', 'Bob', 30_000],
      ['edited-by', 'Bob', 30_000],
      ['reviewed-by', 'Cy', 40_000],
      ['approved-by', 'Eve', 40_000],
      ['edited-by', 'Fay', 40_000],
    ]);
    expect(found.get('b')).toEqual([]);
  });

  test('a shallow clone does not know who came first', async () => {
    const found = await history({ ...repository, shallow: true }, ['b'], await commitsOf(log, tracked));
    expect(found.get('b')?.map(({ rel }) => rel)).toEqual(['edited-by']);
  });

  test('nor does one whose history is longer than can be read; of what is gone today nothing is kept', async () => {
    const all = await commitsOf(log, tracked, 2);
    expect([all.cut, [...all.byFile.keys()]]).toEqual([false, tracked]);
    const some = await commitsOf(log, tracked, 1);
    expect(some.cut).toBe(true);
    const found = await history(repository, ['a', 'b'], some);
    expect(found.get('a')?.map(({ rel }) => rel)).toEqual(['edited-by', 'reviewed-by', 'reviewed-by']);
    expect(found.has('b')).toBe(false);
  });

  test.each([
    ['dependabot[bot]', '49699333+dependabot[bot]@users.noreply.github.com', true],
    ['Renovate Bot', 'bot@renovateapp.com', true],
    ['github-actions', 'x@y.example', true],
    ['CI', 'noreply@acme.example', true],
    ['Copilot', '223556219+Copilot@users.noreply.github.com', true],
    ['Cursor', 'cursoragent@cursor.com', true],
    ['Claude', 'noreply@anthropic.com', true],
    ['release', 'project_64_bot_1f2e@noreply.gitlab.acme.example', true],
    ['project64_bot', 'release@acme.example', true],
    ['bitbucket-pipelines', 'commits-noreply@bitbucket.org', true],
    ['Claude', 'claude.dupont@acme.example', false],
    ['Ada', '123+ada@users.noreply.github.com', false],
    ['Robot Smith', 'robot.smith@acme.example', false],
  ])('%s <%s> is automation: %s', (name, email, is) => {
    expect(isBot({ name, email })).toBe(is);
  });
});

describe('blame', () => {
  const line = (name: string, email: string, at: number): string =>
    [
      `${'a'.repeat(40)} 1 1 1`,
      `author ${name}`,
      `author-mail <${email}>`,
      `author-time ${at}`,
      'summary x',
      '\tauthor No one\n',
    ].join('\n');
  const ada = (at: number): string => line('Ada', 'ada@acme.example', at);

  test('most lines, the newest of them, out of all; the text of a line is no author', () => {
    const text = [ada(1), ada(3), line('Bob', 'bob@acme.example', 9), line('x[bot]', 'x@y.example', 9)].join('');
    expect(writerIn(text)).toEqual({ name: 'Ada', email: 'ada@acme.example', lines: 2, of: 4, at: 3_000 });
  });

  test('one person under two spellings is one; machines are nobody', () => {
    const text = [line('Bob', 'bob@acme.example', 1), ada(2), line('A. B.', 'ADA@acme.example', 1)].join('');
    expect(writerIn(text)).toMatchObject({ lines: 2, of: 3 });
    expect(writerIn(line('x[bot]', 'x@y.example', 9))).toBeUndefined();
    expect(writerIn('')).toBeUndefined();
  });

  test('binaries and data are not asked for', () => {
    expect(canBlame(Buffer.from('a\n'.repeat(5_000)))).toBe(true);
    expect(canBlame(Buffer.from('a\n'.repeat(5_001)))).toBe(false);
    expect(canBlame(Buffer.from([97, 0]))).toBe(false);
  });
});

describe('history with the lines of today', () => {
  const entry = (id: string, name: string, at: number): string =>
    `\u0001${[id.repeat(40), name, `${name.toLowerCase()}@acme.example`, at, '', '', ''].join('\u0002')}\u0002\0\nf\0`;
  const repository = { prefix: '', shallow: false };
  const ask = async (log: string, writer: string, more: object = {}): Promise<(string | undefined)[][]> => {
    const found = await history({ ...repository, ...more }, ['f'], await commitsOf(log, ['f']), (_path, commits) => {
      asked.push(commits);
      return Promise.resolve({ name: writer, email: `${writer}@acme.example`, lines: 42, of: 60, at: 15_000 });
    });
    return (found.get('f') ?? []).map(({ rel, who, evidence }) => [rel, who.name, evidence]);
  };
  let asked: (readonly string[])[] = [];
  const two = entry('b', 'Bob', 20) + entry('a', 'Ada', 10);

  test('who wrote most of it comes before who edited it last; who is both comes once', async () => {
    asked = [];
    expect(await ask(two, 'Ada')).toEqual([
      ['created-by', 'Ada', 'commit aaaaaaaaaaaa'],
      ['edited-by', 'Ada', 'git blame: 42 of 60 lines'],
      ['edited-by', 'Bob', 'commit bbbbbbbbbbbb'],
    ]);
    expect(await ask(two, 'Bob')).toEqual([
      ['created-by', 'Ada', 'commit aaaaaaaaaaaa'],
      ['edited-by', 'Bob', 'git blame: 42 of 60 lines'],
    ]);
    expect(asked[0]).toEqual(['b'.repeat(40), 'a'.repeat(40)]);
  });

  test('nobody asks about a file of one person, nor in a shallow clone', async () => {
    asked = [];
    await ask(entry('b', 'Ada', 20) + entry('a', 'Ada', 10), 'Ada');
    await ask(entry('b', 'x[bot]', 20) + entry('a', 'Ada', 10), 'Ada');
    await ask(two, 'Ada', { shallow: true });
    expect(asked).toEqual([]);
  });
});
