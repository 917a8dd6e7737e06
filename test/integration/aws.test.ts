import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACM } from '@aws-sdk/client-acm';
import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { IAM } from '@aws-sdk/client-iam';
import { Identitystore } from '@aws-sdk/client-identitystore';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SSM } from '@aws-sdk/client-ssm';
import { SSOAdmin } from '@aws-sdk/client-sso-admin';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { aws } from '../../connectors/aws/index.ts';
import { callOf } from '../../connectors/aws/operations.ts';
import { openStore } from '../../db/open.ts';
import { seeded } from '../../scanners/secrets/samples.ts';
import type { AnyRecord } from '../../src/sdk/index.ts';
import { recordsIn } from '../helpers/live.ts';
import { motoServer, startMoto, type Moto } from '../helpers/moto.ts';
import { rollcall, type Ran } from '../helpers/run-cli.ts';

if (motoServer === undefined) console.log('moto is not installed: the AWS connector is not tried on it (see .ci/run)');

const services = 'sts iam secretsmanager ssm acm cloudtrail sso identitystore rolesanywhere'.split(' ');
/** What moto does not play: tags of permission sets, Roles Anywhere, credentials for single services. */
const unplayed = /^(?:service-credentials|permission-sets|trust-anchors|anywhere-.*)$/;
const unasked = /^(?:AssumeRole|LookupEvents|ListTrustAnchors|ListProfiles|ListSubjects|ListAccountAssignments)$/;

const SECRETS = 105;
const value = seeded(31).alnum(40);
const owner = { Key: 'Owner', Value: 'ada@acme.example' };

describe.skipIf(motoServer === undefined)('AWS, as moto plays it', () => {
  const home = mkdtempSync(join(tmpdir(), 'rollcall-aws-'));
  let moto: Moto;
  let scan: Ran;
  let records: ReadonlyMap<string, AnyRecord>;
  const named = (name: string): AnyRecord | undefined => [...records.values()].find((each) => each.name === name);

  beforeAll(async () => {
    moto = await startMoto(motoServer ?? '');
    await seed(moto.endpoint);
    const { endpoint } = moto;
    const source = {
      id: 'aws',
      connector: 'aws',
      regions: ['eu-west-1', 'us-east-1'],
      accessKey: { id: 'env:MOTO_KEY_ID', secret: 'env:MOTO_KEY_SECRET' },
      endpoints: Object.fromEntries(services.map((service) => [service, endpoint])),
      // moto keeps no event history.
      eventHistory: false,
    };
    writeFileSync(join(home, 'rollcall.yaml'), stringify({ db: 'roll.db', sources: [source] }));
    Object.assign(process.env, { MOTO_KEY_ID: 'test', MOTO_KEY_SECRET: 'test' });
    await moto.record();
    scan = await rollcall(home, ['scan', '--config', 'rollcall.yaml'], { now: Date.now() });
    const store = await openStore({ file: join(home, 'roll.db') });
    records = await recordsIn(store);
    await store.close();
  }, 180_000);
  afterAll(async () => {
    await moto?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  test('all secrets come, over several pages, with rotation, owner and planned deletion', () => {
    const secrets = [...records.keys()].filter((key) => key.startsWith('credential/eu-west-1/shop/'));
    expect(secrets).toHaveLength(SECRETS);
    expect(named('shop/1')).toMatchObject({
      type: 'vault-entry',
      rotation: 'off',
      environment: 'production',
      sharedWith: { reach: 'some', outsiders: ['999999999999'] },
      attributions: [{ rel: 'owned-by', who: { email: 'ada@acme.example' } }],
    });
    expect(named('shop/2')).toMatchObject({ status: 'inactive', deletionAt: expect.any(Number) });
    expect([...records.keys()].filter((key) => key.startsWith('credential/us-east-1/'))).toHaveLength(1);
  });

  test('people, machines and their keys, roles with whom they trust, certificates, parameters', () => {
    expect(named('ada@acme.example')).toMatchObject({ kind: 'person', emails: ['ada@acme.example'] });
    expect(named('deploy')).toMatchObject({ kind: 'identity', admin: true, scopes: ['AdministratorAccess'] });
    const keys = [...records.values()].filter(({ name }) => /^Access key AKIA.* of deploy$/.test(name));
    expect(keys).toHaveLength(2);
    expect(named('github')).toMatchObject({ trusts: [{ type: 'oidc', subjects: ['repo:acme/*'], narrowed: false }] });
    expect(named('SSH key of deploy')).toMatchObject({ type: 'ssh-key', status: 'active' });
    expect(named('/shop/api-key')).toMatchObject({ store: 'plaintext' });
    expect(named('/shop/database')).toMatchObject({ store: 'vault' });
    expect(named('/shop/theme')).toBeUndefined();
  });

  test('certificates with their key and owner, and people of single sign-on', () => {
    expect(named('shop.acme.example')).toMatchObject({
      type: 'certificate',
      key: { algorithm: 'RSA', bits: 2048 },
      attributions: [{ rel: 'owned-by', who: { email: 'ada@acme.example' } }],
    });
    expect(named('Dora Porter')).toMatchObject({ kind: 'person', emails: ['dora@acme.example'], logins: ['dora'] });
  });

  test('every stream is complete but those that moto does not play', () => {
    expect(scan.out + scan.err).toContain('ListServiceSpecificCredentials');
    const unread = Object.keys(aws.streams).filter((id) =>
      new RegExp(`(?<![\\w-])${id}(?![\\w-]).*(?:failed|partial)`).test(scan.out),
    );
    expect(unread.filter((id) => !unplayed.test(id))).toEqual([]);
  });

  test('a trail of another region keeps what happens in the account', () => {
    expect([...records.values()].find(({ kind }) => kind === 'container')).toMatchObject({
      type: 'account',
      logging: { runs: 'on' },
    });
  });

  test('no value was read: moto saw declared calls and no other, and no value is kept', async () => {
    const declared = new Set(
      Object.values(aws.streams).flatMap(({ operations }) => operations.map((each) => callOf(each).action)),
    );
    const calls = moto.recorded();
    expect(calls.length).toBeGreaterThan(2 * SECRETS);
    expect([...new Set(calls)].filter((call) => !declared.has(call))).toEqual([]);
    expect([...declared].filter((call) => !calls.includes(call) && !unasked.test(call))).toEqual([]);
    const kept = readdirSync(home).filter((file) => readFileSync(join(home, file)).includes(value));
    expect(kept).toEqual([]);
  });
});

async function seed(endpoint: string): Promise<void> {
  const settings = { endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  const secrets = new SecretsManager(settings);
  for (let at = 0; at < SECRETS; at += 1) {
    await secrets.createSecret({
      Name: `shop/${at}`,
      SecretString: value,
      Tags: [owner, { Key: 'env', Value: 'prod' }],
    });
  }
  const ResourcePolicy = JSON.stringify(
    policy({ AWS: 'arn:aws:iam::999999999999:root' }, 'secretsmanager:GetSecretValue'),
  );
  await secrets.putResourcePolicy({ SecretId: 'shop/1', ResourcePolicy });
  await secrets.deleteSecret({ SecretId: 'shop/2', RecoveryWindowInDays: 7 });
  await new SecretsManager({ ...settings, region: 'us-east-1' }).createSecret({ Name: 'far', SecretString: value });

  const iam = new IAM({ ...settings, region: 'us-east-1' });
  await iam.createUser({ UserName: 'ada@acme.example' });
  await iam.createLoginProfile({ UserName: 'ada@acme.example', Password: seeded(32).alnum(20) });
  await iam.createUser({ UserName: 'deploy', Tags: [owner] });
  await iam.attachUserPolicy({ UserName: 'deploy', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' });
  await iam.createAccessKey({ UserName: 'deploy' });
  await iam.createAccessKey({ UserName: 'deploy' });
  await iam.uploadSSHPublicKey({ UserName: 'deploy', SSHPublicKeyBody: `ssh-rsa ${seeded(33).base64url(372)}` });
  const issuer = 'token.actions.githubusercontent.com';
  const { OpenIDConnectProviderArn: Federated } = await iam.createOpenIDConnectProvider({
    Url: `https://${issuer}`,
    ClientIDList: ['sts.amazonaws.com'],
    ThumbprintList: ['a'.repeat(40)],
  });
  const trust = policy({ Federated }, 'sts:AssumeRoleWithWebIdentity', {
    StringLike: { [`${issuer}:sub`]: 'repo:acme/*' },
  });
  await iam.createRole({ RoleName: 'github', AssumeRolePolicyDocument: JSON.stringify(trust) });

  const ssm = new SSM(settings);
  await ssm.putParameter({ Name: '/shop/api-key', Value: value, Type: 'String' });
  await ssm.putParameter({ Name: '/shop/theme', Value: 'dark', Type: 'String' });
  await ssm.putParameter({ Name: '/shop/database', Value: value, Type: 'SecureString' });

  await new ACM(settings).requestCertificate({ DomainName: 'shop.acme.example', Tags: [owner] });
  await singleSignOn(settings);

  // A trail wants a bucket to write to.
  await fetch(`${endpoint}/trails`, { method: 'PUT' });
  const cloudTrail = new CloudTrail({ ...settings, region: 'us-east-1' });
  await cloudTrail.createTrail({ Name: 'all', S3BucketName: 'trails', IsMultiRegionTrail: true });
  await cloudTrail.startLogging({ Name: 'all' });
}

async function singleSignOn(settings: { endpoint: string; region: string }): Promise<void> {
  const admin = new SSOAdmin(settings);
  const { Instances: [instance] = [] } = await admin.listInstances({});
  const { InstanceArn, IdentityStoreId } = instance ?? {};
  await new Identitystore(settings).createUser({
    IdentityStoreId,
    UserName: 'dora',
    DisplayName: 'Dora Porter',
    Name: { GivenName: 'Dora', FamilyName: 'Porter' },
    Emails: [{ Value: 'Dora@acme.example', Type: 'work', Primary: true }],
  });
  const { PermissionSet } = await admin.createPermissionSet({ InstanceArn, Name: 'Administrators' });
  const set = { InstanceArn, PermissionSetArn: PermissionSet?.PermissionSetArn };
  await admin.attachManagedPolicyToPermissionSet({
    ...set,
    ManagedPolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
  });
}

function policy(Principal: object, Action: string, Condition?: object): object {
  const Resource = Action.startsWith('sts:') ? {} : { Resource: '*' };
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action, ...Resource, ...(Condition && { Condition }) }],
  };
}
