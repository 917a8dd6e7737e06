import { beforeAll, describe, expect, test } from 'vitest';
import { readLive, type LiveRead } from '../../test/helpers/live.ts';
import { vendor, type Otherwise } from '../../test/vendors/okta.ts';
import { userId } from '../../test/vendors/okta/organisation.ts';
import { okta } from './index.ts';

const read = (otherwise: Otherwise = {}): Promise<LiveRead> =>
  readLive(okta, vendor(otherwise), { ports: { limits: () => [{ requests: 1_000, per: 1_000 }] } });

describe('people', () => {
  let records: LiveRead['records'];
  const person = (n: number) => records.get(`person/${userId(n)}`);
  beforeAll(async () => {
    ({ records } = await read());
  });

  test('deactivated and suspended ones are there, with the day they left', () => {
    expect(person(2)).toMatchObject({
      status: 'deprovisioned',
      leftAt: Date.UTC(2026, 4, 20, 8),
      admin: true,
    });
    expect(person(3)).toMatchObject({ status: 'suspended', admin: false });
    expect(person(3)).not.toHaveProperty('leftAt');
    expect(person(4)).toMatchObject({ status: 'invited', lastUsedAt: 'never' });
    expect(person(5)).toMatchObject({ status: 'active', manager: userId(1) });
    expect(person(1)).not.toHaveProperty('manager');
  });

  test('they go by the name that Okta shows, or what there is of it, and other sources find them by their addresses', () => {
    expect([4, 5].map(person)).toMatchObject([
      { name: 'User', logins: ['dana@acme.example'] },
      { name: 'Robin Root', logins: ['user5@acme.example'], emails: ['robin@acme.example'] },
    ]);
  });

  test('whoever may not see administrators says of nobody that there are none', async () => {
    const without = await read({ refused: '/api/v1/iam/assignees/users' });
    const somebody = without.records.get(`person/${userId(2)}`);
    expect(somebody).toMatchObject({ gaps: { admin: 'denied' } });
    expect(somebody).not.toHaveProperty('admin');
  });
});
