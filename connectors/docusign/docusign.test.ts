import { expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { readLive, recordsIn } from '../../test/helpers/live.ts';
import { vendor } from '../../test/vendors/docusign.ts';
import { accountId, dana, integrationKey, otherAccountId, otherKey } from '../../test/vendors/docusign/people.ts';
import { classify } from './classify.ts';
import { docusign } from './index.ts';

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

test('an account id is the same in capitals: nothing is missed, and nothing told twice', async () => {
  const usual = await readLive(docusign, vendor());
  const capitals = await readLive(docusign, vendor(), { settings: { accountId: accountId.toUpperCase() } });
  expect([...capitals.records.keys()]).toEqual([...usual.records.keys()]);
  const { records } = await readLive(docusign, vendor(), {
    tamper: ({ path }, answer) =>
      path.endsWith('/stream')
        ? { json: JSON.parse(JSON.stringify(answer.json).replaceAll(accountId, accountId.toUpperCase())) }
        : answer,
  });
  expect(records.has(`identity/integration-key/${integrationKey}`)).toBe(true);
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
