import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { scannedAcme } from '../helpers/acme.ts';
import { rollcall } from '../helpers/run-cli.ts';

const acme = scannedAcme();

describe('scan', () => {
  test('prints one JSON object and nothing else on standard output', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-json-'));
    const { out, err, code } = await rollcall(folder, ['scan', join(acme.folder(), 'acme', 'exports'), '--json']);
    const result = JSON.parse(out) as { [key: string]: unknown };
    expect(Object.keys(result)).toEqual(['run', 'coverage', 'unconfigured', 'records', 'findings', 'new', 'resolved']);
    expect(result['coverage']).toEqual([
      { source: 'files:exports', stream: 'files', outcome: 'complete', items: expect.any(Number) as number },
    ]);
    expect(result['findings']).toMatchObject({
      open: result['new'],
      bySeverity: { critical: expect.any(Number) as number },
      byCheck: { 'EXP-01': expect.any(Number) as number },
    });
    expect(result['resolved']).toBe(0);
    expect(err).toContain('reading the sources');
    expect(code).toBe(1);
    rmSync(folder, { recursive: true });
  });

  test('the same again is nothing: no event, no new finding, the same report', async () => {
    const report = async (): Promise<string> => (await rollcall(acme.folder(), ['report', '--format', 'json'])).out;
    const before = { events: await events(), report: withoutHead(await report()) };
    const again = await rollcall(acme.folder(), ['scan', '--config', 'acme/rollcall.yaml', '--json', '--quiet']);
    expect(JSON.parse(again.out)).toMatchObject({ new: 0, resolved: 0 });
    expect({ events: await events(), report: withoutHead(await report()) }).toEqual(before);
  });

  test.each([
    [['--fail-on', 'never'], 0],
    [['--fail-on', 'critical'], 1],
    [[], 1],
  ])('exit code with %j is %i', async (flags, expected) => {
    const { code } = await rollcall(acme.folder(), ['scan', '--config', 'acme/rollcall.yaml', '--quiet', ...flags]);
    expect(code).toBe(expected);
  });

  test('exit code 3 when not everything could be seen and nothing is worse', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-blind-'));
    mkdirSync(join(folder, 'in'));
    writeFileSync(join(folder, 'in', 'broken.json'), '{"nodes": [');
    const { code, out } = await rollcall(folder, ['scan', 'in']);
    expect(code).toBe(3);
    expect(out).toContain('broken.json');
    rmSync(folder, { recursive: true });
  });

  test('what is wrong with many files is said once, beside what is wrong with one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-blind-'));
    mkdirSync(join(folder, 'in'));
    for (let at = 1; at <= 9; at += 1)
      writeFileSync(join(folder, 'in', `flow-${at}.json`), `{"nodes": ${'\n'.repeat(at)}[`);
    writeFileSync(join(folder, 'in', 'zzz.yaml'), 'a: [1\nb: "');
    const { out } = await rollcall(folder, ['scan', 'in']);
    expect(out).toMatch(/! flow-1\.json: It is not valid JSON at line 2.*\n +and so with 8 more/);
    expect(out).toMatch(/! zzz\.yaml: It is not valid YAML/);
    rmSync(folder, { recursive: true });
  });

  test('reading something else does not make a blind spot go away', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-blind-'));
    for (const name of ['broken', 'sound']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'broken', 'flow.json'), '{"nodes": [');
    writeFileSync(join(folder, 'sound', 'notes.txt'), 'nothing to see');
    await rollcall(folder, ['scan', 'broken', '--quiet']);
    const { out } = await rollcall(folder, ['scan', 'sound', '--json', '--quiet']);
    expect(JSON.parse(out)).toMatchObject({ resolved: 0, findings: { byCheck: { 'INV-02': 1 } } });
    expect((await rollcall(folder, ['report', '--format', 'markdown'])).out).toContain('flow.json');
    rmSync(folder, { recursive: true });
  });

  test('says beside what could be read that a list of automations is in no known format', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-unknown-'));
    const seen = async () => (await rollcall(folder, ['scan', '.'])).out;
    writeFileSync(join(folder, 'notes.txt'), 'nothing of interest\n');
    expect(await seen()).toContain('could be read\n');
    writeFileSync(join(folder, 'zaps.csv'), 'zap name,owner,last run\nInvoices,ada@acme.example,2026-01-01\n');
    expect(await seen()).toMatch(/could be read, but for what is named here\n.*zaps\.csv: It looks like a list/);
    rmSync(folder, { recursive: true });
  });

  test('reads standard input', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-stdin-'));
    const flow = readFileSync(join(acme.folder(), 'acme/exports/finance/n8n/invoice-approval.json'), 'utf8');
    const bin = join(import.meta.dirname, '..', '..', 'bin', 'rollcall.mjs');
    const { stdout } = spawnSync(process.execPath, [bin, 'scan', '-', '--json'], {
      cwd: folder,
      input: flow,
      encoding: 'utf8',
    });
    expect(JSON.parse(stdout)).toMatchObject({ records: { workflow: 1 } });
    rmSync(folder, { recursive: true });
  });

  test('what was mended is resolved, and what comes back is the same finding', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-mend-'));
    const file = join(folder, 'in', 'flow.json');
    cpSync(join(acme.folder(), 'acme/exports/finance/n8n/invoice-approval.json'), file);
    const original = readFileSync(file, 'utf8');
    await rollcall(folder, ['scan', 'in', '--quiet']);
    const hook = (text: string) =>
      text.replace('"httpMethod": "POST"', '"httpMethod": "POST", "authentication": "headerAuth"');
    writeFileSync(file, hook(original));
    expect(JSON.parse((await rollcall(folder, ['scan', 'in', '--json'])).out)).toMatchObject({ new: 0, resolved: 1 });
    writeFileSync(file, original);
    expect(JSON.parse((await rollcall(folder, ['scan', 'in', '--json'])).out)).toMatchObject({ new: 1, resolved: 0 });
    const rows = JSON.parse((await rollcall(folder, ['findings', '--check', 'AUT-02', '--json'])).out) as {
      reopened: number;
    }[];
    expect(rows.map(({ reopened }) => reopened)).toEqual([1]);
    rmSync(folder, { recursive: true });
  });

  test('database and key are for their owner alone', () => {
    for (const file of ['rollcall.db', 'rollcall.db.key'])
      expect(statSync(join(acme.folder(), file)).mode & 0o077, file).toBe(0);
  });
});

async function events(): Promise<number> {
  const store = await openStore({ file: join(acme.folder(), 'rollcall.db') });
  const counts = await store.findings.eventCounts({ from: 0, to: Number.MAX_SAFE_INTEGER });
  let changes = 0;
  for await (const page of store.records.changes(0)) changes += page.filter(({ type }) => type !== 'appeared').length;
  let audit = 0;
  for await (const page of store.audit.entries()) audit += page.length;
  await store.close();
  return Object.values(counts).reduce((sum, count) => sum + count, changes + audit);
}

/** A report without the block that says which run it was, and when. */
function withoutHead(text: string): unknown {
  const { head: _head, ...rest } = JSON.parse(text) as { head: unknown };
  return rest;
}
