import { expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { anObservation } from '../../test/helpers/observation.ts';
import type { Observation, Severity } from '../core/finding.ts';
import type { JoinedPerson } from '../core/owner.ts';
import { policySchema } from '../core/policy.ts';
import type { Store } from '../core/ports.ts';
import { DAY } from '../core/time.ts';
import { request, review } from './decide.ts';
import { requestRetirement, reviewRetirement } from './retire.ts';

const NOW = Date.UTC(2026, 10, 21);
const SOURCE = 'files:x';
const policy = policySchema.parse({ id: 'test', title: 'Test' });
const strict = policySchema.parse({ id: 'strict', title: 'Strict', acceptance: { fourEyesFrom: 'medium' } });
const as = (name: string) => ({ name, account: 'tester' });
const wanted = { source: SOURCE, reason: 'moved elsewhere' };

const observation = (severity: Severity, name = 'flow', more: Partial<Observation> = {}): Observation =>
  anObservation({ severity, name, ...more });

/** A finding about a secret: it belongs to no source, and says in which it lies. */
function aboutSecret(severity: Severity): Observation {
  const subject = { source: '*', kind: 'credential', id: 'found:f1', name: 'a key' } as const;
  return observation(severity, 'secret', { id: 'about-a-secret', subject });
}

async function registerWith(...observed: readonly Observation[]): Promise<Store> {
  const store = await openStore({ memory: true });
  const somebody = (key: string): JoinedPerson => ({
    id: `person:${key}`,
    name: key,
    state: 'active',
    status: 'active',
    teams: [],
    aliases: [key, `${key}.alias@acme.example`],
    directory: true,
  });
  await store.owners.putPeople([['olga', 'oleg', 'rita', 'anna'].map(somebody)], NOW);
  await holds(store, SOURCE);
  await seen(store, ...observed);
  return store;
}

async function holds(store: Store, source: string): Promise<void> {
  const claim = await store.runs.claim(source, 's', NOW, DAY);
  const record = { kind: 'credential', id: 'found:f1', name: 'a key', type: 'api-key', status: 'unknown' } as const;
  await store.runs.page(claim, { records: [{ record }], next: undefined, quarantined: 0, blind: [] }, NOW);
}

async function seen(store: Store, ...observed: readonly Observation[]): Promise<void> {
  const subjects = observed.map(({ subject: { source, kind, id } }) => ({ source, kind, id, unknown: [] }));
  await store.findings.observe({ subjects, observed }, 1, NOW);
}

const ask = (store: Store, by: string, at = NOW, under = policy) => requestRetirement(store, under, wanted, as(by), at);
const answer = (store: Store, by: string, approve = true, at = NOW + DAY) =>
  reviewRetirement(store, policy, { source: SOURCE, approve }, as(by), at);
const stateOf = async (store: Store, finding: Observation) => (await store.findings.get(finding.id))?.state;
const actions = async (store: Store) =>
  (await Array.fromAsync(store.audit.entries())).flat().map(({ actor, action }) => `${actor} ${action}`);

test.each([
  ['nothing', [], policy, 'effective'],
  ['info to medium', [observation('medium'), observation('low', 'b'), observation('info', 'c')], policy, 'effective'],
  ['high', [observation('low'), observation('high', 'b')], policy, 'pending'],
  ['critical', [observation('critical')], policy, 'pending'],
  ['medium, under a policy that asks for more', [observation('medium')], strict, 'pending'],
  ['a secret that is high', [aboutSecret('high')], policy, 'pending'],
  ['a secret that is medium', [aboutSecret('medium')], policy, 'effective'],
  ['high in another source', [observation('high', 'b', { subject: elsewhere() })], policy, 'effective'],
] as const)('a source with %s', async (_, observed, under, status) => {
  const store = await registerWith(...observed);
  const { decision, gone } = await ask(store, 'rita', NOW, under);
  expect(decision).toMatchObject({ kind: 'retire', subject: SOURCE, status });
  expect(gone === undefined).toBe(status === 'pending');
  expect((await store.sources.holdings()).length).toBe(status === 'pending' ? 1 : 0);
  expect(await actions(store)).toEqual([`person:rita ${status === 'pending' ? 'retire-requested' : 'retire'}`]);
});

function elsewhere() {
  return { source: 'files:y', kind: 'workflow', id: 'b', name: 'b' } as const;
}

test('asker, approver and owners of what it holds are different people, whatever they call themselves', async () => {
  const [first, second] = [observation('high'), observation('critical', 'b', { owner: 'person:oleg' })];
  const store = await registerWith(first, second, observation('low', 'c', { owner: 'person:anna' }));
  for (const owner of ['olga', 'oleg']) await expect(ask(store, owner)).rejects.toThrow(`${owner} owns this`);
  await expect(answer(store, 'anna')).rejects.toThrow('nothing waits for approval on source files:x');
  await ask(store, 'rita');
  for (const approve of [true, false]) {
    await expect(answer(store, 'rita.alias@acme.example', approve)).rejects.toThrow(/second person/);
    for (const owner of ['olga', 'oleg']) await expect(answer(store, owner, approve)).rejects.toThrow(/owns this/);
  }
  expect(await stateOf(store, first)).toBe('open');
  expect((await answer(store, 'anna')).gone).toEqual({ records: 1, findings: 3 });
  expect(await stateOf(store, second)).toBe('retired');
  expect(await actions(store)).toEqual(['person:rita retire-requested', 'person:anna retire-approved']);
  await expect(answer(store, 'anna')).rejects.toThrow(/nothing waits/);
});

test('what is found after somebody asked counts when it is approved: for the asker as for the approver', async () => {
  const store = await registerWith(observation('high'));
  await ask(store, 'rita');
  const later = observation('critical', 'b', { owner: 'person:anna' });
  await seen(store, later);
  await expect(answer(store, 'anna')).rejects.toThrow(/anna owns this/);
  await seen(store, { ...later, owner: 'person:rita' });
  await expect(answer(store, 'anna')).rejects.toThrow(/rita owns this; .*somebody else has to ask/);
  expect(await stateOf(store, later)).toBe('open');
});

test('handing a finding over frees nobody to approve', async () => {
  const store = await registerWith(observation('high'));
  await ask(store, 'rita');
  await seen(store, observation('high', 'flow', { owner: 'person:oleg' }));
  await expect(answer(store, 'olga')).rejects.toThrow(/owns this/);
  await expect(answer(store, 'oleg')).rejects.toThrow(/owns this/);
});

test('that three people have accepted a finding does not let one of them end it', async () => {
  const finding = observation('high');
  const store = await registerWith(finding);
  const accept = { kind: 'accept', finding: finding.id, reason: 'a firewall', until: NOW + 9 * DAY } as const;
  await request(store, policy, accept, as('rita'), NOW);
  await review(store, policy, { finding: finding.id, approve: true }, as('anna'), NOW);
  expect((await ask(store, 'rita')).decision.status).toBe('pending');
});

test('a rejected one leaves everything as it was, and who asks anew takes the place of who asked before', async () => {
  const finding = observation('high');
  const store = await registerWith(finding);
  await ask(store, 'rita');
  expect((await answer(store, 'anna', false)).decision.status).toBe('rejected');
  await ask(store, 'rita', NOW + DAY);
  await ask(store, 'anna', NOW + 2 * DAY);
  await expect(answer(store, 'anna')).rejects.toThrow(/second person/);
  expect(await stateOf(store, finding)).toBe('open');
  await answer(store, 'rita');
  expect(await stateOf(store, finding)).toBe('retired');
  expect((await actions(store)).slice(2)).toEqual([
    'person:rita retire-requested',
    'person:anna retire-replaced',
    'person:anna retire-requested',
    'person:rita retire-approved',
  ]);
});

test('needs a reason, and a source that the register has', async () => {
  const store = await registerWith();
  await expect(requestRetirement(store, policy, { ...wanted, reason: ' ' }, as('rita'), NOW)).rejects.toThrow(/reason/);
  const nowhere = requestRetirement(store, policy, { ...wanted, source: 'files:z' }, as('rita'), NOW);
  await expect(nowhere).rejects.toThrow('the register has no source files:z; it has: files:x');
  expect(await store.register.decisions()).toEqual([]);
});
