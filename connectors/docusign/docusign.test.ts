import { beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { noHttp, SourceError } from '../../src/sdk/index.ts';
import { streamContext } from '../../src/sdk/testing.ts';
import { readLive, recordsIn, type LiveRead } from '../../test/helpers/live.ts';
import { secrets, vendor } from '../../test/vendors/docusign.ts';
import { forms } from '../../test/vendors/docusign/flows.ts';
import { unread } from '../../test/vendors/docusign/hooks.ts';
import {
  accountId,
  dana,
  integrationKey,
  leaver,
  novice,
  olga,
  organizationId,
  otherAccountId,
  otherKey,
  robot,
} from '../../test/vendors/docusign/people.ts';
import { classify } from './classify.ts';
import type { Config } from './config.ts';
import { docusign } from './index.ts';
import { workflows } from './workflows.ts';

let read: LiveRead;
const record = (key: string): unknown => read.records.get(key);
beforeAll(async () => {
  read = await readLive(docusign, vendor());
});

describe('people and what they may do', () => {
  test('closed and invited users are on the roll; text becomes truth, the year 1 becomes nothing', () => {
    expect(record(`person/${leaver}`)).toMatchObject({ status: 'deprovisioned', admin: true });
    expect(record(`person/${leaver}`)).not.toHaveProperty('lastUsedAt');
    expect(record(`person/${leaver}`)).toMatchObject({ leftAt: Date.UTC(2026, 2, 31, 17) });
    expect(record(`person/${dana}`)).not.toHaveProperty('leftAt');
    expect(record(`person/${novice}`)).toMatchObject({ status: 'invited', name: 'nia@acme.example' });
    expect(record(`person/${olga}`)).toMatchObject({ emails: ['olga@acme.example'], teams: ['Administrators'] });
  });

  test('the account counts its administrators without those who left, and belongs to its organisation', () => {
    expect(record(`container/${accountId}`)).toMatchObject({
      name: 'Acme GmbH',
      environment: 'production',
      admins: 1,
      policies: { enablePowerFormDirect: true, allowConnectHttpListenerConfigs: false, sessionTimeout: 20 },
    });
    expect(record(`container/${accountId}`)).not.toHaveProperty('policies.singleSignOnEnabled');
    expect(record(`container/${otherAccountId}`)).toMatchObject({ type: 'account' });
  });

  test('who may act for whom, until when', () => {
    expect(record('connection/authorization/au1')).toMatchObject({
      account: { id: olga },
      delegation: { to: { id: leaver }, may: ['sign'] },
      expiresAt: 'never',
      status: 'active',
    });
    expect(record('connection/authorization/au2')).toMatchObject({ expiresAt: Date.UTC(2026, 11, 31) });
    expect(record('connection/authorization/au3')).toMatchObject({ status: 'expired' });
  });
});

describe('webhooks', () => {
  test('the strongest proof of the sender counts, and documents are told from events', () => {
    expect(record('endpoint/connect/101')).toMatchObject({
      authentication: 'mtls',
      signed: true,
      payload: 'documents',
      reach: 'all',
      delivery: 'failing',
      legacy: false,
      host: 'hooks.acme.example',
    });
    expect(record('endpoint/connect/102')).toMatchObject({
      authentication: 'none',
      signed: false,
      payload: 'documents',
      logging: { runs: 'off' },
      matches: [{ place: 'configuration' }],
    });
    expect(record('endpoint/connect/103')).toMatchObject({
      authentication: 'basic',
      scheme: 'http',
      state: 'inactive',
      delivery: 'stopped',
      reach: 'one',
      legacy: true,
      links: expect.arrayContaining([{ rel: 'uses', kind: 'person', id: leaver }]) as unknown,
    });
    expect(record('endpoint/connect/104')).toMatchObject({
      authentication: 'oauth',
      delivery: 'working',
      reach: 'some',
    });
    expect(record('endpoint/connect/106')).toMatchObject({ state: 'active', delivery: 'paused' });
    expect(record('endpoint/connect/107')).toMatchObject({ authentication: 'mtls', signed: true, legacy: false });
  });

  test('what the platform files at another by itself cannot be signed, and is not called unsigned', () => {
    expect(record('endpoint/connect/108')).toMatchObject({ authentication: 'oauth', tags: ['salesforce'] });
    expect(record('endpoint/connect/108')).not.toHaveProperty('signed');
  });

  test('those of the organisation are read once, not again for this account', () => {
    const ids = [...read.records.keys()].filter((key) => key.startsWith('endpoint/organisation-connect/'));
    expect(ids).toEqual([1, 2].map((n) => `endpoint/organisation-connect/cc000000-0000-4000-8000-00000000000${n}`));
    expect(record(ids[0] ?? '')).toMatchObject({ delivery: 'paused', signed: false, payload: 'documents' });
  });

  test('what keeps a webhook safe is on the roll without its value', () => {
    const kept = [...read.records.keys()].filter((key) => key.startsWith('credential/connect/'));
    expect(kept.toSorted()).toEqual([
      'credential/connect/101/hmac',
      'credential/connect/103/basic',
      'credential/connect/104/oauth',
      'credential/connect/oauth',
    ]);
  });

  test('an OAuth client is one, however many webhooks use it, and says for what and where it is used', () => {
    const authenticates = (id: string): unknown => ({ rel: 'authenticates', kind: 'endpoint', id });
    expect(record('credential/connect/104/oauth')).toMatchObject({
      tags: ['client:crm'],
      allowedHosts: ['login.crm.acme.example'],
      links: [{}, authenticates('connect/104')],
    });
    expect(record('credential/connect/oauth')).toMatchObject({
      type: 'client-secret',
      tags: ['client:docusign'],
      scopes: ['hooks', 'ledger'],
      allowedHosts: ['login.acme.example'],
      links: [{}, authenticates('connect/105'), authenticates('connect/106')],
    });
    expect(record(`credential/organisation-connect/${organizationId}/oauth`)).toMatchObject({
      scopes: ['hooks', 'ledger'],
      links: [{}, authenticates('organisation-connect/cc000000-0000-4000-8000-000000000002')],
    });
  });
});

describe('what was built', () => {
  test('maker, publisher and sender of a form are three', () => {
    const [own, reviewed, draft] = forms.map(({ id }) => record(`workflow/web-form/${id}`));
    const parts = (editor: string, publisher: string) => [
      expect.objectContaining({ rel: 'owned-by', who: expect.objectContaining({ id: dana }) as unknown }) as unknown,
      expect.objectContaining({ rel: 'edited-by', who: expect.objectContaining({ id: editor }) as unknown }) as unknown,
      expect.objectContaining({
        rel: 'published-by',
        who: expect.objectContaining({ id: publisher }) as unknown,
      }) as unknown,
    ];
    expect(own).toMatchObject({ state: 'active', sender: { id: dana }, attributions: parts(dana, dana) });
    expect(reviewed).toMatchObject({ state: 'inactive', sender: { id: robot }, attributions: parts(dana, olga) });
    expect(draft).toMatchObject({ state: 'draft' });
    expect(record(`endpoint/web-form/${forms[0]?.id}`)).toMatchObject({ authentication: 'none' });
    expect(record(`endpoint/web-form/${forms[1]?.id}`)).toMatchObject({ authentication: 'query' });
  });

  test('a template says with whom it is shared, as far as that is known', () => {
    const template = (n: number) => record(`workflow/template/te000000-0000-4000-8000-00000000000${n}`);
    const shared = (kind: string, id: string): unknown => ({ rel: 'shared-with', kind, id });
    expect(template(0)).toMatchObject({
      sharedWith: { reach: 'some', count: 5 },
      links: expect.arrayContaining([
        shared('person', olga),
        shared('person', robot),
        shared('container', 'group/12'),
      ]) as unknown,
    });
    expect(JSON.stringify(template(0))).not.toContain(leaver);
    expect(template(1)).toMatchObject({ sharedWith: { reach: 'private' }, links: [{}] });
    expect((template(2) as { sharedWith: unknown }).sharedWith).toEqual({ reach: 'everyone' });
    expect(template(4)).toMatchObject({ sharedWith: { reach: 'some', count: 1 } });
  });

  test('a workflow was last run when its newest run began; nobody knows where none is listed or asked for', () => {
    const flow = (n: number) => record(`workflow/workflow/70000000-0000-4000-8000-00000000000${n}`);
    expect(flow(0)).toMatchObject({ lastRunAt: Date.UTC(2026, 4, 3, 8) });
    expect(flow(1)).toMatchObject({ state: 'inactive', gaps: { lastRunAt: 'not-seen' } });
    const asked = read.requests.filter(({ path }) => path.endsWith('/instances'));
    expect(asked).toHaveLength(1);
  });

  test('an archived workflow has no trigger, which hides nothing', () => {
    expect(record('workflow/workflow/70000000-0000-4000-8000-000000000002')).toMatchObject({ state: 'archived' });
    expect(read.coverage.find(({ stream }) => stream === 'workflows')).toMatchObject({ outcome: 'complete' });
  });

  test('a PowerForm says whether it runs out', () => {
    const id = (n: number): string => `endpoint/powerform/bf000000-0000-4000-8000-00000000000${n}`;
    expect(record(id(0))).toMatchObject({ authentication: 'none', usesLeft: 'unlimited', state: 'active' });
    expect(record(id(1))).toMatchObject({ authentication: 'unknown', usesLeft: 12, gaps: { lastUsedAt: 'not-seen' } });
    expect(record(id(2))).toMatchObject({ state: 'inactive' });
    expect(record(id(3))).toMatchObject({ lastUsedAt: 'never' });
  });

  test('texts of templates and defaults of workflows are searched; nothing that comes unasked is kept', () => {
    expect(record('workflow/template/te000000-0000-4000-8000-000000000000')).toMatchObject({ matches: [{}] });
    expect(record('workflow/workflow/70000000-0000-4000-8000-000000000000')).toMatchObject({ matches: [{}] });
    const kept = JSON.stringify([...read.records.values()]);
    for (const secret of [...secrets, unread]) expect(kept).not.toContain(secret);
  });

  test('a key is seen by its use, in whose name and until when', () => {
    expect(record(`identity/integration-key/${integrationKey}`)).toMatchObject({
      lastUsedAt: Date.UTC(2026, 4, 24, 8),
      knownAs: [`docusign-key:${integrationKey}`],
    });
    expect(record(`credential/integration-key/${integrationKey}/${leaver}`)).toMatchObject({
      type: 'oauth-grant',
      name: expect.stringMatching(/ in the name of Lee /) as unknown,
      lastUsedAt: Date.UTC(2026, 4, 22, 8),
      attributions: [{ rel: 'owned-by', who: { id: leaver } }],
    });
    expect([...read.records.keys()].filter((key) => key.startsWith('identity/integration-key/'))).toHaveLength(2);
    // Seen again later, but in another account.
    expect(record(`identity/integration-key/${otherKey}`)).toMatchObject({ lastUsedAt: Date.UTC(2026, 4, 21, 8) });
  });
});

test('webhooks of an account that has a source of its own are left to that', async () => {
  const settings = { readElsewhere: [otherAccountId.toUpperCase()] };
  const { coverage, records } = await readLive(docusign, vendor(), { settings });
  const told = [...records.keys()].filter((key) => key.startsWith('endpoint/organisation-connect/'));
  expect(told).toEqual(['endpoint/organisation-connect/cc000000-0000-4000-8000-000000000001']);
  expect(coverage.find(({ stream }) => stream === 'organisation-connect')).toMatchObject({ outcome: 'complete' });
});

test('an account of the organisation that no source reads is told, and is no failure of this one', async () => {
  const told = async (settings: Record<string, unknown>) => {
    const store = await openStore({ memory: true });
    const { coverage } = await readLive(docusign, vendor(), { store, settings });
    expect(coverage.find(({ stream }) => stream === 'organisations')).toMatchObject({ outcome: 'complete' });
    const spots = (await Array.fromAsync(store.coverage.blindSpots())).flat();
    await store.close();
    return spots.filter(({ stream }) => stream === 'organisations');
  };
  expect(await told({})).toMatchObject([
    { subject: `account Acme ${otherAccountId.slice(-1)}`, reason: 'config', expected: true },
  ]);
  expect(await told({ readElsewhere: [otherAccountId] })).toEqual([]);
});

test('what was not consented to is skipped with the scope to grant, and everything else is read', async () => {
  const { coverage } = await readLive(docusign, vendor(['signature', 'impersonation']));
  const outcomes = Object.groupBy(coverage, ({ outcome, reason }) => reason ?? outcome);
  expect(outcomes['permission']?.map(({ stream }) => stream)).toEqual([
    'web-forms',
    'workflows',
    'organisations',
    'organisation-connect',
  ]);
  expect(outcomes['permission']?.[0]?.detail).toContain('webforms_read');
  expect(outcomes['complete']).toHaveLength(9);
});

test('without the organisation’s scopes nobody says when users left, and nothing is asked in vain', async () => {
  const { coverage, records, requests } = await readLive(docusign, vendor(['signature', 'impersonation']));
  expect(coverage.find(({ stream }) => stream === 'users')).toMatchObject({ outcome: 'complete' });
  expect(records.get(`person/${leaver}`)).toMatchObject({ status: 'deprovisioned', gaps: { leftAt: 'not-seen' } });
  expect(requests.filter(({ path }) => path.startsWith('/Management'))).toEqual([]);
});

test('who is refused an addition still gets the list that it belongs to', async () => {
  const { coverage, records } = await readLive(docusign, vendor(), {
    tamper: ({ path }, answer) =>
      /\/(?:organizations|shared_access|instances|connect\/oauth)$/.test(path) ? { status: 403, json: {} } : answer,
  });
  const told = (id: string) => coverage.find(({ stream }) => stream === id);
  for (const id of ['users', 'templates', 'workflows', 'connect'])
    expect([id, told(id)]).toEqual([id, expect.objectContaining({ outcome: 'partial', quarantined: 1 })]);
  expect(records.get('workflow/template/te000000-0000-4000-8000-000000000000')).toMatchObject({
    sharedWith: { reach: 'some' },
  });
  expect(records.get('credential/connect/oauth')).toMatchObject({ gaps: { scopes: 'denied' } });
});

test('the Monitor feed is read on where it was left; without the plan for it, that is said', async () => {
  const store = await openStore({ memory: true });
  const cursors = async (...scopes: [] | [readonly string[]]) => {
    const { requests } = await readLive(docusign, vendor(...scopes), { store });
    return requests.filter(({ path }) => path.endsWith('/stream')).map(({ query }) => query.get('cursor'));
  };
  expect(await cursors()).toEqual(['2026-05-02T00:00:00Z', 'resultData-2', 'resultData-4', 'resultData-6']);
  expect(await cursors()).toEqual(['resultData-6']);
  // Where the organisation is not for us to know, Monitor is asked where it was before; its cursors are its own.
  const before = ['2026-05-02T00:00:00Z', 'data-2', 'data-4', 'data-6'];
  expect(await cursors(['signature', 'impersonation'])).toEqual(before);
  expect(await cursors(['signature', 'impersonation'])).toEqual(['data-6']);
  const key = `identity/integration-key/${integrationKey}`;
  expect((await recordsIn(store)).get(key)).toMatchObject({ lastUsedAt: Date.UTC(2026, 4, 24, 8) });
  await store.close();
  const { coverage } = await readLive(docusign, vendor(), {
    tamper: ({ path }, answer) => (path.endsWith('/stream') ? { status: 404, json: {} } : answer),
  });
  expect(coverage.find(({ stream }) => stream === 'monitor')).toMatchObject({ reason: 'not-licensed' });
  expect(coverage.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
});

test('who may read organisations but administers none still asks Monitor, at the address that needs none', async () => {
  const { coverage, requests } = await readLive(docusign, vendor(), {
    tamper: ({ path }, answer) => (path.endsWith('/v2/organizations') ? { json: { organizations: [] } } : answer),
  });
  expect(coverage.find(({ stream }) => stream === 'monitor')).toMatchObject({ outcome: 'complete' });
  expect(new Set(requests.map(({ path }) => path).filter((path) => path.endsWith('/stream')))).toEqual(
    new Set(['/lens/api/v2.0/datasets/monitor/stream']),
  );
});

test('Monitor’s list is read under the name that its description gives it, too; without any it is no empty feed', async () => {
  const outcome = async (name: string) => {
    const { coverage, records } = await readLive(docusign, vendor(), {
      tamper: ({ path }, usual) => {
        if (!path.startsWith('/flows') || !path.endsWith('/stream')) return usual;
        const { endCursor, resultData } = usual.json as { endCursor: string; resultData: unknown };
        return { ...usual, json: { endCursor, [name]: resultData } };
      },
    });
    return [
      coverage.find(({ stream }) => stream === 'monitor')?.outcome,
      [...records.keys()].join().includes(otherKey),
    ];
  };
  expect(await outcome('data')).toEqual(['complete', true]);
  expect(await outcome('events')).toEqual(['failed', false]);
});

test('no webhook is said to work where the list of failed deliveries did not come', async () => {
  const deliveries = async (answer: object) => {
    const { records, coverage } = await readLive(docusign, vendor(), {
      tamper: ({ path }, usual) => (path.endsWith('/connect/failures') ? { json: answer } : usual),
    });
    const said = [...records.values()].flatMap((each) => (each.kind === 'endpoint' ? (each.delivery ?? []) : []));
    return [said.includes('working'), coverage.find(({ stream }) => stream === 'connect')?.outcome];
  };
  expect(await deliveries({})).toEqual([false, 'partial']);
  expect(await deliveries({ totalRecords: '0' })).toEqual([true, 'complete']);
});

test.each([
  [400, 'INVALID_USERID'],
  [400, 'USER_DOES_NOT_EXIST_IN_SYSTEM'],
  [401, 'USER_LACKS_MEMBERSHIP'],
])('one user of whom the platform says %i %s costs the permissions of nobody else', async (status, errorCode) => {
  const { coverage, records } = await readLive(docusign, vendor(), {
    tamper: ({ path }, usual) =>
      path.endsWith('/authorizations') && path.includes(dana) ? { status, json: { errorCode, message: 'no' } } : usual,
  });
  const told = coverage.find(({ stream }) => stream === 'delegations');
  expect(told).toMatchObject({ outcome: 'partial', quarantined: 1 });
  expect(records.has('connection/authorization/au1')).toBe(true);
});

test('a code says more than the status that it comes with', () => {
  const kind = (status: number, errorCode: unknown) =>
    classify({ status, headers: new Headers(), body: { errorCode } })?.kind;
  expect(kind(401, 'USER_LACKS_PERMISSIONS')).toBe('permission');
  expect(kind(400, 'ACCOUNT_LACKS_PERMISSIONS')).toBe('not-licensed');
  expect(kind(400, 'HOURLY_APIINVOCATION_LIMIT_EXCEEDED')).toBe('rate-limited');
  expect(kind(401, 'AUTHORIZATION_INVALID_TOKEN')).toBeUndefined();
  expect(kind(200, 'USER_LACKS_PERMISSIONS')).toBeUndefined();
  expect(kind(400, 'toString')).toBeUndefined();
});

test('a run that does not have the expected form is one blind spot, and the others say when the last one was', async () => {
  const blind: unknown[] = [];
  const bodies: readonly [RegExp, unknown][] = [
    [/instances$/, { data: [{ started_at: '2026-05-03T08:00:00Z' }, { started_at: { at: 'noon' } }] }],
    [/workflows$/, { data: [{ id: 'w', name: 'Offers', status: 'active' }] }],
    [/./, {}],
  ];
  const ctx = streamContext({ accountId } as Config, {
    http: {
      ...noHttp,
      read: async ({ route, answer }) => {
        const body = bodies.find(([path]) => path.test(route))?.[1];
        return { body: answer.parse(body) as never, status: 200, headers: new Headers() };
      },
    },
    blind: (subject, reason) => blind.push([subject, reason]),
  });
  const pages = await Array.fromAsync(workflows.pages(ctx));
  expect(pages.flatMap(({ items }) => items)).toMatchObject([{ record: { lastRunAt: Date.UTC(2026, 4, 3, 8) } }]);
  expect(blind).toEqual([['element 2 of the runs of Offers', 'schema']]);
});

test('a list of runs that is too long to read is a blind spot, and the workflow is on the roll all the same', async () => {
  const blind: unknown[] = [];
  const body = { data: [{ id: 'w', name: 'Offers', status: 'active' }] };
  const ctx = streamContext({ accountId } as Config, {
    http: {
      ...noHttp,
      read: async ({ route }) => {
        if (route.endsWith('/instances')) throw new SourceError('unreadable', 'more than 32 MiB');
        return { body: (route.endsWith('/workflows') ? body : {}) as never, status: 200, headers: new Headers() };
      },
    },
    blind: (subject, reason) => blind.push([subject, reason]),
  });
  const pages = await Array.fromAsync(workflows.pages(ctx));
  expect(pages.flatMap(({ items }) => items)).toMatchObject([{ record: { gaps: { lastRunAt: 'not-seen' } } }]);
  expect(blind).toEqual([['runs of Offers', 'too-large']]);
});
