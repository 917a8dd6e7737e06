import { beforeAll, describe, expect, test, vi } from 'vitest';
import { readLive, type LiveOptions, type LiveRead } from '../../test/helpers/live.ts';
import { secrets, vendor } from '../../test/vendors/aws.ts';
import { accountId } from '../../test/vendors/aws/iam.ts';
import type { AnyRecord, Connector } from '../../src/sdk/index.ts';
import { aws } from './index.ts';

/** Every stream loads and builds clients of the SDK. */
const SLOW = 60_000;
vi.setConfig({ testTimeout: SLOW });
const limits = () => [{ requests: 10_000, per: 1_000, concurrency: 4 }];
const read = (options: LiveOptions = {}, of: Connector = aws): Promise<LiveRead> =>
  readLive(of, vendor(), { ...options, ports: { limits, ...options.ports } });

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
