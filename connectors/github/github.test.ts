import { describe, expect, test } from 'vitest';
import { only, read } from '../../test/helpers/github.ts';
import { readLive } from '../../test/helpers/live.ts';
import { openStore } from '../../db/open.ts';
import { pastedKey, pastedToken } from '../../test/vendors/github/files.ts';
import { vendor, type Otherwise } from '../../test/vendors/github.ts';
import { materialOf } from '../../src/formats/github/deploy-key.ts';
import { github } from './index.ts';
import { manifest } from './policy.ts';

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
    const { records } = await read(['organisation', 'installations']);
    const own = records.get('credential/rollcall');
    expect(own).toMatchObject({ type: 'private-key', tags: ['can-write'] });
    // The App stands there once, as it is installed.
    expect(records.has('identity/rollcall')).toBe(false);
    expect(records.get(`identity/${own?.links?.[0]?.id}`)).toMatchObject({ type: 'integration', platform: 'github' });
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
    const failed = coverage.filter(({ outcome }) => outcome === 'failed');
    expect(new Set(failed.map(({ reason }) => reason))).toEqual(new Set(['config']));
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

  test('a token that waits for approval does nothing yet', async () => {
    const request = (n: number) => of(`credential/personal-access-token-request/${n}`);
    expect(await request(4)).toMatchObject({ status: 'inactive', tags: ['pending-approval'] });
    expect(await request(4)).not.toHaveProperty('reach');
    expect((await request(4))?.matches).toHaveLength(1);
    expect(await request(5)).toMatchObject({ status: 'expired', reach: 'some' });
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
    expect(await of('credential/sso-authorisation/2')).not.toHaveProperty('expiresAt');
    expect(await of('credential/sso-authorisation/3')).toMatchObject({
      type: 'oauth-token',
      status: 'expired',
      admin: true,
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

  test('environments: one of the reviewers has to agree, and whoever asks may or may not be that one', async () => {
    expect(await of('container/repository/101/environment/production')).toMatchObject({
      environment: 'production',
      protection: { reviewers: 1, selfReview: false, branches: 'selected' },
      policies: { 'wait-minutes': 30 },
    });
    const protection = async (name: string) => {
      const found = await of(`container/repository/${name}`);
      return found?.kind === 'container' && found.protection;
    };
    expect(await protection('101/environment/staging')).toEqual({ reviewers: 0, branches: 'all' });
    const open = { reviewers: 1, selfReview: true, exempt: 'administrators', branches: 'protected' };
    expect(await protection('103/environment/preview')).toEqual(open);
    // Older servers do not say whether administrators have to wait.
    expect(await protection('103/environment/older')).toEqual({ reviewers: 1, selfReview: false, branches: 'all' });
  });

  test('webhooks: unsigned and unverified, made by whom the audit log names', async () => {
    expect(await of('endpoint/webhook/701')).toMatchObject({
      signed: false,
      verifyTls: false,
      attributions: [{ rel: 'created-by', who: { id: '4', login: 'dan' }, basis: 'audit-log' }],
    });
    expect(await of('endpoint/webhook/702')).toMatchObject({ signed: true, delivery: 'paused' });
    expect(await of('endpoint/webhook/703')).toMatchObject({ scheme: 'http', delivery: 'failing', reach: 'one' });
    expect(await of('endpoint/webhook/703')).toMatchObject({ verifyTls: true });
    expect(await of('endpoint/webhook/703')).not.toHaveProperty('tags');
    const working = await of('endpoint/webhook/704');
    expect(working).toMatchObject({ delivery: 'working', tags: ['all-events'] });
    expect(working).not.toHaveProperty('verifyTls');
    expect(await of('endpoint/webhook/705')).not.toHaveProperty('delivery');
  });

  test('a workflow leads to the one of its repository that it calls', async () => {
    const called = (await of('workflow/61'))?.links?.filter(({ kind }) => kind === 'workflow');
    expect(called).toEqual([{ rel: 'uses', kind: 'workflow', id: '64' }]);
  });

  test('a workflow leads to the secrets of its environment, its repository and the organisation', async () => {
    const workflow = await of('workflow/61');
    expect(workflow).toMatchObject({ environment: 'production', state: 'active' });
    expect(workflow?.attributions?.[0]).toMatchObject({ who: { email: 'ben@acme.example' }, basis: 'codeowners' });
    expect(workflow?.links?.map(({ id }) => id)).toEqual(
      expect.arrayContaining([
        'actions-secret/repository/101/environment/production/AWS_KEY',
        'actions-secret/repository/101/AWS_KEY_ID',
        'repository/101/environment/production',
        '61#deploy/0/login',
      ]),
    );
    const role = 'aws/-/role/arn:aws:iam::123456789012:role/release';
    expect(await of('connection/61#deploy/0/login')).toMatchObject({
      authentication: 'api-key',
      links: [{ kind: 'container' }, { rel: 'uses', kind: 'identity', id: role }],
    });
    expect(await of(`identity/${role}`)).toMatchObject({
      name: 'Release',
      knownAs: ['aws-arn:arn:aws:iam::123456789012:role/release'],
    });
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
    expect(await of('credential/secret-scanning/103/1')).toMatchObject({
      tags: ['push-protection-bypassed'],
      attributions: [{ rel: 'created-by', who: { login: 'dan' } }],
    });
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

  test('a plan without it is no failure', async () => {
    const tamper = only(/credential-authorizations$/, { status: 404, json: {} });
    expect((await read(['sso-authorisations'], {}, { tamper })).outcome('sso-authorisations')).toMatchObject({
      outcome: 'skipped',
      reason: 'not-licensed',
    });
  });

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
