import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rollcall } from '../helpers/run-cli.ts';

const home = mkdtempSync(join(tmpdir(), 'rollcall-retire-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const now = Date.UTC(2026, 10, 21);
const run = (...argv: string[]) => rollcall(home, argv, { now });

function configure(...names: readonly string[]): void {
  const sources = names.map((name) => `  - { connector: files, id: ${name}, path: ${join(home, name)} }\n`);
  writeFileSync(join(home, 'rollcall.yaml'), `sources:\n${sources.join('')}`);
}

beforeAll(async () => {
  for (const name of ['old', 'kept']) {
    mkdirSync(join(home, name));
    const hook = { id: '1', name: 'Hook', type: 'n8n-nodes-base.webhook', typeVersion: 2, position: [0, 0] };
    const flow = { name, active: true, connections: {}, nodes: [{ ...hook, parameters: { path: 'x' } }] };
    writeFileSync(join(home, name, 'flow.json'), JSON.stringify(flow));
  }
  configure('old', 'kept');
  await run('scan', '--quiet');
  configure('kept');
});

interface Scan {
  unconfigured: { source: string; records: number; findings: number }[];
  findings: { open: number };
}
const scanned = async () => JSON.parse((await run('scan', '--json', '--quiet')).out) as Scan;

test('a source that is not configured any more is named, and nothing of it is gone', async () => {
  const { unconfigured, findings } = await scanned();
  expect(unconfigured).toEqual([
    { source: 'files:old', records: expect.any(Number) as number, findings: expect.any(Number) as number },
  ]);
  expect(unconfigured[0]?.records).toBeGreaterThan(0);
  expect(findings.open).toBeGreaterThan(unconfigured[0]?.findings ?? 0);
  for (const command of ['scan', 'doctor']) {
    const { out } = await run(command);
    expect(out).toContain('! files:old: in the register and not configured;');
    expect(out).toContain('open findings of 2026-11-21 stay as they are');
    expect(out).toContain('rollcall retire files:old');
  }
});

test('paths on the command line are no configuration', async () => {
  expect((await run('scan', join(home, 'kept'))).out).not.toContain('not configured');
});

test('people retire it, saying who and why; the log keeps it', async () => {
  configure('old', 'kept');
  const decide = ['--by', 'ann@acme.example', '--reason', 'we have moved'];
  expect((await run('retire', 'files:old', ...decide)).err).toContain('take it out of');
  configure('kept');
  expect((await run('retire', 'files:old', '--by', 'ann@acme.example')).err).toContain('say why');
  expect((await run('retire', 'files:old', '--reason', 'x')).err).toContain('say who decides');
  expect((await run('retire', 'files:nothing', ...decide)).err).toContain('it has: files:kept, files:old');
  const before = await scanned();
  const { code, out } = await run('retire', 'files:old', ...decide);
  expect([code, out]).toEqual([0, expect.stringMatching(/^retired files:old: \d+ records? and \d+ findings?;/)]);
  const after = await scanned();
  expect(after.unconfigured).toEqual([]);
  expect(after.findings.open).toBe(before.findings.open - (before.unconfigured[0]?.findings ?? 0));
  const log = (await run('verify-log', '--list')).out;
  expect(log).toContain('retire-source');
  expect(log).toContain('files:old');
  expect((await run('verify-log')).code).toBe(0);
});
