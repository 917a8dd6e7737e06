import { expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { NOW, ada, bob, directory, flow } from '../../test/helpers/acme-people.ts';
import { SOURCE, scan } from '../../test/helpers/in-store.ts';
import { globMatches } from '../core/glob.ts';
import type { OwnerAssertion } from '../core/owner.ts';
import type { Joined, Store } from '../core/ports.ts';
import type { AnyRecord, Identity } from '../core/record.ts';
import { attributed, connection, container, credential, identity, person } from '../sdk/records.ts';
import { attributor, readPeople } from './attribute.ts';
import type { People } from './people.ts';

/** What works out owners, from these people and what the register and the configuration say. */
function attributing(people: People, said: readonly OwnerAssertion[] = [], mapping: readonly OwnerAssertion[] = []) {
  const owners = { putPeople: () => Promise.resolve(), assertions: () => Promise.resolve(said) };
  const ports = { people, mapping, matches: globMatches, now: NOW };
  return attributor({ owners: owners as unknown as Store['owners'] }, ports);
}

test('of two records that name the same maker of their places, each takes the owner of its own', async () => {
  const ownersOf = await attributing(directory(ada, bob));
  const record = flow(attributed('owned-by', { email: 'bob@acme.example' }, 'container-owner'));
  const within = (email: string) => {
    const attributions = [attributed('owned-by', { email }, 'platform-owner')];
    const place = container({ id: email, name: 'Project', type: 'project', attributions }).record;
    const out = [{ rel: 'contained-in', record: place }];
    return ownersOf({ source: 'n8n:main', record, out, in: [] } as unknown as Joined).accountable?.name;
  };
  expect([within('ada@acme.example'), within('bob@acme.example')]).toEqual(['Ada Byron', 'Bob Leaver']);
});

test('everybody answers for a secret in whose workflow it lies, and it is no orphan while one of them is here', async () => {
  const ownersOf = await attributing(directory(ada, bob));
  const key = credential({ id: 'found:k', name: 'X-API-KEY', type: 'api-key', status: 'unknown' }).record;
  const usedBy = (email: string) => ({
    rel: 'uses',
    record: flow(attributed('owned-by', { email }, 'platform-owner')),
  });
  const lying = (...emails: string[]) =>
    ownersOf({ source: 'n8n:main', record: key, out: [], in: emails.map(usedBy) } as unknown as Joined);
  const { accountable, claims } = lying('bob@acme.example', 'ada@acme.example');
  expect(accountable).toMatchObject({ name: 'Ada Byron', basis: 'container-owner', confidence: 'low' });
  expect(claims.map(({ role, person }) => [role, person])).toEqual([
    ['accountable', 'person:e1'],
    ['accountable', 'person:e2'],
  ]);
  expect(lying('ada@acme.example', 'bob@acme.example').claims).toEqual(claims);
});

test('a bot is its app’s, and nothing else that uses an identity is that identity’s owner’s', async () => {
  const ownersOf = await attributing(directory(ada));
  const attributions = [attributed('created-by', { email: 'ada@acme.example' }, 'audit-log')];
  const app = identity({ id: 'app', name: 'CRM', type: 'oauth-app', status: 'active', attributions }).record;
  const using = (type: Identity['type']) => {
    const { record } = identity({ id: type, name: 'crm', type, status: 'active' });
    return ownersOf({
      source: 'slack:acme',
      record,
      out: [{ rel: 'uses', record: app }],
      in: [],
    } as unknown as Joined);
  };
  expect(using('bot').accountable).toMatchObject({ person: 'person:e1', basis: 'container-owner' });
  expect(using('bot').accountable?.reason).toMatch(/^bot of "CRM"/);
  expect(using('ai-agent').accountable).toBeUndefined();
});

const joined = (record: AnyRecord, links: { out?: object[]; in?: object[] } = {}) =>
  ({ source: 'n8n:main', record, out: [], in: [], ...links }) as unknown as Joined;

test('what the register and the configuration say of one record is not said of the next that names the same people', async () => {
  const subject = { source: 'n8n:main', kind: 'workflow', id: 'w1' } as const;
  const said = { subject, role: 'accountable', person: 'ada@acme.example', basis: 'confirmed' } as const;
  const mapping = { subject: { match: '*/Payroll' }, role: 'backup', person: 'e1', basis: 'mapping' } as const;
  const ownersOf = await attributing(directory(ada, bob), [said], [mapping]);
  const mine = flow(attributed('owned-by', { email: 'bob@acme.example' }, 'platform-owner'));
  const of = (more: Partial<typeof mine>) => {
    const { accountable, backup } = ownersOf(joined({ ...mine, ...more }));
    return [accountable?.name, backup?.name];
  };
  expect(of({})).toEqual(['Ada Byron', undefined]);
  expect(of({ id: 'w2' })).toEqual(['Bob Leaver', undefined]);
  expect(of({ id: 'w3', name: 'Payroll' })).toEqual(['Bob Leaver', 'Ada Byron']);
  expect(of({ id: 'w4' })).toEqual(['Bob Leaver', undefined]);
  expect(of({})).toEqual(['Ada Byron', undefined]);
});

test('of two connections that name the same maker, each has the account that it runs on', async () => {
  const ownersOf = await attributing(directory(ada, bob));
  const runsOn = (login: string) => {
    const attributions = [attributed('reviewed-by', { login: 'e9' }, 'audit-log')];
    const { record } = connection({ id: login, name: 'Mail', connector: 'gmail', account: { login }, attributions });
    return ownersOf(joined(record)).accountable?.name;
  };
  expect([runsOn('abyron'), runsOn('e2')]).toEqual(['Ada Byron', 'Bob Leaver']);
});

test('who built a workflow does not answer for the connections that it uses, but for what is part of it', async () => {
  const ownersOf = await attributing(directory(ada));
  const built = flow(attributed('created-by', { email: 'ada@acme.example' }, 'creator-field'));
  const shared = connection({ id: 'c', name: 'Mail', connector: 'gmail' }).record;
  const key = credential({ id: 'k', name: 'Key', type: 'api-key', status: 'active' }).record;
  const used = { in: [{ rel: 'uses', record: built }] };
  expect(ownersOf(joined(shared, used)).accountable).toBeUndefined();
  expect(ownersOf(joined(key, used)).accountable?.reason).toMatch(/^used by workflow "Invoices": created it/);
  expect(ownersOf(joined(key, { in: [{ rel: 'contained-in', record: built }] })).accountable).toBeUndefined();
  const within = (record: AnyRecord) => ({ out: [{ rel: 'contained-in', record }] });
  expect(ownersOf(joined(shared, within(built))).accountable?.name).toBe('Ada Byron');
});

test('the nearest place that names anybody counts, and no other', async () => {
  const ownersOf = await attributing(directory(ada, bob));
  const place = (id: string, ...emails: string[]) => ({
    rel: 'contained-in',
    record: container({
      id,
      name: id,
      type: 'project',
      attributions: emails.map((email) => attributed('owned-by', { email }, 'platform-owner')),
    }).record,
  });
  const out = [place('none'), place('near', 'bob@acme.example'), place('far', 'ada@acme.example')];
  expect(ownersOf(joined(flow(), { out })).claims.map(({ name }) => name)).toEqual(['Bob Leaver']);
});

test('everybody is stored, in parts', async () => {
  const parts: number[] = [];
  const owners = {
    putPeople: (batches: Iterable<readonly unknown[]>) => {
      for (const batch of batches) parts.push(batch.length);
      return Promise.resolve();
    },
    assertions: () => Promise.resolve([]),
  };
  const crowd = Array.from({ length: 1_001 }, (_, n) =>
    person({ id: `p${n}`, name: `p${n}`, status: 'active', directory: true }),
  );
  const ports = { people: directory(...crowd), mapping: [], matches: globMatches, now: NOW };
  await attributor({ owners: owners as unknown as Store['owners'] }, ports);
  expect(parts).toEqual([500, 500, 1]);
});

test('who is on no list any more keeps the name and has left as before, so that what they own is no stranger’s', async () => {
  const store = await openStore({ memory: true });
  await scan(store, [ada.record, bob.record], 1);
  await scan(store, [ada.record], 2);
  const people = await readPeople(store, NOW);
  expect(people.find(SOURCE, { id: 'e2' })?.person).toMatchObject({ name: 'Bob Leaver', state: 'left' });
  await store.close();
});
