import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Decision } from '../../../src/core/decision.ts';
import { findingId } from '../../../src/core/identity.ts';
import type { Store } from '../../../src/core/ports.ts';
import type { AnyRecord } from '../../../src/core/record.ts';
import { findingFact } from '../../../src/core/told.ts';
import { SOURCE, all, flat, observation, scan } from '../../helpers/in-store.ts';

/** What a file holds: a workflow with the id that its platform gave it, and the address that starts it. */
function held(path: string, own = '7'): AnyRecord[] {
  const at = { path };
  const graph = { steps: [], edges: [], triggers: [] };
  const id = `${path}#${own}`;
  return [
    { kind: 'workflow', id, name: 'Orders', platform: 'n8n', format: 'n8n-workflow', state: 'active', graph, at },
    {
      kind: 'endpoint',
      id: `${id}/hook`,
      name: 'hook',
      type: 'webhook',
      direction: 'inbound',
      authentication: 'none',
      at,
    },
  ];
}

function about(id: string, kind: 'workflow' | 'endpoint' = 'endpoint', discriminator = '') {
  const subject = { source: SOURCE, kind, id, name: 'hook' };
  return observation(id, { subject, discriminator, id: findingId({ check: 'CRD-01', subject, discriminator }) });
}

/** What every engine must do with a file that has another path since the last read. */
export function movesSuite(name: string, open: () => Promise<Store>): void {
  describe(`files that move, on ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    const observe = async (...observed: readonly ReturnType<typeof about>[]) => {
      const subjects = observed.map(({ subject }) => ({ ...subject, unknown: [] }));
      await store.findings.observe({ subjects, observed }, 1, 10);
    };

    test('take along what was found in them, with its history and all that was decided and told', async () => {
      await scan(store, held('a/x'), 10);
      const [old, young] = [about('a/x#7/hook', 'endpoint', 'a/x 1'), about('b/Y#7/hook', 'endpoint', 'b/Y 1')];
      await observe(old);
      const was = await store.findings.get(old.id);
      if (was === undefined) throw new Error('it was just observed');
      await store.findings.apply(old.id, { ...was, disposition: 'accepted', dispositionUntil: 99 }, []);
      await store.register.putDecision(decision('d1', old.id));
      await store.register.putDecision(decision('d2', `${SOURCE}/workflow/a/x#7`));
      const others = [
        { ...confirmed('a/x#7'), subject: { match: 'files:*/workflow/*' } },
        confirmed('a/x#7', 'n8n:else'),
      ];
      for (const assertion of [confirmed('a/x#7'), ...others]) await store.owners.assert(assertion);
      await store.told.mark('team', [findingFact('new', old.id)], 11);

      const { swept } = await scan(store, held('b/Y'), 20);
      expect(swept).toEqual({ gone: 0, moved: 2 });
      expect(await store.findings.get(old.id)).toBeUndefined();
      expect(await store.findings.get(young.id)).toMatchObject({
        subject: { id: 'b/Y#7/hook' },
        discriminator: 'b/Y 1',
        disposition: 'accepted',
        evidence: old.evidence,
        checkVersion: old.checkVersion,
        firstSeen: 10,
        openedAt: 10,
      });
      const events = await store.findings.events(young.id);
      expect(events.map(({ type, note }) => [type, note])).toEqual([
        ['opened', 'high, owner nobody'],
        ['moved', `a/x → b/Y; its id was ${old.id}`],
      ]);
      expect(await store.register.decisions({ subject: young.id })).toMatchObject([{ id: 'd1', subject: young.id }]);
      expect(await store.register.decisions({ subject: `${SOURCE}/workflow/b/Y#7` })).toMatchObject([{ id: 'd2' }]);
      const assertions = await store.owners.assertions();
      expect(assertions).toHaveLength(3);
      expect(assertions).toEqual(expect.arrayContaining([confirmed('b/Y#7'), ...others]));
      const facts = [old.id, young.id].map((id) => findingFact('new', id));
      expect([...(await store.told.when('team', facts))]).toEqual([[facts[1], 11]]);
      expect(await flat(store.findings.list({ text: 'b/y' }))).toHaveLength(1);
      await observe(young);
      expect(await store.findings.count({})).toMatchObject({ total: 1 });
    });

    test('leave to others what is found and decided of them, however alike their ids are', async () => {
      await scan(store, [...held('a/x'), ...held('z/stays')], 10);
      await scan(store, [...held('a/x'), ...held('b/Y').slice(0, 1)], 10, { source: 'n8n:else' });
      const other = { source: 'n8n:else', kind: 'endpoint', id: 'a/x#7/hook', name: 'hook' } as const;
      const namesake = observation('namesake', { subject: other });
      const others = [namesake, about('z/stays#7/hook'), about('a/x#7', 'workflow')];
      for (const one of [about('a/x#7/hook'), ...others]) {
        await observe(one);
        await store.register.putDecision(decision(`of ${one.id}`, one.id));
        await store.told.mark('team', [findingFact('new', one.id)], 11);
      }
      const asking = [...held('z/stays'), ...held('a/x')].map(({ kind, id }) => ({ kind, id }));
      const elsewhere = async () => ({
        findings: await Promise.all(others.slice(0, 2).map(({ id }) => store.findings.get(id))),
        events: await Promise.all(others.slice(0, 2).map(({ id }) => store.findings.events(id))),
        decisions: await Promise.all(others.slice(0, 2).map(({ id }) => store.register.decisions({ subject: id }))),
        told: await store.told.when(
          'team',
          others.slice(0, 2).map(({ id }) => findingFact('new', id)),
        ),
        histories: await Promise.all(asking.map((at) => store.records.history({ source: 'n8n:else', ...at }))),
        stays: await store.records.get({ source: SOURCE, kind: 'workflow', id: 'z/stays#7' }),
      });
      const before = await elsewhere();
      expect((await scan(store, [...held('b/Y'), ...held('z/stays')], 20)).swept).toEqual({ gone: 0, moved: 2 });
      expect(await elsewhere()).toEqual(before);
      const moved = [about('b/Y#7/hook'), about('b/Y#7', 'workflow')];
      for (const { id } of moved) expect(await store.register.decisions({ subject: id })).toHaveLength(1);
      expect(await store.findings.count({})).toMatchObject({ total: 4 });
    });

    test('are not missed, and what they hold has been there since', async () => {
      await scan(store, held('a/x'), 10);
      await scan(store, held('b/y'), 20);
      expect((await all(store, 'workflow')).map(({ id }) => id)).toEqual(['b/y#7']);
      expect(await flat(store.records.vanished('workflow', 0))).toEqual([]);
      const history = async (id: string) => store.records.history({ source: SOURCE, kind: 'workflow', id });
      expect(await history('a/x#7')).toMatchObject([
        { type: 'appeared', at: 10 },
        { type: 'vanished', at: 20, fields: ['moved to b/y'] },
      ]);
      expect(await history('b/y#7')).toMatchObject([{ type: 'appeared', at: 10 }]);
    });

    test('do not stop a scan as if many things had gone at once', async () => {
      const files = Array.from({ length: 30 }, (_, n) => n);
      await scan(
        store,
        files.flatMap((n) => held(`a/${n}`, `id${n}`)),
        10,
      );
      const moved = files.flatMap((n) => held(`b/${n}`, `id${n}`));
      expect((await scan(store, moved, 20)).swept).toEqual({ gone: 0, moved: 60 });
      expect((await scan(store, moved.slice(2), 30)).swept).toEqual({ gone: 2 });
    });

    test('are told again when they move back, and not only once', async () => {
      await scan(store, held('a/x'), 10);
      const [first, second] = [about('a/x#7/hook'), about('b/y#7/hook')];
      await observe(first);
      await store.told.mark('team', [findingFact('new', first.id)], 11);
      await scan(store, held('b/y'), 20);
      expect((await scan(store, held('a/x'), 30)).swept).toEqual({ gone: 0, moved: 2 });
      expect((await scan(store, held('b/y'), 40)).swept).toEqual({ gone: 0, moved: 2 });
      expect((await flat(store.findings.list({}))).map(({ id, firstSeen }) => [id, firstSeen])).toEqual([
        [second.id, 10],
      ]);
      expect((await store.findings.events(second.id)).map(({ type }) => type)).toEqual([
        'opened',
        'moved',
        'moved',
        'moved',
      ]);
      expect([...(await store.told.when('team', [findingFact('new', second.id)])).values()]).toEqual([11]);
    });

    test('leave what is no more within them as what it is: gone', async () => {
      await scan(store, held('a/x'), 10);
      expect((await scan(store, held('b/y').slice(0, 1), 20)).swept).toEqual({ gone: 1, moved: 1 });
    });

    test('and what is found at both places is two findings', async () => {
      await scan(store, held('a/x'), 10);
      await observe(about('a/x#7/hook'));
      await scan(store, held('b/y'), 20, { outcome: 'partial' });
      await observe(about('b/y#7/hook'));
      await scan(store, held('b/y'), 30);
      expect((await flat(store.findings.list({}))).map(({ subject }) => subject.id).toSorted()).toEqual([
        'a/x#7/hook',
        'b/y#7/hook',
      ]);
    });

    test('when nobody can tell, because a copy came too, are gone and new', async () => {
      await scan(store, held('a/x'), 10);
      expect((await scan(store, [...held('b/x'), ...held('c/x')], 20)).swept).toEqual({ gone: 2 });
    });
  });
}

function decision(id: string, subject: string): Decision {
  return {
    id,
    kind: 'accept',
    subject,
    requestedBy: 'person:ann',
    requestedAt: 11,
    reason: 'r',
    status: 'effective',
    ownersThen: [],
  };
}

function confirmed(id: string, source = SOURCE) {
  const subject = { source, kind: 'workflow', id } as const;
  return { subject, role: 'accountable', person: 'person:ann', basis: 'confirmed' } as const;
}
