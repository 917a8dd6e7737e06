import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasGit, madeUpRepository, told } from '../helpers/made-up-repository.ts';
import { mostLinesBy } from '../../connectors/files/blame.ts';
import { readCommits } from '../../connectors/files/commits.ts';
import { openRepository, runGit, streamGit } from '../../connectors/files/git.ts';
import { history } from '../../connectors/files/history.ts';

const repo = madeUpRepository();
const { put, git, commit, scan } = repo;

describe.skipIf(!hasGit)('git', () => {
  test('a repository cannot start programs nor change what is read', async () => {
    const wf = JSON.stringify({ mcpServers: { a: { command: 'npx', args: ['x'] } } }, null, 1);
    put('.mcp.json', wf);
    put('.gitattributes', '* diff=evil filter=evil\n');
    commit();
    put('.mcp.json', `${wf}\n`);
    commit('Bob <bob@acme.example>');
    const trap = join(repo.root, 'trap.sh');
    writeFileSync(trap, `#!/bin/sh\ntouch '${join(repo.root, 'sprung')}'\ncat\n`, { mode: 0o755 });
    const programs =
      'core.fsmonitor core.pager pager.log diff.external gpg.program core.sshCommand diff.evil.command diff.evil.textconv filter.evil.clean filter.evil.smudge filter.evil.process';
    for (const key of programs.split(' ')) git('config', key, trap);
    const settings =
      'log.showSignature=true diff.noprefix=true diff.mnemonicPrefix=true color.ui=always diff.context=9 diff.interHunkContext=9 diff.orderFile=/nowhere log.showRoot=false diff.submodule=log diff.relative=true diff.suppressBlankEmpty=true format.pretty=raw log.diffMerges=off diff.wordRegex=. diff.renames=copies i18n.logOutputEncoding=UTF-16 core.quotePath=true diff.wsErrorHighlight=all';
    for (const setting of settings.split(' ')) git('config', ...setting.split('='));
    const seen = await scan();
    expect(seen.blind).toEqual([]);
    expect(told(seen).map(([path]) => path)).toEqual(['.mcp.json', '.gitattributes', '.mcp.json']);
    const { items, blind } = await scan({}, { of: 'files' });
    const server = items.find(({ record }) => record.kind === 'identity');
    expect(server?.record.attributions?.map(({ rel, who, evidence }) => [rel, who.name, evidence])).toEqual([
      ['created-by', 'Ada', expect.stringMatching(/^commit [0-9a-f]{12}$/)],
      ['edited-by', 'Ada', 'git blame: 9 of 10 lines'],
      ['edited-by', 'Bob', expect.stringMatching(/^commit [0-9a-f]{12}$/)],
    ]);
    expect(blind).toEqual([]);
    expect(existsSync(join(repo.root, 'sprung'))).toBe(false);
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
    const opened = await openRepository(repo.root, runGit, new AbortController().signal);
    if (typeof opened !== 'object') throw new Error('no repository');
    const { signal } = new AbortController();
    const past = await readCommits(opened, '', { run: runGit, stream: streamGit }, signal);
    const found = await history(opened, ['.mcp.json'], past, (path, commits) =>
      mostLinesBy(opened, path, commits, runGit, signal),
    );
    const blame = git('blame', '--line-porcelain', 'HEAD', '--', '.mcp.json').split('\n');
    const ada = blame.filter((line) => line === 'author Ada').length;
    const all = blame.filter((line) => line.startsWith('author ')).length;
    expect(found.get('.mcp.json')?.map(({ evidence }) => evidence)).toContain(`git blame: ${ada} of ${all} lines`);
  });
});
