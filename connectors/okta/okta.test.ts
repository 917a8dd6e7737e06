import { beforeAll, describe, expect, test } from 'vitest';
import { readLive, type LiveRead } from '../../test/helpers/live.ts';
import type { VendorAnswer } from '../../test/helpers/vendor.ts';
import { vendor, type Otherwise } from '../../test/vendors/okta.ts';
import { appId, groupId, roleId, secrets, tokenId, userId } from '../../test/vendors/okta/organisation.ts';
import { SourceError } from '../../src/sdk/index.ts';
import { okta } from './index.ts';
import { leastScopes } from './scopes.ts';

const read = (otherwise: Otherwise = {}): Promise<LiveRead> =>
  readLive(okta, vendor(otherwise), { ports: { limits: () => [{ requests: 1_000, per: 1_000 }] } });
const outcomeOf = ({ coverage }: LiveRead, wanted: string) => coverage.find(({ stream }) => stream === wanted);

let all: LiveRead;
beforeAll(async () => {
  all = await read();
});
const record = (key: string) => all.records.get(key);
const named = (name: string) => [...all.records.values()].find((each) => each.name === name);

describe('API tokens', () => {
  test('their end tells the last use: it moves on with each, and with nothing else', () => {
    expect(record(`credential/api-token/${tokenId(1)}`)).toMatchObject({
      lastUsedAt: Date.UTC(2026, 4, 31, 10),
      usableFrom: 'anywhere',
      attributions: [{ rel: 'owned-by', who: { id: userId(1) } }],
    });
    const old = record(`credential/api-token/${tokenId(2)}`);
    expect(old).toMatchObject({ usableFrom: 'restricted', gaps: { lastUsedAt: 'not-supported' } });
    expect(old).not.toHaveProperty('lastUsedAt');
    expect(old).not.toHaveProperty('updatedAt');
    for (const unused of [3, 6])
      expect(record(`credential/api-token/${tokenId(unused)}`)).toMatchObject({ lastUsedAt: 'never' });
    const changed = record(`credential/api-token/${tokenId(7)}`);
    expect(changed).toMatchObject({ gaps: { lastUsedAt: 'not-supported', expiresAt: 'not-supported' } });
    expect(changed).not.toHaveProperty('lastUsedAt');
    expect(changed).not.toHaveProperty('expiresAt');
  });

  test('they have the roles of their user, those through groups too; a role that only reads administers nothing', () => {
    const token = (n: number) => record(`credential/api-token/${tokenId(n)}`);
    expect(token(1)).toMatchObject({ admin: true, scopes: ['Super Administrator', 'Organization Administrator'] });
    expect(token(2)).toMatchObject({ admin: false, scopes: ['Read-Only Administrator'] });
    expect(token(4)).toMatchObject({ admin: true, scopes: expect.arrayContaining(['Group editors']) as unknown });
    expect(token(5)).toMatchObject({ admin: false, scopes: [] });
    const asked = all.requests.filter(({ path }) => path === `/api/v1/users/${userId(1)}/roles`);
    expect(asked).toHaveLength(1);
  });

  describe('with a custom role', () => {
    const permissionsOf = /\/iam\/roles\/\w+\/permissions$/;
    const readWith = (label: string, answer?: VendorAnswer) =>
      readLive(okta, vendor(), {
        ports: { limits: () => [{ requests: 1_000, per: 1_000 }] },
        tamper: ({ path }, usual) => {
          if (/\/(?:users|clients)\/\w+\/roles$/.test(path))
            return { json: [{ id: 'irb1', type: 'CUSTOM', status: 'ACTIVE', label, role: roleId(label) }] };
          return answer !== undefined && permissionsOf.test(path) ? answer : usual;
        },
      });
    const judged = ({ records }: LiveRead) =>
      [`credential/api-token/${tokenId(1)}`, `identity/app/${appId(1)}`].map((key) => {
        const holder = records.get(key);
        return holder && 'admin' in holder && holder.admin;
      });

    test.each([
      ['Group editors', true],
      ['Admin viewers', false],
      ['Read-only desk', true],
      ['Report on apps', true],
    ])('what it allows decides, and not its name: %s', async (label, administers) => {
      const found = await readWith(label);
      expect(judged(found)).toEqual([administers, administers]);
      expect(outcomeOf(found, 'api-tokens')).toMatchObject({ outcome: 'complete' });
      // Once for those who have tokens, once for apps.
      expect(found.requests.filter(({ path }) => permissionsOf.test(path))).toHaveLength(2);
    });

    test.each<[string, VendorAnswer]>([
      ['refused', { status: 403, json: { errorCode: 'E0000006' } }],
      ['gone', { status: 404, json: { errorCode: 'E0000007' } }],
      ['not listed', { json: {} }],
    ])('its name decides where what it allows is %s, and that is told', async (_, answer) => {
      const byName = await Promise.all(['Admin viewers', 'Read-only desk'].map((label) => readWith(label, answer)));
      expect(byName.map(judged)).toEqual([
        [true, true],
        [false, false],
      ]);
      for (const stream of ['api-tokens', 'apps'])
        expect(outcomeOf(byName[1]!, stream)).toMatchObject({ outcome: 'partial', quarantined: 1 });
    });

    test('a permission that cannot be read counts as one that changes things', async () => {
      const odd = { json: { permissions: [{ label: 'okta.users.read' }, { label: ['?'] }] } };
      expect(judged(await readWith('Admin viewers', odd))).toEqual([true, true]);
    });
  });

  test('a zone that holds every address, or one that is kept out, restricts nothing', () => {
    const token = (n: number) => record(`credential/api-token/${tokenId(n)}`);
    expect(token(2)).toMatchObject({ usableFrom: 'restricted' });
    for (const n of [4, 5, 8, 9]) expect(token(n)).toMatchObject({ usableFrom: 'anywhere' });
    expect(token(3)).toMatchObject({ gaps: { usableFrom: 'not-seen' } });
  });

  test('all zones together restrict where none of them holds every address', async () => {
    const { records } = await read({ hides: (path, id) => path === '/api/v1/zones' && /[35]$/.test(id) });
    expect(records.get(`credential/api-token/${tokenId(9)}`)).toMatchObject({ usableFrom: 'restricted' });
  });

  test('without the zones nobody says that a token is restricted', async () => {
    const scopes = leastScopes.filter((scope) => scope !== 'okta.networkZones.read');
    const without = await read({ refused: '/api/v1/zones', scopes });
    expect(outcomeOf(without, 'api-tokens')).toMatchObject({ outcome: 'partial' });
    const token = without.records.get(`credential/api-token/${tokenId(2)}`);
    expect(token).toMatchObject({ gaps: { usableFrom: 'denied' } });
    expect(token).not.toHaveProperty('usableFrom');
  });

  test('roles that are refused are told once, and are a gap in each token', async () => {
    const without = await readLive(okta, vendor({}), {
      ports: { limits: () => [{ requests: 1_000, per: 1_000 }] },
      tamper: ({ path }, usual) =>
        /\/users\/[^/]+\/roles$/.test(path) ? { status: 403, json: { errorCode: 'E0000006' } } : usual,
    });
    expect(outcomeOf(without, 'api-tokens')).toMatchObject({ outcome: 'partial', quarantined: 1 });
    const token = without.records.get(`credential/api-token/${tokenId(1)}`);
    expect(token).toMatchObject({ gaps: { scopes: 'denied', admin: 'denied' } });
    expect(token).not.toHaveProperty('scopes');
  });

  test('the log is left alone where it should be', async () => {
    const { requests } = await read({ settings: { systemLog: false } });
    expect(requests.filter(({ path }) => path === '/api/v1/logs')).toEqual([]);
  });
});

describe('apps', () => {
  test('a service app has its granted scopes and roles, and who granted them', () => {
    expect(record(`identity/app/${appId(1)}`)).toMatchObject({
      type: 'service-account',
      scopes: ['Super Administrator', 'okta.groups.read', 'okta.users.manage'],
      admin: true,
      usableFrom: 'restricted',
      attributions: [
        { rel: 'approved-by', who: { id: userId(1) }, evidence: 'grants' },
        { rel: 'created-by', who: { id: userId(5), login: 'user5@acme.example' }, basis: 'audit-log' },
      ],
    });
    expect(named('Old wiki')).toMatchObject({ type: 'integration', status: 'disabled', scopes: [], admin: false });
    expect(named('Rollcall')).toMatchObject({ admin: false, usableFrom: 'anywhere' });
  });

  test('what Okta puts into every organisation is its own', () => {
    const own = [...all.records.values()].filter((each) => each.kind === 'identity' && each.builtIn === true);
    expect(own.map(({ name }) => name)).toEqual(['Okta Admin Console']);
  });

  test('a password that everybody shares is on the roll, and each one’s own is not', () => {
    const passwords = [...all.records.values()].filter(
      ({ kind, id }) => kind === 'credential' && /^app\/.*\/password$/.test(id),
    );
    expect(passwords).toHaveLength(2);
    expect(passwords.find(({ name }) => name === 'Shared password of Courier portal')).toMatchObject({
      status: 'active',
      retrievable: true,
      rotation: 'manual',
      tags: ['shared'],
      links: [{ rel: 'authenticates', kind: 'identity', id: `app/${appId(8)}` }],
      gaps: { createdAt: 'not-supported', lastRotatedAt: 'not-supported', sharedWith: 'not-seen' },
    });
    expect(passwords.find(({ name }) => name === 'Shared password of Old portal')).toMatchObject({
      status: 'inactive',
    });
  });

  test('the log says who made an app; what a program made names nobody', () => {
    // A person who agreed did so for nobody else.
    expect(named('Intranet')).toMatchObject({ attributions: [{ rel: 'created-by', who: { id: userId(2) } }] });
    expect(named('Phone app')?.attributions).toEqual([]);
  });

  test('secrets are kept without their value and hash', () => {
    const kept = JSON.stringify([...all.records.values()]);
    const values = Object.values(secrets)
      .flat()
      .flatMap((each) => [
        (each as Record<string, string>)['client_secret'],
        (each as Record<string, string>)['secret_hash'],
      ]);
    expect(values).toHaveLength(6);
    expect(values.filter((value) => kept.includes(String(value)))).toEqual([]);
    const ofIntranet = [...all.records.values()].filter(({ name }) => /^Client secret \w+ of Intranet$/.test(name));
    expect(ofIntranet.map((each) => ('status' in each ? each.status : ''))).toEqual(
      expect.arrayContaining(['active', 'inactive']) as unknown,
    );
    // Somebody has to tell them apart.
    expect(new Set(ofIntranet.map(({ name }) => name)).size).toBe(ofIntranet.length);
    expect(ofIntranet[0]).toMatchObject({ retrievable: true, links: [{ id: `app/${appId(2)}` }] });
  });

  test('an app keeps certificates that it had, and signs with one', () => {
    const ofExpenses = [...all.records.values()].filter(({ name }) =>
      /^Signing certificate .+ of Expenses$/.test(name),
    );
    expect(ofExpenses.map((each) => 'status' in each && [each.status, each.tags])).toEqual(
      expect.arrayContaining([
        ['active', ['key:RSA']],
        ['inactive', ['key:RSA', 'not in use']],
      ]) as unknown,
    );
    const ofMail = [...all.records.values()].find(({ name }) => /^Signing certificate .+ of Mail$/.test(name));
    expect(ofMail).toMatchObject({ status: 'active' });
    // Which one it signs with is not said: each may be it.
    const ofTravel = [...all.records.values()].filter(({ name }) => /^Signing certificate .+ of Travel$/.test(name));
    expect(ofTravel.map((each) => 'status' in each && each.status)).toEqual(['active', 'active']);
    expect(named('Old wiki')?.tags).toEqual(['sign-on:BOOKMARK']);
  });

  test('each kind of app is asked for its own kind of credential alone', () => {
    const asked = all.requests.map(({ path }) => path).filter((path) => path.includes('/credentials/'));
    expect(asked.filter((path) => path.endsWith('/secrets')).every((path) => /api-services|apps/.test(path))).toBe(
      true,
    );
    expect(asked).not.toContain(`/api/v1/apps/${appId(3)}/credentials/secrets`);
    expect(asked).not.toContain(`/api/v1/apps/${appId(4)}/credentials/jwks`);
    expect(asked).toContain(`/api/v1/apps/${appId(4)}/credentials/keys`);
    expect(asked).not.toContain(`/api/v1/apps/${appId(5)}/credentials/keys`);
  });
});

describe('service accounts', () => {
  test('people and groups own them, and a group is as present as its members', () => {
    expect(named('account-1 (salesforce Prod-1)')).toMatchObject({
      attributions: [{ who: { id: userId(1) } }, { who: { login: groupId(1) } }],
    });
    expect(record(`person/group/${groupId(1)}`)).toMatchObject({
      type: 'group',
      members: [userId(1), userId(2), userId(3)],
    });
    expect(named('Password of account-2')).toMatchObject({ rotation: 'automatic', rotationFailing: true });
  });

  test('without the licence they are skipped, and the rest is read', async () => {
    const without = await read({ privilegedAccess: false });
    expect(outcomeOf(without, 'service-accounts')).toMatchObject({ outcome: 'skipped', reason: 'not-licensed' });
    expect(outcomeOf(without, 'apps')).toMatchObject({ outcome: 'complete' });
  });
});

test('hooks have their host and how they are protected; a key in their address or in a header is found', () => {
  expect(named('Lifecycle')).toMatchObject({ authentication: 'header', signed: false, host: 'hooks.acme.example' });
  expect(named('Lifecycle')?.matches).toHaveLength(1);
  // The log goes as a whole or not at all: nobody left out a selection.
  const streams = [...all.records.values()].filter(({ id }) => id.startsWith('log-stream/'));
  expect(streams.length).toBeGreaterThan(0);
  for (const stream of streams) expect(stream).toMatchObject({ gaps: { reach: 'not-supported' } });
  expect(streams.some((stream) => 'reach' in stream)).toBe(false);
  const old = [...all.records.values()].filter((each) => 'host' in each && each.host === 'old.acme.example');
  expect(old).toMatchObject([{ authentication: 'none', state: 'inactive', delivery: 'stopped' }]);
  expect(named('hook 1')).toMatchObject({ authentication: 'oauth' });
  expect(named('hook 2')).toMatchObject({ authentication: 'unknown' });
  expect(named('hook 2')?.matches).toHaveLength(1);
  expect(named('stream 1')).toMatchObject({ host: 'acme.splunkcloud.com', authentication: 'header' });
  expect(named('Signing key of server 2')).toMatchObject({ rotation: 'manual' });
});

describe('access', () => {
  test('an API token does too; nobody knows what it may', async () => {
    const withToken = await read({ token: true });
    expect(outcomeOf(withToken, 'users')).toMatchObject({ outcome: 'complete' });
    expect(withToken.records.get('credential/rollcall')).toMatchObject({ type: 'api-key' });
    expect(withToken.records.size).toBe(all.records.size);
  });

  test('a stream whose scope was not asked for is skipped, and says which', async () => {
    const some = await read({ scopes: ['okta.users.read', 'okta.roles.read', 'okta.orgs.read'] });
    expect(outcomeOf(some, 'users')).toMatchObject({ outcome: 'complete' });
    expect(outcomeOf(some, 'apps')).toMatchObject({ outcome: 'skipped', reason: 'permission' });
    expect(outcomeOf(some, 'apps')?.detail).toContain('okta.apps.read');
  });

  test('a scope that was not granted costs the token', async () => {
    const none = await read({ scopes: ['okta.users.manage'] });
    expect(outcomeOf(none, 'users')).toMatchObject({ outcome: 'failed', reason: 'auth' });
    expect(outcomeOf(none, 'users')?.detail).toContain('invalid_scope');
  });
});

test('where the organisation’s name is refused, the host stands for it and says why', async () => {
  const without = await read({ refused: '/api/v1/org' });
  expect(outcomeOf(without, 'organisation')).toMatchObject({ outcome: 'failed', reason: 'permission' });
  const host = new URL('https://acme.okta.example').host;
  const http = { read: () => Promise.reject(new SourceError('permission', 'no')), fetch };
  const config = okta.config.parse({ orgUrl: `https://${host}`, token: 'env:OKTA_TOKEN' });
  const access = await okta.probe(config, { http, signal: AbortSignal.timeout(1_000), now: 0 });
  expect(access.account).toBe(`${host} (its name is not shown without okta.orgs.read)`);
});
