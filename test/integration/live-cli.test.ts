import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { vendor } from '../vendors/dropbox-sign.ts';
import { vendor as n8nVendor } from '../vendors/n8n.ts';
import { vendor as pandadocVendor } from '../vendors/pandadoc.ts';
import { vendor as slackVendor } from '../vendors/slack.ts';
import { rollcall, type Ran } from '../helpers/rollcall.ts';
import { serve, type Tamper, type VendorServer } from '../helpers/vendor.ts';

let folder: string;
let server: VendorServer;
const made = vendor();
const env: Record<string, string> = { ...made.env };
const key = env['DROPBOX_SIGN_KEY'] ?? '';

async function start(tamper?: Tamper): Promise<void> {
  server = await serve(made, tamper);
}
function configure(more: Record<string, unknown> = {}): void {
  const settings = { id: 'sign', connector: 'dropbox-sign', ...made.settings(server.origin), ...more };
  writeFileSync(join(folder, 'rollcall.yaml'), JSON.stringify({ sources: [settings] }, null, 2));
}
const run = (args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Ran> =>
  rollcall(args, { cwd: folder, env: { ...env, NO_PROXY: '127.0.0.1', ...more } });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-live-'));
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

describe('a platform, from the configuration to the register', () => {
  test('is scanned: people, apps and callbacks are on the roll, findings name their owner', async () => {
    await start();
    configure();
    const scanned = await run(['scan', '--fail-on', 'never', '--json']);
    expect(scanned.code).toBe(0);
    const out = JSON.parse(scanned.stdout) as { coverage: { stream: string; outcome: string; reason?: string }[] };
    expect(
      out.coverage.filter(({ outcome }) => outcome !== 'complete').map(({ stream, reason }) => [stream, reason]),
    ).toEqual([
      ['api-keys', 'not-supported'],
      ['oauth-grants', 'not-supported'],
    ]);
    const inventory = await run(['inventory']);
    expect(inventory.stdout).toContain('Contract portal');
    expect(inventory.stdout).toContain("Rollcall's own access to Dropbox Sign");
    const owners = await run(['owners', '--orphans']);
    // Its owner's account is locked.
    expect(owners.stdout).toContain('Contract portal');
    for (const file of readdirSync(folder)) expect(readFileSync(join(folder, file)).includes(key)).toBe(false);
    expect(`${scanned.stdout}${scanned.stderr}${inventory.stdout}`).not.toContain(key);
  });

  test('a workspace that no source reads is named by the scan and by its report, and nothing has failed', async () => {
    const pandadoc = pandadocVendor();
    server = await serve(pandadoc);
    const source = { id: 'sales', connector: 'pandadoc', ...pandadoc.settings(server.origin), logSample: 0 };
    writeFileSync(join(folder, 'rollcall.yaml'), JSON.stringify({ sources: [source] }));
    const scanned = await run(['scan', '--fail-on', 'never'], pandadoc.env);
    expect(scanned.code).toBe(0);
    expect(scanned.stdout).toMatch(/– pandadoc:sales workspace Legal: .* are not read here/);
    const report = await run(['report', '--format', 'markdown'], pandadoc.env);
    expect(report.stdout).toMatch(/\*\*pandadoc:sales workspace Purchasing\*\*: .*readElsewhere/);
  });

  test('what a refused key could not read is told, and closes nothing', async () => {
    let refuse = false;
    await start((_, answer) => (refuse ? { status: 401, json: { error: 'no' } } : answer));
    configure();
    await run(['scan', '--fail-on', 'never', '--quiet']);
    const before = JSON.parse((await run(['findings', '--json'])).stdout) as { id: string; check: string }[];
    refuse = true;
    const scanned = await run(['scan', '--fail-on', 'never']);
    expect(scanned.stdout).toContain('the credential is not accepted');
    const after = JSON.parse((await run(['findings', '--json'])).stdout) as {
      id: string;
      check: string;
      subject: { id: string };
    }[];
    const lost = before.filter(({ id, check }) => check !== 'INV-02' && !after.some((each) => each.id === id));
    expect(before.length).toBeGreaterThan(3);
    expect(lost).toEqual([]);
    const news = after.filter(({ id }) => !before.some((each) => each.id === id));
    expect(news).toMatchObject([{ check: 'INV-02', subject: { id: '*' } }]);
  });

  test('a secret that is written out is refused, with its line; one that is missing fails the source by name', async () => {
    await start();
    configure({ apiKey: key });
    const literal = await run(['scan']);
    expect(literal.code).toBe(2);
    expect(literal.stderr).toMatch(
      /rollcall\.yaml:\d+:\d+ sources\.0\.apiKey: a secret is given by reference, never literally/,
    );
    expect(literal.stderr).not.toContain(key);
    configure();
    const missing = await run(['scan', '--fail-on', 'never'], { DROPBOX_SIGN_KEY: '' });
    expect(missing.stdout).toContain('env:DROPBOX_SIGN_KEY is empty or not set');
  });

  test('the doctor says what can be read, what cannot, and what no interface lists', async () => {
    await start(({ path }, answer) => (path.endsWith('/template/list') ? { status: 403, json: {} } : answer));
    configure();
    const { code, stdout } = await run(['doctor', 'dropbox-sign']);
    expect(code).toBe(2);
    expect(stdout).toContain('✓ dropbox-sign:sign: ada@acme.example');
    expect(stdout).toContain('! this credential could also change things');
    expect(stdout).toMatch(/✓ teams: Teams/);
    expect(stdout).toMatch(/✗ templates: [^]*403[^]*grant team admin/);
    expect(stdout).toContain('! API keys of Dropbox Sign are listed by no interface');
  });

  test('the doctor says that a credential is for another account than before, as the scan does', async () => {
    const slack = slackVendor({ enterprise: false });
    let team = 'T0';
    server = await serve(slack, ({ path }, answer) =>
      path.endsWith('/auth.test') ? { ...answer, json: { ...(answer.json as object), team_id: team } } : answer,
    );
    const source = { id: 'chat', connector: 'slack', ...slack.settings(server.origin) };
    writeFileSync(join(folder, 'rollcall.yaml'), JSON.stringify({ sources: [source] }));
    await run(['scan', '--fail-on', 'never', '--quiet'], slack.env);
    expect((await run(['doctor'], slack.env)).stdout).toMatch(/✓ workspaces/);
    team = 'T1';
    const { code, stdout } = await run(['doctor'], slack.env);
    expect(code).toBe(2);
    expect(stdout).toMatch(/✗ slack:chat[^]*for another account[^]*T1[^]*stands for \(T0\)/);
    expect(stdout).not.toMatch(/✓ workspaces/);
  });

  test('the doctor warns of a way that is not encrypted', async () => {
    await start();
    configure({ apiUrl: 'http://sign.acme.invalid/v3' });
    const { stdout } = await run(['doctor', 'dropbox-sign'], { HTTP_PROXY: server.origin, NO_PROXY: '' });
    expect(stdout).toContain('! sign.acme.invalid is asked without encryption');
    configure();
    expect((await run(['doctor', 'dropbox-sign'])).stdout).not.toContain('without encryption');
  });

  test('the doctor takes no scope for needless that alone opens what is read', async () => {
    const slack = slackVendor();
    server = await serve(slack, (_, answer) => ({
      ...answer,
      headers: { ...answer.headers, 'x-oauth-scopes': 'admin,team:read,chat:write' },
    }));
    const source = { id: 'main', connector: 'slack', ...slack.settings(server.origin) };
    writeFileSync(join(folder, 'rollcall.yaml'), JSON.stringify({ sources: [source] }));
    const { stdout } = await run(['doctor'], slack.env);
    expect(stdout).toMatch(/could also change things: chat:write\s+give Rollcall one that can only read/);
    expect(stdout).toMatch(/could also change things: admin\s+nothing narrower opens what is read/);
  });

  test('the doctor warns of a credential that expires soon', async () => {
    const n8n = n8nVendor();
    server = await serve(n8n);
    const source = { id: 'main', connector: 'n8n', ...n8n.settings(server.origin) };
    writeFileSync(join(folder, 'rollcall.yaml'), JSON.stringify({ sources: [source] }));
    const asked = async (now: string) => (await run(['doctor'], { ...n8n.env, ROLLCALL_NOW: now })).stdout;
    expect(await asked('2026-11-22T00:00:00Z')).toContain('✓ it expires on 2027-01-01');
    expect(await asked('2026-12-22T00:00:00Z')).toMatch(/! it expires on 2027-01-01\s+issue a new one before/);
  });

  test('how to cross the network is refused where there is none to cross', async () => {
    await start();
    const people = { connector: 'people', path: 'people.csv', network: { timeoutSeconds: 5 } };
    writeFileSync(join(folder, 'rollcall.yaml'), JSON.stringify({ sources: [people] }, null, 2));
    const { code, stderr } = await run(['scan']);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/sources\.0\.network: people is not reached over HTTP/)]);
  });

  test('streams can be left out, and one that does not exist is refused', async () => {
    await start();
    configure({ without: ['fax-lines'] });
    const { stdout } = await run(['scan', '--fail-on', 'never', '--json']);
    const { coverage } = JSON.parse(stdout) as { coverage: { stream: string; reason?: string }[] };
    expect(coverage.find(({ stream }) => stream === 'fax-lines')).toMatchObject({
      outcome: 'skipped',
      reason: 'disabled',
    });
    expect(server.requests.some(({ path }) => path.includes('fax'))).toBe(false);
    configure({ without: ['fax'] });
    expect((await run(['scan'])).stderr).toMatch(
      /sources\.0\.without: dropbox-sign has no stream "fax"; it has: account/,
    );
  });
});
