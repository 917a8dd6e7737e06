import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ownership } from '../../../src/core/owner.ts';
import type { Store } from '../../../src/core/ports.ts';
import { key, ref, claim, owned, joined, scan, flat } from '../../helpers/in-store.ts';

/** Who answers for what, and under which names people are found. */
export function ownersSuite(name: string, open: () => Promise<Store>): void {
  describe(`owners on ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    beforeEach(() => scan(store, [key('a'), key('b'), key('c')], 1));

    test('the same again writes nothing', async () => {
      const batch = [{ ref: ref('a'), ownership: owned('person:ann', 'active') }];
      expect(await store.owners.put(batch)).toBe(1);
      expect(await store.owners.put(batch)).toBe(0);
      expect(await store.owners.get(ref('a'))).toEqual(owned('person:ann', 'active'));
      const confirmed = { ...owned('person:ann', 'active'), confirmedAt: 7, confirmedScopes: ['read'] };
      expect(await store.owners.put([{ ref: ref('a'), ownership: confirmed }])).toBe(1);
      expect(await store.owners.get(ref('a'))).toEqual(confirmed);
      expect(await store.owners.put([{ ref: ref('unheard-of'), ownership: owned('x', 'left') }])).toBe(0);
    });

    test('an orphan is a record whose every accountable person has left', async () => {
      const mixed: Ownership = { claims: [claim('person:ann', 'left'), claim('person:bob', 'active')] };
      await store.owners.put([
        { ref: ref('a'), ownership: owned('person:ann', 'left') },
        { ref: ref('b'), ownership: mixed },
      ]);
      const tally = await flat(store.owners.tally());
      expect(tally.map(({ kind, records, ownership }) => [kind, records, ownership.claims.length])).toEqual(
        expect.arrayContaining([['credential', 1, 1]]),
      );
      expect(tally.reduce((sum, { records }) => sum + records, 0)).toBe(2);
      expect((await flat(store.owners.orphans())).map((orphan) => orphan.ref.id)).toEqual(['a']);
      expect((await flat(store.owners.ownedBy('person:ann'))).map((held) => held.ref)).toEqual([ref('a'), ref('b')]);
      await store.owners.put([{ ref: ref('a'), ownership: owned('person:bob', 'active') }]);
      expect(await flat(store.owners.orphans())).toEqual([]);
      expect((await flat(store.owners.ownedBy('person:ann'))).map((held) => held.ref.id)).toEqual(['b']);
    });

    test('who only looks after a record makes no orphan of it, and keeps none from being one', async () => {
      const looksAfter = (person: string, state: 'active' | 'left') =>
        ({ ...claim(person, state), role: 'technical' }) as const;
      await store.owners.put([
        { ref: ref('a'), ownership: { claims: [claim('person:ann', 'left'), looksAfter('person:bob', 'active')] } },
        { ref: ref('b'), ownership: { claims: [looksAfter('person:ann', 'left')] } },
        { ref: ref('c'), ownership: { claims: [] } },
      ]);
      expect((await flat(store.owners.orphans())).map((orphan) => orphan.ref.id)).toEqual(['a']);
    });

    test('what is gone is nobody’s, and no orphan', async () => {
      const ownership = owned('person:ann', 'left');
      await store.owners.put(['a', 'b'].map((id) => ({ ref: ref(id), ownership })));
      await scan(store, [key('a'), key('c')], 2);
      const ids = async (pages: ReturnType<Store['owners']['orphans']>) =>
        (await flat(pages)).map((each) => each.ref.id);
      expect([await ids(store.owners.orphans()), await ids(store.owners.ownedBy('person:ann'))]).toEqual([
        ['a'],
        ['a'],
      ]);
      expect((await flat(store.owners.tally())).map(({ records }) => records)).toEqual([1]);
      expect([await store.owners.get(ref('b')), await store.owners.get(ref('c'))]).toEqual([undefined, { claims: [] }]);
    });

    test('assertions are kept, one for each subject and role', async () => {
      const assertion = {
        subject: ref('a'),
        role: 'accountable',
        person: 'ann@acme.example',
        basis: 'confirmed',
        at: 1,
      } as const;
      await store.owners.assert(assertion);
      await store.owners.assert({ ...assertion, person: 'bob@acme.example' });
      expect(await store.owners.assertions()).toEqual([{ ...assertion, person: 'bob@acme.example' }]);
    });

    test('people are found under every name they go by, and replaced as a whole', async () => {
      await store.owners.putPeople([[joined('ann', ['a.smith', 'shared']), joined('bob', ['shared'])]], 1);
      // The last is an id that she had before another directory was read.
      for (const asked of ['person:ann', 'ANN@acme.example', 'A.Smith', 'person:a.smith']) {
        expect((await store.owners.person(asked))?.id).toBe('person:ann');
      }
      expect(await store.owners.person('shared')).toBeUndefined();
      // Somebody’s own address, in whichever case it is listed, is not who else signs in by it.
      const listed = { ...joined('ann', []), email: 'Ann@acme.example' };
      await store.owners.putPeople([[listed, joined('aaa', ['ann@ACME.example', 'PERSON:ANN'])]], 1);
      for (const asked of ['ann@acme.example', 'person:ann'])
        expect((await store.owners.person(asked))?.id).toBe('person:ann');
      await store.owners.putPeople([[joined('bob', ['shared'])]], 2);
      expect(await store.owners.person('ann@acme.example')).toBeUndefined();
      expect((await store.owners.person('shared'))?.id).toBe('person:bob');
      expect(await flat(store.owners.people())).toEqual([joined('bob', ['shared'])]);
    });
  });
}
