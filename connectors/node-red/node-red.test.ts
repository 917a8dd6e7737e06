import { describe, expect, test } from 'vitest';
import { readLive, type LiveOptions, type LiveRead } from '../../test/helpers/live.ts';
import type { FixtureVendor } from '../../test/helpers/vendor.ts';
import { inlineToken, vendor } from '../../test/vendors/node-red.ts';
import { unauthenticatedTrigger } from '../../scanners/checks/authentication/unauthenticated-trigger.ts';
import type { Kind, RecordOf } from '../../src/sdk/index.ts';
import { runExample, severityOf } from '../../src/sdk/testing.ts';
import { nodeRed } from './index.ts';

const limits = () => [{ requests: 10_000, per: 1_000 }];
const read = (from: FixtureVendor, options: LiveOptions = {}) =>
  readLive(nodeRed, from, { ports: { limits }, ...options });

const closed = await read(vendor());

function record<K extends Kind>(kind: K, id: string, from = closed): RecordOf<K> {
  const found = from.records.get(`${kind}/${id}`);
  if (found === undefined) throw new Error(`there is no ${kind} ${id}`);
  return found as RecordOf<K>;
}

function severities(found: LiveRead): string[] {
  const subject = record('endpoint', 'admin-api', found);
  return runExample(unauthenticatedTrigger, { name: '', subject }).flatMap((verdict) =>
    verdict.is === 'fail' ? severityOf(unauthenticatedTrigger, verdict) : [],
  );
}

describe('an admin API', () => {
  test('behind a login is asked as a stranger without a token, and passes', () => {
    expect(record('endpoint', 'admin-api')).toMatchObject({
      authentication: 'session',
      scheme: 'http',
      state: 'active',
    });
    expect(severities(closed)).toEqual([]);
    const asStranger = closed.requests.filter(({ path }) => path === '/admin/flow/global');
    expect(asStranger.map(({ headers }) => headers.get('authorization'))).toEqual([null, null]);
  });

  test.each(['no adminAuth', 'default user'] as const)('that is open (%s) is critical, login or not', async (open) => {
    const config = { username: undefined, password: undefined };
    expect(severities(await read(vendor({ open }), { settings: config }))).toEqual(['critical']);
    const withLogin = await read(vendor({ open }));
    expect(severities(withLogin)).toEqual(['critical']);
  });

  test.each([
    ['somebody else’s sign-in', { type: 'strategy', prompts: [{ type: 'button' }] }, 'oauth'],
    ['tokens alone', {}, 'unknown'],
  ] as const)('behind %s says how', async (_, json, authentication) => {
    const tamper: LiveOptions['tamper'] = ({ path }, usual) => (path.endsWith('/auth/login') ? { json } : usual);
    const found = await read(vendor(), { tamper });
    expect(record('endpoint', 'admin-api', found)).toMatchObject({ authentication });
  });

  test('that is closed to us is a failure, and says what to do', async () => {
    const found = await read(vendor(), { settings: { username: undefined, password: undefined } });
    expect(found.coverage.find(({ stream }) => stream === 'flows')).toMatchObject({
      outcome: 'failed',
      reason: 'auth',
      detail: expect.stringContaining('give a token, or a user name and a password'),
    });
  });

  test('a wrong password is tried once, for five would lock the account', async () => {
    const made = vendor();
    const found = await read({ ...made, env: { NODE_RED_PASSWORD: 'wrong' } });
    expect(found.coverage.find(({ stream }) => stream === 'flows')).toMatchObject({ reason: 'auth' });
    expect(found.requests.filter(({ path }) => path === '/admin/auth/token')).toHaveLength(1);
  });
});

describe('flows', () => {
  test('are live, have their owner from the description, and hold no token', () => {
    const tab = record('workflow', 'flows#tab-1');
    expect(tab).toMatchObject({
      name: 'HR sync',
      state: 'active',
      attributions: [{ who: { email: 'dana@acme.example' } }],
    });
    expect(tab.matches).toHaveLength(1);
    expect(record('workflow', 'flows#tab-2').state).toBe('inactive');
    expect(JSON.stringify([...closed.records.values()])).not.toContain(inlineToken);
  });

  test.each([
    ['UNSET', 'none'],
    ['SET', 'basic'],
    [undefined, 'unknown'],
  ] as const)('with httpNodeAuth %s, callers prove themselves with: %s', async (callers, expected) => {
    const found = callers === 'UNSET' ? closed : await read(vendor((callers && { callers }) || {}));
    expect(record('workflow', 'flows#tab-1', found).graph.triggers).toMatchObject([{ authentication: expected }]);
    expect(record('endpoint', 'flows#tab-1/in/in', found).authentication).toBe(expected);
    const broken = found.coverage.filter(({ outcome }) => outcome === 'partial').map(({ stream }) => stream);
    // `credentials` reads from `flows`.
    expect(broken).toEqual(callers === undefined ? ['instance', 'flows', 'credentials'] : []);
  });

  test('that were stopped do not run, whatever they say themselves', async () => {
    const found = await read(vendor({ callers: 'UNSET', stopped: true }));
    expect(record('workflow', 'flows#tab-1', found).state).toBe('inactive');
    expect(record('endpoint', 'flows#tab-1/in/in', found).state).toBe('inactive');
  });

  test('name the package that a node comes from, with its version', () => {
    const components = record('workflow', 'flows#tab-1').graph.steps.map(({ component }) => component);
    expect(components).toMatchObject([
      { origin: 'built-in' },
      { origin: 'built-in' },
      { name: 'node-red-contrib-google-sheets', version: '1.1.2', origin: 'community' },
    ]);
  });
});

test('of stored logins, the account is kept and that there is a secret; no other field', () => {
  expect(record('credential', 'flows#broker/credentials')).toMatchObject({
    name: 'Hall',
    type: 'password',
    store: 'platform',
    links: [
      { rel: 'authenticates', kind: 'connection', id: 'flows#broker' },
      { rel: 'authenticates', kind: 'identity', id: 'flows#broker/account' },
    ],
  });
  expect(record('credential', 'flows#call41/credentials')).toMatchObject({
    type: 'api-key',
    links: [{ rel: 'contained-in', kind: 'workflow', id: 'flows#tab-3' }, { kind: 'identity' }],
  });
  // Whatever does not come with Node-RED may keep one, wherever it stands.
  expect(record('credential', 'flows#sheet/credentials')).toMatchObject({ name: 'Append', type: 'oauth-token' });
  expect(closed.records.has('identity/flows#call07/account')).toBe(false);
  expect(closed.records.has('credential/flows#call03/credentials')).toBe(false);
  expect(JSON.stringify([...closed.records.values()])).not.toContain('forgot to declare');
  expect(closed.requests.filter(({ path }) => path.startsWith('/admin/credentials/http-request/'))).toHaveLength(44);
});

test('secrets among the variables of a tab, a group or a subflow are stored ones', () => {
  expect(record('credential', 'flows#tab-3/credentials')).toMatchObject({
    name: 'Calls',
    type: 'password',
    store: 'platform',
    links: [{ rel: 'contained-in', kind: 'workflow', id: 'flows#tab-3' }],
  });
  expect(record('credential', 'flows#all/credentials')).toMatchObject({
    name: 'All calls',
    type: 'oauth-token',
    links: [{ rel: 'contained-in', kind: 'workflow', id: 'flows#tab-3' }],
  });
  expect(closed.records.has('credential/flows#part/credentials')).toBe(false);
  const asked = closed.requests.map(({ path }) => path).filter((path) => path.startsWith('/admin/credentials/'));
  expect(asked.filter((path) => /\/(?:tab|group)\//.test(path))).toHaveLength(2);
});

test('the instance tells its settings', () => {
  expect(record('container', 'instance').policies).toEqual({
    version: '5.0.7',
    adminAuth: true,
    credentialSecret: 'default',
    functionExternalModules: true,
    paletteInstall: true,
    telemetry: false,
    httpNodeAuth: false,
    httpNodeCors: false,
    httpAdminCors: false,
    httpStatic: false,
  });
});

test('a token does as well as a password', async () => {
  const settings = { username: undefined, password: undefined, token: 'env:NODE_RED_TOKEN' };
  const found = await read(vendor(), { settings });
  expect(found.coverage.find(({ stream }) => stream === 'flows')).toMatchObject({ outcome: 'complete' });
  expect(found.requests.map(({ path }) => path)).not.toContain('/admin/auth/token');
  expect(record('credential', 'rollcall', found).type).toBe('api-key');
});

test('a user that may change flows is told', async () => {
  expect(record('identity', 'rollcall').tags).toBeUndefined();
  const found = await read(vendor({ callers: 'SET', permissions: ['*'] }));
  expect(found.records.get('identity/rollcall')).toMatchObject({ tags: ['can-write'], scopes: ['*'] });
});

test.each([
  [{ username: 'a' }],
  [{ password: 'env:A' }],
  [{ token: 'env:T', username: 'a', password: 'env:A' }],
  [{ token: 'literal' }],
])('%j is refused', (settings) => {
  expect(nodeRed.config.safeParse({ url: 'http://localhost:1880', ...settings }).success).toBe(false);
});
