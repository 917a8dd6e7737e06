import { describe, expect, test, vi } from 'vitest';
import { readLive, type LiveOptions, type LiveRead } from '../../test/helpers/live.ts';
import { vendor } from '../../test/vendors/aws.ts';
import { ACMClient } from '@aws-sdk/client-acm';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { IAMClient } from '@aws-sdk/client-iam';
import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { globMatches, type Connector } from '../../src/sdk/index.ts';
import { placeOf } from './config.ts';
import { aws } from './index.ts';
import { permissionOf } from './operations.ts';

/** Every stream loads and builds clients of the SDK. */
const SLOW = 60_000;
vi.setConfig({ testTimeout: SLOW });
const limits = () => [{ requests: 10_000, per: 1_000, concurrency: 4 }];
const read = (options: LiveOptions = {}, of: Connector = aws): Promise<LiveRead> =>
  readLive(of, vendor(), { ...options, ports: { limits, ...options.ports } });

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
