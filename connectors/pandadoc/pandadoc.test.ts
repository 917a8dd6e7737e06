import { expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { seeded } from '../../scanners/secrets/samples.ts';
import { readLive } from '../../test/helpers/live.ts';
import { legalMembership, ownSpace, unreadWorkspaces, vendor } from '../../test/vendors/pandadoc.ts';
import { pandadoc } from './index.ts';

const ports = { limits: () => [{ requests: 10_000, per: 1_000 }] };
const { records, requests } = await readLive(pandadoc, vendor(), { ports });
const named = (name: string, from = records) => [...from.values()].find((record) => record.name === name);

test('a removed user has left, a blocked one is suspended', () => {
  expect(named('Ada Example')).toMatchObject({ status: 'active', admin: true });
  expect(named('Bo Example')).toMatchObject({ status: 'deprovisioned', emails: ['bo@acme.example'] });
  expect(named('Eve Example')).toMatchObject({ status: 'suspended', admin: false });
  expect(named('dee@acme.example')).toMatchObject({ status: 'active' });
});

test('nobody has left because the list of users changed while it was read', async () => {
  let reads = 0;
  const { records: found, coverage } = await readLive(pandadoc, vendor(), {
    ports,
    tamper: ({ path, query }, usual) => {
      if (path !== '/public/v1/users' || query.get('show_removed') !== 'false') return usual;
      // The first time, somebody is removed between two pages: the others move up, and one is on no page.
      const { results } = usual.json as { results: unknown[] };
      if (query.get('page') === '1') reads += 1;
      return reads === 1 && query.get('page') === '2' ? { json: { total: 3, results: results.slice(1) } } : usual;
    },
  });
  expect(named('dee@acme.example', found)).toMatchObject({ status: 'active' });
  expect(named('Bo Example', found)).toMatchObject({ status: 'deprovisioned' });
  expect(coverage).toContainEqual(expect.objectContaining({ stream: 'users', outcome: 'complete' }));
});

test('a list of users that never holds still is told, and keeps what was known', async () => {
  const store = await openStore({ memory: true });
  await readLive(pandadoc, vendor(), { ports, store });
  const { records: kept, coverage } = await readLive(pandadoc, vendor(), {
    ports,
    store,
    tamper: ({ path, query }, usual) =>
      path === '/public/v1/users' && query.get('show_removed') === 'false'
        ? { json: { ...(usual.json as object), total: 99 } }
        : usual,
  });
  await store.close();
  expect(coverage).toContainEqual(expect.objectContaining({ stream: 'users', outcome: 'failed' }));
  expect(named('Bo Example', kept)).toMatchObject({ status: 'deprovisioned' });
});

test('who joins while users are read is here', async () => {
  const newcomer = { user_id: seeded(1).alnum(22), email: 'new@acme.example', first_name: 'New', last_name: 'Comer' };
  let present = false;
  const { records: found } = await readLive(pandadoc, vendor(), {
    ports,
    tamper: ({ path, query }, usual) => {
      if (path !== '/public/v1/users') return usual;
      if (query.get('show_removed') === 'false') present = true;
      const { results, total } = usual.json as { results: unknown[]; total: number };
      if (!present || query.get('show_removed') === 'false') return usual;
      return { json: { total: total + 1, results: query.get('page') === '1' ? [newcomer, ...results] : results } };
    },
  });
  expect(named('New Comer', found)).toMatchObject({ status: 'active' });
});

test('a workspace that no source reads is told, whichever is on the screen, and is no failure of this one', async () => {
  const told = async (settings: Record<string, unknown>) => {
    const store = await openStore({ memory: true });
    const { coverage } = await readLive(pandadoc, vendor(), { ports, store, settings });
    expect(coverage).toContainEqual(expect.objectContaining({ stream: 'workspaces', outcome: 'complete' }));
    const spots = (await Array.fromAsync(store.coverage.blindSpots())).flat();
    await store.close();
    return spots.filter(({ stream }) => stream === 'workspaces').map(({ subject }) => subject);
  };
  expect(await told({})).toEqual(['workspace Legal', 'workspace Purchasing']);
  expect(await told({ readElsewhere: unreadWorkspaces.slice(0, 1) })).toEqual(['workspace Purchasing']);
});

test('a key of another workspace closes nothing of the one that was read', async () => {
  const store = await openStore({ memory: true });
  const before = await readLive(pandadoc, vendor(), { ports, store });
  expect(named('Template 4', before.records)).toMatchObject({
    links: [{ rel: 'contained-in', kind: 'container', id: before.records.get(ownSpace)?.id }],
  });
  const { records: after, coverage } = await readLive(pandadoc, vendor(), {
    ports,
    store,
    tamper: ({ path }, usual) => {
      if (path === '/public/v1/members/current') {
        return { json: { ...(usual.json as object), membership_id: legalMembership } };
      }
      return /templates$|forms$|webhook-subscriptions$/.test(path) ? { json: { results: [], items: [] } } : usual;
    },
  });
  await store.close();
  expect([...before.records.keys()].filter((key) => !after.has(key))).toEqual([]);
  const refused = coverage.filter(({ reason }) => reason === 'config').map(({ stream }) => stream);
  expect(refused.toSorted()).toEqual(['credentials', 'forms', 'templates', 'webhooks']);
});

test('without an administrator’s key the members of the workspace are people all the same', async () => {
  const refused = await readLive(pandadoc, vendor(), {
    ports,
    tamper: ({ path }, answer) => {
      if (path === '/public/v1/users') return { status: 403, json: {} };
      if (path !== '/public/v1/members') return answer;
      const { results } = answer.json as { results: Record<string, unknown>[] };
      const [ada, cy, ...others] = results;
      const untold = { ...cy, email: 'Cy@Acme.example', is_active: null, role: null };
      return { json: { results: [ada, untold, ...others] } };
    },
  });
  expect(named('Ada Example', refused.records)).toMatchObject({ status: 'active', admin: true });
  expect(named('Eve Example', refused.records)).toMatchObject({ status: 'suspended', admin: false });
  const untold = named('Cy Example', refused.records);
  expect(untold).toMatchObject({ status: 'unknown', emails: ['cy@acme.example'] });
  expect(untold).not.toHaveProperty('admin');
  expect(refused.coverage).toContainEqual(expect.objectContaining({ stream: 'users', reason: 'permission' }));
});

test('a webhook tells whether its events arrive, and that its key can be read again', () => {
  expect(named('To the CRM')).toMatchObject({ delivery: 'working', host: 'crm.acme.example', signed: true });
  expect(named('To the CRM')?.matches).toHaveLength(1);
  expect(named('Given up')).toMatchObject({ delivery: 'stopped', state: 'inactive', payload: 'unknown' });
  expect(named('Shared key of To the CRM')).toMatchObject({ retrievable: true, type: 'webhook-secret' });
  const twins = [...records.values()].filter(({ kind, name }) => kind === 'endpoint' && name === 'Twice');
  expect(twins.map(({ gaps }) => gaps?.['lastUsedAt'])).toEqual(['not-supported', 'not-supported']);
  expect([...records.values()].filter(({ name }) => name === 'Shared key of Twice')).toHaveLength(1);
  // What has no key cannot sign.
  expect(twins.filter((twin) => 'signed' in twin)).toHaveLength(1);
});

test('what a webhook of an unknown status does is said by whether it is active', async () => {
  const { records: found } = await readLive(pandadoc, vendor(), {
    ports,
    tamper: ({ path }, usual) => {
      if (path !== '/public/v1/webhook-subscriptions') return usual;
      const [first, second, ...others] = (usual.json as { items: Record<string, unknown>[] }).items;
      const odd = [
        { ...first, status: 'THROTTLED', active: true },
        { ...second, status: 'HELD', active: null },
      ];
      return { json: { items: [...odd, ...others] } };
    },
  });
  expect(named('To the CRM', found)).toMatchObject({ state: 'active' });
  expect(named('Shared key of To the CRM', found)).toMatchObject({ status: 'active' });
  expect(named('Given up', found)).toMatchObject({ state: 'unknown' });
  expect(named('Shared key of Given up', found)).toMatchObject({ status: 'unknown' });
});

test('a key that is only refused was not used, and nobody says that it works', () => {
  const refused = named('API key of eve@acme.example');
  expect(refused).toMatchObject({ status: 'unknown', gaps: { lastUsedAt: 'not-seen' } });
  expect(refused).not.toHaveProperty('lastUsedAt');
});

test('of the keys that one user had, the newest stands in the log for a secret that can be read there', async () => {
  const [older, newer] = [seeded(71).hex(40), seeded(72).hex(40)];
  const store = await openStore({ memory: true });
  const matchesWith = async (keys: readonly string[]) => {
    const { records: found } = await readLive(pandadoc, vendor(), {
      ports,
      store,
      tamper: ({ path }, usual) => {
        const id = /^\/public\/v2\/logs\/(\w+)$/.exec(path)?.[1];
        if (id !== undefined) {
          const call = { token_type: 'API_KEY', user_email: 'dee@acme.example', key: keys[Number(id)] };
          return { json: { ...call, request_time: `2026-05-0${9 - Number(id)}T08:00:00.000` } };
        }
        const row = { url: '/public/v1/documents', status: 200, request_time: '2026-05-09T08:00:00.000' };
        return path === '/public/v2/logs' ? { json: { results: keys.map((_, n) => ({ ...row, id: `${n}` })) } } : usual;
      },
    });
    return named('API key of dee@acme.example', found)?.matches?.map(({ fingerprint }) => fingerprint);
  };
  const both = await matchesWith([newer, older]);
  expect(both).toHaveLength(1);
  expect(await matchesWith([newer])).toEqual(both);
  expect(await matchesWith([older])).not.toEqual(both);
  await store.close();
});

test('a key that is not told which workspace it belongs to reads it all the same', async () => {
  const { coverage, records: found } = await readLive(pandadoc, vendor(), {
    ports,
    tamper: ({ path }, usual) => (path.startsWith('/public/v1/users/') ? { status: 403, json: {} } : usual),
  });
  expect(named('Legal', found)).toMatchObject({ kind: 'container' });
  expect(named('Template 4', found)).toBeDefined();
  const partial = coverage.filter(({ outcome }) => outcome === 'partial').map(({ stream }) => stream);
  expect(partial).toEqual(['workspaces']);
});

test('the key that Rollcall calls with is on the roll once, as its own access', () => {
  expect(named("Rollcall's own access to PandaDoc")).toMatchObject({ type: 'api-key' });
  expect(named('API key of ada@acme.example')).toBeUndefined();
});

test('a kind of call that is rare is opened, however many others were made on that day and before', async () => {
  const at = (minutes: number) => new Date(Date.UTC(2026, 4, 20) - minutes * 60_000).toISOString().slice(0, -1);
  const calls = Array.from({ length: 400 }, (_, n) => ({
    id: `busy${n}`,
    url: '/public/v1/documents/abc/send',
    status: 200,
    request_time: at(n * 60),
  }));
  const rare = { id: 'rare', url: '/public/v1/contacts/abc', status: 200, request_time: at(301) };
  const { records: found } = await readLive(pandadoc, vendor(), {
    ports,
    settings: { logSample: 8 },
    tamper: ({ path, query }, usual) => {
      if (path === '/public/v2/logs')
        return { json: { results: query.get('environment_type') === 'SANDBOX' ? [] : [...calls, rare] } };
      const id = /^\/public\/v2\/logs\/(\w+)$/.exec(path)?.[1];
      if (id === undefined) return usual;
      const who = id === 'rare' ? 'cy@acme.example' : 'dee@acme.example';
      return { json: { request_time: rare.request_time, token_type: 'API_KEY', user_email: who } };
    },
  });
  expect(named('API key of cy@acme.example', found)).toBeDefined();
});

test('a key in use is a credential of its user, once for production and once for the sandbox', () => {
  const keys = [...records.values()].filter(({ name }) => name === 'API key of bo@acme.example');
  expect(new Set(keys.map(({ environment }) => environment))).toEqual(new Set(['production', 'test']));
  expect(keys).toHaveLength(2);
  for (const key of keys) {
    expect(key).toMatchObject({ type: 'api-key', attributions: [{ rel: 'owned-by', basis: 'audit-log' }] });
    expect(key.matches).toHaveLength(1);
  }
  // The same key in both: one secret.
  expect(new Set(keys.flatMap(({ matches = [] }) => matches.map(({ fingerprint }) => fingerprint))).size).toBe(1);
});

test('an application is known by its tokens, and a masked key is no secret', () => {
  expect(named('CRM bridge')).toMatchObject({ type: 'oauth-app', lastUsedAt: Date.UTC(2026, 4, 2, 8, 30) });
  const tokens = [...records.values()].filter(({ name }) => name === 'Token of CRM bridge for cy@acme.example');
  expect(tokens.flatMap(({ matches = [] }) => matches)).toHaveLength(1);
  expect(tokens).toHaveLength(2);
});

test('opens no more entries of the log than it was told to', () => {
  expect(requests.filter(({ path }) => path.startsWith('/public/v2/logs/')).length).toBeLessThanOrEqual(20);
  expect(requests.filter(({ path }) => path === '/public/v2/logs').length).toBe(3);
});

test('a template has its maker, and its texts are searched', () => {
  expect(named('Template 1')).toMatchObject({ attributions: [{ rel: 'created-by', basis: 'creator-field' }] });
  expect(named('Template 1')?.matches).toHaveLength(1);
  expect(named('Template 4')?.attributions ?? []).toEqual([]);
});

test('a template is on the roll whatever its maker put beside it, or nothing, and that is searched', async () => {
  const secret = seeded(4_711).alnum(32);
  const odd = [[{ crm_api_key: secret }], { deep: { crm_api_key: [secret] } }, 'four', null, undefined];
  const seen: string[] = [];
  const found = await readLive(pandadoc, vendor(), {
    ports,
    tamper: ({ path }, usual) => {
      const template = /\/templates\/(\w+)\/details$/.exec(path)?.[1];
      if (template === undefined) return usual;
      if (!seen.includes(template)) seen.push(template);
      const { tokens: _, ...details } = usual.json as Record<string, unknown>;
      return { json: { ...details, metadata: odd[seen.indexOf(template)] } };
    },
  });
  expect(found.coverage).toContainEqual(expect.objectContaining({ stream: 'templates', outcome: 'complete' }));
  const matches = seen.map((id) => found.records.get(`workflow/template/${id}`)?.matches?.length ?? 0);
  expect(matches).toEqual([1, 1, 0, 0, 0]);
  expect(JSON.stringify([...found.records.values()])).not.toContain(secret);
});
