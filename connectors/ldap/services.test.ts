import { describe, expect, test } from 'vitest';
import type { Credential, Identity, Person } from '../../src/core/record.ts';
import type { BlindReason } from '../../src/sdk/index.ts';
import { streamContext } from '../../src/sdk/testing.ts';
import { entryOf } from './attributes.ts';
import { ldapConfig } from './config.ts';
import { pagesOfGroups, pagesOfPeople, pagesOfServices } from './search.ts';
import { serviceOf } from './services.ts';
import type { Search, Session } from './session.ts';

const NOW = Date.UTC(2026, 10, 21);
const ticks = (at: number): string => String(BigInt(at + 11_644_473_600_000) * 10_000n);
const svc = {
  dn: 'CN=svc-sql,OU=Services,DC=acme,DC=example',
  objectClass: ['top', 'person', 'organizationalPerson', 'user'],
  objectGUID: Buffer.from('33221100554477668899aabbccddeeff', 'hex'),
  sAMAccountName: 'svc-sql',
  servicePrincipalName: ['MSSQLSvc/db.acme.example'],
  userAccountControl: '66048',
  accountExpires: '9223372036854775807',
  pwdLastSet: ticks(Date.UTC(2019, 4, 1)),
  lastLogonTimestamp: ticks(Date.UTC(2026, 10, 1)),
  manager: 'CN=Lovelace\\, Ada,OU=Sales,DC=acme,DC=example',
  adminCount: '1',
  whenCreated: '20190501000000.0Z',
};
const id = '00112233-4455-6677-8899-aabbccddeeff';

function mapped(more: object = {}) {
  const items = serviceOf(entryOf({ ...svc, ...more }), NOW);
  return {
    account: items[0]?.record as Identity,
    password: items[1]?.record as Credential,
    contents: items.flatMap(({ contents = [] }) => contents),
  };
}

describe('a service account of Active Directory', () => {
  test('has an owner, and a password that is as old as it was made and never ends', () => {
    const { account, password } = mapped();
    expect(account).toMatchObject({
      id,
      name: 'svc-sql',
      type: 'service-account',
      status: 'active',
      admin: true,
      impersonates: { users: 'none' },
      lastUsedAt: Date.UTC(2026, 10, 1),
      tags: ['service-principal-name'],
      attributions: [{ rel: 'owned-by', who: { login: svc.manager }, evidence: 'manager' }],
    });
    expect(password).toMatchObject({
      type: 'password',
      status: 'active',
      createdAt: Date.UTC(2019, 4, 1),
      lastRotatedAt: Date.UTC(2019, 4, 1),
      expiresAt: 'never',
      rotation: 'manual',
      links: [{ rel: 'authenticates', kind: 'identity', id }],
    });
  });

  test('that is managed has its password changed by the directory', () => {
    const objectClass = ['top', 'computer', 'msDS-GroupManagedServiceAccount'];
    const { account, password } = mapped({ objectClass, userAccountControl: '4096', servicePrincipalName: undefined });
    expect(account.tags).toEqual(['managed']);
    expect(password).toMatchObject({ rotation: 'automatic', gaps: { expiresAt: 'not-seen' } });
    expect(password.expiresAt).toBeUndefined();
  });

  test.each([
    ['switched off', { userAccountControl: '514' }, { status: 'disabled' }],
    ['run out', { accountExpires: ticks(Date.UTC(2026, 0, 1)) }, { status: 'disabled' }],
    ['acts as whoever signs in to it', { userAccountControl: '524800' }, { impersonates: { users: 'all' } }],
    ['acts as anybody', { userAccountControl: '16777728' }, { impersonates: { users: 'all' } }],
    ['acts at named services', { 'msDS-AllowedToDelegateTo': 'cifs/files' }, { impersonates: { users: 'some' } }],
    ['signs in as is usual', {}, { grants: ['kerberos'] }],
    ['needs no password', { userAccountControl: '544' }, { grants: ['kerberos', 'empty-password'] }],
    [
      'can be asked about by anybody',
      { userAccountControl: '4194816' },
      { grants: ['kerberos', 'no-pre-authentication'] },
    ],
    [
      'has a password that the directory makes, whatever else its account allows',
      { objectClass: ['top', 'msDS-ManagedServiceAccount'], userAccountControl: '4198432' },
      { grants: ['kerberos'] },
    ],
    [
      'shows no flags',
      { userAccountControl: undefined },
      { status: 'unknown', gaps: { impersonates: 'denied', grants: 'denied' } },
    ],
  ])('%s', (_, more, expected) => {
    expect(mapped(more).account).toMatchObject(expected);
  });

  test('a password ends when the directory reckons; one that has to be changed was never changed by its service', () => {
    const ends = ticks(Date.UTC(2026, 11, 1));
    const { password } = mapped({
      userAccountControl: '512',
      'msDS-UserPasswordExpiryTimeComputed': ends,
      pwdLastSet: '0',
    });
    expect(password).toMatchObject({ expiresAt: Date.UTC(2026, 11, 1), gaps: { lastRotatedAt: 'not-seen' } });
    expect(mapped({ userAccountControl: '2097664' }).password.legacy).toBe(true);
  });

  test.each([
    ['nothing, as it has to be changed first', '0', undefined],
    ['the greatest number', '9223372036854775807', 'never'],
  ])('a password that ends at %s', (_, reckoned, expected) => {
    const { password } = mapped({ userAccountControl: '512', 'msDS-UserPasswordExpiryTimeComputed': reckoned });
    expect(password.expiresAt).toBe(expected);
    expect(password.gaps?.['expiresAt']).toBe(expected === undefined ? 'not-seen' : undefined);
  });

  test('its notes are searched for secrets and kept nowhere', () => {
    const { account, password, contents } = mapped({ description: 'runs the backup', info: 'ask Ada' });
    expect(contents).toMatchObject([{ tree: { description: 'runs the backup', info: 'ask Ada' } }]);
    expect(JSON.stringify([account, password])).not.toMatch(/backup|ask Ada/);
  });

  test('is nothing without an id that stays', () => {
    expect(serviceOf(entryOf({ ...svc, objectGUID: undefined }), NOW)).toEqual([]);
  });
});

/** A directory that answers so, and what it was asked. */
function directory(answer: (search: Search) => readonly object[]): Session & { searches: Search[] } {
  const searches: Search[] = [];
  return {
    searches,
    host: 'd.example',
    refuses: async () => false,
    close: async () => {},
    async *pages(search) {
      searches.push(search);
      yield { entries: answer(search).map((entry) => entryOf(entry as { dn: string })), elsewhere: [] };
    },
  };
}
async function read(pages: typeof pagesOfServices, from: Session, settings: object = {}) {
  const blind: [string, BlindReason, unknown, unknown][] = [];
  const config = ldapConfig.parse({ url: 'ldaps://d.example', base: 'DC=acme', ...settings });
  const ctx = streamContext(config, {
    now: NOW,
    blind: (...spot) => void blind.push([spot[0], spot[1], spot[2], spot[3]]),
  });
  const records = [];
  for await (const page of pages(ctx, from)) records.push(...page.items.map(({ record }) => record));
  return { records, blind };
}

test('services are asked for in Active Directory, and told to be unknown elsewhere', async () => {
  const capabilities = { dn: '', supportedCapabilities: '1.2.840.113556.1.4.800' };
  const active = directory(({ base }) => (base === '' ? [capabilities] : [svc]));
  expect((await read(pagesOfServices, active)).records.map(({ kind }) => kind)).toEqual(['identity', 'credential']);
  expect(active.searches[1]?.filter).toContain('servicePrincipalName=*');
  const other = await read(
    pagesOfServices,
    directory(() => [{ dn: '' }]),
  );
  expect(other.records).toEqual([]);
  expect(other.blind).toEqual([['service accounts', 'not-supported', expect.any(String), 'expected']]);
});

describe('accounts that the configuration calls services', () => {
  const account = (dn: string, at: number) => ({
    ...svc,
    dn,
    servicePrincipalName: undefined,
    sAMAccountName: `account-${at}`,
    objectGUID: Buffer.alloc(16, at),
  });
  const kept = account('CN=a,OU=Svc,DC=acme', 1);
  const named = account('CN=svc-b,DC=acme', 2);
  const somebody = account('CN=c,DC=acme', 3);
  /** Finds what the filter of the configuration fits. */
  const from = (fitting: readonly object[]) =>
    directory(({ base, scope, filter }) => {
      if (base === '') return [{ dn: '', supportedCapabilities: '1.2.840.113556.1.4.800' }];
      if (base.startsWith('CN=Deleted')) return scope === 'base' ? [{ dn: base, isDeleted: 'TRUE' }] : [];
      if (base.startsWith('OU=Svc')) return [kept];
      if (filter.includes('(sAMAccountName=svc-*)')) return fitting;
      return filter.includes('servicePrincipalName=*') ? [svc] : [kept, named, somebody];
    });
  const settings = { serviceBase: 'OU=Svc,DC=acme', serviceFilter: '(sAMAccountName=svc-*)' };

  test('are identities with a password, each once', async () => {
    const { records, blind } = await read(pagesOfServices, from([kept, named]), settings);
    const names = records.flatMap(({ kind, name }) => (kind === 'identity' ? [name] : []));
    expect([names, blind]).toEqual([['svc-sql', 'account-1', 'account-2'], []]);
    expect(records).toHaveLength(6);
  });

  test('are no people', async () => {
    const { records, blind } = await read(pagesOfPeople, from([kept, named]), settings);
    expect((records as Person[]).map(({ type }) => type)).toEqual(['service', 'service', 'human']);
    expect(blind).toEqual([]);
    const without = await read(pagesOfPeople, from([]));
    expect((without.records as Person[]).map(({ type }) => type)).toEqual(['human', 'human', 'human']);
  });

  test('are told to be missing where none fits', async () => {
    const { blind } = await read(pagesOfPeople, from([]), { serviceFilter: '(sAMAccountName=svc-*)' });
    expect(blind).toEqual([['serviceBase, serviceFilter', 'config', expect.any(String), undefined]]);
  });
});

describe('a group with more members than Active Directory gives at once', () => {
  const group = { dn: 'CN=All,DC=acme', objectGUID: Buffer.alloc(16, 3), cn: 'All', member: [] };
  const parts = (second: object) =>
    directory(({ scope, attributes }) =>
      scope === 'sub'
        ? [{ ...group, 'member;range=0-1': ['CN=a', 'CN=b'] }]
        : attributes[0] === 'member;range=2-*'
          ? [second]
          : [],
    );

  test('has all of them', async () => {
    const from = parts({ dn: group.dn, 'member;range=2-*': ['CN=c'] });
    const { records } = await read(pagesOfGroups, from);
    expect((records[0] as Person).members).toEqual(['CN=a', 'CN=b', 'CN=c']);
  });

  test('is no group with some of them', async () => {
    await expect(read(pagesOfGroups, parts({ dn: group.dn }))).rejects.toMatchObject({ kind: 'schema' });
  });
});
