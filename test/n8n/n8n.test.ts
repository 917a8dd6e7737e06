import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { n8n as connector } from '../../connectors/n8n/index.ts';
import { seeded } from '../../scanners/secrets/samples.ts';
import { readLive, type LiveRead } from '../helpers/live.ts';
import { isInstalled, n8n } from '../servers/programs.ts';
import { fresh, type Instance } from './instance.ts';

const sample = seeded(2_411);
const token = `ghp_${sample.alnum(36)}`;
const reading = [
  'workflow:list',
  'workflow:read',
  'execution:list',
  'credential:list',
  'user:list',
  'project:list',
  'variable:list',
  'securityAudit:generate',
  'communityPackage:list',
  'sourceControl:read',
];
const WORKFLOWS = 60;

describe.skipIf(!isInstalled(n8n))('real n8n', () => {
  const home = mkdtempSync(join(tmpdir(), 'rollcall-n8n-'));
  let instance: Instance;
  let live: string;
  let mended: string;
  let offered: string;
  let found: LiveRead;
  const readWith = (key: string): Promise<LiveRead> =>
    // It is no vendor of ours: the server that is made up for it is not asked.
    readLive(
      connector,
      {
        settings: () => ({ url: instance.url, apiKey: 'env:N8N_API_KEY' }),
        env: { N8N_API_KEY: key },
        answer: () => undefined,
      },
      { ports: { limits: () => [{ requests: 200, per: 1_000, concurrency: 8 }] } },
    );

  beforeAll(async () => {
    instance = await fresh(home, `${sample.alnum(16)}A1`, sample.alnum(24));
    const { data: scopes } = { data: await instance.rest<string[]>('/rest/api-keys/scopes') };
    const writer = await instance.key(scopes, null);
    const api = async <T>(path: string, body: unknown, method: 'POST' | 'PUT' = 'POST'): Promise<T> => {
      const answer = await fetch(`${instance.url}/api/v1${path}`, {
        method,
        headers: { 'X-N8N-API-KEY': writer, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
      return (await answer.json()) as T;
    };
    const credential = await api<{ id: string }>('/credentials', {
      name: 'HR system',
      type: 'httpHeaderAuth',
      data: { name: 'Authorization', value: sample.alnum(30), allowedHttpRequestDomains: 'all' },
    });
    await api('/users', [{ email: 'late@acme.example', role: 'global:member' }]);
    live = (await api<{ id: string }>('/workflows', hook(credential.id))).id;
    await api(`/workflows/${live}/activate`, {});
    mended = (await api<{ id: string }>('/workflows', { ...hook(credential.id), name: 'Mended' })).id;
    const { nodes, ...same } = hook(credential.id);
    const without = nodes.map((node) =>
      node.name === 'Code' ? { ...node, parameters: { jsCode: 'return items;' } } : node,
    );
    await api(`/workflows/${mended}`, { ...same, name: 'Mended', nodes: without }, 'PUT');
    const settings = { availableInMCP: true };
    offered = (await api<{ id: string }>('/workflows', { ...hook(credential.id), name: 'Offered', settings })).id;
    for (let n = 3; n < WORKFLOWS; n += 1) await api('/workflows', { ...hook(credential.id), name: `Copy ${n}` });
    await fetch(`${instance.url}/webhook/hr-hook`, { method: 'POST' });
    found = await readWith(await instance.key(reading, Math.floor(Date.now() / 1_000) + 864_000));
  });
  afterAll(async () => {
    await instance?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  test('what the Community edition leaves out is told as not licensed; everything else is read to its end', () => {
    const ends = Object.fromEntries(found.coverage.map(({ stream, outcome, reason }) => [stream, reason ?? outcome]));
    expect(ends).toEqual({
      'own-access': 'complete',
      'api-keys': 'not-supported',
      instance: 'complete',
      users: 'complete',
      projects: 'not-licensed',
      credentials: 'complete',
      variables: 'not-licensed',
      workflows: 'complete',
      'workflow-versions': 'complete',
      'community-packages': 'complete',
      'source-control': 'not-licensed',
    });
  });

  test('every page of workflows came', () => {
    const workflows = [...found.records.values()].filter(({ kind }) => kind === 'workflow');
    expect(workflows).toHaveLength(WORKFLOWS);
  });

  test('a live workflow has its owner, its maker, its publisher, its last run and its token', () => {
    const workflow = found.records.get(`workflow/workflows/${live}`);
    expect(workflow).toMatchObject({
      state: 'active',
      lastRunAt: expect.any(Number) as number,
      matches: [expect.objectContaining({ place: 'definition' })],
      graph: { triggers: [{ kind: 'webhook', authentication: 'none' }] },
      sharedWith: { reach: 'private' },
    });
    const parts = workflow?.attributions?.map(({ rel, who }) => [rel, who.id !== undefined || who.name]);
    expect(parts).toEqual(
      expect.arrayContaining([
        ['owned-by', true],
        ['edited-by', 'Olga Owner'],
        ['published-by', true],
      ]),
    );
    expect(workflow?.kind === 'workflow' && workflow.versions?.length).toBeGreaterThanOrEqual(1);
    expect(JSON.stringify([...found.records.values()])).not.toContain(token);
  });

  test('a token that was taken out of a workflow is found in the version before', () => {
    expect(found.records.get(`workflow/workflows/${mended}`)?.matches).toBeUndefined();
    const versions = [...found.records.values()].filter(({ id }) => id.startsWith(`workflows/${mended}/versions/`));
    expect(versions).toMatchObject([{ kind: 'container', matches: [{ place: 'definition', at: { step: 'Code' } }] }]);
  });

  test('a workflow that n8n’s own MCP server offers to AI clients', () => {
    const doors = [...found.records.values()].filter((one) => one.kind === 'endpoint' && one.type === 'mcp');
    expect(doors).toMatchObject([
      { authentication: 'oauth', links: [expect.objectContaining({ id: `workflows/${offered}` })] },
    ]);
  });

  test('the credential that it names is the one that is listed', () => {
    const connections = [...found.records.values()].filter(({ kind }) => kind === 'connection');
    expect(connections.map(({ name }) => name)).toEqual(['HR system']);
    expect(connections[0]?.attributions).toMatchObject([{ who: { email: 'owner@acme.example' } }]);
  });

  test('an invitation that nobody took up is there', () => {
    const people = [...found.records.values()].filter((one) => one.kind === 'person');
    expect(Object.fromEntries(people.map(({ emails, status }) => [emails?.[0], status]))).toEqual({
      'late@acme.example': 'invited',
      'owner@acme.example': 'unknown',
    });
  });

  test('the key is on the roll with its end; one that can write and never ends is told', async () => {
    expect(found.records.get('credential/rollcall')).toMatchObject({ expiresAt: expect.any(Number) as number });
    expect(found.records.get('identity/rollcall')?.tags).toBeUndefined();
    const mighty = await readWith(await instance.key([...reading, 'workflow:update'], null));
    expect(mighty.records.get('credential/rollcall')).toMatchObject({ expiresAt: 'never' });
    expect(mighty.records.get('identity/rollcall')?.tags).toEqual(['can-write']);
  });

  test('a key that may list workflows alone says what it lacks', async () => {
    const small = await readWith(await instance.key(['workflow:list', 'workflow:read'], null));
    const skipped = small.coverage.filter(({ reason }) => reason === 'permission').map(({ stream }) => stream);
    expect(skipped).toEqual([
      'instance',
      'users',
      'projects',
      'credentials',
      'variables',
      'community-packages',
      'source-control',
    ]);
    expect(small.coverage.find(({ stream }) => stream === 'workflows')).toMatchObject({
      outcome: 'partial',
      // When workflows ran last, and the workflows of others.
      quarantined: 2,
    });
  });
});

/** A hook that anybody may call, with a token in its code. */
function hook(credential: string) {
  const node = (id: string, name: string, type: string, parameters: object, more: object = {}) => ({
    id,
    name,
    type: `n8n-nodes-base.${type}`,
    typeVersion: 2,
    position: [0, 0],
    parameters,
    ...more,
  });
  return {
    name: 'HR hook',
    settings: {},
    nodes: [
      node('a', 'Hook', 'webhook', { path: 'hr-hook', httpMethod: 'POST' }, { webhookId: 'hr-hook' }),
      node('b', 'Code', 'code', { jsCode: `const token = '${token}'; return items;` }),
      node(
        'c',
        'Send',
        'httpRequest',
        { url: 'http://127.0.0.1:9/api', authentication: 'genericCredentialType', genericAuthType: 'httpHeaderAuth' },
        { typeVersion: 4.2, credentials: { httpHeaderAuth: { id: credential, name: 'HR system' } }, disabled: true },
      ),
    ],
    connections: {
      Hook: { main: [[{ node: 'Code', type: 'main', index: 0 }]] },
      Code: { main: [[{ node: 'Send', type: 'main', index: 0 }]] },
    },
  };
}
