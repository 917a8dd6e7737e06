import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ldap } from '../../connectors/ldap/index.ts';
import { openStore } from '../../db/open.ts';
import { createEngine } from '../../scanners/secrets/engine.ts';
import { seeded } from '../../scanners/secrets/samples.ts';
import { collect } from '../../src/collect/collect.ts';
import type { Coverage } from '../../src/core/coverage.ts';
import type { Person } from '../../src/core/record.ts';
import type { AnyRecord } from '../../src/sdk/index.ts';
import { secretReader } from '../../src/secrets/read-secret.ts';
import { collectPorts } from '../helpers/collecting.ts';
import { recordsIn } from '../helpers/live.ts';
import { freePort } from '../helpers/servers.ts';
import { hasOpenLdap, startOpenLdap, type OpenLdap } from '../helpers/slapd.ts';

if (!hasOpenLdap) console.log('slapd is not installed: the LDAP connector is not tried on it (see .ci/run)');

const NOW = Date.UTC(2026, 10, 21);
const PEOPLE = 1_200;
const suffix = 'dc=acme,dc=example';
const reader = `cn=reader,ou=services,${suffix}`;
const blindfolded = `cn=blindfolded,ou=services,${suffix}`;
const readersPassword = seeded(41).alnum(24);
const someonesPassword = seeded(42).alnum(24);

describe.skipIf(!hasOpenLdap)('a directory, as OpenLDAP keeps it', () => {
  let server: OpenLdap;
  let whole: { coverage: readonly Coverage[]; records: ReadonlyMap<string, AnyRecord> };
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-ldap-'));
  const person = (name: string): Person | undefined =>
    [...whole.records.values()].find((each): each is Person => each.kind === 'person' && each.name === name);

  beforeAll(async () => {
    const access = [`attrs=pwdAccountLockedTime by dn.exact="${blindfolded}" none by users read`];
    server = await startOpenLdap({ suffix, rootPassword: seeded(43).alnum(24), ldif: directory(), access });
    whole = await read({});
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function read(
    more: Record<string, unknown>,
    password = readersPassword,
    signal?: AbortSignal,
    file = 'roll.db',
  ) {
    const settings = {
      url: server.url,
      bindDn: reader,
      password: 'env:LDAP_PASSWORD',
      base: `ou=people,${suffix}`,
      pageSize: 100,
    };
    const config = ldap.config.parse({ ...settings, ...more });
    const store = await openStore({ file: join(folder, file) });
    const ports = collectPorts({
      engine: createEngine(),
      clock: () => NOW,
      readSecret: secretReader({ LDAP_PASSWORD: password }),
      ...(signal && { signal }),
    });
    const coverage = await collect(store, [{ id: 'ldap:test', connector: ldap, config }], ports);
    const records = await recordsIn(store);
    await store.close();
    return { coverage, records };
  }

  test('more people than one page, and more than the server shows at once', () => {
    expect(whole.coverage.map(({ stream, outcome }) => [stream, outcome])).toEqual([
      ['people', 'complete'],
      ['groups', 'complete'],
      ['service-accounts', 'complete'],
    ]);
    const people = [...whole.records.values()].filter((each) => each.kind === 'person' && each.type === 'human');
    expect(people).toHaveLength(PEOPLE);
    expect(people.every((each) => each.kind === 'person' && each.directory === true)).toBe(true);
  });

  test('status, manager, addresses and teams', () => {
    const manager = person('Person 1');
    expect(person('Person 2')).toMatchObject({
      status: 'active',
      emails: ['p2@acme.example'],
      logins: ['p2', `uid=p2,ou=people,${suffix}`],
      manager: manager?.id,
      teams: ['billing'],
      external: true,
    });
    expect(person('Person 3')).toMatchObject({ status: 'suspended', tags: ['locked out'] });
    expect(person('Person 4')).toMatchObject({ status: 'active', tags: ['locked out'] });
    expect(person('Person 5')).toMatchObject({ status: 'deprovisioned', leftAt: Date.UTC(2026, 0, 1) });
    expect(person('Person 6')).toMatchObject({ teams: ['Billing, EU'], gaps: { manager: 'not-seen' } });
    expect(person('billing')).toMatchObject({ type: 'group', members: [`uid=p2,ou=people,${suffix}`] });
  });

  test('who may be locked, and is not shown to be, is not taken for present', async () => {
    const { coverage, records } = await read({ bindDn: blindfolded }, readersPassword, undefined, 'blindfolded.db');
    const people = [...records.values()].filter((each) => each.kind === 'person' && each.type === 'human');
    const shown = (name: string): unknown => people.find((each) => each.name === name);
    expect(people).toHaveLength(PEOPLE);
    for (const name of ['Person 1', 'Person 3', 'Person 4'])
      expect(shown(name)).toMatchObject({ status: 'unknown', gaps: { status: 'denied' } });
    expect(shown('Person 5')).toMatchObject({ status: 'deprovisioned' });
    expect(coverage[0]).toMatchObject({ stream: 'people', outcome: 'complete' });
  });

  test('no password is asked for, and none is kept', () => {
    const files = readdirSync(folder).filter((name) => {
      const bytes = readFileSync(join(folder, name));
      return [readersPassword, someonesPassword].some((secret) => bytes.includes(secret));
    });
    expect(files).toEqual([]);
  });

  test('over TLS, both ways; a certificate that nobody vouches for is refused', async () => {
    const ways: readonly { url?: string; startTls?: boolean }[] = [{ url: server.tlsUrl }, { startTls: true }];
    for (const way of ways) {
      const { coverage } = await read({ ...way, ca: server.ca });
      expect(coverage.map(({ outcome }) => outcome)).toEqual(['complete', 'complete', 'complete']);
      const untrusted = await read(way);
      expect(untrusted.coverage[0]).toMatchObject({
        outcome: 'failed',
        reason: 'config',
        detail: expect.stringContaining('certificate'),
      });
      const { href: named } = new URL((way.url ?? server.url).replace('127.0.0.1', 'localhost'));
      const other = await read({ ...way, url: named, ca: server.ca });
      expect(other.coverage[0]).toMatchObject({
        outcome: 'failed',
        reason: 'config',
        detail: expect.stringContaining('for another host'),
      });
    }
  });

  test.each([
    ['a wrong password', {}, 'wrong', 'auth', 'bindDn and password'],
    ['nobody signed in', { bindDn: undefined, password: undefined }, '', 'not-found', 'check base'],
    ['a place that is not there', { base: `ou=nowhere,${suffix}` }, readersPassword, 'not-found', 'check base'],
    ['a place of another server', { base: 'dc=other,dc=example' }, readersPassword, 'config', 'another server'],
    ['a filter that is none', { filter: '((' }, readersPassword, 'config', 'filter'],
  ])('%s', async (_, more, password, reason, detail) => {
    const { coverage, records } = await read(more, password);
    expect(coverage[0]).toMatchObject({ outcome: 'failed', reason, detail: expect.stringContaining(detail) });
    expect(records.size).toBe(whole.records.size);
  });

  test('nothing listens; a server that says nothing; a scan that is stopped', async () => {
    const refused = await read({ url: `ldap://127.0.0.1:${await freePort()}` });
    expect(refused.coverage[0]).toMatchObject({
      outcome: 'failed',
      reason: 'transient',
      detail: expect.stringContaining('nothing answers'),
    });
    const mute = createServer();
    const port = await new Promise<number>((ready) => {
      mute.listen(0, '127.0.0.1', () => ready((mute.address() as AddressInfo).port));
    });
    const silent = await read({ url: `ldap://127.0.0.1:${port}`, timeoutSeconds: 0.2 });
    mute.close();
    expect(silent.coverage[0]).toMatchObject({ outcome: 'failed', reason: 'transient' });
    const stop = new AbortController();
    stop.abort();
    const stopped = await read({}, readersPassword, stop.signal).catch(() => undefined);
    expect(stopped?.coverage.some(({ outcome }) => outcome === 'complete') ?? false).toBe(false);
  });
});

function directory(): string {
  const entries = [
    `dn: ${suffix}\nobjectClass: dcObject\nobjectClass: organization\no: Acme\ndc: acme`,
    ...['people', 'services'].map((name) => `dn: ou=${name},${suffix}\nobjectClass: organizationalUnit\nou: ${name}`),
    ...[reader, blindfolded].map(
      (dn) =>
        `dn: ${dn}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: ${/^cn=(\w+)/.exec(dn)?.[1]}\nuserPassword: ${readersPassword}`,
    ),
    ...Array.from({ length: PEOPLE }, (_, at) => entryOf(at + 1)),
    `dn: cn=billing,ou=people,${suffix}\nobjectClass: groupOfNames\ncn: billing\nmember: uid=p2,ou=people,${suffix}`,
  ];
  return `${entries.join('\n\n')}\n`;
}

const special: Readonly<Record<number, string>> = {
  2: `manager: uid=p1,ou=people,${suffix}\nemployeeType: Contractor\nmemberOf: cn=billing,ou=people,${suffix}`,
  3: 'pwdAccountLockedTime: 000001010000Z',
  4: 'pwdAccountLockedTime: 20261120120000Z',
  5: `shadowExpire: ${Date.UTC(2026, 0, 1) / 86_400_000}`,
  // OpenLDAP writes a comma in a name as bytes, and refers to another server for a place that is not its own.
  6: `manager: uid=p1,dc=other,dc=example\nmemberOf: cn=Billing\\, EU,ou=people,${suffix}`,
};

function entryOf(at: number): string {
  const lines = [
    'objectClass: inetOrgPerson',
    'objectClass: shadowAccount',
    `uid: p${at}`,
    `cn: Person ${at}`,
    `sn: ${at}`,
    `mail: P${at}@acme.example`,
  ];
  return [`dn: uid=p${at},ou=people,${suffix}`, ...lines, `userPassword: ${someonesPassword}`, special[at]]
    .filter(Boolean)
    .join('\n');
}
