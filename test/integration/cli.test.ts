import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { layOut } from '../../examples/acme/lay-out.ts';
import { DAY } from '../../src/core/time.ts';
import { rollcall } from '../helpers/run-cli.ts';

const NOW = Date.UTC(2026, 10, 21);
const EXAMPLE = join(import.meta.dirname, '..', '..', 'examples', 'acme');
let home: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'rollcall-cli-'));
  layOut(EXAMPLE, join(home, 'acme'), 7);
  await rollcall(home, ['scan', '--config', 'acme/rollcall.yaml', '--quiet']);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function json<T>(argv: readonly string[]): Promise<T> {
  const { out } = await rollcall(home, [...argv, '--json']);
  return JSON.parse(out) as T;
}

interface Row {
  id: string;
  check: string;
  severity: string;
  title: string;
  subject: { source: string; kind: string; id: string; name: string };
  owner?: string;
  evidence: readonly { fact: string; value: unknown; at?: { path?: string; pointer?: string; step?: string } }[];
}

describe('scan', () => {
  test('prints one JSON object and nothing else on standard output', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-json-'));
    const { out, err, code } = await rollcall(folder, ['scan', join(home, 'acme', 'exports'), '--json']);
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
    const report = async (): Promise<string> => (await rollcall(home, ['report', '--format', 'json'])).out;
    const before = { events: await events(), report: withoutHead(await report()) };
    const again = await rollcall(home, ['scan', '--config', 'acme/rollcall.yaml', '--json', '--quiet']);
    expect(JSON.parse(again.out)).toMatchObject({ new: 0, resolved: 0 });
    expect({ events: await events(), report: withoutHead(await report()) }).toEqual(before);
  });

  test.each([
    [['--fail-on', 'never'], 0],
    [['--fail-on', 'critical'], 1],
    [[], 1],
  ])('exit code with %j is %i', async (flags, expected) => {
    const { code } = await rollcall(home, ['scan', '--config', 'acme/rollcall.yaml', '--quiet', ...flags]);
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

  test('reads standard input', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-stdin-'));
    const flow = readFileSync(join(home, 'acme/exports/finance/n8n/invoice-approval.json'), 'utf8');
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
    cpSync(join(home, 'acme/exports/finance/n8n/invoice-approval.json'), file);
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
      expect(statSync(join(home, file)).mode & 0o077, file).toBe(0);
  });
});

describe('drilling down', () => {
  test('a finding leads to file, pointer and step, and says whose it is and why', async () => {
    const rows = await json<Row[]>(['findings', '--check', 'EXP-01']);
    const key = rows.find(({ evidence }) => evidence.some(({ at }) => at?.step === 'Look up supplier'));
    expect(key?.owner).toBe('person:p01');
    const { out } = await rollcall(home, ['show', key?.id.slice(0, 8) ?? '']);
    expect(out).toContain('finance/n8n/invoice-approval.json');
    expect(out).toContain('step "Look up supplier"');
    expect(out).toContain('Priya Nair');
    expect(out).toMatch(/EXP-01 v1/);
  });

  test('one secret in two workflows of two platforms is one finding with both places', async () => {
    const rows = await json<Row[]>(['findings', '--check', 'RUS-01']);
    const paths = rows.flatMap(({ evidence }) => evidence.map(({ at }) => at?.path));
    expect(paths).toEqual(
      expect.arrayContaining(['finance/n8n/invoice-approval.json', 'sales/workato/order-sync.recipe.json']),
    );
  });

  test('a workflow: who owns it, which secrets it reaches, who built and deployed it, what breaks', async () => {
    const { out } = await rollcall(home, [
      'show',
      'files:exports/workflow/finance/n8n/invoice-approval.json#Wf7kQ2mInv01',
    ]);
    for (const part of [
      'Owners',
      'Who built, reviewed and deployed it',
      'What it can reach',
      'What breaks if it is revoked',
    ]) {
      expect(out).toContain(part);
    }
    expect(out).toContain('Bank gateway production');
    expect(out).toMatch(/published-by .*2026-10-28/);
  });

  test('what would be orphaned tomorrow', async () => {
    const { out } = await rollcall(home, ['owners', '--if-leaves', 'PRIYA.NAIR@acme.example']);
    expect(out).toContain('If Priya Nair left tomorrow');
    expect(out).toContain('Invoice approval');
    expect(out).not.toContain('Order sync to ERP');
    expect((await rollcall(home, ['owners', '--orphans'])).out).toContain('Payroll digest');
  });

  test('explain resolves the older control id to its checks', async () => {
    const [older, current] = await Promise.all([
      rollcall(home, ['explain', 'PR.AC-4']),
      rollcall(home, ['explain', 'PR.AA-05']),
    ]);
    expect(older.out).toBe(current.out);
    expect(older.out).toContain('SOD-01');
  });
});

describe('decide', () => {
  test('high takes two people who are not the owner; the log tells it and holds together', async () => {
    const [finding] = await json<Row[]>(['findings', '--check', 'WFL-03', '--severity', 'high']);
    const id = finding?.id.slice(0, 8) ?? '';
    const until = new Date(NOW + 20 * DAY).toISOString().slice(0, 10);
    const ask = (by: string) =>
      rollcall(home, ['decide', id, 'accept', '--until', until, '--reason', 'moves to the new system', '--by', by]);
    const approve = (by: string) => rollcall(home, ['decide', id, 'approve', '--by', by]);
    expect(await ask('priya.nair@acme.example')).toMatchObject({
      code: 2,
      err: expect.stringContaining('owns this') as string,
    });
    expect((await ask('sam.okafor@acme.example')).out).toContain('waits for a second person');
    expect(await approve('sokafor')).toMatchObject({
      code: 2,
      err: expect.stringContaining('second person') as string,
    });
    expect(await approve('tom.becker@acme.example')).toMatchObject({
      code: 2,
      err: expect.stringContaining('not active') as string,
    });
    expect((await approve('aiko.tanaka@acme.example')).out).toContain('is in force');
    const accepted = await json<Row[]>(['findings', '--state', 'accepted']);
    expect(accepted.map((row) => row.id)).toEqual([finding?.id]);
    const log = await rollcall(home, ['verify-log', '--list']);
    expect(log.code).toBe(0);
    expect(log.out).toContain('accept-approved');
    expect(log.out).toContain('cannot prove');
    const { out: shown } = await rollcall(home, ['show', id]);
    expect(shown).toMatch(/asked for by Sam Okafor on .*, answered by Aiko Tanaka on .* — moves to the new system/);
  });

  test('the risk follows at once, and the next scan finds nothing to change in it', async () => {
    const [finding] = await json<(Row & { initiative: string; threat: string })[]>([
      'findings',
      '--severity',
      'medium',
    ]);
    const risk = async () =>
      (await json<{ id: string; initiative: string; threat: string; residual: unknown }[]>(['risks'])).find(
        ({ initiative, threat }) => initiative === finding?.initiative && threat === finding.threat,
      );
    const before = await risk();
    const until = new Date(NOW + 20 * DAY).toISOString().slice(0, 10);
    const by = ['--until', until, '--reason', 'until the move', '--by', 'aiko.tanaka@acme.example'];
    expect((await rollcall(home, ['decide', finding?.id ?? '', 'accept', ...by])).out).toContain('is in force');
    const after = await risk();
    expect(after?.residual).not.toEqual(before?.residual);
    const listed = await json<Row[]>(['findings', '--risk', after?.id ?? '']);
    expect(listed.map(({ id }) => id)).not.toContain(finding?.id);
    await rollcall(home, ['scan', '--config', 'acme/rollcall.yaml', '--quiet']);
    expect(await risk()).toEqual(after);
  });

  test('an acceptance ends by itself, and that is a finding of its own', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-lapse-'));
    layOut(EXAMPLE, join(folder, 'acme'), 7);
    const scanAt = (now: number) => rollcall(folder, ['scan', '--config', 'acme/rollcall.yaml', '--quiet'], { now });
    await scanAt(NOW);
    const [row] = JSON.parse((await rollcall(folder, ['findings', '--severity', 'medium', '--json'])).out) as Row[];
    await rollcall(folder, [
      'decide',
      row?.id ?? '',
      'accept',
      '--until',
      '2026-12-01',
      '--reason',
      'until the move',
      '--by',
      'aiko.tanaka@acme.example',
    ]);
    await scanAt(NOW + 30 * DAY);
    const lapsed = JSON.parse((await rollcall(folder, ['findings', '--check', 'SOD-05', '--json'])).out) as Row[];
    expect(lapsed).toHaveLength(1);
    rmSync(folder, { recursive: true });
  });

  test('a remedy that was decided and not carried out is a finding of its own, until it is', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-remedy-'));
    layOut(EXAMPLE, join(folder, 'acme'), 7);
    const scanAt = (now: number) => rollcall(folder, ['scan', '--config', 'acme/rollcall.yaml', '--quiet'], { now });
    const found = async () =>
      JSON.parse((await rollcall(folder, ['findings', '--check', 'SOD-06', '--json'])).out) as Row[];
    await scanAt(NOW);
    const [risk] = JSON.parse((await rollcall(folder, ['risks', '--json'])).out) as Row[];
    const mend = ['decide', risk?.id ?? '', 'mitigate', '--until', '2026-12-01', '--reason', 'rotate it'];
    expect((await rollcall(folder, [...mend, '--by', 'aiko.tanaka@acme.example'])).code).toBe(0);
    await scanAt(NOW + DAY);
    expect(await found()).toEqual([]);
    await scanAt(NOW + 30 * DAY);
    expect(await found()).toHaveLength(1);
    rmSync(folder, { recursive: true });
  });

  test('an owner confirms in their own words', async () => {
    const address = 'files:exports/workflow/finance/n8n/invoice-approval.json#Wf7kQ2mInv01';
    expect(
      (await rollcall(home, ['decide', address, 'confirm-owner', '--by', 'priya.nair@acme.example'])).out,
    ).toContain('is confirmed');
    await rollcall(home, ['scan', '--config', 'acme/rollcall.yaml', '--quiet']);
    expect((await rollcall(home, ['show', address])).out).toContain('recorded in the register by p01');
  });
});

describe('check, the promotion gate', () => {
  const flow = 'acme/exports/finance/n8n/invoice-approval.json';

  test('is shut for a build with a literal secret and an open trigger, and says what to do', async () => {
    const { code, out } = await rollcall(home, ['check', flow]);
    expect(code).toBe(1);
    expect(out).toContain('✗ no       No literal secret');
    expect(out).toContain('Look up supplier');
    expect(out).toContain('Must not go live yet.');
  });

  test('opens for a clean build; strict policy asks for every answer', async () => {
    const clean = join(home, 'clean.json');
    writeFileSync(
      clean,
      JSON.stringify({
        id: 'w',
        name: 'Nightly report',
        active: true,
        settings: { saveDataSuccessExecution: 'all', saveDataErrorExecution: 'all' },
        shared: [{ role: 'workflow:owner', project: { name: 'Priya Nair <priya.nair@acme.example>' } }],
        nodes: [{ id: '1', name: 'Nightly', type: 'n8n-nodes-base.scheduleTrigger', parameters: {} }],
        connections: {},
      }),
    );
    const open = await rollcall(home, ['check', clean, '--people', 'acme/people.csv']);
    expect([open.code, open.out]).toEqual([0, expect.stringContaining('May go live.') as string]);
    expect(open.out).toContain('✓ yes      Identity known');
    const unclear = open.out.split('\n').filter((line) => line.startsWith('? unclear')).length;
    expect(unclear).toBeGreaterThan(0);
    expect(open.out).toContain(`Unclear: ${unclear} of 7 questions. This policy lets that pass`);
    const configured = await rollcall(home, ['check', clean, '--config', 'acme/rollcall.yaml']);
    expect(configured.out).toContain('✓ yes      Identity known');
    const members = join(home, 'members.csv');
    // No list that is known for one of people by its headings: it is named, and that counts.
    writeFileSync(
      members,
      'username,email,status,has-2fa,fullname\npriya,priya.nair@acme.example,Deactivated,0,Priya Nair\n',
    );
    const left = await rollcall(home, ['check', clean, '--people', 'members.csv']);
    expect(left.out).not.toContain('✓ yes      Identity known');
    const strict = await rollcall(home, ['check', clean, '--people', 'acme/people.csv', '--policy', 'strict']);
    expect(strict.code).toBe(1);
  });

  test('does not say yes to a question whose checks the policy has disabled', async () => {
    const lax = join(home, 'lax.yaml');
    writeFileSync(lax, 'id: lax\ntitle: Lax\nversion: 1\nextends: baseline\nchecks: { disabled: [WFL-03] }\n');
    const { out } = await rollcall(home, ['check', flow, '--policy', lax, '--format', 'json']);
    const { answers } = JSON.parse(out) as { answers: { question: string }[] };
    expect(answers.find(({ question }) => question === 'logging')).toMatchObject({
      answer: 'unknown',
      because: ['the policy has it disabled'],
    });
  });

  test('asks of what is switched off today how it will be when it runs, and where', async () => {
    const draft = join(home, 'draft.json');
    const hook = { id: '1', name: 'Hook', type: 'n8n-nodes-base.webhook', parameters: { authentication: 'none' } };
    writeFileSync(draft, JSON.stringify({ id: 'w', name: 'Intake', active: false, nodes: [hook], connections: {} }));
    const severities = async (...args: string[]): Promise<Record<string, string>> => {
      const { code, out } = await rollcall(home, ['check', draft, '--format', 'json', ...args]);
      expect(code).toBe(1);
      const { answers } = JSON.parse(out) as {
        answers: { question: string; answer: string; findings: { check: string; severity: string }[] }[];
      };
      expect(answers.filter(({ answer }) => answer === 'fail').map(({ question }) => question)).toEqual([
        'identity',
        'exposure',
      ]);
      // All of it was read, and there is no secret in it.
      expect(answers.find(({ question }) => question === 'secrets')).toMatchObject({ answer: 'pass', because: [] });
      return Object.fromEntries(answers.flatMap(({ findings }) => findings.map((each) => [each.check, each.severity])));
    };
    expect(await severities()).toMatchObject({ 'OWN-01': 'high', 'AUT-02': 'critical' });
    expect(await severities('--environment', 'test')).toMatchObject({ 'OWN-01': 'medium', 'AUT-02': 'high' });
  });

  test.each([
    ['cut short', '{"id":"w","nodes":[{"id":"1","type":"n8n-nodes-base.code","par', 'unread'],
    ['of no known format', 'Dear all, the approval flow is attached.', 'unrecognised'],
  ])('stays shut for a file that is %s: unknown is never pass', async (_, content, verdict) => {
    const unseen = join(home, verdict === 'unread' ? 'cut.json' : 'letter.txt');
    writeFileSync(unseen, content);
    const { code, out } = await rollcall(home, ['check', unseen, '--people', 'acme/people.csv']);
    expect([code, out]).toEqual([3, expect.stringContaining('Cannot say: ') as string]);
    expect(out).not.toContain('May go live');
    const answered = JSON.parse((await rollcall(home, ['check', unseen, '--format', 'json'])).out) as object;
    expect(answered).toMatchObject({ pass: false, verdict });
  });

  test('answers in JSON and SARIF, and leaves nothing behind', async () => {
    const answered = JSON.parse((await rollcall(home, ['check', flow, '--format', 'json'])).out) as {
      pass: boolean;
      answers: { question: string; answer: string }[];
    };
    expect(answered.pass).toBe(false);
    expect(answered.answers.find(({ question }) => question === 'secrets')?.answer).toBe('fail');
    const sarif = JSON.parse((await rollcall(home, ['check', flow, '--format', 'sarif'])).out) as {
      version: string;
      runs: { results: unknown[] }[];
    };
    expect(sarif.version).toBe('2.1.0');
    expect(sarif.runs[0]?.results.length).toBeGreaterThan(0);
  });
});

describe('mistakes', () => {
  test.each([
    [['scan', 'nowhere'], /^rollcall: nowhere: no such file/],
    [['scn'], /unknown command 'scn'/],
    [['scan', '--fail-on', 'dreadful', 'acme'], /no severity/],
    [['scan', 'acme', '--policy', 'nope'], /no policy is called "nope"; there are: baseline, strict/],
    [['show', 'nothing-like-it'], /nothing is called/],
    [['report', '--format', 'pdf'], /no report format/],
    [['findings', '--db', 'other.db'], /there is no register yet/],
    [
      ['decide', 'zzz', 'accept', '--by', 'sokafor', '--reason', 'because', '--until', '2026-12-01'],
      /no finding starts with/,
    ],
  ])('%j is one clear line and exit code 2', async (argv, message) => {
    const { code, err } = await rollcall(home, argv);
    expect(err.trim()).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
    expect(code).toBe(2);
  });

  test('a typo in the configuration is named with line and column', async () => {
    writeFileSync(join(home, 'typo.yaml'), 'sources:\n  - connector: files\n    path: acme\npolcy: strict\n');
    const { err, code } = await rollcall(home, ['scan', '--config', 'typo.yaml']);
    expect([code, err]).toEqual([2, expect.stringContaining('typo.yaml:4:1 polcy: no such key') as string]);
  });

  test('what the data says cannot act on the terminal', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-esc-'));
    const name = 'Evil\u001b[2J\u202Eflow';
    writeFileSync(
      join(folder, 'w.json'),
      JSON.stringify({
        id: 'x',
        name,
        active: true,
        nodes: [{ id: '1', name: 'h', type: 'n8n-nodes-base.webhook', parameters: { path: 'x' } }],
        connections: {},
      }),
    );
    const shown = [
      await rollcall(folder, ['scan', 'w.json'], { colour: true }),
      await rollcall(folder, ['findings']),
      await rollcall(folder, ['inventory']),
      await rollcall(folder, ['check', 'w.json']),
      await rollcall(folder, ['report', '--format', 'csv']),
      await rollcall(folder, ['report', '--format', 'markdown']),
      await rollcall(folder, ['report', '--format', 'html']),
    ];
    for (const { out, err } of shown) {
      expect(out + err).not.toContain('\u001b[2J');
      expect(out + err).not.toContain('\u202E');
    }
    expect(shown[2]?.out).toContain('Evil␛[2J');
    rmSync(folder, { recursive: true });
  });
});

async function events(): Promise<number> {
  const store = await openStore({ file: join(home, 'rollcall.db') });
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
