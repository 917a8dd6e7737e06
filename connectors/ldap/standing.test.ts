import { describe, expect, test } from 'vitest';
import type { Credential, Identity, Person } from '../../src/core/record.ts';
import { DAY } from '../../src/sdk/index.ts';
import { entryOf, personAttributes } from './attributes.ts';
import { groupOf, personOf } from './people.ts';
import { serviceOf } from './services.ts';

const NOW = Date.UTC(2026, 10, 21);

/** Ada as a directory has her that is no Active Directory; here, unless an attribute says otherwise. */
function ada(more: { readonly [attribute: string]: string }): Person {
  const asked = Object.entries(more).filter(([name]) => personAttributes.some((each) => each === name));
  const entry = { dn: 'uid=ada,ou=people,dc=acme', entryUUID: 'u-1', objectClass: ['inetOrgPerson'], uid: 'ada' };
  return personOf(entryOf({ ...entry, ...Object.fromEntries(asked) }), NOW)?.record as Person;
}

describe('who is here, in the words of', () => {
  test.each([
    ['FreeIPA', { nsAccountLock: 'TRUE' }],
    ['eDirectory', { loginDisabled: 'TRUE' }],
    ['PingDirectory and PingDS', { 'ds-pwp-account-disabled': 'true' }],
  ])('%s: nobody who was switched off', (_, off) => {
    expect(ada(off).status).toBe('suspended');
    const on = Object.fromEntries(Object.keys(off).map((name) => [name, 'FALSE']));
    expect(ada(on).status).toBe('active');
  });

  test.each(['krbPrincipalExpiration', 'loginExpirationTime', 'ds-pwp-account-expiration-time', 'pwdEndTime'])(
    '%s: nobody whose time is over',
    (name) => {
      const leftAt = Date.UTC(2026, 9, 31, 17);
      expect(ada({ [name]: '20261031170000Z' })).toMatchObject({ status: 'deprovisioned', leftAt, expiresAt: leftAt });
      const later = ada({ [name]: '20261121000001.5Z' });
      expect(later).toMatchObject({ status: 'active', expiresAt: NOW + 1_000 });
      expect(later).not.toHaveProperty('leftAt');
    },
  );

  test('whoever switched it off, it had ended before', () => {
    const both = { nsAccountLock: 'TRUE', krbPrincipalExpiration: '20261031170000Z', shadowExpire: '-1' };
    expect(ada(both)).toMatchObject({ status: 'suspended', expiresAt: Date.UTC(2026, 9, 31, 17) });
  });
});

test('a service account of Active Directory that has run out works no more, and neither does its password', () => {
  const ticks = (at: number): string => String(BigInt(at + 11_644_473_600_000) * 10_000n);
  const standing = (accountExpires: string): string[] => {
    const entry = { dn: 'CN=svc', objectGUID: Buffer.alloc(16, 7), objectClass: ['user'], userAccountControl: '512' };
    const records = serviceOf(entryOf({ ...entry, cn: 'svc', accountExpires }), NOW).map(({ record }) => record);
    return records.map((record) => (record as Identity | Credential).status);
  };
  for (const at of [NOW - DAY, NOW]) expect(standing(ticks(at))).toEqual(['disabled', 'inactive']);
  expect(standing(ticks(NOW + DAY))).toEqual(['active', 'active']);
  expect(standing('0')).toEqual(['active', 'active']);
});

test('a member is the person of that place, however the place is spelt', () => {
  const dn = 'uid=ada, ou=Sales\\, EMEA , dc = acme';
  const members = ['uid=ada,ou=Sales\\, EMEA,dc=acme', 'uid = ada,ou=Sales\\, EMEA, dc=acme', 'bob'];
  const group = groupOf(entryOf({ dn: 'cn=sales, dc=acme', entryUUID: 'g-1', cn: 'sales' }), members)?.record as Person;
  const person = personOf(entryOf({ dn, entryUUID: 'u-1', uid: 'ada' }), NOW)?.record as Person;
  expect(person.logins).toEqual(['ada', 'uid=ada,ou=Sales\\, EMEA,dc=acme']);
  expect(group).toMatchObject({ logins: ['sales', 'cn=sales,dc=acme'], members: [members[0], members[0], 'bob'] });
});
