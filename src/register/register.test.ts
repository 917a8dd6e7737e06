import { describe, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { anObservation } from '../../test/helpers/observation.ts';
import { firstBreak } from '../core/chain.ts';
import type { Observation, Severity } from '../core/finding.ts';
import type { JoinedPerson } from '../core/owner.ts';
import { policySchema } from '../core/policy.ts';
import type { Store } from '../core/ports.ts';
import { DAY } from '../core/time.ts';
import { loadMatrix } from '../config/matrices.ts';
import { loadThreats } from '../config/threats.ts';
import { assignFinding, confirmOwner, request, review } from './decide.ts';
import { nameRiskOwner } from './risk-owners.ts';
import { updateRisks } from './risks.ts';
import { reviewTreatment, treat } from './treat.ts';

const NOW = Date.UTC(2026, 10, 21);
const policy = policySchema.parse({ id: 'test', title: 'Test' });
const as = (name: string) => ({ name, account: 'tester' });
const accept = (finding: string, days = 10) => ({
  kind: 'accept' as const,
  finding,
  reason: 'compensated by a firewall',
  until: NOW + days * DAY,
});

function somebody(key: string, more: Partial<JoinedPerson> = {}): JoinedPerson {
  const aliases = [`${key}@acme.example`, key, `${key}.alias@acme.example`];
  return {
    id: `person:${key}`,
    name: key,
    email: `${key}@acme.example`,
    state: 'active',
    status: 'active',
    teams: [],
    aliases,
    directory: true,
    ...more,
  };
}

const observation = (severity: Severity, name = 'flow', more: Partial<Observation> = {}): Observation =>
  anObservation({ severity, name, ...more });

async function registerWith(...observed: readonly Observation[]): Promise<Store> {
  const store = await openStore({ memory: true });
  await store.owners.putPeople(
    [
      [
        somebody('olga'),
        somebody('rita'),
        somebody('anna'),
        somebody('gone', { state: 'left', status: 'deprovisioned' }),
        somebody('box', { impersonal: 'shared-mailbox' }),
      ],
    ],
    NOW,
  );
  await scanned(store, 1, ...observed);
  return store;
}

async function scanned(store: Store, run: number, ...observed: readonly Observation[]): Promise<void> {
  const subjects = observed.map(({ subject }) => ({
    source: subject.source,
    kind: subject.kind,
    id: subject.id,
    unknown: [],
  }));
  await store.findings.observe({ subjects, observed }, run, NOW);
  await store.findings.closeUnseen(run, new Set(['AUT-02']), NOW);
}

describe('decisions', () => {
  test('one person suffices for a medium finding, and it is in force at once', async () => {
    const finding = observation('medium');
    const store = await registerWith(finding);
    const decision = await request(store, policy, accept(finding.id.slice(0, 8)), as('rita'), NOW);
    expect(decision.status).toBe('effective');
    expect(await store.findings.get(finding.id)).toMatchObject({
      disposition: 'accepted',
      dispositionUntil: NOW + 10 * DAY,
    });
    expect((await store.findings.events(finding.id)).map(({ type }) => type)).toEqual(['opened', 'accepted']);
  });

  test.each(['high', 'critical'] as const)('%s takes asker, approver and owner: three people', async (severity) => {
    const finding = observation(severity);
    const store = await registerWith(finding);
    const wanted = { finding: finding.id, approve: true };
    await expect(request(store, policy, accept(finding.id), as('olga'), NOW)).rejects.toThrow(/olga owns this/);
    expect((await request(store, policy, accept(finding.id), as('rita'), NOW)).status).toBe('pending');
    expect(await store.findings.get(finding.id)).toMatchObject({ disposition: 'none' });
    await expect(review(store, policy, wanted, as('rita'), NOW)).rejects.toThrow(/second person/);
    await expect(review(store, policy, wanted, as('rita.alias@acme.example'), NOW)).rejects.toThrow(/second person/);
    await expect(review(store, policy, wanted, as('olga'), NOW)).rejects.toThrow(/owns this/);
    expect((await review(store, policy, wanted, as('anna'), NOW)).status).toBe('effective');
    expect(await store.findings.get(finding.id)).toMatchObject({ disposition: 'accepted' });
  });

  test('what the second person says stays with the decision and in the log; nothing said is nothing kept', async () => {
    const finding = observation('high');
    const store = await registerWith(finding);
    const answered = async (approve: boolean, reason?: string) => {
      await request(store, policy, accept(finding.id), as('rita'), NOW);
      await review(
        store,
        policy,
        { finding: finding.id, approve, ...(reason !== undefined && { reason }) },
        as('anna'),
        NOW,
      );
      const entries = (await Array.fromAsync(store.audit.entries())).flat();
      const [kept] = await store.register.decisions({ subject: finding.id });
      return [kept?.status, kept?.answer, (JSON.parse(entries.at(-1)?.body ?? '{}') as { answer?: string }).answer];
    };
    expect(await answered(false, ' the firewall is gone ')).toEqual([
      'rejected',
      'the firewall is gone',
      'the firewall is gone',
    ]);
    expect(await answered(true)).toEqual(['effective', undefined, undefined]);
  });

  test('handing the ownership over does not free the old owner to approve', async () => {
    const finding = observation('high');
    const store = await registerWith(finding);
    await request(store, policy, accept(finding.id), as('rita'), NOW);
    await scanned(store, 2, observation('high', 'flow', { owner: 'person:anna' }));
    await expect(review(store, policy, { finding: finding.id, approve: true }, as('olga'), NOW)).rejects.toThrow(
      /owns this/,
    );
    await expect(review(store, policy, { finding: finding.id, approve: true }, as('anna'), NOW)).rejects.toThrow(
      /owns this/,
    );
  });

  test('somebody who goes by another name and id since is still the same person, and so is an owner', async () => {
    const finding = observation('high');
    const store = await registerWith(finding);
    await request(store, policy, accept(finding.id), as('rita'), NOW);
    const renamed = (now: string, then: string) => ({ ...somebody(now), aliases: [now, then, `${then}@acme.example`] });
    const people = [renamed('rita.vogt', 'rita'), renamed('olga.roth', 'olga'), somebody('anna')];
    await store.owners.putPeople([people], NOW);
    const approve = (name: string) =>
      review(store, policy, { finding: finding.id, approve: true }, as(name), NOW + DAY);
    await expect(approve('rita.vogt')).rejects.toThrow(/rita.vogt asked for this/);
    await expect(approve('olga.roth')).rejects.toThrow(/olga.roth owns this/);
    expect((await approve('anna')).status).toBe('effective');
  });

  test('what somebody asked for who has left or is listed no more is not approved, and can be rejected', async () => {
    const finding = observation('high');
    const store = await registerWith(finding);
    await request(store, policy, accept(finding.id), as('rita'), NOW);
    const answer = (approve: boolean) => review(store, policy, { finding: finding.id, approve }, as('anna'), NOW + DAY);
    const others = [somebody('olga'), somebody('anna')];
    await store.owners.putPeople([[...others, somebody('rita', { state: 'left', status: 'deprovisioned' })]], NOW);
    await expect(answer(true)).rejects.toThrow(/rita, who asked for this, is not active .* has to ask anew/);
    await store.owners.putPeople([others], NOW);
    await expect(answer(true)).rejects.toThrow(/rita, who asked for this, is not in the people directory/);
    expect((await answer(false)).status).toBe('rejected');
  });

  test('a policy can ask for four eyes earlier, never later', async () => {
    const finding = observation('medium');
    const store = await registerWith(finding);
    const strict = policySchema.parse({ id: 's', title: 's', acceptance: { fourEyesFrom: 'medium' } });
    expect((await request(store, strict, accept(finding.id), as('rita'), NOW)).status).toBe('pending');
    expect(() => policySchema.parse({ id: 's', title: 's', acceptance: { fourEyesFrom: 'critical' } })).toThrow(
      /fourEyesFrom/,
    );
  });

  test.each([
    ['gone', /not active/],
    ['box', /shared mailbox/],
    ['stranger@elsewhere.example', /not in the people directory/],
    [' ', /say who decides/],
  ])('"%s" cannot decide', async (name, message) => {
    const finding = observation('low');
    const store = await registerWith(finding);
    await expect(request(store, policy, accept(finding.id), as(name), NOW)).rejects.toThrow(message);
  });

  test("an acceptance ends, within the policy's limit, and has a reason", async () => {
    const finding = observation('medium');
    const store = await registerWith(finding);
    const { until: _until, ...endless } = accept(finding.id);
    await expect(request(store, policy, endless, as('rita'), NOW)).rejects.toThrow(/needs an end/);
    await expect(request(store, policy, accept(finding.id, -1), as('rita'), NOW)).rejects.toThrow(/in the past/);
    await expect(request(store, policy, accept(finding.id, 181), as('rita'), NOW)).rejects.toThrow(
      /180 days for medium/,
    );
    await expect(request(store, policy, { ...accept(finding.id), reason: ' ' }, as('rita'), NOW)).rejects.toThrow(
      /reason/,
    );
    expect(await store.register.decisions()).toEqual([]);
  });

  test('everything is in the log, and the log holds together', async () => {
    const finding = observation('high');
    const store = await registerWith(finding);
    await request(store, policy, accept(finding.id), as('rita'), NOW);
    await review(store, policy, { finding: finding.id, approve: false }, as('anna'), NOW);
    await assignFinding(store, { finding: finding.id, to: 'olga', reason: 'mend it' }, as('anna'), NOW);
    const log = (await Array.fromAsync(store.audit.entries())).flat();
    expect(log.map(({ action, actor }) => `${actor} ${action}`)).toEqual([
      'person:rita accept-requested',
      'person:anna accept-rejected',
      'person:anna assign',
    ]);
    expect(await firstBreak(store.audit.entries())).toBeUndefined();
    expect((await store.findings.events(finding.id)).at(-1)).toMatchObject({
      type: 'assigned',
      note: 'to olga, mend it',
    });
  });

  test('who confirms a thing as their own confirms it with the rights that it has then', async () => {
    const store = await registerWith();
    const record = {
      kind: 'identity',
      id: 'bot',
      name: 'Bot',
      type: 'bot',
      status: 'active',
      scopes: ['read'],
    } as const;
    const claim = await store.runs.claim('slack:acme', 'bots', NOW, DAY);
    await store.runs.page(claim, { records: [{ record }], next: undefined, quarantined: 0, blind: [] }, NOW);
    const ref = { source: 'slack:acme', kind: 'identity' as const, id: 'bot' };
    await confirmOwner(store, { ref, role: 'accountable' }, as('olga'), NOW);
    expect(await store.owners.assertions()).toMatchObject([{ person: 'olga', scopes: ['read'] }]);
    await confirmOwner(store, { ref, role: 'accountable', person: 'rita' }, as('olga'), NOW + 1);
    const [assigned] = await store.owners.assertions();
    expect(assigned).toMatchObject({ person: 'rita', by: 'olga' });
    expect(assigned).not.toHaveProperty('scopes');
    const reason = 'agreed with her team';
    await confirmOwner(store, { ref, role: 'backup', person: 'rita', reason }, as('olga'), NOW + 2);
    const last = (await Array.fromAsync(store.audit.entries())).flat().at(-1);
    expect(JSON.parse(last?.body ?? '{}')).toEqual({ person: 'person:rita', role: 'backup', reason });
  });

  test('confirming an owner needs a record that is there', async () => {
    const store = await registerWith();
    const wanted = {
      ref: { source: 'files:x', kind: 'workflow' as const, id: 'nowhere' },
      role: 'accountable' as const,
    };
    await expect(confirmOwner(store, wanted, as('olga'), NOW)).rejects.toThrow(/there is no workflow/);
  });
});

describe('risks', () => {
  const options = { threats: loadThreats(), matrix: loadMatrix('5x5'), policy, now: NOW, actor: 'scan' };

  test('one for each initiative under each threat, explained, and the same again writes nothing', async () => {
    const store = await registerWith(
      observation('high', 'a'),
      observation('critical', 'b'),
      observation('low', 'c', { initiative: 'files:x/hr' }),
    );
    expect(await updateRisks(store, options)).toEqual({ risks: 2, changed: 2 });
    expect(await updateRisks(store, { ...options, now: NOW + DAY })).toEqual({ risks: 2, changed: 0 });
    const risks = (await Array.fromAsync(store.register.risks())).flat();
    const finance = risks.find(({ initiative }) => initiative === 'files:x/finance');
    expect(finance).toMatchObject({
      openFindings: 2,
      worst: 'critical',
      accountable: 'person:olga',
      treatment: 'open',
      status: 'open',
    });
    expect(finance?.current).toMatchObject({ likelihood: 4, impact: 5, level: 'very-high' });
    expect(finance?.current.reasons.some(({ findings }) => findings.length > 0)).toBe(true);
    expect(finance?.residual.level).toBe('very-low');
    expect(finance?.dueAt).toBe(NOW + 7 * DAY);
  });

  test('one alone follows a decision, as the next scan would have it, and the others stay', async () => {
    const finding = observation('low', 'a');
    const store = await registerWith(finding, observation('low', 'c', { initiative: 'files:x/hr' }));
    await updateRisks(store, options);
    const until = NOW + 20 * DAY;
    const wanted = { kind: 'accept', finding: finding.id, reason: 'rare', until } as const;
    await request(store, policy, wanted, as('rita'), NOW);
    expect(await updateRisks(store, options, finding)).toEqual({ risks: 1, changed: 1 });
    expect(await updateRisks(store, options)).toEqual({ risks: 2, changed: 0 });
    const [finance, hr] = (await Array.fromAsync(store.register.risks()))
      .flat()
      .toSorted((a, b) => (a.initiative < b.initiative ? -1 : 1));
    expect(finance).toMatchObject({ status: 'treated', dueAt: until });
    expect(hr).toMatchObject({ status: 'open' });
  });

  test('what is mended lowers the current risk and keeps the inherent one', async () => {
    const store = await registerWith(observation('critical', 'b'));
    await updateRisks(store, options);
    await scanned(store, 2);
    await updateRisks(store, options);
    const [risk] = (await Array.fromAsync(store.register.risks())).flat();
    expect(risk).toMatchObject({
      openFindings: 0,
      status: 'treated',
      inherent: { level: 'very-high' },
      current: { level: 'very-low' },
    });
  });

  test('accepting a very high risk takes a third person; mitigating it does not', async () => {
    const store = await registerWith(observation('critical', 'b'));
    await updateRisks(store, options);
    const [risk] = (await Array.fromAsync(store.register.risks())).flat();
    const id = risk?.id ?? '';
    expect(
      (await treat(store, { risk: id, treatment: 'mitigate', plan: 'rotate and move' }, as('olga'), NOW)).status,
    ).toBe('effective');
    await expect(treat(store, { risk: id, treatment: 'accept', plan: 'too dear' }, as('olga'), NOW)).rejects.toThrow(
      /owns this/,
    );
    expect((await treat(store, { risk: id, treatment: 'accept', plan: 'too dear' }, as('rita'), NOW)).status).toBe(
      'pending',
    );
    await expect(reviewTreatment(store, { risk: id, approve: true }, as('rita'), NOW)).rejects.toThrow(/second person/);
    await reviewTreatment(store, { risk: id, approve: true }, as('anna'), NOW);
    expect(await store.register.risk(id)).toMatchObject({
      treatment: 'accept',
      approvals: [{ decision: 'mitigate' }, { by: 'person:anna', decision: 'accept' }],
    });
    await updateRisks(store, options);
    expect(await store.register.risk(id)).toMatchObject({ treatment: 'accept' });
    await expect(treat(store, { risk: id, treatment: 'close', plan: 'done' }, as('rita'), NOW)).rejects.toThrow(
      /open findings/,
    );
  });

  const theRisk = async (store: Store) => (await Array.fromAsync(store.register.risks())).flat()[0];

  test('closing one is not approved once its findings are back', async () => {
    const store = await registerWith(observation('critical', 'b'));
    await scanned(store, 2);
    await updateRisks(store, options);
    const risk = (await theRisk(store))?.id ?? '';
    const closing = await treat(store, { risk, treatment: 'close', plan: 'it is mended' }, as('rita'), NOW);
    expect(closing.status).toBe('pending');
    await scanned(store, 3, observation('critical', 'b'));
    await updateRisks(store, options);
    await expect(reviewTreatment(store, { risk, approve: true }, as('anna'), NOW)).rejects.toThrow(/open findings/);
    expect(await theRisk(store)).toMatchObject({ status: 'open', approvals: [] });
    await scanned(store, 4);
    await updateRisks(store, options);
    await reviewTreatment(store, { risk, approve: true }, as('anna'), NOW);
    expect(await theRisk(store)).toMatchObject({ status: 'closed' });
  });

  test('what was agreed to of a moderate risk is not agreed to once it is very high', async () => {
    const store = await registerWith(observation('medium', 'b'));
    await updateRisks(store, options);
    const risk = (await theRisk(store))?.id ?? '';
    await treat(store, { risk, treatment: 'accept', plan: 'we live with it' }, as('rita'), NOW);
    await updateRisks(store, options);
    expect(await theRisk(store)).toMatchObject({ treatment: 'accept', current: { level: 'moderate' } });
    await scanned(store, 2, observation('critical', 'b'));
    await updateRisks(store, options);
    const risen = await theRisk(store);
    expect(risen).toMatchObject({ treatment: 'open', current: { level: 'very-high' } });
    expect(risen).not.toHaveProperty('treatmentPlan');
    expect(risen?.approvals).toMatchObject([{ decision: 'accept', level: 'moderate' }]);
    await treat(store, { risk, treatment: 'mitigate', plan: 'put a key on it' }, as('rita'), NOW);
    await updateRisks(store, options);
    expect(await theRisk(store)).toMatchObject({ treatment: 'mitigate' });
  });

  test('whoever was named answers for it until somebody else is; those whose the findings are may still not decide alone', async () => {
    const store = await registerWith(observation('critical', 'b'));
    await updateRisks(store, options);
    const risk = (await theRisk(store))?.id ?? '';
    const wanted = { risk, to: 'rita', role: 'accountable', reason: 'she runs finance' } as const;
    expect(await nameRiskOwner(store, wanted, as('olga'), NOW)).toBe('person:rita');
    await updateRisks(store, options);
    expect(await theRisk(store)).toMatchObject({ accountable: 'person:rita', backup: 'person:olga' });
    await nameRiskOwner(store, { ...wanted, to: 'anna', role: 'backup' }, as('olga'), NOW);
    await updateRisks(store, options);
    expect(await theRisk(store)).toMatchObject({ accountable: 'person:rita', backup: 'person:anna' });
    for (const owner of ['olga', 'rita', 'anna']) {
      const accepting = treat(store, { risk, treatment: 'accept', plan: 'too dear' }, as(owner), NOW);
      await expect(accepting).rejects.toThrow(`${owner} owns this`);
    }
    await expect(nameRiskOwner(store, { ...wanted, to: 'gone' }, as('olga'), NOW)).rejects.toThrow(/not active/);
    const entries = (await Array.fromAsync(store.audit.entries())).flat();
    expect(entries.map(({ action, actor }) => [action, actor])).toEqual([
      ['assign-risk', 'person:olga'],
      ['assign-risk', 'person:olga'],
    ]);
  });

  test('who let it come to that still answers for it when everything is mended', async () => {
    const store = await registerWith(observation('critical', 'b'));
    await updateRisks(store, options);
    await scanned(store, 2);
    await updateRisks(store, options);
    const risk = await theRisk(store);
    expect(risk).toMatchObject({ accountable: 'person:olga', openFindings: 0 });
    const closing = treat(store, { risk: risk?.id ?? '', treatment: 'close', plan: 'it is mended' }, as('olga'), NOW);
    await expect(closing).rejects.toThrow(/olga owns this/);
  });

  test('what became of it stays to be read: how it was rated, treated and owned, and whose doing that was', async () => {
    const store = await registerWith(observation('medium', 'b'));
    await updateRisks(store, options);
    const risk = (await theRisk(store))?.id ?? '';
    await treat(store, { risk, treatment: 'accept', plan: 'we live with it' }, as('rita'), NOW + 1);
    await nameRiskOwner(store, { risk, to: 'anna', role: 'accountable', reason: '' }, as('olga'), NOW + 2);
    await scanned(store, 2, observation('critical', 'b'));
    await updateRisks(store, { ...options, now: NOW + DAY });
    await updateRisks(store, { ...options, now: NOW + 2 * DAY });
    expect(await store.register.riskEvents(risk)).toMatchObject([
      { at: NOW, actor: 'scan', type: 'raised', note: 'moderate (3×3)' },
      { at: NOW, actor: 'scan', type: 'owner', note: 'accountable nobody → person:olga' },
      { at: NOW + 1, actor: 'person:rita', type: 'treatment', note: 'open → accept' },
      { at: NOW + 2, actor: 'person:olga', type: 'owner', note: 'accountable person:olga → person:anna' },
      { at: NOW + 2, actor: 'person:olga', type: 'owner', note: 'backup nobody → person:olga' },
      { at: NOW + DAY, actor: 'scan', type: 'rated' },
      { at: NOW + DAY, actor: 'scan', type: 'treatment', note: 'accept → open' },
    ]);
  });
});
