import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rollcall } from '../helpers/run-cli.ts';

describe('owners whom no people directory knows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-owners-'));
  const mail = 'ann.example@acme.example';
  beforeAll(async () => {
    for (const [id, owner] of [
      ['a', `Ann <${mail}>`],
      ['b', `Ann <${mail}>`],
      ['c', 'Ben <ben@acme.example>'],
    ] as const)
      writeFileSync(
        join(folder, `${id}.json`),
        JSON.stringify({
          id,
          name: `Flow ${id}`,
          nodes: [{ id: '1', name: 'h', type: 'n8n-nodes-base.webhook', parameters: { path: id } }],
          connections: {},
          shared: [{ role: 'workflow:owner', project: { name: owner } }],
        }),
      );
    await rollcall(folder, ['scan', '.', '--quiet']);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('are listed with what they answer for, most first', async () => {
    const { out } = await rollcall(folder, ['owners']);
    expect(out).toMatch(/ann\.example@acme\.example +unknown +\d+ +\d+\n *ben@acme\.example +unknown/);
    expect(JSON.parse((await rollcall(folder, ['owners', '--json'])).out)).toMatchObject([
      { id: `person:${mail}`, state: 'unknown' },
      { id: 'person:ben@acme.example' },
    ]);
  });

  test('can be asked after', async () => {
    const { code, out } = await rollcall(folder, ['owners', '--if-leaves', mail]);
    expect([code, out]).toEqual([0, expect.stringContaining(`If ${mail} left tomorrow`) as string]);
    expect(out).toContain('Flow a');
    expect(out).not.toContain('Flow c');
    const nobody = await rollcall(folder, ['owners', '--if-leaves', 'zoe@acme.example']);
    expect([nobody.code, nobody.err]).toEqual([2, expect.stringContaining('nobody is known as') as string]);
  });

  test('no name gets into a line to paste that a shell would act on', async () => {
    const hostile = mkdtempSync(join(tmpdir(), 'rollcall-owners-'));
    writeFileSync(
      join(hostile, 'x.json'),
      JSON.stringify({
        id: 'x',
        name: 'Flow x',
        nodes: [{ id: '1', name: 'h', type: 'n8n-nodes-base.webhook', parameters: {} }],
        connections: {},
        shared: [{ role: 'workflow:owner', project: { name: '$(touch pwned)' } }],
      }),
    );
    await rollcall(hostile, ['scan', '.', '--quiet']);
    const { out } = await rollcall(hostile, ['owners']);
    expect(out).toContain('$(touch pwned)');
    expect(out).not.toContain('--if-leaves');
    rmSync(hostile, { recursive: true });
  });
});
