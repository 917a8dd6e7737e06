import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ldap } from '../../connectors/ldap/index.ts';
import { openStore } from '../../db/open.ts';
import { createEngine } from '../../scanners/secrets/engine.ts';
import { seeded } from '../../scanners/secrets/samples.ts';
import { collect } from '../../src/collect/collect.ts';
import type { BlindSpot } from '../../src/core/coverage.ts';
import type { Credential, Identity, Person } from '../../src/core/record.ts';
import { secretReader } from '../../src/secrets/read-secret.ts';
import {
  deletedForAll,
  domain,
  hardened,
  hiddenPlace,
  oddNames,
  oddPlace,
  organisation,
  PEOPLE,
  written,
} from '../helpers/active-directory.ts';
import { collectPorts } from '../helpers/collecting.ts';
import { recordsIn } from '../helpers/live.ts';
import { hasSamba, startSamba, type Samba } from '../helpers/samba.ts';

if (!hasSamba) console.log('Samba is not installed, or this is not root: Active Directory is not tried (see .ci/run)');

const NOW = Date.UTC(2026, 10, 21);
const [admin, reader, locked] = [51, 52, 53].map((seed) => `${seeded(seed).alnum(20)}-Aa1`) as [string, string, string];

describe.skipIf(!hasSamba)('Active Directory, as Samba keeps it', () => {
  let server: Samba;
  let whole: Awaited<ReturnType<typeof read>>;

  beforeAll(async () => {
    server = await startSamba({ realm: 'ACME.EXAMPLE', adminPassword: admin });
    server.change(organisation({ reader, locked }));
    server.force(written);
    for (let tries = 0; tries < 3; tries += 1) await read({ bindDn: 'locked@acme.example' }, 'wrong');
    whole = await read({});
  }, 240_000);
  afterAll(() => server?.stop());

  async function read(more: Record<string, unknown>, password = reader) {
    const settings = { url: server.tlsUrl, ca: server.ca, bindDn: 'reader@acme.example', base: domain, pageSize: 100 };
    const config = ldap.config.parse({ ...settings, password: 'env:LDAP_PASSWORD', ...more });
    const store = await openStore({ memory: true });
    const ports = collectPorts({
      engine: createEngine(),
      clock: () => NOW,
      readSecret: secretReader({ LDAP_PASSWORD: password }),
    });
    const coverage = await collect(store, [{ id: 'ldap:test', connector: ldap, config }], ports);
    const records = [...(await recordsIn(store)).values()];
    const blind: BlindSpot[] = [];
    for await (const spots of store.coverage.blindSpots()) blind.push(...spots);
    await store.close();
    const of = <R>(kind: string) => records.filter((each) => each.kind === kind) as R[];
    const [people, identities, credentials] = [
      of<Person>('person'),
      of<Identity>('identity'),
      of<Credential>('credential'),
    ];
    return {
      coverage,
      people,
      blind: blind.map(({ stream, subject, reason }) => [stream, subject, reason]),
      person: (name: string) => people.find((each) => each.name === name),
      service: (name: string) => identities.find((each) => each.name === name),
      password: (name: string) => credentials.find((each) => each.name === `Password of ${name}`),
    };
  }

  test('a whole domain, in many pages; what is told is who was deleted, and no place without people', () => {
    expect(whole.coverage.map(({ stream, outcome }) => [stream, outcome])).toEqual([
      ['people', 'complete'],
      ['groups', 'complete'],
      ['service-accounts', 'complete'],
    ]);
    expect(whole.blind).toEqual([['people', `CN=Deleted Objects,${domain}`, 'permission']]);
    expect(whole.people.filter(({ name }) => /^Person \d+$/.test(name))).toHaveLength(PEOPLE);
    for (const none of ['Contact', 'PC1', 'Gone, "Too"', 'Out of sight', 'gmsa'])
      expect(whole.person(none)).toBeUndefined();
  });

  test('accounts that the configuration calls services, by their place and by a filter', async () => {
    const { person, service, password } = await read({
      serviceBase: `OU=Services,${domain}`,
      serviceFilter: '(|(sAMAccountName=p1)(sAMAccountName=svc-*))',
    });
    for (const name of ['reader', 'p1', 'svc-sql']) {
      expect(service(name)).toMatchObject({ type: 'service-account', status: 'active' });
      expect(password(name)).toMatchObject({ rotation: 'manual' });
    }
    const types = ['reader', 'Person 1', 'svc-sql', 'Person 2'].map((name) => person(name)?.type);
    expect(types).toEqual(['service', 'service', 'service', 'human']);
    expect([whole.service('reader'), whole.person('reader')?.type]).toEqual([undefined, 'human']);
  });

  test('names that have to be escaped: places, managers, members and teams', () => {
    const team = whole.person('Odd, "ones"');
    for (const [at, name] of oddNames.entries()) {
      const somebody = whole.person(name);
      const manager = whole.person(oddNames[at - 1] ?? 'The Boss');
      expect(somebody).toMatchObject({ manager: manager?.id, teams: ['Odd, "ones"'], type: 'human' });
      expect(team?.members?.some((member) => somebody?.logins?.includes(member))).toBe(true);
    }
    expect(team?.members).toHaveLength(oddNames.length + 1);
    expect(whole.person('All')?.members).toHaveLength(PEOPLE);
    expect(whole.person('Has a hidden manager')).toMatchObject({ gaps: { manager: 'denied' } });
  });

  test.each([
    ['Disabled', { status: 'suspended' }],
    ['Run out', { status: 'deprovisioned', expiresAt: Date.UTC(2026, 0, 1), leftAt: Date.UTC(2026, 0, 1) }],
    ['Runs out later', { status: 'active', expiresAt: Date.UTC(2027, 0, 1) }],
    ['Zero', { status: 'active', expiresAt: 'never' }],
    ['Greatest', { status: 'active', expiresAt: 'never' }],
    ['Inet', { status: 'active', type: 'human' }],
    ['Lovelace, Ada', { lastUsedAt: Date.UTC(2026, 10, 1) }],
    ['Was locked', { status: 'active', gaps: { lastUsedAt: 'not-seen' } }],
    ['Locked', { status: 'active', tags: ['locked out'] }],
    ['krbtgt', { status: 'suspended', type: 'service' }],
  ])('%s', (name, expected) => {
    expect(whole.person(name)).toMatchObject(expected);
    expect(whole.person(name)?.tags ?? []).toEqual('tags' in expected ? expected.tags : []);
  });

  test.each([
    [
      'svc-sql',
      { status: 'active', admin: true, impersonates: { users: 'none' }, grants: ['kerberos', 'empty-password'] },
      { expiresAt: 'never' },
    ],
    ['svc-off', { status: 'disabled' }, { status: 'inactive' }],
    ['svc-runout', { status: 'disabled' }, { status: 'inactive' }],
    ['svc-anybody', { status: 'active', impersonates: { users: 'all' } }, { rotation: 'manual' }],
    ['svc-some', { status: 'active', impersonates: { users: 'some' } }, { rotation: 'manual' }],
    [
      'svc-must',
      { status: 'active', grants: ['kerberos', 'empty-password', 'no-pre-authentication'] },
      { gaps: { lastRotatedAt: 'not-seen', expiresAt: 'not-seen' } },
    ],
    ['gmsa$', { status: 'active', tags: ['managed'], grants: ['kerberos'] }, { rotation: 'automatic' }],
    ['msa$', { attributions: [{ who: { login: `CN=Boss,OU=People,${domain}` } }] }, { rotation: 'automatic' }],
  ])('the service %s', (name, account, password) => {
    expect(whole.service(name)).toMatchObject(account);
    expect(whole.password(name)).toMatchObject(password);
  });

  test('a password is as old as the directory says, and answered for by whom it names', () => {
    expect(whole.password('svc-sql')?.lastRotatedAt).toBe(Date.UTC(2019, 4, 1));
    const owner = whole.service('svc-sql')?.attributions?.[0]?.who.login;
    expect(whole.person('Lovelace, Ada')?.logins).toContain(owner);
  });

  test('places by another spelling, by StartTLS and by the old kind of name; each person once', async () => {
    const base = [oddPlace, 'ou=services,dc=ACME,dc=Example', 'dc=acme,dc=example'];
    const again = await read({ url: server.url, startTls: true, base, bindDn: 'ACME\\reader' });
    expect(again.coverage.every(({ outcome }) => outcome === 'complete')).toBe(true);
    expect(again.people.map(({ id }) => id).toSorted()).toEqual(whole.people.map(({ id }) => id).toSorted());
  });

  test.each([
    ['unprotected', () => ({ url: server.url, allowPlaintext: true }), 'config', 'protected connection'],
    ['to a server that nobody vouches for', () => ({ ca: undefined }), 'config', 'certificate'],
    ['nobody signed in', () => ({ bindDn: undefined, password: undefined }), 'auth', 'bindDn'],
    ['a place that is not there', () => ({ base: `OU=Nowhere,${domain}` }), 'not-found', 'check base'],
    ['a place in another domain', () => ({ base: 'DC=other,DC=example' }), 'not-found', 'check base'],
    ['no distinguished name', () => ({ base: 'Nowhere' }), 'config', 'distinguished name'],
  ])('%s', async (_, more, reason, detail) => {
    const { coverage, people } = await read(more());
    expect(coverage[0]).toMatchObject({ outcome: 'failed', reason, detail: expect.stringContaining(detail) });
    expect(people).toEqual([]);
  });

  test('who is locked out may not sign in with the right password either', async () => {
    const { coverage } = await read({ bindDn: 'locked@acme.example' }, locked);
    expect(coverage[0]).toMatchObject({ outcome: 'failed', reason: 'auth', detail: expect.stringContaining('locked') });
  });

  test('a place below which nothing is shown is no empty place', async () => {
    const { coverage, blind } = await read({ base: hiddenPlace });
    expect(coverage[0]).toMatchObject({ stream: 'people', outcome: 'partial' });
    expect(blind[0]).toEqual(['people', hiddenPlace, 'permission']);
  });

  test('who was deleted, for whom that may be seen', async () => {
    server.force(deletedForAll);
    const { blind, person } = await read({});
    expect(blind).toEqual([]);
    expect(person('Gone, "Too"')).toMatchObject({ status: 'deleted', logins: expect.arrayContaining(['gone']) });
  });

  test('where nobody may see who is switched off, nobody is known to be here', async () => {
    server.change(hardened);
    const { people, blind, service } = await read({});
    const others = people.filter(({ type, name }) => type !== 'group' && name !== 'reader');
    expect(new Set(others.map(({ status }) => status))).toEqual(new Set(['unknown', 'deleted']));
    expect(blind).toEqual([['people', 'userAccountControl', 'config']]);
    expect(service('svc-sql')?.status).toBe('unknown');
  });
});
