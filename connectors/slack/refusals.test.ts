import { describe, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { readLive, type LiveOptions } from '../../test/helpers/live.ts';
import type { VendorAnswer } from '../../test/helpers/vendor.ts';
import { vendor } from '../../test/vendors/slack.ts';
import { classify } from './classify.ts';
import { slack } from './index.ts';

const ports = { limits: () => [{ requests: 10_000, per: 1_000 }] };
const { records } = await readLive(slack, vendor(), { ports });
const refused = (error: string, more: Record<string, unknown> = {}): VendorAnswer => ({
  json: { ok: false, error, ...more },
});
const judged = (error: string, more: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
  classify({ status: 200, headers: new Headers(headers), body: { ok: false, error, ...more } });

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
  // Nobody can grant what the plan does not have.
  expect(coverage.find(({ stream }) => stream === 'users')?.detail).toMatch(/the plan of this workspace/);
});

test('a workspace of an organisation is told which permission it lacks', async () => {
  const { coverage } = await readLive(slack, vendor({ enterprise: false }), {
    ports,
    tamper: ({ path }, answer) =>
      path.endsWith('/auth.test') && answer?.json
        ? { ...answer, json: { ...answer.json, enterprise_id: 'E0ACME' } }
        : answer,
  });
  expect(coverage.find(({ stream }) => stream === 'users')).toMatchObject({ outcome: 'skipped', reason: 'permission' });
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
