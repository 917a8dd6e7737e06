import { expect, test } from 'vitest';
import { administrativeRole } from '../../scanners/checks/privilege/administrative-role.ts';
import { highRiskScope } from '../../scanners/checks/privilege/high-risk-scope.ts';
import type { Connection } from '../../src/sdk/index.ts';
import { runExample } from '../../src/sdk/testing.ts';
import { readLive } from '../../test/helpers/live.ts';
import { vendor } from '../../test/vendors/docusign.ts';
import { olga, robot } from '../../test/vendors/docusign/people.ts';
import { docusign } from './index.ts';

const { records } = await readLive(docusign, vendor());
const profile = records.get('connection/profile/3') as Connection;

test('powers stand on the person, and on the profile that lets applications reach beyond their user', () => {
  expect(records.get(`person/${robot}`)).toMatchObject({
    tags: ['canSendAPIRequests', 'apiAccountWideAccess', 'allowSendOnBehalfOf', 'canManageConnect'],
    links: [{}, { rel: 'uses', kind: 'connection', id: 'profile/3' }],
  });
  expect(profile).toMatchObject({
    connector: 'docusign-permission-profile',
    scopes: ['allowApiAccessToAccount', 'allowApiSendingOnBehalfOfOthers'],
    subject: 'caller',
    sharedWith: { reach: 'some', count: 1 },
  });
});

test.each(['apiAccountWideAccess', 'allowSendOnBehalfOf'])('%s alone lets applications reach beyond', async (power) => {
  const { records: found } = await readLive(docusign, vendor(), {
    tamper: (_, usual) => {
      const { users, ...rest } = (usual?.json ?? {}) as { users?: { userId?: string }[] };
      if (usual === undefined || !Array.isArray(users)) return usual;
      const only = (user: object) => ({ ...user, userSettings: { [power]: 'true' } });
      return { ...usual, json: { ...rest, users: users.map((user) => (user.userId === robot ? only(user) : user)) } };
    },
  });
  expect(found.get(`person/${robot}`)).toMatchObject({ tags: [power], links: [{}, { id: 'profile/3' }] });
});

test('the profiles that every account has are no machines with power: their administrators stand on the roll', () => {
  const told = [...records.keys()].filter((key) => key.includes('/profile/'));
  expect(told).toEqual(['connection/profile/3', 'connection/profile/4']);
  expect(records.get(`person/${olga}`)).toMatchObject({ admin: true, links: [{ rel: 'contained-in' }] });
});

test('the one that is told is seen for its reach, and not taken for an administrator', () => {
  const ask = (check: Parameters<typeof runExample>[0]) => runExample(check, { name: 'read', subject: profile })[0]?.is;
  expect(ask(administrativeRole)).toBe('pass');
  expect(ask(highRiskScope)).toBe('fail');
});

test('a profile that the list shows without its settings is asked for; where it has none either, that is a blind spot', async () => {
  expect(records.get('connection/profile/4')).toMatchObject({ scopes: ['allowApiSendingOnBehalfOfOthers'] });
  const silent = await readLive(docusign, vendor(), {
    tamper: ({ path }, usual) =>
      path.endsWith('/permission_profiles/4') ? { json: { permissionProfileId: '4', settings: null } } : usual,
  });
  expect(silent.records.has('connection/profile/4')).toBe(false);
  const told = silent.coverage.find(({ stream }) => stream === 'permission-profiles');
  expect(told).toMatchObject({ outcome: 'partial', quarantined: 1 });
});
