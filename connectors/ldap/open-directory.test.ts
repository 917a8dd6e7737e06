import { describe, expect, test } from 'vitest';
import type { Person } from '../../src/core/record.ts';
import { SourceError } from '../../src/sdk/index.ts';
import { streamContext } from '../../src/sdk/testing.ts';
import { entryOf, idOf } from './attributes.ts';
import { ldapConfig } from './config.ts';
import { personOf } from './people.ts';
import { pagesOfPeople } from './search.ts';
import type { Search, Session } from './session.ts';

const NOW = Date.UTC(2026, 10, 21);
const ada = {
  dn: 'uid=ada,ou=people,dc=acme',
  objectClass: ['inetOrgPerson', 'shadowAccount'],
  entryUUID: 'u-1',
  cn: 'Ada Lovelace',
  uid: 'ada',
  mail: 'Ada@acme.example',
  mailAlternateAddress: ['ada.byron@acme.example', 'no address'],
  departmentNumber: '7',
  ou: ['Sales', 'EMEA'],
  createTimestamp: '20240101000000Z',
  modifyTimestamp: '20260301000000Z',
  authTimestamp: '20261120080000.123456Z',
};
const mapped = (more: object): Person => personOf(entryOf({ ...ada, ...more }), NOW)?.record as Person;

describe('a person of a directory that is no Active Directory', () => {
  test('is here though nothing says so, with addresses, teams and times', () => {
    expect(mapped({})).toMatchObject({
      id: 'u-1',
      name: 'Ada Lovelace',
      status: 'active',
      type: 'human',
      emails: ['ada@acme.example', 'ada.byron@acme.example'],
      teams: ['Sales', 'EMEA'],
      createdAt: Date.UTC(2024, 0, 1),
      updatedAt: Date.UTC(2026, 2, 1),
      lastUsedAt: Date.UTC(2026, 10, 20, 8),
      gaps: {},
    });
  });

  test('who typed a wrong password too often is here, and locked out', () => {
    expect(mapped({ pwdAccountLockedTime: '20261120000000Z' })).toMatchObject({
      status: 'active',
      tags: ['locked out'],
    });
    expect(mapped({}).tags ?? []).toEqual([]);
  });

  test.each(['pwdLastSuccess', 'lastLoginTime', 'krbLastSuccessfulAuth', 'loginTime'])(
    'last signed in when %s says so, where that is later',
    (name) => {
      expect(mapped({ [name]: '20261121073000Z' }).lastUsedAt).toBe(Date.UTC(2026, 10, 21, 7, 30));
      expect(mapped({ [name]: '20250101000000Z' }).lastUsedAt).toBe(Date.UTC(2026, 10, 20, 8));
    },
  );

  test('has the id that stays, whatever the directory calls it', () => {
    const id = (more: object): string | undefined => idOf(entryOf({ ...ada, entryUUID: undefined, ...more }));
    // What 389 Directory Server gives an entry later on does not make it another.
    expect(id({ nsUniqueId: 'n-1', entryUUID: 'u-1', ipaUniqueID: 'i-1' })).toBe('n-1');
    expect(id({ entryUUID: 'u-1', ipaUniqueID: 'i-1' })).toBe('u-1');
    expect(id({ ipaUniqueID: 'i-1' })).toBe('i-1');
    // Some other bytes are no GUID of Active Directory.
    expect(id({ objectGUID: Buffer.alloc(4, 1), ipaUniqueID: 'i-1' })).toBe('i-1');
    expect(id({})).toBeUndefined();
  });
});

describe('reading such a directory', () => {
  /** Shows these people, and their managers as it likes. */
  function showing(people: readonly object[], manager: () => object): Session {
    const answer = ({ base, scope }: Search): readonly object[] => {
      if (base === '') return [{ dn: '' }];
      return scope === 'base' ? [manager()] : people;
    };
    return {
      host: 'd.example',
      refuses: async () => false,
      close: async () => {},
      async *pages(search) {
        yield { entries: answer(search).map((entry) => entryOf(entry as { dn: string })), elsewhere: [] };
      },
    };
  }
  async function read(session: Session) {
    const blind: string[] = [];
    const password = 'env:LDAP_PASSWORD';
    const config = ldapConfig.parse({
      url: 'ldaps://d.example',
      base: 'ou=people,dc=acme',
      bindDn: 'CN=Reader, ou=services',
      password,
    });
    const ctx = streamContext(config, {
      now: NOW,
      blind: (subject, reason) => void blind.push(`${subject} ${reason}`),
    });
    const people: Person[] = [];
    for await (const page of pagesOfPeople(ctx, session))
      people.push(...page.items.map(({ record }) => record as Person));
    return { people, blind };
  }
  describe('that hides from this account who was switched off', () => {
    const off = { ...ada, dn: 'uid=off,ou=people,dc=acme', entryUUID: 'u-2', shadowExpire: '1' };
    const hiding = (hidden: readonly string[], people: readonly object[] = [ada, off]): Session => ({
      ...showing(people, () => ({})),
      refuses: async (dn, attribute) => dn !== 'cn=reader,ou=services' && hidden.includes(attribute),
    });

    test('nobody is taken for present, and the administrator is told what to show', async () => {
      const { people, blind } = await read(hiding(['nsAccountLock']));
      expect(people.map(({ status, gaps }) => [status, gaps?.['status']])).toEqual([
        ['unknown', 'denied'],
        ['deprovisioned', undefined],
      ]);
      expect(blind).toEqual(['ou=people,dc=acme config']);
    });

    test('what it sees of itself says nothing of others', async () => {
      const self = { ...ada, dn: 'cn=reader,ou=services', entryUUID: 'u-0' };
      const { people } = await read(hiding(['nsAccountLock'], [self, ada]));
      expect(people.map(({ status }) => status)).toEqual(['active', 'unknown']);
    });

    test.each([
      ['is believed where it answers no comparison at all', ['objectClass', 'nsAccountLock']],
      ['is believed where nothing is hidden', []],
    ])('%s', async (_, hidden) => {
      const { people, blind } = await read(hiding(hidden));
      expect([people.map(({ status }) => status), blind]).toEqual([['active', 'deprovisioned'], []]);
    });

    test('and shows it of somebody, as it must to say so', async () => {
      const { people } = await read(hiding(['nsAccountLock'], [{ ...ada, nsAccountLock: 'TRUE' }]));
      expect(people.map(({ status }) => status)).toEqual(['suspended']);
    });
  });

  const boss = 'uid=boss,ou=people,dc=acme';

  test('somebody without an id that this account may see is told, not passed over', async () => {
    const { people, blind } = await read(showing([ada, { ...ada, dn: 'uid=bob', entryUUID: undefined }], () => ({})));
    expect(people.map(({ id }) => id)).toEqual(['u-1']);
    expect(blind).toEqual(['uid=bob schema']);
  });

  test('a manager without such an id is a gap', async () => {
    const { people } = await read(showing([{ ...ada, manager: boss }], () => ({ dn: boss })));
    expect(people).toMatchObject([{ gaps: { manager: 'denied' } }]);
    expect(people[0]).not.toHaveProperty('manager');
  });

  test.each([new SourceError('transient', 'the connection was lost'), new TypeError('a mistake of ours')])(
    'what breaks while a manager is looked up breaks the reading: %s',
    async (problem) => {
      const session = showing([{ ...ada, manager: boss }], () => {
        throw problem;
      });
      await expect(read(session)).rejects.toBe(problem);
    },
  );
});
