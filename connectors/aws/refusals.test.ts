import { describe, expect, test, vi } from 'vitest';
import { openStore } from '../../db/open.ts';
import { seeded } from '../../scanners/secrets/samples.ts';
import { readLive, type LiveOptions, type LiveRead } from '../../test/helpers/live.ts';
import type { VendorAnswer } from '../../test/helpers/vendor.ts';
import { vendor } from '../../test/vendors/aws.ts';
import type { Connector } from '../../src/sdk/index.ts';
import { aws } from './index.ts';

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
