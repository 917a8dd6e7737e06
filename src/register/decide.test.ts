import { describe, expect, test } from 'vitest';
import { flow, key, owned, pageOf } from '../../test/helpers/in-store.ts';
import {
  NOW,
  accept,
  as,
  observation,
  policy,
  registerWith,
  scanned,
  somebody,
} from '../../test/helpers/register-with.ts';
import { firstBreak } from '../core/chain.ts';
import { foundId } from '../core/match.ts';
import type { Ownership } from '../core/owner.ts';
import { policySchema } from '../core/policy.ts';
import type { Joined } from '../core/ports.ts';
import { DAY } from '../core/time.ts';
import { assignFinding, confirmOwner, request, review } from './decide.ts';

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

  test('to take a decision back takes one person, and a decision that there is', async () => {
    const finding = observation('high');
    const store = await registerWith(finding);
    const back = { kind: 'withdraw', finding: finding.id, reason: 'we will mend it' } as const;
    await expect(request(store, policy, back, as('rita'), NOW)).rejects.toThrow(/nothing is decided/);
    await request(store, policy, { ...back, kind: 'false-positive' }, as('rita'), NOW);
    await review(store, policy, { finding: finding.id, approve: true }, as('anna'), NOW);
    expect(await store.findings.get(finding.id)).toMatchObject({ disposition: 'false-positive' });
    expect((await request(store, policy, back, as('olga'), NOW)).status).toBe('effective');
    expect(await store.findings.get(finding.id)).toMatchObject({ disposition: 'none' });
    await request(store, policy, accept(finding.id), as('rita'), NOW);
    expect((await request(store, policy, back, as('olga'), NOW)).status).toBe('effective');
    expect(await store.register.decisions({ status: 'pending' })).toEqual([]);
  });

  test('an acceptance that would be over by now is not approved', async () => {
    const finding = observation('high');
    const store = await registerWith(finding);
    await request(store, policy, accept(finding.id), as('rita'), NOW);
    const later = review(store, policy, { finding: finding.id, approve: true }, as('anna'), NOW + 11 * DAY);
    await expect(later).rejects.toThrow(/in the past/);
  });

  test('whom a platform names as an owner may not decide, also where somebody else is held accountable', async () => {
    const finding = observation('high', 'flow', { owner: 'person:olga' });
    const store = await registerWith(finding);
    const claim = await store.runs.claim('files:x', 's', NOW, DAY);
    await store.runs.page(claim, pageOf(flow('flow', [])), NOW);
    const [olga] = owned('person:olga', 'active').claims;
    const [rita] = owned('person:rita', 'active').claims;
    const ownership = {
      accountable: olga,
      claims: [olga, rita, { ...rita, person: 'person:anna', rel: 'created-by' }],
    };
    await Array.fromAsync(store.records.joined('workflow', { attribute: () => ownership as Ownership }));
    await expect(request(store, policy, accept(finding.id), as('rita'), NOW)).rejects.toThrow(/rita owns this/);
    expect((await request(store, policy, accept(finding.id), as('anna'), NOW)).status).toBe('pending');
  });

  test('of a secret that lies in several places, nobody decides who answers for one of them', async () => {
    const secret = foundId('abc');
    const places = { 'files:x': 'olga', 'n8n:hq': 'rita' };
    const store = await registerWith(
      observation('high', 'key', {
        subject: { source: '*', kind: 'credential', id: secret, name: 'Key' },
        evidence: Object.keys(places).map((source) => ({ fact: 'found in', value: 'a step', source })),
      }),
    );
    for (const source of Object.keys(places)) {
      const claim = await store.runs.claim(source, 's', NOW, DAY);
      await store.runs.page(claim, pageOf(key(secret)), NOW);
    }
    const attribute = ({ source }: Joined) => owned(`person:${places[source as keyof typeof places]}`, 'active');
    await Array.fromAsync(store.records.joined('credential', { attribute }));
    const [finding] = (await Array.fromAsync(store.findings.list({}))).flat();
    const asked = (name: string) => request(store, policy, accept(finding?.id ?? ''), as(name), NOW);
    await expect(asked('olga')).rejects.toThrow(/olga owns this/);
    await expect(asked('rita')).rejects.toThrow(/rita owns this/);
    expect((await asked('anna')).ownersThen).toEqual(['person:olga', 'person:rita']);
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
