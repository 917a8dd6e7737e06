import { beforeAll, describe, expect, test, vi } from 'vitest';
import { openStore } from '../../db/open.ts';
import { seeded } from '../../scanners/secrets/samples.ts';
import { readLive, type LiveOptions, type LiveRead } from '../../test/helpers/live.ts';
import type { VendorAnswer } from '../../test/helpers/vendor.ts';
import { secrets, vendor } from '../../test/vendors/aws.ts';
import { accountId } from '../../test/vendors/aws/iam.ts';
import { ACMClient } from '@aws-sdk/client-acm';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { IAMClient } from '@aws-sdk/client-iam';
import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { globMatches, type AnyRecord, type Connector } from '../../src/sdk/index.ts';
import { placeOf } from './config.ts';
import { aws } from './index.ts';
import { permissionOf } from './operations.ts';
import { soundsSecret } from './parameters.ts';
import { statementsOf, trustsOf } from './policy.ts';
import { toldBy } from './tags.ts';

/** Every stream loads and builds clients of the SDK. */
const SLOW = 60_000;
vi.setConfig({ testTimeout: SLOW });
const limits = () => [{ requests: 10_000, per: 1_000, concurrency: 4 }];
const read = (options: LiveOptions = {}, of: Connector = aws): Promise<LiveRead> =>
  readLive(of, vendor(), { ...options, ports: { limits, ...options.ports } });
const only = (...ids: string[]): Connector => ({
  ...aws,
  streams: Object.fromEntries(Object.entries(aws.streams).filter(([id]) => ids.includes(id))),
});
const refusing =
  (call: RegExp, answer: VendorAnswer): NonNullable<LiveOptions['tamper']> =>
  (request, usual) =>
    call.test(`${request.headers.get('x-amz-target')} ${request.headers.get('authorization')} ${request.body}`)
      ? answer
      : usual;
const json = (code: string): VendorAnswer => ({ status: 400, json: { __type: `com.amazonaws#${code}` } });

describe('an account', () => {
  let whole: LiveRead;
  const named = (name: string): AnyRecord | undefined => [...whole.records.values()].find((each) => each.name === name);
  beforeAll(async () => {
    whole = await read();
  }, SLOW);

  test('who can sign in is a person, who cannot is a machine; the report tells them apart', () => {
    expect(named('bob')).toMatchObject({
      kind: 'person',
      emails: ['bob@acme.example'],
      tags: expect.arrayContaining(['no MFA']),
    });
    expect(named('ada@acme.example')).toMatchObject({
      kind: 'person',
      admin: true,
      lastInteractiveAt: Date.UTC(2026, 4, 30, 8),
    });
    expect(named('deploy')).toMatchObject({
      kind: 'identity',
      type: 'service-account',
      admin: true,
      environment: 'production',
      attributions: [{ rel: 'owned-by', who: { email: 'ada@acme.example' }, basis: 'tag' }],
    });
    expect(named('idle')).toMatchObject({ kind: 'identity', admin: false, scopes: [] });
  });

  test('service accounts and roles are known by the names that pipelines write down', () => {
    const acting = [...whole.records.values()].filter(({ kind, id }) => kind === 'identity' && !id.endsWith('/root'));
    const arns = acting.map(({ knownAs }) => knownAs?.[0] ?? '');
    const own = new RegExp(`^aws-arn:arn:aws:iam::${accountId}:(?:role|user)/`);
    expect(arns.filter((arn) => own.test(arn)).length).toBeGreaterThan(5);
    expect(named('deploy')?.knownAs).toEqual([`aws-arn:arn:aws:iam::${accountId}:user/deploy`]);
  });

  test('two keys of one user stay two records, and no access key id is kept', () => {
    const keys = [...whole.records.values()].filter(
      ({ kind, name }) => kind === 'credential' && /^Access key AKIA.* of deploy$/.test(name),
    );
    expect(keys.map((key) => ('status' in key ? key.status : ''))).toEqual(
      expect.arrayContaining(['active', 'inactive']),
    );
    expect(keys[0]).toMatchObject({
      expiresAt: 'never',
      admin: true,
      links: [{ kind: 'identity' }, { kind: 'container' }],
    });
    // By its fingerprint a key is found again where it lies in a text.
    expect(new Set(keys.flatMap(({ knownAs = [] }) => knownAs)).size).toBe(keys.length);
    expect(JSON.stringify([...whole.records])).not.toMatch(/(?:AKIA|ASIA|ACCA)[A-Z2-7]{16}/);
  });

  test('a key that is older than the count of its uses was not "never" used', () => {
    const of = (name: string) => [...whole.records.values()].find((each) => each.name.endsWith(` of ${name}`));
    expect(of('backup')).not.toHaveProperty('lastUsedAt');
    expect(
      [...whole.records.values()].filter((each) => 'lastUsedAt' in each && each.name.startsWith('Access key')),
    ).toHaveLength(5);
  });

  test('root is on the roll with its keys', () => {
    expect(whole.records.get(`credential/${accountId}/root/access-key-1`)).toMatchObject({
      admin: true,
      reach: 'all',
      expiresAt: 'never',
    });
    expect(whole.records.has(`credential/${accountId}/root/access-key-2`)).toBe(false);
    expect(whole.records.get(`identity/${accountId}/root`)).toMatchObject({ tags: ['no MFA'] });
  });

  test('other credentials end when they end', () => {
    expect(named('bedrock.amazonaws.com credential of bedrock-reader')).toMatchObject({
      type: 'api-key',
      expiresAt: Date.UTC(2026, 6, 1),
    });
    expect(named('Signing certificate of relay')).toMatchObject({
      expiresAt: Date.UTC(2027, 11, 26, 20, 55, 53),
      key: { algorithm: 'EC' },
    });
    expect(named('shop.acme.example')).toMatchObject({ status: 'expired' });
  });

  test('roles say whom outside they trust', () => {
    expect(named('deploys-from-github')).toMatchObject({
      trusts: [
        {
          type: 'oidc',
          issuer: 'token.actions.githubusercontent.com',
          subjects: ['repo:acme/*'],
          audiences: ['sts.amazonaws.com'],
        },
      ],
    });
    expect(named('vendor')).toMatchObject({
      trusts: [{ type: 'account', issuer: '999999999999', narrowed: false }],
      lastUsedAt: 'never',
    });
    expect(named('lambda')).toMatchObject({ admin: true, trusts: [], gaps: { lastUsedAt: 'not-supported' } });
    const ofAws = { thirdParty: true, builtIn: true, publisher: { verified: true } };
    expect(named('AWSServiceRoleForSupport')).toMatchObject(ofAws);
    // Identity Center made it, of a permission set that somebody in the organisation answers for.
    expect(named('AWSReservedSSO_Developers_0123456789abcdef')).toMatchObject({ thirdParty: false, builtIn: true });
    expect(named('lambda')).not.toHaveProperty('builtIn');
    // A boundary lets through only what it allows as well.
    expect(named('sandbox')).toMatchObject({ admin: false, scopes: ['AdministratorAccess, at most storage'] });
    expect(named('key-giver')).toMatchObject({ admin: false, scopes: ['inline:keys', 'iam:CreateAccessKey'] });
  });

  test('secrets: rotation, hanging rotation, planned deletion, sharing and replicas', () => {
    const secret = (id: string) => whole.records.get(`credential/${id}`);
    expect(secret('eu-west-1/shop/stripe-AbCdEf')).toMatchObject({
      rotation: 'automatic',
      rotationFailing: false,
      lastRotatedAt: Date.UTC(2026, 4, 15),
      nextRotationAt: Date.UTC(2026, 5, 15),
      environment: 'production',
      attributions: [{ who: { email: 'ada@acme.example' } }],
      sharedWith: { reach: 'private' },
    });
    expect(secret('us-east-1/shop/stripe-AbCdEf')).toMatchObject({
      tags: ['replica of eu-west-1'],
      lastUsedAt: 'never',
    });
    expect(secret('eu-west-1/shop/hanging-AbCdEf')).toMatchObject({ rotationFailing: true });
    expect(secret('eu-west-1/shop/old-AbCdEf')).toMatchObject({ status: 'inactive', deletionAt: Date.UTC(2026, 5, 7) });
    expect(secret('eu-west-1/shared/partner-AbCdEf')).toMatchObject({
      sharedWith: { reach: 'some', outsiders: ['999999999999'] },
    });
    expect(secret('eu-west-1/shared/world-AbCdEf')).toMatchObject({ sharedWith: { reach: 'public' } });
    expect(secret('eu-west-1/closed-AbCdEf')).toMatchObject({ gaps: { sharedWith: 'denied' } });
  });

  test('secrets: what a service of AWS makes and replaces is its own, what people gave to one is theirs', () => {
    const secret = (id: string) => whole.records.get(`credential/eu-west-1/${id}-AbCdEf`);
    expect(secret('rds!cluster-1')).toMatchObject({ builtIn: true, rotation: 'automatic', attributions: [] });
    expect(secret('rds!cluster-1')).toMatchObject({ sharedWith: { reach: 'some', outsiders: ['999999999999'] } });
    expect(secret('events!connection/courier')).toMatchObject({ rotation: 'manual' });
    for (const theirs of ['events!connection/courier', 'shop/stripe', 'rds!by-hand'])
      expect(secret(theirs)).not.toHaveProperty('builtIn');
    expect(secret('shared/partner')).toMatchObject({ rotation: 'off' });
  });

  test('parameters: encrypted ones, and plain ones that sound like secrets', () => {
    const names = [...whole.records.keys()].filter((key) => key.includes(':parameter/'));
    expect(names.map((key) => key.replace(/^.*:ssm:([\w-]+):.*:parameter/, '$1 '))).toEqual([
      'eu-west-1 /shop/apiKey',
      'eu-west-1 /shop/database',
      'us-east-1 /shop/database',
    ]);
    expect(named('/shop/apiKey')).toMatchObject({
      store: 'plaintext',
      attributions: [
        { rel: 'created-by', who: { login: 'dora' } },
        { rel: 'edited-by', who: { email: 'bob@acme.example' } },
      ],
    });
    const database = [...whole.records.values()].find(
      ({ id }) => id.includes('eu-west-1') && id.endsWith('/shop/database'),
    );
    expect(database).toMatchObject({ store: 'vault', deletionAt: Date.UTC(2026, 8, 1) });
    // What a program changed last, nobody did.
    expect(database?.attributions?.filter(({ rel }) => rel === 'edited-by')).toEqual([]);
  });

  test('what proves who we are is kept nowhere', () => {
    const kept = JSON.stringify([[...whole.records], whole.coverage]);
    expect(secrets.filter((secret) => kept.includes(secret))).toEqual([]);
  });
});

describe('when AWS refuses', () => {
  test('one region is a blind spot; all regions are a failure that names the call', async () => {
    const one = await read(
      { tamper: refusing(/ListSecrets.*us-east-1/, json('UnrecognizedClientException')) },
      only('secrets'),
    );
    expect(one.coverage.find(({ stream }) => stream === 'secrets')).toMatchObject({
      outcome: 'partial',
      quarantined: 1,
      items: 9,
    });
    const all = await read({ tamper: refusing(/ListSecrets/, json('AccessDeniedException')) }, only('secrets'));
    expect(all.coverage.find(({ stream }) => stream === 'secrets')).toMatchObject({
      outcome: 'failed',
      reason: 'permission',
      detail: expect.stringMatching(/^secretsmanager:ListSecrets in us-east-1: AccessDeniedException: the policy/),
    });
  });

  test('throttling by code alone is waited for, and a report that is being written too', async () => {
    let slow = 2;
    const tamper: NonNullable<LiveOptions['tamper']> = (request, usual) => {
      if (!/DescribeParameters/.test(request.headers.get('x-amz-target') ?? '') || slow === 0) return usual;
      slow -= 1;
      return json('ThrottlingException');
    };
    const { coverage } = await read({ tamper }, only('parameters'));
    expect(coverage.find(({ stream }) => stream === 'parameters')).toMatchObject({ outcome: 'complete' });
    expect(slow).toBe(0);
    const text = '<ErrorResponse><Error><Code>ReportInProgress</Code></Error></ErrorResponse>';
    const late = await read({ tamper: refusing(/Action=GetCredentialReport/, { status: 404, text }) }, only('users'));
    expect(late.coverage.find(({ stream }) => stream === 'users')).toMatchObject({
      outcome: 'partial',
      reason: 'rate-limited',
    });
  });

  test('an XML answer that breaks off is not read as a short one', async () => {
    const tamper: NonNullable<LiveOptions['tamper']> = (request, usual) =>
      request.body.includes('Action=ListServerCertificates')
        ? { ...usual, text: usual.text?.slice(0, -200) ?? '' }
        : usual;
    const { coverage } = await read({ tamper }, only('server-certificates'));
    expect(coverage.find(({ stream }) => stream === 'server-certificates')).toMatchObject({
      outcome: 'failed',
      reason: 'transient',
    });
  });

  test('a secret in any element of an XML answer gets nowhere', async () => {
    const planted = `${['ghp', ''].join('_')}${seeded(7).alnum(36)}`;
    const store = await openStore({ memory: true });
    const tamper: NonNullable<LiveOptions['tamper']> = (request, usual) =>
      /Action=(?!AssumeRole|GetCallerIdentity)/.test(request.body)
        ? { ...usual, text: usual.text?.replaceAll(/>([^<>]*[A-Za-z][^<>]*)</g, `>$1 ${planted}<`) ?? '' }
        : usual;
    const { coverage, records } = await read({ tamper, store });
    expect(JSON.stringify([[...records], coverage])).not.toContain(planted);
    await store.close();
  });
});

describe('what is asked', () => {
  test('a call that a stream does not declare goes nowhere, even to the same address', async () => {
    const { account, secrets: reading } = aws.streams;
    const bold = { ...aws, streams: { secrets: { ...reading!, operations: account!.operations } } };
    const { coverage, requests } = await read({}, bold);
    expect(coverage.find(({ stream }) => stream === 'secrets')).toMatchObject({ outcome: 'failed', reason: 'bug' });
    expect(requests.filter(({ headers }) => headers.has('x-amz-target'))).toEqual([]);
  });

  test('the policy to paste allows exactly that, and denies values', () => {
    const [allow, deny] = (
      JSON.parse(aws.docs.policies?.[0]?.text ?? '') as { Statement: { Effect: string; Action: string[] }[] }
    ).Statement;
    const asked = Object.values(aws.streams).flatMap(({ operations }) => operations.map(permissionOf));
    expect(allow?.Action).toEqual([...new Set(asked)].filter((action) => action !== 'sts:AssumeRole').toSorted());
    expect(deny?.Effect).toBe('Deny');
    expect(deny?.Action).toEqual(
      expect.arrayContaining([
        'secretsmanager:GetSecretValue',
        'secretsmanager:BatchGetSecretValue',
        'ssm:GetParameter',
        'acm:ExportCertificate',
        'kms:Decrypt',
      ]),
    );
    expect(allow?.Action.filter((action) => deny?.Action.some((pattern) => globMatches(pattern, action)))).toEqual([]);
    expect(allow?.Action.filter((action) => /Value|:GetParam|Decrypt|Create|Put|Delete|Update/.test(action))).toEqual(
      [],
    );
  });

  test.each(['eu-west-1', 'us-east-1', 'cn-north-1', 'us-gov-west-1'])(
    'addresses in %s are those that the SDK knows',
    (region) => {
      const clients = {
        sts: STSClient,
        iam: IAMClient,
        secretsmanager: SecretsManagerClient,
        ssm: SSMClient,
        acm: ACMClient,
        cloudtrail: CloudTrailClient,
        sso: SSOAdminClient,
        identitystore: IdentitystoreClient,
      };
      for (const [service, Client] of Object.entries(clients)) {
        const { config } = new Client({ region });
        const asked = { Region: region, UseFIPS: false, UseDualStack: false };
        // Identity Store has a setting of its own, which changes nothing here.
        const known = config.endpointProvider(asked as never).url;
        expect(`${placeOf(service as 'iam', region, { endpoints: {} }).endpoint}/`).toBe(known.href);
      }
    },
  );
});

test('settings: a literal secret, a region that is none and an address that is none are refused', () => {
  const settings = (more: object) => aws.config.safeParse({ regions: ['eu-west-1'], ...more }).success;
  expect(settings({})).toBe(true);
  expect(settings({ accessKey: { id: 'AKIA', secret: 'literal' } })).toBe(false);
  expect(settings({ regions: ['Ireland'] })).toBe(false);
  expect(settings({ regions: [] })).toBe(false);
  expect(settings({ endpoints: { iam: 'nowhere' } })).toBe(false);
  expect(settings({ endpoints: { secretsmanager: 'https://secretsmanager-fips.{region}.amazonaws.com' } })).toBe(true);
});

test('trust: conditions in any case, wildcards, SAML, everybody, and policies that nobody can read', () => {
  const trusts = (Principal: unknown, Condition?: object) =>
    trustsOf(
      statementsOf(JSON.stringify({ Statement: [{ Effect: 'Allow', Principal, Condition }] })) ?? [],
      '1'.repeat(12),
    );
  const oidc = 'arn:aws:iam::111111111111:oidc-provider/gitlab.example/path';
  expect(trusts({ Federated: oidc }, { StringLike: { 'GITLAB.example/path:SUB': '*' } })).toEqual([
    { type: 'oidc', issuer: 'gitlab.example', subjects: [], audiences: [], narrowed: false },
  ]);
  expect(
    trusts({ Federated: oidc }, { 'ForAnyValue:StringEquals': { 'gitlab.example/path:group': ['a'] } }),
  ).toMatchObject([{ narrowed: true }]);
  expect(
    trusts({ Federated: 'arn:aws:iam::111111111111:saml-provider/corp' }, { StringEquals: { 'SAML:aud': 'x' } }),
  ).toMatchObject([{ type: 'saml', issuer: 'corp', audiences: ['x'], narrowed: false }]);
  expect(trusts('*')).toMatchObject([{ type: 'account', issuer: '*', narrowed: false }]);
  expect(
    trusts({ AWS: ['arn:aws:iam::111111111111:root', '222222222222'] }, { StringEquals: { 'sts:ExternalId': 'x' } }),
  ).toEqual([{ type: 'account', issuer: '222222222222', narrowed: true }]);
  expect(statementsOf('%7Bbroken')).toBeUndefined();
});

test('tags name owners in many spellings; names of settings tell secrets from addresses', () => {
  const owners = (Key: string, Value: string, own: string[] = []) =>
    toldBy([{ Key, Value }], own).attributions.filter(Boolean);
  expect(owners('acme:TechnicalOwner', 'bob')).toMatchObject([{ rel: 'operated-by', who: { login: 'bob' } }]);
  expect(owners('Owner', 'Jo Porter')).toMatchObject([{ who: { name: 'Jo Porter' } }]);
  expect(owners('steward', 'jo@acme.example', ['Steward'])).toMatchObject([
    { rel: 'owned-by', who: { email: 'jo@acme.example' } },
  ]);
  expect(owners('colour', 'red')).toEqual([]);
  expect(['/a/db-password', '/a/ApiKey', '/a/client_secret', 'GITHUB_TOKEN'].map(soundsSecret)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(['/a/token-url', '/secrets/theme', '/a/secret-arn', '/a/password-length', 'monkey'].map(soundsSecret)).toEqual(
    [false, false, false, false, false],
  );
});
