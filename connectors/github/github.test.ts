import { describe, expect, test } from 'vitest';
import { readLive, type LiveOptions } from '../../test/helpers/live.ts';
import { openStore } from '../../db/open.ts';
import { pastedKey, pastedToken } from '../../test/vendors/github/files.ts';
import { vendor, type Otherwise } from '../../test/vendors/github.ts';
import type { VendorAnswer } from '../../test/helpers/vendor.ts';
import { materialOf } from './deploy-keys.ts';
import { github } from './index.ts';
import { manifest } from './policy.ts';

/** Reads these streams of the made-up organisation. */
async function read(streams: readonly string[], otherwise: Otherwise = {}, options: LiveOptions = {}) {
  const chosen = Object.entries(github.streams).filter(([id]) => streams.includes(id));
  const all = await readLive({ ...github, streams: Object.fromEntries(chosen) }, vendor(otherwise), options);
  return { ...all, outcome: (stream: string) => all.coverage.find((each) => each.stream === stream) };
}
const only =
  (path: RegExp, answer: VendorAnswer): NonNullable<LiveOptions['tamper']> =>
  (request, usual) =>
    path.test(request.path) ? answer : usual;

describe('with an App', () => {
  test('a token is asked for that can read and nothing else', async () => {
    const asked: unknown[] = [];
    await read(['organisation'], { onMint: (permissions) => asked.push(permissions) });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ issues: 'read', contents: 'read' });
    expect(asked[0]).not.toHaveProperty('workflows');
  });

  test('a clock that is hours ahead does not make it fetch one token after the other', async () => {
    const asked: unknown[] = [];
    let now = Date.UTC(2026, 5, 1, 6);
    const ports = { clock: () => (now += 1) };
    await read(['organisation'], { onMint: (permissions) => asked.push(permissions) }, { ports });
    expect(asked).toHaveLength(1);
  });

  test('its own credential is on the roll, with what the App could change', async () => {
    const { records } = await read(['organisation']);
    expect(records.get('credential/rollcall')).toMatchObject({ type: 'private-key' });
    expect(records.get('identity/rollcall')).toMatchObject({ tags: ['can-write'] });
  });

  test.each([
    [401, 'auth', /private key is not its own/],
    [404, 'auth', /not installed in acme/],
    [422, 'permission', /wait for approval/],
  ])('a token that is refused with %s is told as %s', async (status, reason, detail) => {
    const json = { message: 'quoted-by-nobody' };
    const { outcome, coverage } = await read(['tokens'], {}, { tamper: only(/access_tokens$/, { status, json }) });
    expect(outcome('tokens')).toMatchObject({
      outcome: 'failed',
      reason,
      detail: expect.stringMatching(detail) as string,
    });
    expect(JSON.stringify(coverage)).not.toContain('quoted-by-nobody');
  });

  test('a key that is none is told without quoting it', async () => {
    const other = vendor();
    const spoilt = { ...other, env: { GITHUB_APP_KEY: 'not-a-key-at-all' } };
    const { coverage } = await readLive(github, spoilt);
    expect(coverage[0]).toMatchObject({ outcome: 'failed', reason: 'config' });
    expect(JSON.stringify(coverage)).not.toContain('not-a-key');
  });

  test('the manifest asks for everything that streams need, and to read only', () => {
    const needed = Object.values(github.streams).flatMap(({ requires }) => requires.map(({ scope }) => scope));
    const given = Object.entries(manifest.default_permissions).map(([name, level]) => `${name}:${level}`);
    expect(needed.filter((scope) => !given.includes(scope))).toEqual([]);
    expect(new Set(Object.values(manifest.default_permissions))).toEqual(new Set(['read']));
  });
});

describe('with a personal access token', () => {
  const access = async (token: NonNullable<Otherwise['token']>) => {
    const { env, settings, answer } = vendor({ token });
    const seen = { env, settings, answer };
    let found: unknown;
    const watching = {
      ...github,
      streams: {},
      probe: async (...args: Parameters<typeof github.probe>) => (found = await github.probe(...args)),
    };
    await readLive(watching, seen);
    return found;
  };

  test('classic scopes and the end of the token are read from the headers', async () => {
    expect(await access({ scopes: 'admin:org, repo', expires: '2026-10-07 19:07:53 UTC' })).toMatchObject({
      granted: expect.arrayContaining(['admin:org', 'read:org', 'repo', 'security_events']) as string[],
      canWrite: expect.arrayContaining(['repo', 'admin:org']) as string[],
      expiresAt: Date.UTC(2026, 9, 7, 19, 7, 53),
      type: 'pat',
    });
  });

  test('of a fine-grained one nobody says what was granted', async () => {
    expect(await access({})).toMatchObject({ granted: 'unknown', type: 'pat' });
  });

  test('what a classic one may not ask is skipped, and says what it takes', async () => {
    const { outcome } = await read(['tokens', 'members', 'repositories', 'deploy-keys'], {
      token: { scopes: 'read:org' },
    });
    expect(outcome('tokens')).toMatchObject({ outcome: 'skipped', reason: 'permission' });
    expect(outcome('members')).toMatchObject({ outcome: 'complete' });
    expect(outcome('deploy-keys')?.detail).toContain('administration:read');
  });
});

describe('what is read', () => {
  const reading = read(Object.keys(github.streams));
  const of = async (key: string) => (await reading).records.get(key);

  test('tokens: null is never, owners by id', async () => {
    expect(await of('credential/personal-access-token/9001')).toMatchObject({
      expiresAt: 'never',
      scopes: ['organization/members: read', 'repository/contents: write', 'repository/metadata: read'],
      attributions: [{ rel: 'owned-by', who: { id: '4', login: 'dan' } }],
    });
    expect(await of('credential/personal-access-token/9002')).toMatchObject({ status: 'active' });
    expect(await of('credential/personal-access-token/9003')).toMatchObject({
      lastUsedAt: 'never',
      status: 'expired',
      reach: 'all',
    });
  });

  test('single sign-on: a classic token without an end, a key of which GitHub tells no end', async () => {
    expect(await of('credential/sso-authorisation/1')).toMatchObject({
      expiresAt: 'never',
      legacy: true,
      admin: true,
      masked: '••••cd34',
    });
    expect(await of('credential/sso-authorisation/2')).toMatchObject({
      type: 'ssh-key',
      gaps: { expiresAt: 'not-supported' },
    });
  });

  test('a private App keeps its publisher to itself', async () => {
    expect(await of('identity/installation/501')).toMatchObject({ status: 'disabled', gaps: { thirdParty: 'denied' } });
    expect(await of('identity/installation/502')).toMatchObject({
      thirdParty: true,
      admin: true,
      publisher: { name: 'helpers-inc' },
    });
    expect(await of('identity/installation/503')).toMatchObject({ thirdParty: false });
  });

  test('environments: reviewers, and whether whoever asks may approve', async () => {
    expect(await of('container/repository/101/environment/production')).toMatchObject({
      environment: 'production',
      protection: { reviewers: 2, selfReview: false, branches: 'selected' },
      policies: { 'wait-minutes': 30 },
    });
    expect(await of('container/repository/101/environment/staging')).toMatchObject({
      protection: { reviewers: 0, branches: 'all' },
    });
  });

  test('webhooks: unsigned and unverified, made by whom the audit log names', async () => {
    expect(await of('endpoint/webhook/701')).toMatchObject({
      signed: false,
      verifyTls: false,
      attributions: [{ rel: 'created-by', who: { id: '4', login: 'dan' }, basis: 'audit-log' }],
    });
    expect(await of('endpoint/webhook/702')).toMatchObject({ signed: true, delivery: 'paused' });
    expect(await of('endpoint/webhook/703')).toMatchObject({ scheme: 'http', delivery: 'failing', reach: 'one' });
  });

  test('what the audit log adds: when tokens and Apps were seen at work', async () => {
    const lastUse = async (key: string) => {
      const record = await of(key);
      return record !== undefined && 'lastUsedAt' in record ? record.lastUsedAt : undefined;
    };
    // GitHub's own word is later, earlier, and of a token with the number of another kind.
    expect(await lastUse('credential/personal-access-token/9001')).toBe(Date.UTC(2026, 4, 20, 9));
    expect(await lastUse('credential/personal-access-token/9002')).toBe(Date.UTC(2026, 4, 25, 9));
    expect(await lastUse('credential/personal-access-token/9003')).toBe('never');
    expect(await lastUse('identity/installation/502')).toBe(Date.UTC(2026, 4, 28, 9));
    // The log keeps changes alone: that an App is not in it says nothing.
    expect(await of('identity/installation/503')).toMatchObject({ gaps: { lastUsedAt: 'not-seen' } });
  });

  test('what the audit log adds: who made a secret of Actions, and who changed it last', async () => {
    const hands = async (key: string) =>
      (await of(`credential/actions-secret/${key}`))?.attributions?.map(({ rel, who, basis }) => [
        rel,
        who.login,
        basis,
      ]);
    expect(await hands('organisation/ORG_ALL')).toEqual([
      ['created-by', 'ann', 'audit-log'],
      ['edited-by', 'ben', 'audit-log'],
    ]);
    expect(await hands('organisation/ORG_SOME')).toEqual([]);
    expect(await hands('repository/101/NPM_TOKEN')).toEqual([['created-by', 'dan', 'audit-log']]);
    expect(await hands('repository/101/environment/production/AWS_KEY')).toEqual([['edited-by', 'cleo', 'audit-log']]);
    expect(await hands('repository/101/AWS_KEY')).toEqual([]);
  });

  test('a workflow leads to the secrets of its environment, its repository and the organisation', async () => {
    const workflow = await of('workflow/61');
    expect(workflow).toMatchObject({ environment: 'production', state: 'active' });
    expect(workflow?.attributions).toMatchObject([{ who: { email: 'ben@acme.example' }, basis: 'codeowners' }]);
    expect(workflow?.links?.map(({ id }) => id)).toEqual(
      expect.arrayContaining([
        'actions-secret/repository/101/environment/production/AWS_KEY',
        'actions-secret/repository/101/AWS_KEY_ID',
        'repository/101/environment/production',
        '61#deploy/0/login',
      ]),
    );
    expect(await of('connection/61#deploy/0/login')).toMatchObject({ authentication: 'api-key' });
    expect(await of('workflow/63')).toMatchObject({ state: 'inactive', tags: ['file-not-on-default-branch'] });
  });

  test('a repository belongs to whom its property and its CODEOWNERS name', async () => {
    const owners = (await of('container/repository/101'))?.attributions?.map(({ who, basis }) => [who.login, basis]);
    expect(owners).toEqual([
      ['cleo', 'tag'],
      ['@acme/platform', 'codeowners'],
    ]);
  });

  test('variables stay out, but for the one with a token in it; no value is kept', async () => {
    const { records } = await reading;
    const variables = [...records.keys()].filter((key) => key.includes('-variable/'));
    expect(variables).toEqual(['container/actions-variable/repository/101/DEPLOY']);
    const kept = JSON.stringify([...records.values()]);
    expect([kept.includes(pastedToken), kept.includes(pastedKey)]).toEqual([false, false]);
  });

  test('a leak: still working, and open to the world; what was no secret is left out', async () => {
    expect(await of('credential/secret-scanning/103/1')).toMatchObject({ status: 'active', leak: { where: 'public' } });
    expect(await of('credential/secret-scanning/103/3')).toMatchObject({
      status: 'revoked',
      leak: { where: 'inside' },
    });
    expect(await of('credential/secret-scanning/103/2')).toBeUndefined();
    const { requests } = await reading;
    const alerts = requests.filter(({ path }) => path.endsWith('/alerts'));
    expect(alerts.every(({ query }) => query.get('hide_secret') === 'true')).toBe(true);
  });
});

describe('again and refused', () => {
  test('a second scan asks whether lists have changed, and reads no workflow file', async () => {
    const store = await openStore({ memory: true });
    await read(['repositories', 'workflows', 'deploy-keys'], {}, { store });
    const { requests, coverage } = await read(['repositories', 'workflows', 'deploy-keys'], {}, { store });
    expect(requests.filter(({ path }) => path.endsWith('.yml'))).toEqual([]);
    expect(requests.some(({ headers }) => headers.has('if-none-match'))).toBe(true);
    expect(coverage.filter(({ outcome, reason }) => outcome !== 'complete' && reason !== 'not-supported')).toEqual([]);
    await store.close();
  });

  test('a refusal names the permission that GitHub names', async () => {
    const headers = { 'x-accepted-github-permissions': 'organization_hooks=read' };
    const { outcome } = await read(
      ['organisation-webhooks'],
      {},
      { tamper: only(/orgs\/acme\/hooks$/, { status: 403, headers, json: {} }) },
    );
    expect(outcome('organisation-webhooks')).toMatchObject({ outcome: 'failed', reason: 'permission' });
    expect(outcome('organisation-webhooks')?.detail).toContain('organization_hooks=read');
  });

  test('without the audit log in the configuration nobody asks for it, and what it adds is not supported', async () => {
    const streams = ['tokens', 'installations', 'organisation-webhooks', 'organisation-actions-secrets'];
    const { requests, records, coverage } = await read(streams, {}, { settings: { auditLog: false } });
    expect(requests.filter(({ path }) => path.endsWith('/audit-log'))).toEqual([]);
    expect(records.get('credential/personal-access-token/9002')).toMatchObject({ lastUsedAt: 'never' });
    expect(records.get('identity/installation/502')).toMatchObject({ gaps: { lastUsedAt: 'not-supported' } });
    expect(coverage.filter(({ outcome, reason }) => outcome !== 'complete' && reason !== 'not-supported')).toEqual([]);
  });

  test('a plan without the audit log costs one question for all Apps, and is told', async () => {
    const tamper = only(/audit-log$/, { status: 404, json: {} });
    const { outcome, requests } = await read(['installations'], {}, { tamper });
    expect(outcome('installations')).toMatchObject({ outcome: 'partial', quarantined: 1 });
    expect(requests.filter(({ path }) => path.endsWith('/audit-log'))).toHaveLength(1);
  });

  test('a busy audit log is read so far and no further', async () => {
    const event = { action: 'repo.create', actor: 'dan', actor_id: 4, created_at: Date.UTC(2026, 4, 10) };
    const tamper: NonNullable<LiveOptions['tamper']> = ({ path, query }, usual) => {
      if (!path.endsWith('/audit-log')) return usual;
      const at = Number(query.get('after') ?? 0) + 1;
      const link = `<https://api.github.example${path}?after=${at}&order=desc>; rel="next"`;
      return { json: [{ ...event, created_at: event.created_at - at }], headers: { link } };
    };
    const { outcome, requests, records } = await read(['tokens', 'installations'], {}, { tamper });
    expect(outcome('tokens')).toMatchObject({ outcome: 'complete' });
    expect(requests.filter(({ path }) => path.endsWith('/audit-log'))).toHaveLength(50 + 3);
    // A log that does not filter by actor says nothing about an App.
    expect(records.get('identity/installation/502')).toMatchObject({ gaps: { lastUsedAt: 'not-seen' } });
  });

  test('a plan without it is no failure', async () => {
    const tamper = only(/credential-authorizations$/, { status: 404, json: {} });
    expect((await read(['sso-authorisations'], {}, { tamper })).outcome('sso-authorisations')).toMatchObject({
      outcome: 'skipped',
      reason: 'not-licensed',
    });
  });

  test.each(['codespaces', 'agents'])(
    'a repository that goes while it is read takes no list of %s with it',
    async (id) => {
      const stream = `${id}-secrets`;
      const chosen = ['repositories', stream];
      const gone = only(new RegExp(`/repos/acme/(?:tools|data)/${id}/`), { status: 404, json: {} });
      const { outcome, records } = await read(chosen, {}, { tamper: gone });
      expect(outcome(stream)).toMatchObject({ outcome: 'partial', quarantined: 2 });
      expect([...records.keys()].filter((key) => key.startsWith(`credential/${id}-secret/`))).toHaveLength(1);
      const first = only(new RegExp(`/repos/acme/site/${id}/`), { status: 404, json: {} });
      expect((await read(chosen, {}, { tamper: first })).outcome(stream)).toMatchObject({
        outcome: 'partial',
        quarantined: 1,
      });
      const all = only(new RegExp(`/repos/acme/\\w+/${id}/`), { status: 404, json: {} });
      expect((await read(chosen, {}, { tamper: all })).outcome(stream)).toMatchObject({
        outcome: 'skipped',
        reason: 'not-licensed',
        quarantined: 0,
      });
    },
  );

  test('the secondary limit is waited for, though it comes without a header', async () => {
    let refused = 0;
    const pauses: number[] = [];
    const json = { message: 'You have exceeded a secondary rate limit' };
    const { outcome } = await read(
      ['members'],
      {},
      {
        tamper: (request, usual) =>
          request.path.endsWith('/members') && (refused += 1) === 1 ? { status: 403, json } : usual,
        ports: { pause: async (ms) => void pauses.push(ms), random: () => 0 },
      },
    );
    expect(outcome('members')).toMatchObject({ outcome: 'complete' });
    expect(pauses).toContain(60_000);
  });
});

test('a configuration gives an App or a token, not both and not neither', () => {
  const settings = { organisation: 'acme' };
  const app = { id: 1, privateKey: 'env:KEY' };
  expect(github.config.safeParse({ ...settings, app }).success).toBe(true);
  expect(github.config.safeParse({ ...settings, token: 'env:T' }).success).toBe(true);
  expect(github.config.safeParse(settings).success).toBe(false);
  expect(github.config.safeParse({ ...settings, app, token: 'env:T' }).success).toBe(false);
});

test('a public key tells what it is made of; what is none tells nothing', () => {
  const blob = Buffer.concat([
    Buffer.from([0, 0, 0, 11]),
    Buffer.from('ssh-ed25519'),
    Buffer.from([0, 0, 0, 32]),
    Buffer.alloc(32, 7),
  ]);
  expect(materialOf(`ssh-ed25519 ${blob.toString('base64')} me`)).toMatchObject({
    algorithm: 'ssh-ed25519',
    thumbprint: expect.stringMatching(/^SHA256:.{43}$/) as string,
  });
  expect(materialOf('ssh-rsa AAA...')).toBeUndefined();
});
