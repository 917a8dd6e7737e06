import { expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { NOW, readLive, type LiveOptions } from '../../test/helpers/live.ts';
import type { VendorAnswer } from '../../test/helpers/vendor.ts';
import { vendor } from '../../test/vendors/slack.ts';
import { slack } from './index.ts';

const ports = { limits: () => [{ requests: 10_000, per: 1_000 }] };
const { records, requests } = await readLive(slack, vendor(), { ports });
const named = (name: string, from = records) => [...from.values()].find((record) => record.name === name);
const refused = (error: string, more: Record<string, unknown> = {}): VendorAnswer => ({
  json: { ok: false, error, ...more },
});

test('leavers are asked for, in an organisation and in a workspace', async () => {
  expect(records.get('person/W0BO')).toMatchObject({ status: 'deprovisioned', leftAt: Date.UTC(2026, 2, 1, 9) });
  // Who came back has not left.
  expect(records.get('person/W0CY')).toMatchObject({ status: 'active', admin: true, external: false });
  expect(records.get('person/W0CY')).not.toHaveProperty('leftAt');
  expect(records.get('person/W0GUEST')).toMatchObject({
    status: 'active',
    external: true,
    emails: ['guest@partner.example'],
  });
  expect(records.get('person/W0GUEST')).toMatchObject({ expiresAt: Date.UTC(2026, 6, 1, 9) });
  expect(records.get('person/W0STRANGER')).toMatchObject({ external: true });
  expect(records.has('person/W0ROBOT') || records.has('person/USLACKBOT')).toBe(false);
  const alone = await readLive(slack, vendor({ enterprise: false }), { ports });
  expect(alone.records.get('person/W0BO')).toMatchObject({ status: 'deprovisioned' });
  expect(alone.records.get('person/W0IVY')).toMatchObject({ status: 'invited', emails: ['ivy@acme.example'] });
  expect(alone.records.get('identity/app/A0CRM')).toMatchObject({
    gaps: { approvedScopes: 'not-licensed', publisher: 'not-licensed' },
  });
});

test('an app is one record, with all that lists and logs know of it', () => {
  const team = (n: number) => ({ rel: 'granted-to', kind: 'container', id: `team/T0ACME00${n}` });
  expect([...records.keys()].filter((key) => key.startsWith('identity/') && key.includes('A0CRM'))).toEqual([
    'identity/app/A0CRM',
  ]);
  expect(records.get('identity/app/A0CRM')).toMatchObject({
    name: 'CRM',
    type: 'oauth-app',
    status: 'active',
    createdAt: Date.UTC(2025, 2, 3, 9),
    // What both workspaces gave it; the one added most is not what was approved.
    scopes: ['chat:write', 'files:read', 'users:read'],
    approvedScopes: ['chat:write', 'files:read'],
    thirdParty: true,
    publisher: { verified: true },
    links: [team(1), team(2)],
    tags: [
      'approved',
      'sensitive-scopes',
      'workflow-auth:end_user_only',
      'restricted-domains',
      'token-kept-after-installer-left',
    ],
    attributions: [
      { rel: 'approved-by', who: { id: 'W0CY' } },
      { rel: 'created-by', who: { id: 'W0ADA' } },
      { rel: 'created-by', who: { id: 'W0BO' }, basis: 'audit-log' },
    ],
  });
});

test('the log of changes adds up to what was given, where, by whom, and with which scopes', () => {
  expect(records.get('credential/grant/T0ACME001/A0CRM')).toMatchObject({
    type: 'oauth-grant',
    scopes: ['chat:write', 'files:read'],
    attributions: [{ rel: 'created-by', who: { id: 'W0BO' } }],
    links: [
      { rel: 'authenticates', kind: 'identity', id: 'app/A0CRM' },
      { rel: 'granted-to', kind: 'container', id: 'team/T0ACME001' },
    ],
  });
  // Whoever brought it back answers for it, and what it was given before is over.
  expect(records.get('credential/grant/T0ACME002/A0CRM')).toMatchObject({
    status: 'active',
    createdAt: Date.UTC(2025, 7, 8, 9),
    scopes: ['chat:write', 'users:read'],
    attributions: [{ rel: 'created-by', who: { id: 'W0ADA' } }],
  });
  expect(records.get('identity/integration/T0ACME001/1234567890')).toMatchObject({ status: 'disabled' });
  expect(records.get('identity/integration/T0ACME001/42')).toMatchObject({ status: 'active', name: 'RSS' });
  expect(records.has('credential/incoming-webhook/T0ACME001/42')).toBe(false);
  expect(records.get('credential/incoming-webhook/T0ACME001/1234567890')).toMatchObject({ status: 'inactive' });
  expect(records.get('credential/incoming-webhook/T0ACME002/A0POST')).toMatchObject({ status: 'active' });
  // Added before the log begins.
  expect(records.get('identity/app/A0CI')).toMatchObject({
    // What was approved is not what it was given.
    approvedScopes: ['chat:write'],
    tags: ['approved', 'workflow-auth:builder_choice', 'restricted-domains'],
    gaps: { createdAt: 'not-seen', scopes: 'not-supported' },
  });
  expect(records.get('credential/grant/T0ACME002/A0CI')).toMatchObject({ gaps: { scopes: 'not-supported' } });
  // No list decided about it.
  expect(records.get('identity/app/A0POST')).toMatchObject({ name: 'Poster', gaps: { approvedScopes: 'not-seen' } });
  // Who asks for an app in one workspace did not bring it into another.
  expect(named('Signer')).toMatchObject({ status: 'active', scopes: ['files:read'] });
  expect(named('Signer')?.attributions).toMatchObject([{ rel: 'created-by', who: { id: 'W0BO' } }]);
  // The newest change says removed.
  expect(records.has('identity/app/A0GONE0')).toBe(false);
});

test('an app that a workspace took back is off, and may do nothing there any more', async () => {
  const store = await openStore({ memory: true });
  await readLive(slack, vendor(), { ports, store });
  const removal = (app: string) => ({ app_id: app, change_type: 'removed', user_id: 'W0ADA', date: '1779000000' });
  const { records: left, coverage } = await readLive(slack, vendor(), {
    ports,
    store,
    tamper: (request, answer) => {
      if (!request.path.endsWith('integrationLogs') || request.query.get('team_id') !== 'T0ACME002') return answer;
      const { logs, ...rest } = answer.json as { logs: readonly object[] };
      return { ...answer, json: { ...rest, logs: [removal('A0CI'), removal('A0POST'), ...logs] } };
    },
  });
  expect(coverage.filter(({ outcome }) => outcome === 'failed' || outcome === 'partial')).toEqual([]);
  // Approved still: whoever installs it again finds it there.
  expect(left.get('identity/app/A0CI')).toMatchObject({ status: 'disabled', scopes: [] });
  expect(left.get('credential/grant/T0ACME002/A0CI')).toMatchObject({ status: 'revoked' });
  expect(left.has('identity/app/A0POST')).toBe(false);
  await store.close();
});

test('an app is not gone because the log of changes does not go back to it any more', async () => {
  const store = await openStore({ memory: true });
  const { records: before } = await readLive(slack, vendor(), { ports, store });
  const removal = { service_id: 1234567890, change_type: 'removed', user_id: 'W0ADA', date: '1779000000' };
  const { records: left, coverage } = await readLive(slack, vendor(), {
    ports,
    store,
    tamper: (request, answer) =>
      request.path.endsWith('integrationLogs')
        ? { ...answer, json: { ok: true, logs: [removal], paging: { page: 1, pages: 1 } } }
        : answer,
  });
  await store.close();
  expect(coverage.filter(({ outcome }) => outcome === 'failed' || outcome === 'partial')).toEqual([]);
  // The log of each workspace says that this one was taken away there.
  expect([...before.keys()].filter((key) => !left.has(key))).toEqual([
    'identity/integration/T0ACME001/1234567890',
    'credential/incoming-webhook/T0ACME001/1234567890',
  ]);
  expect(left.get('credential/grant/T0ACME002/A0POST')).toMatchObject({ status: 'active' });
});

test('apps stand on the roll whichever of the two scopes was left out', async () => {
  const without = (scope: string): LiveOptions => ({
    ports,
    tamper: (_, answer) => {
      const headers = answer.headers ?? {};
      const granted = headers['x-oauth-scopes']?.split(',').filter((each) => each !== scope);
      return granted ? { ...answer, headers: { ...headers, 'x-oauth-scopes': granted.join(',') } } : answer;
    },
  });
  const { coverage, records: decided } = await readLive(slack, vendor(), without('admin'));
  expect(coverage.find(({ stream }) => stream === 'installations')).toMatchObject({ outcome: 'skipped' });
  expect(coverage.find(({ stream }) => stream === 'apps')).toMatchObject({ outcome: 'complete' });
  expect(decided.get('identity/app/A0CRM')).toMatchObject({ status: 'unknown', gaps: { scopes: 'not-seen' } });
  const { tamper: shown, ...options } = without('admin.apps:read');
  const { coverage: half, records: installed } = await readLive(slack, vendor(), {
    ...options,
    tamper: (request, answer) =>
      /admin\.apps\.\w+\.list$/.test(request.path) && !request.path.includes('activities')
        ? refused('missing_scope', { needed: 'admin.apps:read' })
        : (shown?.(request, answer) ?? answer),
  });
  expect(half.find(({ stream }) => stream === 'apps')).toMatchObject({ outcome: 'partial' });
  expect(installed.get('identity/app/A0CRM')).toMatchObject({ status: 'active', gaps: { approvedScopes: 'denied' } });
});

test('apps that are installed nowhere are on the roll for what was decided about them', () => {
  // Certified apps are on a list of their own; it may have been installed before the log of changes begins.
  expect(named('Calendar')).toMatchObject({ status: 'unknown', approvedScopes: ['calls:read'] });
  // An app resolved it.
  expect(records.get('identity/app/A0CI')?.attributions ?? []).toEqual([]);
  // To restrict an app takes back no installation.
  expect(named('Poll')).toMatchObject({
    status: 'unknown',
    tags: ['restricted'],
    links: [{ rel: 'granted-to', kind: 'container', id: 'team/T0ACME002' }],
  });
  expect(named('New toy')).toMatchObject({
    id: 'app/A0NEW',
    status: 'disabled',
    createdAt: Date.UTC(2026, 4, 1, 9),
    scopes: ['channels:history'],
    tags: ['pending-approval', 'sensitive-scopes'],
    attributions: [{ rel: 'created-by', who: { id: 'W0DEE' } }],
  });
  expect(named('New toy')?.matches).toHaveLength(1);
});

test('a bot belongs to its app, and is asked about only where it is there and the list does not say which', () => {
  expect(records.get('identity/bot/T0ACME001/U0OLD')).toMatchObject({ status: 'disabled', name: 'Old helper' });
  expect(records.get('identity/bot/T0ACME001/U0FLOW')?.links).toContainEqual(
    expect.objectContaining({ id: 'app/A0FLOW' }),
  );
  const asked = requests.filter(({ path }) => path.endsWith('bots.info')).map(({ query }) => query.get('bot'));
  expect(new Set(asked)).toEqual(new Set(['B0FLOW']));
});

test('of whoever was deactivated a workspace keeps the name in the profile alone', async () => {
  const alone = await readLive(slack, vendor({ enterprise: false }), { ports });
  expect(alone.records.get('person/W0BO')).toMatchObject({ name: 'Bo', logins: ['bo'], status: 'deprovisioned' });
});

test('a token that is rotated ends, and another one never does', async () => {
  const { records: rotated } = await readLive(slack, vendor(), {
    ports,
    tamper: (request, answer) =>
      request.path.endsWith('auth.test')
        ? { ...answer, json: { ...(answer.json as object), expires_in: 43_200 } }
        : answer,
  });
  const ends: unknown = expect.toSatisfy((at: number) => Math.round((at - NOW) / 3_600_000) === 12);
  expect(rotated.get('credential/rollcall')).toMatchObject({ expiresAt: ends });
  expect(records.get('credential/rollcall')).toMatchObject({ expiresAt: 'never' });
});
