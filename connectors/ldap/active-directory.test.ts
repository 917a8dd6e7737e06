import { describe, expect, test } from 'vitest';
import type { Credential, Person } from '../../src/core/record.ts';
import { SourceError } from '../../src/sdk/index.ts';
import { streamContext } from '../../src/sdk/testing.ts';
import { entryOf } from './attributes.ts';
import { ldapConfig } from './config.ts';
import { failureOf, isAnswer } from './failures.ts';
import { leaf, personOf } from './people.ts';
import { checkPlaces, pagesOfPeople } from './search.ts';
import { serviceOf } from './services.ts';
import { holdsPeople, type Search, type Session } from './session.ts';

const NOW = Date.UTC(2026, 10, 21);
const ada = {
  dn: 'CN=Ada,OU=Sales,DC=acme,DC=example',
  objectClass: ['top', 'person', 'organizationalPerson', 'user'],
  objectGUID: Buffer.alloc(16, 7),
  cn: 'Ada',
  sAMAccountName: 'ada',
  userAccountControl: '512',
};
const mapped = (more: object): Person => personOf(entryOf({ ...ada, ...more }), NOW)?.record as Person;

describe('an account', () => {
  const lockoutTime = '132223104000000000';

  test.each([
    ['holds', { 'msDS-User-Account-Control-Computed': '16' }, ['locked out']],
    ['has ended, and nobody has signed in since', { 'msDS-User-Account-Control-Computed': '0' }, []],
    ['may not be seen to have ended', {}, ['locked out']],
  ])('whose lock %s', (_, more, tags) => {
    expect(mapped({ lockoutTime, ...more }).tags ?? []).toEqual(tags);
  });

  test('that may be switched off for all we may see is not active', () => {
    const hidden = { userAccountControl: undefined };
    expect(mapped(hidden)).toMatchObject({
      status: 'unknown',
      gaps: { status: 'denied', lastUsedAt: 'denied', expiresAt: 'denied' },
    });
    expect(mapped({ ...hidden, accountExpires: '132223104000000000' }).status).toBe('deprovisioned');
    const credential = serviceOf(entryOf({ ...ada, ...hidden }), NOW)[1]?.record as Credential;
    expect(credential.gaps).toMatchObject({ lastRotatedAt: 'denied', expiresAt: 'denied', lastUsedAt: 'denied' });
  });

  test('that is deleted says so in its name, whatever else may be seen of it', () => {
    const dn = 'CN=Ada\\0ADEL:07070707-0707-0707-0707-070707070707,CN=Deleted Objects,DC=acme,DC=example';
    expect(mapped({ dn, userAccountControl: undefined }).status).toBe('deleted');
  });

  test('that nobody has signed in to yet has a directory that would say so', () => {
    expect(mapped({}).gaps).toMatchObject({ lastUsedAt: 'not-seen' });
    expect(mapped({ objectClass: ['inetOrgPerson'] }).gaps).toMatchObject({ lastUsedAt: 'not-supported' });
  });
});

test('the address in use comes before those that were, or are sent on', () => {
  const proxyAddresses = ['smtp:gone@acme.example', 'SMTP:Ada@acme.example', 'X500:/o=mail'];
  expect(mapped({ proxyAddresses }).emails).toEqual(['ada@acme.example', 'gone@acme.example']);
});

test.each(['4', '16', '34359738368'])('a mailbox that many use (%s) is nobody who has left', (kind) => {
  const entry = { userAccountControl: '514', msExchRecipientTypeDetails: kind };
  expect(mapped(entry)).toMatchObject({ type: 'shared-mailbox', status: 'active' });
  // One person's mailbox.
  expect(mapped({ ...entry, msExchRecipientTypeDetails: '1' })).toMatchObject({ type: 'human', status: 'suspended' });
});

test.each([
  ['Contractor', true],
  ['External', true],
  ['Temporary', true],
  ['Permanent contract', false],
  ['Employee', false],
])('employed as %s is of another house: %s', (employeeType, is) => {
  expect(mapped({ employeeType }).external).toBe(is);
});

test.each([
  ['cn=Lovelace\\2C Ada,dc=x', 'Lovelace, Ada'],
  ['CN=M\\C3\\BCller,DC=x', 'Müller'],
  ['CN=a\\+b\\3Dc\\5C\\2Cd,DC=x', 'a+b=c\\,d'],
  ['CN=back\\\\5Cslash,DC=x', 'back\\5Cslash'],
  ['cn=Ada+uid=ada,dc=x', 'Ada'],
])('%s is called %s', (dn, name) => {
  expect(leaf(dn)).toBe(name);
});

test.each([
  ['ldap://acme.example/CN=Configuration,DC=acme,DC=example', false],
  ['ldaps://ForestDnsZones.acme.example/DC=ForestDnsZones,DC=acme,DC=example', false],
  ['ldap://DomainDnsZones.acme.example/DC=DomainDnsZones%2CDC=acme,DC=example??sub', false],
  ['ldap://sales.acme.example/DC=sales,DC=acme,DC=example', true],
  ['ldap://elsewhere.example', true],
])('%s holds people: %s', (reference, expected) => {
  expect(holdsPeople(reference)).toBe(expected);
});

test.each([
  [50, true],
  [16, true],
  [17, true],
  [51, false],
  [52, false],
  [undefined, false],
])('a server that ends a comparison with %s has answered: %s', (code, expected) => {
  expect(isAnswer(Object.assign(new Error('quoted'), { code }))).toBe(expected);
});

test('a place of another domain is no lost connection, and neither is what a server says otherwise', () => {
  const answered = (code: number) => failureOf(Object.assign(new Error('quoted'), { code }), 'x');
  expect(answered(10)).toMatchObject({ kind: 'config', message: expect.stringContaining('another server') });
  expect(answered(2)).toMatchObject({ kind: 'config', message: expect.stringContaining('ldaps://') });
  expect(answered(80).message).toBe('x: the server refused it (result 80)');
});

test('the global catalogue holds too little of each entry', () => {
  const accepts = (url: string): boolean => ldapConfig.safeParse({ base: 'dc=x', url }).success;
  expect([3268, 3269].map((port) => accepts(`ldaps://d.example:${port}`))).toEqual([false, false]);
  expect(accepts('ldaps://d.example:636/')).toBe(true);
});

describe('what a directory does not show', () => {
  /** Answers with what it shows of people, of anything below a place, of who was deleted and of where those are kept. */
  function showing(shown: { people?: object[]; below?: object[]; deleted?: object[]; container?: object[] }): Session {
    const root = { dn: '', supportedCapabilities: '1.2.840.113556.1.4.800', defaultNamingContext: 'DC=acme' };
    const answer = ({ base, scope, filter, deleted }: Search): readonly object[] => {
      if (base === '') return [root];
      if (deleted === true) return (scope === 'base' ? shown.container : shown.deleted) ?? [];
      return (filter === '(objectClass=*)' ? shown.below : shown.people) ?? [];
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
  async function blindSpots(session: Session) {
    const spots: (readonly (string | undefined)[])[] = [];
    const config = ldapConfig.parse({ url: 'ldaps://d.example', base: ['OU=a', 'OU=b'] });
    const blind = (subject: string, reason: string, _: string, expected?: string): void =>
      void spots.push([subject, reason, expected]);
    for await (const page of pagesOfPeople(streamContext(config, { now: NOW, blind }), session)) void page;
    return spots;
  }
  const container = [{ dn: 'CN=Deleted Objects,DC=acme', isDeleted: 'TRUE' }];

  test('a place that is not shown is refused, not empty', async () => {
    const refusal = { kind: 'permission', message: expect.stringContaining('OU=a') };
    await expect(checkPlaces(showing({}), ['OU=a'])).rejects.toMatchObject(refusal);
    await expect(checkPlaces(showing({ below: [{ dn: 'OU=a' }] }), ['OU=a'])).resolves.toBeUndefined();
  });

  test('nobody at all is a gap where nothing else is shown either', async () => {
    const nothing = await blindSpots(showing({ container, below: [{ dn: 'OU=a' }] }));
    expect(nothing).toEqual([['OU=a; OU=b', 'permission', undefined]]);
    const groups = showing({ container, below: [{ dn: 'OU=a' }, { dn: 'CN=All,OU=a' }] });
    expect(await blindSpots(groups)).toEqual([]);
  });

  test('who was deleted: no answer is an answer only to who may list them', async () => {
    const told = [['CN=Deleted Objects,DC=acme', 'permission', 'expected']];
    expect(await blindSpots(showing({ people: [ada], container }))).toEqual([]);
    expect(await blindSpots(showing({ people: [ada], deleted: [{ ...ada, isDeleted: 'TRUE' }] }))).toEqual([]);
    expect(await blindSpots(showing({ people: [ada], container: [{ dn: 'CN=Deleted Objects,DC=acme' }] }))).toEqual(
      told,
    );
    expect(await blindSpots(showing({ people: [ada] }))).toEqual(told);
  });

  test('who was deleted: a connection that breaks is no answer', async () => {
    const broken = new SourceError('transient', 'the connection was lost');
    const session = showing({ people: [ada], container });
    const breaking: Session = {
      ...session,
      pages(search) {
        if (search.deleted === true) throw broken;
        return session.pages(search);
      },
    };
    await expect(blindSpots(breaking)).rejects.toBe(broken);
  });

  test('whether people are switched off is told once', async () => {
    const hidden = { ...ada, userAccountControl: undefined };
    const spots = await blindSpots(showing({ people: [hidden, hidden], container }));
    expect(spots).toEqual([['userAccountControl', 'config', 'expected']]);
  });
});
