import { describe, expect, test, vi } from 'vitest';
import { readLive, type LiveOptions, type LiveRead } from '../../test/helpers/live.ts';
import { vendor } from '../../test/vendors/aws.ts';
import { accountId, report } from '../../test/vendors/aws/iam.ts';
import { aws } from './index.ts';
import { judgeAws } from './judge.ts';

/** Streams load and build clients of the SDK. */
vi.setConfig({ testTimeout: 60_000 });

const read = (stream: string, tamper: NonNullable<LiveOptions['tamper']>): Promise<LiveRead> =>
  readLive({ ...aws, streams: { [stream]: aws.streams[stream]! } }, vendor(), {
    tamper,
    ports: { limits: () => [{ requests: 10_000, per: 1_000, concurrency: 4 }] },
  });

/** The report with other cells for root. */
function withRoot(cells: Readonly<Record<string, string>>): Promise<LiveRead> {
  const [head = '', root = '', ...others] = report.split('\n');
  const columns = head.split(',');
  const changed = root.split(',').map((cell, at) => cells[columns[at] ?? ''] ?? cell);
  const content = Buffer.from([head, changed.join(','), ...others].join('\n')).toString('base64');
  return read('passwords', (request, usual) =>
    request.body.includes('Action=GetCredentialReport')
      ? { ...usual, text: usual.text?.replace(/<Content>.*<\/Content>/, `<Content>${content}</Content>`) ?? '' }
      : usual,
  );
}

describe('the root user', () => {
  test('has no password in an account that an organisation made without one', async () => {
    const { records } = await withRoot({ password_enabled: 'FALSE', access_key_1_active: 'FALSE' });
    expect(records.get(`identity/${accountId}/root`)).not.toHaveProperty('tags');
    expect([...records.keys()].filter((key) => key.startsWith(`credential/${accountId}/root`))).toEqual([]);
  });

  test('never used a key that shows no use since AWS counts; of an older account nobody knows', async () => {
    const unused = { access_key_1_last_used_date: 'N/A' };
    const young = await withRoot({ ...unused, user_creation_time: '2020-11-23T18:42:55Z' });
    const key = `credential/${accountId}/root/access-key-1`;
    expect(young.records.get(key)).toMatchObject({ lastUsedAt: 'never' });
    const old = await withRoot({ ...unused, user_creation_time: '2007-10-13T16:49:50Z' });
    expect(old.records.get(key)).toMatchObject({ gaps: { lastUsedAt: 'not-supported' } });
    expect(old.records.get(key)).not.toHaveProperty('lastUsedAt');
  });
});

test('a report that has run out is written anew, and comes later', () => {
  const body = '<ErrorResponse><Error><Code>ReportExpired</Code></Error></ErrorResponse>';
  expect(judgeAws({ status: 410, headers: new Headers(), body })).toMatchObject({ kind: 'rate-limited' });
});

test.each([
  ['AmazonS3FullAccess', { scopes: ['AdministratorAccess'], gaps: { admin: 'not-seen' } }],
  ['PowerUserAccess', { scopes: ['AdministratorAccess, at most PowerUserAccess'], admin: false }],
  ['IAMFullAccess', { scopes: ['AdministratorAccess'], admin: true }],
])('a boundary of AWS’s own, %s, keeps away what it is known to keep away, and no more', async (policy, expected) => {
  const { records } = await read('roles', (request, usual) =>
    request.body.includes('Action=GetAccountAuthorizationDetails')
      ? {
          ...usual,
          text:
            usual.text?.replace(
              /arn:aws:iam::\d+:policy\/storage(?=<\/PermissionsBoundaryArn>)/,
              `arn:aws:iam::aws:policy/${policy}`,
            ) ?? '',
        }
      : usual,
  );
  const sandbox = [...records.values()].find(({ name }) => name === 'sandbox');
  expect(sandbox).toMatchObject(expected);
  expect('admin' in (sandbox ?? {})).toBe('admin' in expected);
});

test('a policy of a user that cannot be understood leaves open what the user may', async () => {
  const { records } = await read('users', (request, usual) =>
    request.body.includes('Action=GetAccountAuthorizationDetails')
      ? { ...usual, text: usual.text?.replace(/<PolicyArn>[^<]*AmazonSESFullAccess<\/PolicyArn>/, '') ?? '' }
      : usual,
  );
  const relay = [...records.values()].find(({ name }) => name === 'relay');
  expect(relay).toMatchObject({ gaps: { admin: 'not-seen' }, scopes: ['a policy that could not be understood'] });
  expect(relay).not.toHaveProperty('admin');
});
