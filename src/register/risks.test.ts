import { describe, expect, test } from 'vitest';
import { NOW, as, observation, policy, registerWith, scanned } from '../../test/helpers/register-with.ts';
import { loadMatrix } from '../config/matrices.ts';
import { loadThreats } from '../config/threats.ts';
import type { Store } from '../core/ports.ts';
import { DAY } from '../core/time.ts';
import { request } from './decide.ts';
import { nameRiskOwner } from './risk-owners.ts';
import { updateRisks } from './risks.ts';
import { reviewTreatment, treat } from './treat.ts';

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

  test('those who are here come before those who have left, whosever most findings are', async () => {
    const of = (name: string, owner: string) => observation('low', name, { owner: `person:${owner}` });
    const mostlyGone = await registerWith(of('a', 'gone'), of('b', 'gone'), of('c', 'rita'));
    await updateRisks(mostlyGone, options);
    const [risk] = (await Array.fromAsync(mostlyGone.register.risks())).flat();
    expect(risk).toMatchObject({ accountable: 'person:rita', findingOwners: ['person:rita'] });
    expect(risk).not.toHaveProperty('backup');
    const allGone = await registerWith(of('a', 'gone'));
    await updateRisks(allGone, options);
    expect(await theRisk(allGone)).toMatchObject({ accountable: 'person:gone' });
    const two = await registerWith(of('a', 'rita'), of('b', 'anna'), of('c', 'anna'), of('d', 'olga'));
    await updateRisks(two, options);
    expect(await theRisk(two)).toMatchObject({ accountable: 'person:anna', backup: 'person:olga' });
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
