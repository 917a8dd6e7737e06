import { beforeAll, describe, expect, test } from 'vitest';
import { readLive, type LiveRead } from '../../test/helpers/live.ts';
import { vendor } from '../../test/vendors/docusign.ts';
import { accountId, dana, leaver, novice, olga, otherAccountId } from '../../test/vendors/docusign/people.ts';
import { docusign } from './index.ts';

let read: LiveRead;
const record = (key: string): unknown => read.records.get(key);
beforeAll(async () => {
  read = await readLive(docusign, vendor());
});

describe('people and what they may do', () => {
  test('closed and invited users are on the roll; text becomes truth, the year 1 becomes nothing', () => {
    expect(record(`person/${leaver}`)).toMatchObject({ status: 'deprovisioned', admin: true });
    expect(record(`person/${leaver}`)).not.toHaveProperty('lastUsedAt');
    expect(record(`person/${leaver}`)).toMatchObject({ leftAt: Date.UTC(2026, 2, 31, 17) });
    expect(record(`person/${dana}`)).not.toHaveProperty('leftAt');
    expect(record(`person/${novice}`)).toMatchObject({ status: 'invited', name: 'nia@acme.example' });
    expect(record(`person/${olga}`)).toMatchObject({ emails: ['olga@acme.example'], teams: ['Administrators'] });
  });

  test('the account counts its administrators without those who left, and belongs to its organisation', () => {
    expect(record(`container/${accountId}`)).toMatchObject({
      name: 'Acme GmbH',
      environment: 'production',
      admins: 1,
      policies: { enablePowerFormDirect: true, allowConnectHttpListenerConfigs: false, sessionTimeout: 20 },
    });
    expect(record(`container/${accountId}`)).not.toHaveProperty('policies.singleSignOnEnabled');
    expect(record(`container/${otherAccountId}`)).toMatchObject({ type: 'account' });
  });

  test('who may act for whom, until when', () => {
    expect(record('connection/authorization/au1')).toMatchObject({
      account: { id: olga },
      delegation: { to: { id: leaver }, may: ['sign'] },
      expiresAt: 'never',
      status: 'active',
      links: [{ rel: 'contained-in' }, { rel: 'granted-to', kind: 'person', id: leaver }],
    });
    expect(record('connection/authorization/au2')).toMatchObject({ expiresAt: Date.UTC(2026, 11, 31) });
    expect(record('connection/authorization/au3')).toMatchObject({ status: 'expired' });
  });
});

test('without the organisation’s scopes nobody says when users left, and nothing is asked in vain', async () => {
  const { coverage, records, requests } = await readLive(docusign, vendor(['signature', 'impersonation']));
  expect(coverage.find(({ stream }) => stream === 'users')).toMatchObject({ outcome: 'complete' });
  expect(records.get(`person/${leaver}`)).toMatchObject({ status: 'deprovisioned', gaps: { leftAt: 'not-seen' } });
  expect(requests.filter(({ path }) => path.startsWith('/Management'))).toEqual([]);
});
