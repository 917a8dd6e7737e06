import { beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { MINUTE } from '../../src/sdk/index.ts';
import { readLive, type LiveRead } from '../../test/helpers/live.ts';
import { vendor } from '../../test/vendors/adobe-sign.ts';
import { completionToken, headerToken, id, unread, urlToken } from '../../test/vendors/adobe-sign/organisation.ts';
import { classify } from './classify.ts';
import { adobeSign } from './index.ts';

let read: LiveRead;
const record = (key: string): unknown => read.records.get(key);
beforeAll(async () => {
  read = await readLive(adobeSign, vendor());
});

describe('what is read', () => {
  test('the status comes from each user’s own page, and one that it leaves out is unknown', () => {
    const statuses = [0, 1, 2, 3, 4].map((n) => (record(`person/${id('user', n)}`) as { status: string }).status);
    expect(statuses).toEqual(['active', 'deprovisioned', 'active', 'invited', 'unknown']);
    expect(record(`person/${id('user', 4)}`)).toMatchObject({ name: id('user', 4) });
  });

  test('administrators are counted, of the account and of each group, as far as they are here; nobody is a number too', () => {
    expect(record('container/account')).toMatchObject({ admins: 1 });
    expect(record(`container/group/${id('group', 0)}`)).toMatchObject({ admins: 1 });
    expect(record(`container/group/${id('group', 2)}`)).toMatchObject({ admins: 0 });
  });

  test('webhooks belong to the user who was asked for, leavers included', () => {
    expect(record(`endpoint/webhook/${id('hook', 0)}`)).toMatchObject({
      authentication: 'header',
      host: 'hooks.acme.example',
      payload: 'documents',
      reach: 'all',
      attributions: [{ rel: 'created-by', who: { id: id('user', 0) } }],
      gaps: { signed: 'not-supported' },
      matches: [{ place: 'configuration' }],
    });
    expect(record(`endpoint/webhook/${id('hook', 1)}`)).toMatchObject({
      authentication: 'oauth',
      reach: 'some',
      payload: 'events',
      links: [{}, { rel: 'uses', kind: 'credential', id: 'webhook-endpoint/we1' }],
    });
    expect(record(`endpoint/webhook/${id('hook', 2)}`)).toMatchObject({ state: 'inactive', reach: 'one' });
    expect(record(`endpoint/webhook/${id('hook', 3)}`)).toMatchObject({
      attributions: [{ who: { id: id('user', 1) } }],
    });
    expect(record('credential/webhook-endpoint/we1')).toMatchObject({
      type: 'client-secret',
      scopes: ['openid', 'hooks'],
      allowedHosts: ['login.acme.example'],
      matches: [{}],
    });
  });

  test('a template that is shared is one, whoever lists it', () => {
    const shared = {
      sharedWith: { reach: 'everyone' },
      attributions: [{ rel: 'owned-by', who: { email: 'lee@acme.example' } }, {}, {}],
    };
    expect(record(`workflow/library/${id('lib', 0)}`)).toMatchObject({ ...shared, state: 'active' });
    expect(record(`workflow/library/${id('lib', 3)}`)).toMatchObject({
      sharedWith: { reach: 'public' },
      state: 'archived',
      tags: ['hidden'],
    });
    expect(read.coverage.filter(({ quarantined }) => quarantined > 0)).toEqual([]);
  });

  test('who built, changed and opened something is told by its events, whoever acted in another’s name', () => {
    const part = (rel: string, email: string, at: number): unknown => ({
      rel,
      who: { email },
      basis: 'audit-log',
      at,
      evidence: rel === 'created-by' ? 'CREATED' : rel === 'edited-by' ? 'MODIFIED' : 'ACTIVATED',
    });
    const parts = (key: string) => (record(key) as { attributions: readonly unknown[] }).attributions.slice(1);
    expect(parts(`workflow/widget/${id('form', 0)}`)).toEqual([
      part('created-by', 'dana@acme.example', Date.UTC(2025, 0, 7, 6, 52, 27)),
      part('edited-by', 'olga@acme.example', Date.UTC(2026, 0, 6, 6, 52, 27)),
      part('published-by', 'dana@acme.example', Date.UTC(2026, 0, 7, 6, 52, 27)),
    ]);
    expect(parts(`workflow/library/${id('lib', 0)}`)).toEqual([
      part('created-by', 'lee@acme.example', Date.UTC(2023, 4, 6)),
      part('edited-by', 'olga@acme.example', Date.UTC(2026, 0, 7, 6, 52, 27)),
    ]);
    expect(record(`workflow/library/${id('lib', 0)}`)).toMatchObject({ createdAt: Date.UTC(2023, 4, 6) });
  });

  test('events are asked for once, of what is open or shared alone, and in the name of its maker', () => {
    const asked = read.requests.filter(({ path }) => path.endsWith('/events'));
    const told = asked.map(({ path, headers }) => [path.split('/').at(-2), headers.get('x-api-user')]);
    expect(told).toEqual([
      [id('lib', 0), 'email:lee@acme.example'],
      [id('lib', 2), `userid:${id('user', 2)}`],
      [id('form', 0), `userid:${id('user', 2)}`],
      [id('form', 1), `userid:${id('user', 2)}`],
    ]);
    expect(record(`workflow/widget/${id('form', 2)}`)).toMatchObject({ gaps: { 'published-by': 'not-seen' } });
  });

  test('a web form is a flow with a maker and an open door', () => {
    expect(record(`workflow/widget/${id('form', 0)}`)).toMatchObject({ state: 'active', matches: [{}] });
    expect(record(`endpoint/widget/${id('form', 0)}`)).toMatchObject({
      authentication: 'none',
      host: 'na1.documents.adobe.com',
      usesLeft: 'unlimited',
    });
    expect(record(`endpoint/widget/${id('form', 2)}`)).toMatchObject({ authentication: 'session', state: 'inactive' });
  });

  test('workflows of a group are in it; bulk sends that are over are no more', () => {
    expect(record(`workflow/workflow/${id('flow', 0)}`)).toMatchObject({
      name: 'Offer',
      sharedWith: { reach: 'everyone' },
    });
    expect(record(`workflow/workflow/${id('flow', 1)}`)).toMatchObject({
      state: 'draft',
      links: [{}, { rel: 'contained-in', kind: 'container', id: `group/${id('group', 1)}` }],
    });
    expect(record(`workflow/mega-sign/${id('mega', 0)}`)).toMatchObject({ sender: { email: 'dana@acme.example' } });
    expect(record(`workflow/mega-sign/${id('mega', 1)}`)).toBeUndefined();
  });

  test('nothing that comes unasked is kept, and no secret', () => {
    const kept = JSON.stringify([...read.records.values()]);
    for (const secret of [urlToken, headerToken, completionToken, unread]) expect(kept).not.toContain(secret);
  });
});

describe('the same request again', () => {
  test('is never sent in one scan', async () => {
    const { coverage, requests } = await readLive(adobeSign, vendor({ once: true }), { settings: { plan: 'other' } });
    expect(coverage.filter(({ outcome }) => outcome === 'partial' || outcome === 'failed')).toEqual([]);
    const asked = requests.map(({ path, query, headers }) =>
      [path, query.toString(), headers.get('x-api-user')].join(' '),
    );
    expect(asked.length).toBeGreaterThan(50);
    expect(new Set(asked).size).toBe(asked.length);
  });

  test('is left for the next scan when it fails, unless the plan allows it in a minute', async () => {
    const pauses: number[] = [];
    const ports = { pause: async (ms: number): Promise<void> => void pauses.push(ms) };
    const cut = async (plan: string) => {
      let tries = 0;
      const { coverage } = await readLive(adobeSign, vendor(), {
        settings: { plan },
        ports,
        tamper: ({ path }, answer) => {
          if (!path.endsWith('/groups')) return answer;
          tries += 1;
          return { status: 503, text: 'busy' };
        },
      });
      return { tries, groups: coverage.find(({ stream }) => stream === 'groups') };
    };
    expect(await cut('other')).toMatchObject({ tries: 1, groups: { outcome: 'failed', reason: 'transient' } });
    expect(pauses).toEqual([]);
    expect(await cut('enterprise')).toMatchObject({ tries: 4, groups: { outcome: 'failed' } });
    expect(pauses).toEqual([MINUTE, MINUTE, MINUTE]);
  });
});

test('a user whom nobody can act for is a blind spot of each stream, and the token is not at fault', async () => {
  const { coverage, records } = await readLive(adobeSign, vendor({ unreachable: [id('user', 2)] }));
  const hurt = coverage.filter(({ outcome }) => outcome === 'partial').map(({ stream }) => stream);
  expect(hurt).toEqual(['webhooks', 'library', 'widgets', 'mega-signs']);
  expect(records.has(`endpoint/webhook/${id('hook', 0)}`)).toBe(true);
});

test('what a leaver made stays known when nobody can act for them any more, and what others deleted is gone', async () => {
  const store = await openStore({ memory: true });
  await readLive(adobeSign, vendor(), { store });
  const [archive, ofTheLeaver] = [0, 3].map((n) => `endpoint/webhook/${id('hook', n)}`) as [string, string];
  const { coverage, records } = await readLive(adobeSign, vendor({ unreachable: [id('user', 1)] }), {
    store,
    tamper: ({ path }, usual) => {
      const { userWebhookList: hooks, ...rest } = (usual.json ?? {}) as { userWebhookList?: { id: string }[] };
      if (!path.endsWith('/webhooks') || hooks === undefined) return usual;
      return { ...usual, json: { ...rest, userWebhookList: hooks.filter((each) => each.id !== id('hook', 0)) } };
    },
  });
  const perUser = coverage.filter(({ stream }) => ['webhooks', 'library', 'widgets', 'mega-signs'].includes(stream));
  expect(perUser.map(({ outcome }) => outcome)).toEqual(['complete', 'complete', 'complete', 'complete']);
  expect([records.has(archive), records.has(ofTheLeaver)]).toEqual([false, true]);
  // What they made and shared is asked for in the name of somebody who has it.
  expect(records.get(`workflow/library/${id('lib', 0)}`)).toMatchObject({ createdAt: Date.UTC(2023, 4, 6) });
  const named: string[] = [];
  for await (const page of store.coverage.blindSpots()) named.push(...page.map(({ subject }) => subject));
  expect(named).toContain('Lee Leaver');
  await store.close();
});

test('nobody is asked in the name of somebody who has not come yet', async () => {
  const asked = read.requests.filter(({ headers }) => headers.get('x-api-user') === `userid:${id('user', 3)}`);
  expect(asked).toEqual([]);
});

test('an application’s refresh token does as well', async () => {
  const { coverage, records } = await readLive(adobeSign, vendor({ oauth: true }));
  expect(coverage.find(({ stream }) => stream === 'users')).toMatchObject({ outcome: 'complete' });
  expect(records.size).toBe(read.records.size);
});

test('either a key or an application, never both or none', () => {
  expect(adobeSign.config.safeParse({}).success).toBe(false);
  const oauth = {
    clientId: 'a',
    clientSecret: 'env:A',
    refreshToken: 'env:B',
    tokenUrl: 'https://api.na1.adobesign.com',
  };
  expect(adobeSign.config.safeParse({ integrationKey: 'env:K', oauth }).success).toBe(false);
  expect(adobeSign.config.safeParse({ oauth }).success).toBe(true);
});

test('the platform says in the body how long to wait, and in a code what a status does not', () => {
  const judged = (status: number, body: unknown, headers = {}) =>
    classify({ status, headers: new Headers(headers), body });
  expect(judged(429, { code: 'THROTTLING_TOO_MANY_REQUESTS', retryAfter: 25 })?.retryAfterMs).toBe(25_000);
  expect(judged(429, { code: 'THROTTLING_HIGH_SYSTEM_LOAD', retryInSeconds: '40' })?.retryAfterMs).toBe(40_000);
  // The header counts, and the common table reads it.
  expect(judged(429, { retryAfter: 25 }, { 'retry-after': '30' })).toBeUndefined();
  expect(judged(429, { retryAfter: 'soon' })).toBeUndefined();
  expect(judged(401, { code: 'INVALID_USER' })?.kind).toBe('permission');
  expect(judged(401, { code: 'INVALID_ACCESS_TOKEN' })).toBeUndefined();
  expect(judged(403, { code: 'WEBHOOK_OAUTH20_NOT_ENABLED' })?.kind).toBe('not-licensed');
});

test('a list of users without an administrator is not all of them: nothing is gone for it', async () => {
  const store = await openStore({ memory: true });
  const before = await readLive(adobeSign, vendor(), { store });
  const { records, coverage } = await readLive(adobeSign, vendor(), {
    store,
    tamper: ({ path }, usual) => {
      if (!path.endsWith('/users') || path.includes('/groups/')) return usual;
      const { userInfoList: all } = usual.json as { userInfoList: { isAccountAdmin?: boolean }[] };
      const others = all.filter(({ isAccountAdmin }) => isAccountAdmin === false).slice(0, 1);
      return { json: { ...(usual.json as object), userInfoList: others } };
    },
  });
  await store.close();
  expect(coverage).toContainEqual(expect.objectContaining({ stream: 'users', outcome: 'partial' }));
  expect([...before.records.keys()].filter((key) => !records.has(key))).toEqual([]);
  expect(records.get('container/account')).toMatchObject({ gaps: { admins: 'denied' } });
});
