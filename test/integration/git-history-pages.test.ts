import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { hasGit, madeUpRepository, told, type Seen } from '../helpers/made-up-repository.ts';
import { streamGit, type StreamGit } from '../../connectors/files/git.ts';

const repo = madeUpRepository();
const { put, git, commit, scan } = repo;

describe.skipIf(!hasGit)('git history', () => {
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
          `author Ada <ada@acme.example> ${repo.clock + at} +0000`,
          `committer Ada <ada@acme.example> ${repo.clock + at} +0000`,
          'data 1\nx',
          ...(at === 0 ? [`from ${git('rev-parse', 'HEAD')}`] : []),
          `M 100644 ${blob} more/${at}.txt\n`,
        ].join('\n'),
      );
      execFileSync('git', ['-C', repo.root, 'fast-import', '--quiet', '--force'], {
        input: lines.join(''),
        stdio: 'pipe',
      });
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
      expect(spawnSync('pgrep', ['-f', `^git .*${repo.root}`]).stdout.toString()).toBe('');
    });
  });

  test('a shallow clone says what is missing, and nothing counts as gone', async () => {
    put('a.txt', 'old\n');
    commit();
    put('a.txt', 'new\n');
    commit();
    const shallow = join(repo.root, 'shallow');
    git('clone', '-q', '--depth=1', `file://${repo.root}`, shallow);
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
    rmSync(join(repo.root, '.git', 'objects', git('rev-parse', 'HEAD:a.txt').slice(0, 2)), { recursive: true });
    expect((await scan()).blind).toMatchObject([{ reason: 'unreadable', detail: expect.stringContaining('git fsck') }]);
    rmSync(join(repo.root, '.git', 'HEAD'));
    expect((await scan()).blind).toMatchObject([{ reason: 'unreadable' }]);
  });
});
