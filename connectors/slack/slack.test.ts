import { describe, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { readLive, type LiveOptions } from '../../test/helpers/live.ts';
import type { VendorAnswer } from '../../test/helpers/vendor.ts';
import { vendor } from '../../test/vendors/slack.ts';
import { classify } from './classify.ts';
import { slack } from './index.ts';

const ports = { limits: () => [{ requests: 10_000, per: 1_000 }] };
const { records, requests } = await readLive(slack, vendor(), { ports });
const named = (name: string, from = records) => [...from.values()].find((record) => record.name === name);

test('leavers are asked for, in an organisation and in a workspace', async () => {
  expect(records.get('person/W0BO')).toMatchObject({ status: 'deprovisioned', leftAt: Date.UTC(2026, 2, 1, 9) });
  expect(records.get('person/W0GUEST')).toMatchObject({ status: 'active', external: true });
  expect(records.get('person/W0GUEST')).toMatchObject({ expiresAt: Date.UTC(2026, 6, 1, 9) });
  expect(records.get('person/W0STRANGER')).toMatchObject({ external: true });
  expect(records.has('person/W0ROBOT') || records.has('person/USLACKBOT')).toBe(false);
  const alone = await readLive(slack, vendor({ enterprise: false }), { ports });
  expect(alone.records.get('person/W0BO')).toMatchObject({ status: 'deprovisioned' });
  expect(alone.records.get('identity/app/A0CRM')).toMatchObject({
    gaps: { approvedScopes: 'not-licensed', publisher: 'not-licensed' },
  });
});

test('a smaller plan is told as such, stream by stream, and the rest is read whole', async () => {
  const { coverage } = await readLive(slack, vendor({ enterprise: false }), { ports });
  const outcomes = Object.fromEntries(coverage.map(({ stream, outcome, reason }) => [stream, reason ?? outcome]));
  expect(outcomes).toMatchObject({
    workspaces: 'complete',
    members: 'complete',
    installations: 'complete',
    apps: 'complete',
    users: 'not-licensed',
    workflows: 'not-licensed',
  });
  expect(coverage.filter(({ quarantined }) => quarantined > 0)).toEqual([]);
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
  expect(records.get('identity/integration/T0ACME001/1234567890')).toMatchObject({ status: 'disabled' });
  expect(records.get('credential/incoming-webhook/T0ACME001/1234567890')).toMatchObject({ status: 'inactive' });
  expect(records.get('credential/incoming-webhook/T0ACME002/A0POST')).toMatchObject({ status: 'active' });
  // Added before the log begins.
  expect(records.get('identity/app/A0CI')).toMatchObject({
    // What was approved is not what it was given.
    approvedScopes: ['chat:write'],
    gaps: { createdAt: 'not-seen', scopes: 'not-supported' },
  });
  expect(records.get('credential/grant/T0ACME002/A0CI')).toMatchObject({ gaps: { scopes: 'not-supported' } });
  // No list decided about it.
  expect(records.get('identity/app/A0POST')).toMatchObject({ name: 'Poster', gaps: { approvedScopes: 'not-seen' } });
  // The newest change says removed.
  expect(records.has('identity/app/A0GONE0')).toBe(false);
});

test('the log of a workspace that the owner is no member of is a blind spot, not the end', async () => {
  const { coverage, records: left } = await readLive(slack, vendor(), {
    ports,
    tamper: (request, answer) =>
      request.path.endsWith('integrationLogs') && request.query.get('team_id') === 'T0ACME003'
        ? refused('invalid_auth')
        : answer,
  });
  expect(coverage).toContainEqual(expect.objectContaining({ stream: 'installations', outcome: 'partial' }));
  expect(left.has('identity/app/A0POST')).toBe(true);
});

test('a workspace whose log is refused later takes nothing away from its apps', async () => {
  const store = await openStore({ memory: true });
  await readLive(slack, vendor(), { ports, store });
  const { records: left } = await readLive(slack, vendor(), {
    ports,
    store,
    tamper: (request, answer) =>
      request.path.endsWith('integrationLogs') && request.query.get('team_id') === 'T0ACME002'
        ? refused('invalid_auth')
        : answer,
  });
  expect(left.get('identity/app/A0CRM')).toEqual(records.get('identity/app/A0CRM'));
  await store.close();
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

describe('workflows', () => {
  test('are read whether published or not, with who put them live and who may run them', () => {
    expect(named('Welcome')).toMatchObject({
      state: 'active',
      sharedWith: { reach: 'everyone' },
      graph: { triggers: [{ kind: 'webhook', authentication: 'none' }], edges: [{ from: '0', to: '1' }] },
    });
    const roles = named('Welcome')?.attributions?.map(({ rel, who }) => [rel, who.id]);
    expect(roles).toEqual([
      ['owned-by', 'W0ADA'],
      ['owned-by', 'W0BO'],
      ['edited-by', 'W0CY'],
      ['published-by', 'W0CY'],
      ['created-by', 'W0BO'],
    ]);
    expect(named('Welcome')?.matches).toHaveLength(1);
    expect(named('A draft')).toMatchObject({ state: 'draft', gaps: { graph: 'not-supported' } });
  });

  test('lean on the apps whose functions they call, and last ran when Slack remembers', async () => {
    expect(named('Welcome')).toMatchObject({
      lastRunAt: Date.UTC(2026, 4, 30, 9),
      graph: { steps: [{ connector: 'Fn0102' }, { connector: 'A0CI', label: 'Send a request' }] },
    });
    expect(named('Welcome')?.links).toContainEqual({ rel: 'uses', kind: 'identity', id: 'app/A0CI' });
    expect(named('Nobody’s')).toMatchObject({ gaps: { lastRunAt: 'not-seen' } });
    const asked = (all: typeof requests) => all.filter(({ path }) => path.endsWith('activities.list'));
    // Of drafts nobody asks.
    expect(asked(requests)).toHaveLength(3);
    const silent = await readLive(slack, vendor(), { ports, settings: { lastRuns: false } });
    expect(asked(silent.requests)).toEqual([]);
    const shut = await readLive(slack, vendor(), {
      ports,
      tamper: (request, answer) =>
        request.path.endsWith('activities.list')
          ? refused('missing_scope', { needed: 'admin.app_activities:read' })
          : answer,
    });
    expect(asked(shut.requests)).toHaveLength(1);
    expect(shut.coverage.find(({ stream }) => stream === 'workflows')).toMatchObject({ outcome: 'partial' });
  });

  test('of which Slack tells something odd have a gap, and the others are read', async () => {
    const odd = await readLive(slack, vendor(), {
      ports,
      tamper: (request, answer) => {
        if (request.path.endsWith('activities.list') && request.body.includes('Wf01'))
          return { json: { ok: true, activities: [{ component_id: 'Wf99', created: 1 }] } };
        if (!request.path.endsWith('permissions.lookup')) return answer;
        const { permissions } = answer.json as { permissions: Record<string, unknown> };
        return { json: { ok: true, permissions: { ...permissions, ...('Wf01' in permissions && { Wf01: 'odd' }) } } };
      },
    });
    expect(odd.coverage.find(({ stream }) => stream === 'workflows')).toMatchObject({
      outcome: 'partial',
      quarantined: 2,
    });
    const of = (name: string) => [...odd.records.values()].find((each) => each.name === name);
    expect(of('Welcome')).toMatchObject({ gaps: { lastRunAt: 'not-seen', sharedWith: 'not-seen' } });
    expect(of('Nobody’s')).toBeDefined();
  });

  test('without collaborators have nobody', () => {
    expect(named('Nobody’s')?.tags).toContain('no-collaborators');
    expect(named('Nobody’s')?.attributions?.some(({ rel }) => rel === 'owned-by')).toBe(false);
    expect(records.get('workflow/workflow/Wf04')?.tags).not.toContain('no-collaborators');
  });
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

const refused = (error: string, more: Record<string, unknown> = {}): VendorAnswer => ({
  json: { ok: false, error, ...more },
});
const judged = (error: string, more: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
  classify({ status: 200, headers: new Headers(headers), body: { ok: false, error, ...more } });

test.each([
  ['feature_not_enabled', 401, 'not-licensed'],
  ['user_not_authorized', 403, 'permission'],
  ['invalid_auth', 401, 'auth'],
  ['something_new', 401, undefined],
])('%s of the audit log, with status %i, is %s', (error, status, kind) => {
  expect(classify({ status, headers: new Headers(), body: { ok: false, error } })?.kind).toBe(kind);
});

describe('a 200 that refuses', () => {
  test.each([
    ['invalid_auth', 'auth'],
    ['token_revoked', 'auth'],
    ['missing_scope', 'permission'],
    ['not_allowed_token_type', 'permission'],
    ['feature_not_enabled', 'not-licensed'],
    ['team_not_eligible', 'not-licensed'],
    ['not_an_enterprise', 'not-licensed'],
    ['ratelimited', 'rate-limited'],
    ['fatal_error', 'transient'],
    ['bot_not_found', 'not-found'],
    ['something_new', 'schema'],
  ])('%s is %s', (error, kind) => {
    expect(judged(error)).toMatchObject({ kind });
  });

  test('names the scope that is missing, and nothing else of the answer', () => {
    expect(judged('missing_scope', { needed: 'admin.apps:read', provided: 'x' })?.message).toContain('admin.apps:read');
    expect(judged('missing_scope', { needed: 'https://elsewhere.example/?q=1' })?.message).not.toContain('elsewhere');
    expect(judged('a_secret_word')?.message).not.toContain('a_secret_word');
  });

  test('says how long to wait', () => {
    expect(judged('ratelimited', {}, { 'retry-after': '30' })).toMatchObject({ retryAfterMs: 30_000 });
  });

  test('ends its stream with the reason, and the others go on', async () => {
    const tamper: NonNullable<LiveOptions['tamper']> = (request, answer) =>
      request.path.endsWith('admin.workflows.search')
        ? refused('missing_scope', { needed: 'admin.workflows:read' })
        : answer;
    const { coverage } = await readLive(slack, vendor(), { ports, tamper });
    const workflows = coverage.find(({ stream }) => stream === 'workflows');
    expect(workflows).toMatchObject({ reason: 'permission', detail: expect.stringContaining('admin.workflows:read') });
    expect(coverage.find(({ stream }) => stream === 'members')).toMatchObject({ outcome: 'complete' });
  });
});
