import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { detectors } from '../../scanners/secrets/index.ts';
import { seeded } from '../../scanners/secrets/samples.ts';
import { hasGit, madeUpRepository } from '../helpers/made-up-repository.ts';
import { rollcall } from '../helpers/run-cli.ts';

const repo = madeUpRepository();
const { put, git, commit } = repo;

describe.skipIf(!hasGit)('git history, the whole way', () => {
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
    const home = `${repo.root}-home`;
    mkdirSync(home, { recursive: true });
    const { out } = await rollcall(home, ['scan', repo.root, '--json', '--quiet']);
    const rows = await rollcall(home, ['findings', '--json']);
    const every = JSON.parse(rows.out) as (Row & { lastRun?: number })[];
    return {
      scan: JSON.parse(out) as { new: number; resolved: number },
      rows: every.map(({ lastRun: _lastRun, ...row }) => row),
    };
  };
  const exposed = (rows: readonly Row[]): Row[] => rows.filter(({ check }) => /^(?:EXP|RUS)-/.test(check));
  afterEach(() => rmSync(`${repo.root}-home`, { recursive: true, force: true }));

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
    expect(readFileSync(join(`${repo.root}-home`, 'rollcall.db')).includes(key.secret)).toBe(false);
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
