import { describe, expect, test } from 'vitest';
import { readLive, type LiveOptions } from '../../test/helpers/live.ts';
import type { FixtureVendor } from '../../test/helpers/vendor.ts';
import { openStore } from '../../db/open.ts';
import { vendor, claims } from '../../test/vendors/n8n.ts';
import { formerToken, inlineToken } from '../../test/vendors/n8n/organisation.ts';
import { Secret, type Kind, type RecordOf } from '../../src/sdk/index.ts';
import { claimsOf } from './api-key.ts';
import { n8n } from './index.ts';

const limits = () => [{ requests: 10_000, per: 1_000 }];
const read = (from: FixtureVendor, options: LiveOptions = {}) => readLive(n8n, from, { ports: { limits }, ...options });

const { records, coverage, requests } = await read(vendor());

function record<K extends Kind>(kind: K, id: string): RecordOf<K> {
  const found = records.get(`${kind}/${id}`);
  if (found === undefined) throw new Error(`there is no ${kind} ${id}`);
  return found as RecordOf<K>;
}
const leave = record('workflow', 'workflows/wfLeave0000000001');

test('what runs through workflows is never asked for', () => {
  const asked = requests.filter(({ path }) => /^\/api\/v1\/workflows(?:\/[^/]+)?$/.test(path));
  expect(asked.map(({ query }) => query.get('excludePinnedData')).every((value) => value === 'true')).toBe(true);
  const runs = requests.filter(({ path }) => path === '/api/v1/executions');
  expect(runs.map(({ query }) => [query.get('includeData'), query.get('limit')])).toEqual(
    Array.from({ length: 5 }, () => ['false', '1']),
  );
  expect(requests.filter(({ method }) => method !== 'GET').map(({ path, body }) => [path, body])).toEqual([
    ['/api/v1/audit', '{"additionalOptions":{"categories":["instance"]}}'],
  ]);
});

describe('a key that is no admin’s (any more) gets some workflows for all', () => {
  const onlyFirst: LiveOptions['tamper'] = ({ path }, usual) => {
    if (path !== '/api/v1/workflows') return usual;
    const { data } = usual.json as { data: unknown[] };
    return { json: { data: data.slice(0, 1), nextCursor: null } };
  };
  const refused: LiveOptions['tamper'] = (request, usual) =>
    /\/(?:users|credentials)$/.test(request.path)
      ? { status: 403, json: { message: 'Forbidden' } }
      : onlyFirst(request, usual);
  const demoted: LiveOptions['tamper'] = (request, usual) => {
    if (request.path !== '/api/v1/users') return onlyFirst(request, usual);
    const { data, ...rest } = usual.json as { data: { id: string }[] };
    const users = data.map((user) => (user.id === claims.sub ? { ...user, role: 'global:custom-1' } : user));
    return { json: { ...rest, data: users } };
  };
  test.each([
    ['users are refused', refused],
    ['its user has another role', demoted],
  ])('%s', async (_, tamper) => {
    const store = await openStore({ memory: true });
    const before = await read(vendor(), { store });
    const after = await read(vendor(), { store, tamper });
    await store.close();
    const workflowsIn = (found: typeof after) => [...found.records.keys()].filter((key) => key.startsWith('workflow/'));
    expect(workflowsIn(after)).toEqual(workflowsIn(before));
    expect(after.coverage).toContainEqual(expect.objectContaining({ stream: 'workflows', outcome: 'partial' }));
  });
});

describe('earlier versions', () => {
  const ofVersions = (all: typeof requests) =>
    all.map(({ path }) => path).filter((path) => path.includes('wfLeave') && path.includes('/versions/'));

  test('a secret that was taken out of a workflow is found in the version that had it, with who made that', () => {
    expect(record('container', `${leave.id}/versions/v1`)).toMatchObject({
      name: 'Version v1 of Leave requests',
      links: expect.arrayContaining([{ rel: 'contained-in', kind: 'workflow', id: leave.id }]) as unknown[],
      matches: [{ at: { step: 'Call' } }],
    });
    const parts = record('container', `${leave.id}/versions/v1`).attributions?.map(({ rel, who }) => [rel, who.name]);
    expect(parts).toEqual([
      ['owned-by', 'Dana Maker'],
      ['edited-by', 'Dana Maker'],
    ]);
    expect(records.has(`container/${leave.id}/versions/v2`)).toBe(false);
    expect(JSON.stringify([...records.values()])).not.toContain(formerToken);
  });

  test('each is read once, and the newest not at all', async () => {
    expect(ofVersions(requests).map((path) => path.split('/').at(-1))).toEqual(['v1', 'v2']);
    const store = await openStore({ memory: true });
    await read(vendor(), { store });
    const again = await read(vendor(), { store });
    expect(ofVersions(again.requests)).toEqual([]);
    expect(again.records.has(`container/${leave.id}/versions/v1`)).toBe(true);
    await store.close();
  });

  test('they belong to whom their workflow belongs now', async () => {
    const store = await openStore({ memory: true });
    const { records: before } = await read(vendor(), { store });
    const { records: later } = await read(vendor(), {
      store,
      tamper: ({ path }, answer) =>
        path.endsWith('/workflows/wfLeave0000000001') && 'json' in answer
          ? { ...answer, json: { ...(answer.json as object), name: 'Holidays' } }
          : answer,
    });
    expect(later.get(`container/${leave.id}/versions/v1`)).toMatchObject({ name: 'Version v1 of Holidays' });
    // And again, once it is as it was at first.
    const { records: back } = await read(vendor(), { store });
    expect([...back]).toEqual([...before]);
    await store.close();
  });

  test('an n8n that does not give them is told, and takes nothing away', async () => {
    const found = await read(vendor(), {
      tamper: ({ path }, answer) => (path.includes('/versions/') ? { status: 404, json: {} } : answer),
    });
    expect(found.coverage.find(({ stream }) => stream === 'workflow-versions')).toMatchObject({
      outcome: 'partial',
      quarantined: 1,
    });
  });
});

describe('a workflow', () => {
  test('has its owner, who made each version, who put it live, and its last run', () => {
    expect(leave).toMatchObject({
      name: 'Leave requests',
      state: 'active',
      url: 'https://n8n.acme.example/workflow/wfLeave0000000001',
      lastRunAt: Date.UTC(2026, 4, 30, 8),
      gaps: { 'reviewed-by': 'not-supported' },
    });
    const parts = leave.attributions?.map(({ rel, who }) => [rel, who.id ?? who.name]);
    expect(parts).toContainEqual(['owned-by', '00000000-0000-4000-8000-000000000001']);
    expect(parts).toContainEqual(['published-by', '00000000-0000-4000-8000-000000000001']);
    expect(parts).toContainEqual(['edited-by', 'Kim Helper']);
    expect(leave.versions?.map(({ id }) => id).toSorted()).toEqual(['v1', 'v2', 'v3']);
  });

  test('leads to the credentials that the other stream defines', () => {
    const used = leave.links?.filter(({ kind }) => kind === 'connection').map(({ id }) => id) ?? [];
    expect(used.map((id) => record('connection', id).name)).toEqual([
      'HR system',
      'OpenAI',
      'Gmail (dana@acme.example)',
    ]);
    expect(record('endpoint', `${leave.id}/in/n1`)).toMatchObject({
      type: 'webhook',
      authentication: 'none',
      state: 'active',
    });
  });

  test('is offered to AI clients where its settings say so', async () => {
    const found = await read(vendor(), {
      tamper: ({ path }, answer) => {
        if (!path.endsWith('/workflows/wfMade2000000001')) return answer;
        return { json: { ...(answer.json as object), settings: { availableInMCP: true } } };
      },
    });
    expect(found.records.get('endpoint/workflows/wfMade2000000001/in/mcp-server')).toMatchObject({ type: 'mcp' });
  });

  test('leads to the workflows that it calls, and to the one that is called when it fails', async () => {
    const call = {
      id: 'x',
      name: 'Call',
      type: 'n8n-nodes-base.executeWorkflow',
      parameters: { workflowId: { value: 'wfMade3000000001' } },
    };
    const found = await read(vendor(), {
      tamper: ({ path }, answer) => {
        if (!path.endsWith('/workflows/wfMade2000000001')) return answer;
        const { nodes, ...rest } = answer.json as { nodes: unknown[] };
        return { json: { ...rest, nodes: [...nodes, call], settings: { errorWorkflow: 'wfMade4000000001' } } };
      },
    });
    const draft = found.records.get('workflow/workflows/wfMade2000000001');
    const called = draft?.links?.filter(({ kind }) => kind === 'workflow').map(({ id }) => id) ?? [];
    expect(called).toEqual(['workflows/wfMade3000000001', 'workflows/wfMade4000000001']);
    expect(called.map((id) => found.records.has(`workflow/${id}`))).toEqual([true, true]);
  });

  test('of a team stands in its project, and a token in its code is found', () => {
    const nightly = record('workflow', 'workflows/wfMade1000000001');
    expect(nightly.links).toContainEqual({
      rel: 'contained-in',
      kind: 'container',
      id: 'n8n:project:prFinance00000001',
    });
    expect(nightly.matches).toHaveLength(1);
    expect(JSON.stringify([...records.values()])).not.toContain(inlineToken);
  });

  test('that no run is left of is not said never to have run', () => {
    const draft = record('workflow', 'workflows/wfMade2000000001');
    expect(draft.lastRunAt).toBeUndefined();
    expect(draft.gaps).toMatchObject({ lastRunAt: 'not-supported' });
  });
});

test('users: an invitation, an admin, and nothing claimed about the others', () => {
  const people = [...records.values()].filter((one) => one.kind === 'person');
  expect(people.map(({ name, status, admin, emails }) => [name, status, admin, emails?.[0]])).toEqual([
    ['Olga Owner', 'unknown', true, 'olga@acme.example'],
    ['Dana Maker', 'unknown', false, 'dana@acme.example'],
    ['Kim@acme.example', 'unknown', true, 'kim@acme.example'],
    ['late@acme.example', 'invited', false, 'late@acme.example'],
  ]);
});

test('a credential belongs to a person or to a project, and says with whom it is shared', () => {
  expect(record('credential', 'CredAi0000000001')).toMatchObject({
    type: 'api-key',
    store: 'platform',
    sharedWith: { reach: 'some', count: 2 },
    attributions: [{ rel: 'owned-by', who: { name: 'Olga Owner', email: 'olga@acme.example' } }],
    links: [
      { rel: 'authenticates', kind: 'connection', id: 'n8n/-/openAiApi/CredAi0000000001' },
      { rel: 'contained-in', kind: 'container', id: 'n8n:project:prFinance00000001' },
    ],
  });
  expect(record('credential', 'CredDb0000000001').attributions).toEqual([]);
  expect(record('credential', 'CredOld000000001').sharedWith).toBeUndefined();
});

test('a team’s project has its administrators, a personal one its owner', () => {
  const team = record('container', 'n8n:project:prFinance00000001');
  expect(team.admins).toBe(2);
  expect(team.attributions?.map(({ rel, who }) => [rel, who.email])).toEqual([
    ['owned-by', 'dana@acme.example'],
    ['owned-by', 'olga@acme.example'],
    ['created-by', undefined],
  ]);
  expect(record('container', 'n8n:project:prPersonalDana001').attributions).toMatchObject([{ rel: 'owned-by' }]);
});

test('only a variable with a secret in it is on the roll', () => {
  const found = [...records.values()].filter(({ id }) => id.startsWith('variables/'));
  expect(found.map(({ name, matches }) => [name, matches?.length])).toEqual([['GITHUB_TOKEN', 1]]);
});

test('the instance tells its settings, its packages and its source control', () => {
  expect(record('container', 'instance').policies).toEqual({
    communityPackages: true,
    publicApi: true,
    templates: false,
    nodesExcluded: 'n8n-nodes-base.executeCommand',
    nodesIncluded: 'none',
    diagnostics: false,
    outdated: true,
    securityUpdateMissing: true,
  });
  expect(record('identity', 'community-packages/n8n-nodes-pdf')).toMatchObject({
    status: 'active',
    thirdParty: true,
    component: { version: '1.4.2', origin: 'community' },
  });
  expect(record('identity', 'community-packages/n8n-nodes-broken').status).toBe('disabled');
  expect(record('container', 'source-control').policies).toEqual({ connected: true, unpushedChanges: true });
});

describe('refusals', () => {
  const refusing = (pattern: RegExp, message: string) =>
    read(vendor(), {
      tamper: ({ path }, answer) => (pattern.test(path) ? { status: 403, json: { message } } : answer),
    });
  const licence = 'Your license does not allow for feat:variables. To enable feat:variables, please upgrade.';

  test('what the licence leaves out is skipped, not empty', async () => {
    const found = await refusing(/\/variables$|\/projects$/, licence);
    const ends = found.coverage.filter(({ outcome }) => outcome !== 'complete' && outcome !== 'skipped');
    expect(ends).toEqual([]);
    expect(found.coverage.find(({ stream }) => stream === 'variables')).toMatchObject({ reason: 'not-licensed' });
  });

  test('a key that may not list runs still reads workflows, says so once, and asks once or so', async () => {
    const found = await refusing(/\/executions$/, 'Forbidden');
    expect(found.coverage.find(({ stream }) => stream === 'workflows')).toMatchObject({
      outcome: 'partial',
      quarantined: 1,
    });
    expect(found.records.get(`workflow/${leave.id}`)?.gaps).toMatchObject({ lastRunAt: 'denied' });
    expect(found.requests.filter(({ path }) => path.endsWith('/executions')).length).toBeLessThanOrEqual(3);
  });

  test('source control that leads nowhere is no failure', async () => {
    const found = await read(vendor(), {
      tamper: ({ path }, answer) => (path.endsWith('/status') ? { status: 400, json: { message: 'no' } } : answer),
    });
    expect(found.records.get('container/source-control')).toMatchObject({ policies: { connected: false } });
  });

  test('an audit without any report is read', async () => {
    const found = await read(vendor(), {
      tamper: ({ path }, answer) => (path.endsWith('/audit') ? { json: [] } : answer),
    });
    expect(found.records.get('container/instance')).toMatchObject({ policies: {} });
  });
});

describe('the key', () => {
  test('is on the roll with its end, and with what it could change', async () => {
    expect(record('credential', 'rollcall').expiresAt).toBe(claims.exp * 1_000);
    expect(record('identity', 'rollcall').tags).toBeUndefined();
    const found = await read(vendor({ scopes: ['workflow:update'] }));
    expect(found.records.get('identity/rollcall')?.tags).toEqual(['can-write']);
  });

  test.each([
    ['one without an end', { sub: 'u' }, { user: 'u', expiresAt: 'never' }],
    ['one with an odd end', { exp: 'soon' }, {}],
  ])('%s', (_, payload, expected) => {
    const part = Buffer.from(JSON.stringify(payload)).toString('base64url');
    expect(claimsOf(new Secret(`e30.${part}.sig`))).toEqual(expected);
  });

  test.each(['n8n_api_0123', 'a.b.c', '..', ''])('%j says nothing of itself', (text) => {
    expect(claimsOf(new Secret(text))).toEqual({});
  });
});

test('every stream is read to its end', () => {
  expect(coverage.filter(({ outcome }) => outcome !== 'complete').map(({ stream }) => stream)).toEqual(['api-keys']);
});
