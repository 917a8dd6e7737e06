import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { hasGit, madeUpRepository, told } from '../helpers/made-up-repository.ts';
import { runGit, streamGit } from '../../connectors/files/git.ts';
import { makeFiles } from '../../connectors/files/index.ts';

const repo = madeUpRepository();
const { put, git, commit, scan } = repo;

describe.skipIf(!hasGit)('git history', () => {
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
    chmodSync(join(repo.root, 'b.txt'), 0o755);
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
    expect(told(await scan({ path: join(repo.root, 'in'), history: true }))).toEqual([
      ['a.txt', '1: a'],
      ['b.txt', '1: b'],
    ]);
    expect(told(await scan({ path: join(repo.root, 'in', 'b.txt'), history: true })).map(([path]) => path)).toEqual([
      'b.txt',
    ]);
    const { streams, config } = makeFiles({ git: runGit, stream: streamGit, stdin: () => Readable.from([]) });
    const applies = (settings: object) => streams['history']?.applies?.(config.parse(settings));
    expect([
      applies({ path: repo.root }),
      applies({ path: repo.root, history: false }),
      applies({ path: join(repo.root, 'in') }),
      applies({ path: join(repo.root, 'in'), history: 5 }),
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
});
