import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { seeded } from '../../scanners/secrets/samples.ts';
import { recordsIn } from '../helpers/live.ts';
import { rollcall } from '../helpers/run-cli.ts';
import { folderOf, isInstalled, nodeRed } from '../servers/programs.ts';
import { freePort, running, type Running } from '../servers/running.ts';

const sample = seeded(5_007);
const password = sample.alnum(20);
const servers: Running[] = [];
let home: string;

interface Row {
  check: string;
  severity: string;
  title: string;
  subject: { source: string; kind: string; id: string };
}
interface Stream {
  source: string;
  stream: string;
  outcome: string;
  detail?: string;
}

describe.skipIf(!isInstalled(nodeRed))('real Node-RED', () => {
  let findings: Row[];
  let coverage: Stream[];

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'rollcall-node-red-'));
    process.env['NODE_RED_PASSWORD'] = password;
    const [open, closed, lenient] = await Promise.all([launched('open'), launched('closed'), launched('lenient')]);
    const sources = [
      { id: 'open', connector: 'node-red', url: open.url },
      { id: 'closed', connector: 'node-red', url: closed.url, username: 'scanner', password: 'env:NODE_RED_PASSWORD' },
      { id: 'lenient', connector: 'node-red', url: lenient.url },
    ];
    writeFileSync(join(home, 'rollcall.yaml'), JSON.stringify({ sources }));
    const scan = await rollcall(home, ['scan', '--json', '--quiet']);
    coverage = (JSON.parse(scan.out) as { coverage: Stream[] }).coverage;
    findings = JSON.parse((await rollcall(home, ['findings', '--json', '--limit', '500'])).out) as Row[];
  });
  afterAll(async () => {
    delete process.env['NODE_RED_PASSWORD'];
    await Promise.all(servers.map((server) => server.stop()));
    rmSync(home, { recursive: true, force: true });
  });

  test('is read to the end of every stream, with a login and without', () => {
    const ends = coverage.filter(({ outcome, stream }) => outcome !== 'complete' && stream !== 'editor-users');
    expect(ends).toEqual([]);
    expect(coverage.filter(({ stream }) => stream === 'flows')).toHaveLength(3);
  });

  test('an editor that is open to anybody is critical, one behind a login is none', () => {
    const doors = findings.filter(({ check, subject }) => check === 'AUT-02' && subject.id === 'admin-api');
    expect(doors.map(({ severity, subject }) => `${subject.source} ${severity}`).toSorted()).toEqual([
      'node-red:lenient critical',
      'node-red:open critical',
    ]);
  });

  test('the hook that anybody may call is told where callers need no name', () => {
    const hooks = findings.filter(({ check, subject }) => check === 'AUT-02' && subject.kind === 'workflow');
    expect(hooks.map(({ subject }) => subject.source).toSorted()).toEqual(['node-red:lenient', 'node-red:open']);
  });

  test('the token in the code of each is found', () => {
    expect(findings.filter(({ check }) => check === 'EXP-01')).toHaveLength(3);
  });

  test('a stored login is there with its account, and neither its password nor a token is', async () => {
    const store = await openStore({ file: join(home, 'rollcall.db') });
    const records = [...(await recordsIn(store)).values()];
    await store.close();
    const stored = records.filter(({ id }) => id.startsWith('flows#mq/'));
    expect(stored.map(({ kind, name }) => `${kind} ${name}`).toSorted()).toEqual([
      'credential Hall',
      'endpoint broker.invalid',
      'identity svc-mqtt',
    ]);
    expect(JSON.stringify(records)).not.toMatch(new RegExp(`${password}|ghp_\\w`));
  });
});

/** One that anybody can open, one with a user that may only read, or one where strangers may read as well. */
async function launched(kind: 'open' | 'closed' | 'lenient'): Promise<Running> {
  const folder = join(home, kind);
  const port = await freePort();
  mkdirSync(folder);
  const load = createRequire(import.meta.url);
  const { hashSync } = load(join(folderOf(nodeRed), 'node_modules', 'bcryptjs')) as {
    hashSync(text: string, rounds: number): string;
  };
  const hash = hashSync(password, 8);
  const settings = {
    uiHost: '127.0.0.1',
    uiPort: port,
    userDir: folder,
    flowFile: 'flows.json',
    // What nodes keep lies beside the flows in clear, so that it can be written here.
    credentialSecret: false,
    telemetry: { enabled: false },
    ...(kind !== 'open' && {
      adminAuth: {
        type: 'credentials',
        users: [{ username: 'scanner', password: hash, permissions: 'read' }],
        ...(kind === 'lenient' && { default: { permissions: 'read' } }),
      },
    }),
    ...(kind === 'closed' && { httpNodeAuth: { user: 'caller', pass: hash } }),
  };
  writeFileSync(join(folder, 'settings.cjs'), `module.exports = ${JSON.stringify(settings)};`);
  writeFileSync(join(folder, 'flows.json'), JSON.stringify(flows()));
  writeFileSync(join(folder, 'flows_cred.json'), JSON.stringify({ mq: { user: 'svc-mqtt', password } }));
  const args = ['--settings', join(folder, 'settings.cjs'), '--userDir', folder];
  const server = await running(nodeRed, port, { args, answers: '/auth/login', seconds: 50 });
  servers.push(server);
  return server;
}

/** A hook that runs code with a token in it. */
function flows() {
  const func = `msg.token = 'ghp_${sample.alnum(36)}'; return msg;`;
  return [
    { id: 'tab', type: 'tab', label: 'HR sync', disabled: false, info: 'Owner: dana@acme.example' },
    { id: 'in', type: 'http in', z: 'tab', name: 'Hook', url: '/hr', method: 'post', wires: [['fn']] },
    { id: 'fn', type: 'function', z: 'tab', name: 'Add token', func, outputs: 1, libs: [], wires: [['out']] },
    { id: 'out', type: 'http response', z: 'tab', name: '', wires: [] },
    { id: 'mq', type: 'mqtt-broker', name: 'Hall', broker: 'broker.invalid', port: '1883', usetls: false },
  ];
}
