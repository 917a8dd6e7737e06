import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { detectors } from '../../scanners/secrets/index.ts';
import { seeded } from '../../scanners/secrets/samples.ts';
import { rollcall } from '../helpers/run-cli.ts';

const home = mkdtempSync(join(tmpdir(), 'rollcall-retire-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const now = Date.UTC(2026, 10, 21);
const includes = (text: string) => expect.stringContaining(text) as string;
const run = (...argv: string[]) => rollcall(home, argv, { now });

function configure(...names: readonly string[]): void {
  const sources = names.map((name) => `  - { connector: files, id: ${name}, path: ${join(home, name)} }\n`);
  writeFileSync(join(home, 'rollcall.yaml'), `sources:\n${sources.join('')}`);
}

/** What anybody may start, what nobody can, and a leaked token beside it: high, nothing grave, and critical. */
const nodes = {
  hook: { type: 'n8n-nodes-base.webhook', typeVersion: 2, parameters: { path: 'x' } },
  manual: { type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
  token: { type: 'n8n-nodes-base.set', typeVersion: 1, parameters: { text: tokenSample() } },
};
const folders = { old: ['hook'], kept: ['hook'], quiet: ['manual'], leaky: ['manual', 'token'] } as const;

function tokenSample(): string {
  const find = detectors.find(({ id }) => id === 'github-token')?.examples.finds[0];
  if (find === undefined) throw new Error('there is no such detector');
  return find(seeded(31)).text;
}

beforeAll(async () => {
  for (const [name, kinds] of Object.entries(folders)) {
    mkdirSync(join(home, name));
    const steps = kinds.map((kind, at) => ({ id: `${at}`, name: kind, position: [0, 0], ...nodes[kind] }));
    const flow = { name, active: kinds[0] === 'hook', connections: {}, nodes: steps };
    writeFileSync(join(home, name, 'flow.json'), JSON.stringify(flow));
  }
  configure('old', 'kept', 'quiet', 'leaky');
  await run('scan', '--quiet');
  configure('kept', 'quiet', 'leaky');
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

const why = ['--reason', 'we have moved'];
const ask = (source: string, by: string) => run('retire', source, '--by', by, ...why);
const answer = (source: string, what: string, by: string) => run('decide', source, what, '--by', by);

test('it takes a person, a reason, and a source that is known and not configured', async () => {
  expect((await ask('files:kept', 'ann')).err).toContain('take it out of');
  expect((await run('retire', 'files:old', '--by', 'ann')).err).toContain('give a reason');
  expect((await run('retire', 'files:old', ...why)).err).toContain('say who decides');
  expect((await ask('files:nothing', 'ann')).err).toContain('it has: files:kept, files:leaky, files:old, files:quiet');
});

test('where something high is found it takes three people, and then it goes; the log keeps it', async () => {
  await run('decide', 'files:old/workflow/flow.json', 'confirm-owner', '--by', 'olga');
  const before = await scanned();
  expect(await ask('files:old', 'olga')).toMatchObject({ code: 2, err: includes('olga owns this') });
  const asked = await ask('files:old', 'ann');
  expect(asked).toMatchObject({ code: 0, out: includes('waits for a second person, neither ann nor an owner') });
  expect(asked.out).toContain('rollcall decide files:old approve');
  expect((await run('decide', '--pending')).out).toMatch(/files:old +retire +ann/);
  expect((await run('doctor')).out).toContain('rollcall decide files:old approve, or reject');
  expect((await scanned()).findings.open).toBe(before.findings.open);

  expect(await answer('files:old', 'approve', 'ANN')).toMatchObject({ code: 2, err: includes('second person') });
  expect(await answer('files:old', 'approve', 'olga')).toMatchObject({ code: 2, err: includes('olga owns this') });
  configure('old', 'kept', 'quiet', 'leaky');
  expect(await answer('files:old', 'approve', 'bob')).toMatchObject({ code: 2, err: includes('is configured') });
  configure('kept', 'quiet', 'leaky');
  expect((await answer('files:old', 'reject', 'bob')).out).toContain('was rejected');
  expect(await answer('files:old', 'approve', 'bob')).toMatchObject({ code: 2, err: includes('nothing waits') });
  expect((await scanned()).findings.open).toBe(before.findings.open);

  await ask('files:old', 'bob');
  const { code, out } = await answer('files:old', 'approve', 'ann');
  expect([code, out]).toEqual([0, expect.stringMatching(/^retired files:old: \d+ records? and \d+ findings?;/)]);
  const after = await scanned();
  expect(after.unconfigured).toEqual([]);
  expect(after.findings.open).toBe(before.findings.open - (before.unconfigured[0]?.findings ?? 0));
  const log = (await run('verify-log', '--list')).out;
  for (const did of ['retire-requested', 'retire-rejected', 'retire-approved']) expect(log).toContain(did);
  expect((await run('verify-log')).code).toBe(0);
});

test('where nothing grave is found one person suffices', async () => {
  configure('kept', 'leaky');
  expect((await ask('files:quiet', 'ann')).out).toContain('retired files:quiet: ');
});

test('a leaked secret is grave too, and is not mended when the source that it lay in goes', async () => {
  configure('kept');
  const open = JSON.parse((await run('findings', '--source', '*', '--json')).out) as { id: string }[];
  expect(open).not.toEqual([]);
  expect((await ask('files:leaky', 'ann')).out).toContain('waits for a second person');
  expect((await answer('files:leaky', 'approve', 'bob')).out).toContain('retired files:leaky: ');
  await scanned();
  const gone = JSON.parse((await run('findings', '--source', '*', '--state', 'retired', '--json')).out) as typeof open;
  expect(gone.map(({ id }) => id)).toEqual(open.map(({ id }) => id));
});
