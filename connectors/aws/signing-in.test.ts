import { beforeAll, describe, expect, test, vi } from 'vitest';
import { readLive, type LiveRead } from '../../test/helpers/live.ts';
import { vendor } from '../../test/vendors/aws.ts';
import { users } from '../../test/vendors/aws/iam.ts';
import type { AnyRecord } from '../../src/sdk/index.ts';
import { aws } from './index.ts';

/** Every stream loads and builds clients of the SDK. */
const SLOW = 60_000;
vi.setConfig({ testTimeout: SLOW });

describe('what users sign in with', () => {
  let records: readonly AnyRecord[];
  const named = (name: string | RegExp) =>
    records.find((each) => (typeof name === 'string' ? each.name === name : name.test(each.name)));
  const idOf = (user: string) => users.find(({ UserName }) => UserName === user)?.UserId;
  beforeAll(async () => {
    const limits = () => [{ requests: 10_000, per: 1_000, concurrency: 4 }];
    const read: LiveRead = await readLive(aws, vendor(), { ports: { limits } });
    records = [...read.records.values()];
  }, SLOW);

  test('a console password is a person’s own; machines have none', () => {
    const passwords = records.filter(({ name }) => name.startsWith('Console password of '));
    expect(passwords.map(({ name }) => name).toSorted()).toEqual([
      'Console password of ada@acme.example',
      'Console password of bob',
    ]);
    expect(named('Console password of bob')).toMatchObject({
      type: 'password',
      status: 'active',
      tags: ['no MFA'],
      links: [{ rel: 'authenticates', kind: 'person', id: idOf('bob') }, { rel: 'contained-in' }],
      gaps: { expiresAt: 'not-supported' },
    });
    expect(named('Console password of bob')?.attributions?.[0]).toMatchObject({
      rel: 'owned-by',
      who: { id: idOf('bob') },
      basis: 'platform-owner',
    });
    const ada = named('Console password of ada@acme.example');
    expect(ada).toMatchObject({ admin: true, lastUsedAt: Date.UTC(2026, 4, 30, 8) });
    expect(ada).not.toHaveProperty('tags');
    // A password policy may end it.
    expect(ada).not.toHaveProperty('expiresAt');
    expect(named('ada@acme.example')).not.toHaveProperty('tags');
  });

  test('a key of a person is theirs, one of a machine whoever its tags name', () => {
    expect(named(/^Access key .* of bob$/)).toMatchObject({
      lastUsedAt: Date.UTC(2026, 4, 1),
      links: [{ kind: 'person', id: idOf('bob') }, { rel: 'contained-in' }],
    });
    expect(named(/^Access key .* of bob$/)?.attributions?.[0]).toMatchObject({ who: { id: idOf('bob') } });
    const ofDeploy = records.filter(({ name }) => /^Access key .* of deploy$/.test(name));
    for (const key of ofDeploy)
      expect(key.attributions).toMatchObject([{ rel: 'owned-by', who: { email: 'ada@acme.example' }, basis: 'tag' }]);
    expect(ofDeploy.map((key) => 'lastUsedAt' in key && key.lastUsedAt)).toEqual(
      expect.arrayContaining([Date.UTC(2026, 4, 31), 'never']) as unknown,
    );
  });

  test('what a single service takes is a key with an end, or a password without one', () => {
    expect(named('codecommit.amazonaws.com credential of relay')).toMatchObject({
      type: 'password',
      status: 'inactive',
      expiresAt: 'never',
    });
    expect(named('bedrock.amazonaws.com credential of bedrock-reader')).toMatchObject({ type: 'api-key' });
  });

  test('a certificate of a server is over when it has run out, and not before', () => {
    expect(named('shop.acme.example')).toMatchObject({ status: 'expired' });
    expect(named('pay.acme.example')).toMatchObject({ status: 'active', expiresAt: Date.UTC(2027, 0, 1) });
  });
});
