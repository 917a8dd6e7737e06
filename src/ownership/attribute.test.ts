import { expect, test } from 'vitest';
import { NOW, ada, bob, directory, flow } from '../../test/helpers/acme-people.ts';
import { globMatches } from '../core/glob.ts';
import type { Joined, Store } from '../core/ports.ts';
import type { Identity } from '../core/record.ts';
import { attributed, container, credential, identity } from '../sdk/records.ts';
import { attributor } from './attribute.ts';

test('of two records that name the same maker of their places, each takes the owner of its own', async () => {
  const owners = { putPeople: () => Promise.resolve(), assertions: () => Promise.resolve([]) };
  const ports = { people: directory(ada, bob), mapping: [], matches: globMatches, now: NOW };
  const ownersOf = await attributor({ owners: owners as unknown as Store['owners'] }, ports);
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
  const owners = { putPeople: () => Promise.resolve(), assertions: () => Promise.resolve([]) };
  const ports = { people: directory(ada, bob), mapping: [], matches: globMatches, now: NOW };
  const ownersOf = await attributor({ owners: owners as unknown as Store['owners'] }, ports);
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
  const owners = { putPeople: () => Promise.resolve(), assertions: () => Promise.resolve([]) };
  const ports = { people: directory(ada), mapping: [], matches: globMatches, now: NOW };
  const ownersOf = await attributor({ owners: owners as unknown as Store['owners'] }, ports);
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
