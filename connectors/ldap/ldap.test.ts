import { describe, expect, test } from 'vitest';
import type { Person } from '../../src/core/record.ts';
import { DAY, SourceError } from '../../src/sdk/index.ts';
import { streamContext } from '../../src/sdk/testing.ts';
import {
  entryOf,
  fileTime,
  generalizedTime,
  groupAttributes,
  idOf,
  personAttributes,
  serviceAttributes,
} from './attributes.ts';
import { ldapConfig } from './config.ts';
import { failureOf } from './failures.ts';
import { leaf, personOf } from './people.ts';
import { pagesOfPeople } from './search.ts';
import type { Search, Session } from './session.ts';

const NOW = Date.UTC(2026, 10, 21);
const guid = Buffer.from('33221100554477668899aabbccddeeff', 'hex');
const ticks = (at: number): string => String(BigInt(at + 11_644_473_600_000) * 10_000n);
const ada = {
  dn: 'CN=Lovelace\\, Ada,OU=Sales,DC=acme,DC=example',
  objectGUID: guid,
  displayName: 'Ada Lovelace',
  sAMAccountName: 'ada',
  userPrincipalName: 'ada@acme.example',
  mail: 'Ada@acme.example',
  proxyAddresses: ['SMTP:ada@acme.example', 'smtp:a.lovelace@acme.example', 'X500:/o=acme'],
  memberOf: ['CN=Billing\\, EU,OU=Groups,DC=acme,DC=example'],
  department: 'Sales',
  userAccountControl: '512',
  accountExpires: '9223372036854775807',
  lastLogonTimestamp: ticks(Date.UTC(2026, 10, 1)),
  whenCreated: '20240101000000.0Z',
};
const mapped = (more: object): Person => personOf(entryOf({ ...ada, ...more }), NOW)?.record as Person;

describe('an entry of Active Directory', () => {
  test('id, addresses, teams and times', () => {
    expect(mapped({})).toMatchObject({
      id: '00112233-4455-6677-8899-aabbccddeeff',
      name: 'Ada Lovelace',
      status: 'active',
      emails: ['ada@acme.example', 'a.lovelace@acme.example'],
      logins: ['ada', 'ada@acme.example', ada.dn],
      teams: ['Billing, EU', 'Sales'],
      expiresAt: 'never',
      lastUsedAt: Date.UTC(2026, 10, 1),
      createdAt: Date.UTC(2024, 0, 1),
      directory: true,
    });
  });

  test.each([
    ['disabled', { userAccountControl: '514' }, 'suspended'],
    ['run out', { accountExpires: ticks(Date.UTC(2026, 0, 1)) }, 'deprovisioned'],
    ['runs out later', { accountExpires: ticks(Date.UTC(2027, 0, 1)) }, 'active'],
    ['a wrong password too often', { lockoutTime: ticks(NOW) }, 'active'],
    ['was locked once', { lockoutTime: '0' }, 'active'],
    ['deleted', { isDeleted: 'TRUE', userAccountControl: '514' }, 'deleted'],
    ['switched off in 389 Directory Server', { nsAccountLock: 'true' }, 'suspended'],
    ['locked for good in OpenLDAP', { pwdAccountLockedTime: '000001010000Z' }, 'suspended'],
  ])('%s', (_, more, status) => {
    expect(mapped(more).status).toBe(status);
  });

  test.each([
    ['has run out', Date.UTC(2026, 0, 1) / DAY, { status: 'deprovisioned', leftAt: Date.UTC(2026, 0, 1) }],
    ['runs out today', NOW / DAY, { status: 'deprovisioned' }],
    ['runs out later', NOW / DAY + 1, { status: 'active', expiresAt: NOW + DAY }],
    ['never runs out', -1, { status: 'active', expiresAt: 'never' }],
    // Some read it as never, some as 1970: nobody has left for that.
    ['has no day', 0, { status: 'active', expiresAt: undefined, leftAt: undefined }],
  ])('an account as Unix has it %s', (_, shadowExpire, person) => {
    const mine = mapped({ accountExpires: undefined, shadowExpire: String(shadowExpire) });
    expect({ expiresAt: undefined, leftAt: undefined, ...mine }).toMatchObject(person);
  });

  test('services, names of deleted objects, and an entry without an id', () => {
    expect(mapped({ servicePrincipalName: ['HTTP/shop'] }).type).toBe('service');
    expect(mapped({ displayName: undefined, cn: 'Ada\nDEL:0011' }).name).toBe('Ada');
    expect(personOf(entryOf({ ...ada, objectGUID: undefined }), NOW)).toBeUndefined();
  });
});

test('times, ids and names as directories write them', () => {
  expect(generalizedTime('20261121083000Z')).toBe(Date.UTC(2026, 10, 21, 8, 30));
  expect(generalizedTime('000001010000Z')).toBeDefined();
  expect(generalizedTime('yesterday')).toBeUndefined();
  expect([fileTime('0'), fileTime(undefined), fileTime('x')]).toEqual(['never', undefined, undefined]);
  expect(idOf(entryOf({ dn: 'x', ENTRYUUID: 'u-1' }))).toBe('u-1');
  expect(leaf('cn=a\\+b,dc=x')).toBe('a+b');
});

test('nothing that holds a password can be asked for', () => {
  // Of a service's password, these two are times.
  const times = new Set<string>(['pwdLastSet', 'msDS-UserPasswordExpiryTimeComputed']);
  const all: string[] = [...personAttributes, ...groupAttributes, ...serviceAttributes];
  const asked = all.filter((name) => !times.has(name)).join(' ');
  expect(asked).not.toMatch(
    /\*|passw|pwd(?!AccountLocked|EndTime|LastSuccess)|pwp(?!-account-(?:disabled|expiration-time))|hash|secret|unicode|supplemental|krb(?:Principal)?Key|sshPublic/i,
  );
});

test('settings: a password goes only over a protected connection, and only by reference', () => {
  const accepts = (more: object): boolean => ldapConfig.safeParse({ base: 'dc=x', ...more }).success;
  const signedIn = { bindDn: 'cn=r', password: 'env:P' };
  expect(accepts({ url: 'ldaps://d.example', ...signedIn })).toBe(true);
  expect(accepts({ url: 'ldap://d.example', startTls: true, ...signedIn })).toBe(true);
  expect(accepts({ url: 'ldap://d.example', ...signedIn })).toBe(false);
  expect(accepts({ url: 'ldap://d.example', allowPlaintext: true, ...signedIn })).toBe(true);
  expect(accepts({ url: 'ldap://localhost.evil.example', ...signedIn })).toBe(false);
  expect(accepts({ url: 'ldaps://d.example', bindDn: 'cn=r' })).toBe(false);
  expect(accepts({ url: 'ldaps://d.example', bindDn: 'cn=r', password: 'literal' })).toBe(false);
  expect(accepts({ url: 'https://d.example' })).toBe(false);
});

test('a problem says what it means, and not what the server said', () => {
  const problem = Object.assign(new Error('80090308: data 52e, cn=secret'), { code: 49 });
  const failure = failureOf(problem, 'd.example: signing in');
  expect(failure.kind).toBe('auth');
  expect(failure.message).toContain('bindDn and password');
  expect(failure.message).not.toContain('52e');
  expect(failureOf(Object.assign(new Error(''), { code: 'ECONNREFUSED' }), 'x').kind).toBe('transient');
  expect(failureOf(new Error('quoted'), 'x').message).not.toContain('quoted');
});

describe('people of Active Directory', () => {
  const session = (deleted: () => object[]): Session & { searches: Search[] } => {
    const searches: Search[] = [];
    return {
      searches,
      host: 'd.example',
      refuses: async () => false,
      close: async () => {},
      async *pages(search) {
        searches.push(search);
        const answer = (): object[] => {
          if (search.base === '')
            return [{ dn: '', supportedCapabilities: '1.2.840.113556.1.4.800', defaultNamingContext: 'DC=acme' }];
          if (search.scope === 'base') return [{ dn: search.base, objectGUID: Buffer.alloc(16, 9) }];
          return search.deleted === true
            ? deleted()
            : [
                { ...ada, manager: 'CN=Boss,DC=acme' },
                { ...ada, manager: 'CN=Boss,DC=acme' },
              ];
        };
        const entries = answer().map((entry) => entryOf(entry as { dn: string }));
        yield { entries, elsewhere: search.scope === 'sub' ? ['forest.example'] : [] };
      },
    };
  };
  const read = async (from: Session) => {
    const blind: unknown[] = [];
    const config = ldapConfig.parse({ url: 'ldaps://d.example', base: 'DC=acme' });
    const ctx = streamContext(config, { now: NOW, blind: (...spot) => void blind.push(spot) });
    const items = [];
    for await (const page of pagesOfPeople(ctx, from)) items.push(...page.items);
    return { people: items.map(({ record }) => record as Person), blind };
  };

  test('deleted ones too; a manager is looked up once; other servers are named', async () => {
    const from = session(() => [{ ...ada, isDeleted: 'TRUE' }]);
    const { people, blind } = await read(from);
    expect(people.map(({ status }) => status)).toEqual(['active', 'active', 'deleted']);
    expect(people[0]?.manager).toBe('09090909-0909-0909-0909-090909090909');
    expect(from.searches.filter(({ base }) => base === 'CN=Boss,DC=acme')).toHaveLength(1);
    expect(from.searches.find(({ deleted }) => deleted)?.base).toBe('CN=Deleted Objects,DC=acme');
    expect(blind[0]).toEqual(['forest.example', 'config', expect.stringContaining('source of its own'), 'expected']);
  });

  test.each([
    ['not-found', 'denied'],
    ['permission', 'denied'],
    ['config', 'not-seen'],
  ] as const)('a manager whom the directory does not show (%s) is a gap, not nobody', async (kind, gap) => {
    const from = session(() => []);
    const hiding: Session = {
      ...from,
      pages(search) {
        if (search.base === 'CN=Boss,DC=acme') throw new SourceError(kind, 'no');
        return from.pages(search);
      },
    };
    const { people } = await read(hiding);
    expect(people[0]?.manager).toBeUndefined();
    expect(people[0]?.gaps).toMatchObject({ manager: gap });
    expect(mapped({}).gaps).toEqual({});
  });

  test('where deleted ones may not be listed, that is told and the others stay', async () => {
    const { people, blind } = await read(
      session(() => {
        throw new SourceError('permission', 'no');
      }),
    );
    expect(people).toHaveLength(2);
    expect(blind.at(-1)).toEqual(['CN=Deleted Objects,DC=acme', 'permission', expect.any(String), 'expected']);
  });
});
