import { describe, expect, test } from 'vitest';
import { globMatches } from '../core/glob.ts';
import type { Claim, OwnerAssertion } from '../core/owner.ts';
import { isoDate } from '../core/time.ts';
import { credential, person, type Item } from '../sdk/records.ts';
import { assign, indexAssertions } from './assign.ts';
import { joinPeople, type People } from './people.ts';

const NOW = Date.UTC(2026, 10, 21);
const AWAY = Date.UTC(2026, 5, 1);
const SOURCE = 'n8n:main';

function directory(...entries: readonly Item<'person'>[]): People {
  return joinPeople(
    entries.map(({ record }) => ({ source: 'people:acme', record })),
    NOW,
  );
}

const listed = (id: string, more: object = {}) =>
  person({ id, name: id, status: 'active', emails: [`${id}@acme.example`], logins: [id], directory: true, ...more });
const people = directory(
  listed('ada', { external: true, manager: 'eve' }),
  listed('bob', { status: 'deprovisioned', leftAt: AWAY }),
  listed('cem'),
  listed('crew', { type: 'group', members: ['bob'] }),
);

const claim = (who: string, more: Partial<Claim> = {}): Claim => ({
  role: 'accountable',
  person: `person:${who}`,
  name: who,
  state: 'active',
  basis: 'platform-owner',
  rel: 'owned-by',
  confidence: 'high',
  reason: 'r',
  ...more,
});
const said = (who: string, more: Partial<OwnerAssertion> = {}): OwnerAssertion => ({
  subject: { match: '*' },
  role: 'accountable',
  person: who,
  basis: 'mapping',
  ...more,
});
const owners = (claims: readonly Claim[], ...assertions: readonly OwnerAssertion[]) =>
  assign(SOURCE, claims, assertions, people);

describe('whoever is chosen', () => {
  const left = claim('bob', { state: 'left' });
  const unknown = claim('dan', { state: 'unknown' });

  test('is the strongest who is here, else of whom nobody knows, else the strongest of all', () => {
    expect(owners([left, unknown, claim('cem'), claim('ada')]).accountable?.name).toBe('cem');
    expect(owners([left, unknown]).accountable?.name).toBe('dan');
    expect(owners([left, claim('fay', { state: 'left' })]).accountable?.name).toBe('bob');
    expect(owners([])).toEqual({ claims: [] });
  });

  test('has a part of their own', () => {
    const claims = [claim('ada', { role: 'technical' }), claim('cem'), claim('eve', { role: 'backup' })];
    expect(owners(claims)).toMatchObject({
      accountable: { name: 'cem' },
      technical: { name: 'ada' },
      backup: { name: 'eve' },
    });
  });

  test.each<[string, Claim, string | undefined]>([
    ['a second owner who is here', claim('ada'), 'ada'],
    ['nobody for the owner alone', claim('cem'), undefined],
    ['nobody who has left', left, undefined],
    ['nobody who only made it', claim('ada', { rel: 'created-by' }), undefined],
    ['nobody who has another part', claim('ada', { role: 'technical' }), undefined],
  ])('is stood in for by %s', (_what, other, backup) => {
    expect(owners([claim('cem'), other]).backup?.name).toBe(backup);
  });
});

describe('what people said', () => {
  test('comes before all evidence on the part that they spoke of, and leaves the others', () => {
    const evidence = [claim('cem'), claim('cem', { role: 'technical' })];
    const { claims, accountable, technical } = owners(evidence, said('ada@acme.example'));
    expect([accountable?.name, technical?.name]).toEqual(['ada', 'cem']);
    expect(claims.map(({ role, name }) => [role, name])).toEqual([
      ['accountable', 'ada'],
      ['technical', 'cem'],
    ]);
  });

  test('in the register comes before the configuration, and the newest first', () => {
    const first = said('ada', { basis: 'confirmed', at: NOW - 2 });
    const then = said('eve', { basis: 'confirmed', at: NOW - 1 });
    for (const order of [
      [said('cem'), first, then],
      [then, first, said('cem')],
    ])
      expect(owners([], ...order).claims.map(({ name }) => name)).toEqual(['eve', 'ada', 'cem']);
  });

  test('of somebody in a directory says who that is', () => {
    expect(owners([], said('ADA@acme.example', { at: NOW })).accountable).toEqual({
      role: 'accountable',
      person: 'person:ada',
      name: 'ada',
      email: 'ada@acme.example',
      state: 'active',
      external: true,
      manager: 'eve',
      basis: 'mapping',
      rel: 'owned-by',
      confidence: 'high',
      reason: 'owner mapping in the configuration',
      at: NOW,
    });
    expect(owners([], said('bob')).accountable).toMatchObject({ state: 'left', leftAt: AWAY });
  });

  test('of a group that everybody has left names nobody who is here', () => {
    expect(owners([], said('crew')).accountable).toMatchObject({ impersonal: 'group', state: 'left' });
  });

  test.each([
    ['Zoe@Else.example', { person: 'person:zoe@else.example', email: 'zoe@else.example' }],
    ['Zoe', { person: 'person:zoe' }],
  ])('of a stranger keeps what was said: %s', (name, who) => {
    const { accountable } = owners([], said(name));
    expect(accountable).toMatchObject({ name, state: 'unknown', ...who });
    expect(accountable).not.toHaveProperty('at');
    expect(Object.hasOwn(accountable ?? {}, 'email')).toBe(name.includes('@'));
  });

  test.each([
    [{ by: 'ada@acme.example', at: NOW }, `recorded in the register by ada on ${isoDate(NOW)}`],
    [{ by: 'Zoe' }, 'recorded in the register by Zoe'],
    [{}, 'recorded in the register'],
  ])('says by whom it was recorded and when: %o', (how, reason) => {
    expect(owners([], said('cem', { basis: 'confirmed', ...how })).accountable?.reason).toBe(reason);
  });
});

describe('a confirmation', () => {
  const confirmed = (more: Partial<OwnerAssertion> = {}) =>
    said('cem', { basis: 'confirmed', by: 'cem@acme.example', at: NOW, scopes: ['read'], ...more });

  test("is the owner's own word, whatever they call themselves, and the last one counts", () => {
    const again = confirmed({ by: 'cem', at: NOW + 1, scopes: ['write'] });
    expect(owners([], confirmed())).toMatchObject({ confirmedAt: NOW, confirmedScopes: ['read'] });
    expect(owners([], confirmed(), again)).toMatchObject({ confirmedAt: NOW + 1, confirmedScopes: ['write'] });
    expect(owners([], again, confirmed())).toMatchObject({ confirmedAt: NOW + 1, confirmedScopes: ['write'] });
    const stranger = owners([], confirmed({ person: 'zoe', by: 'Zoe' }));
    expect(stranger.confirmedAt).toBe(NOW);
  });

  test.each([
    ['somebody else’s word', { by: 'ada' }],
    ['the configuration', { basis: 'mapping' as const }],
    ['a word on another part', { role: 'technical' as const }],
    ['nobody’s word', { by: undefined }],
    ['a word of no date', { at: undefined }],
  ])('is not %s', (_what, more) => {
    const rest = Object.fromEntries(Object.entries({ ...confirmed(), ...more }).filter(([, value]) => value));
    const ownership = owners([claim('cem')], rest as unknown as OwnerAssertion);
    expect(ownership.accountable?.name).toBe('cem');
    expect(ownership).not.toHaveProperty('confirmedAt');
    expect(ownership).not.toHaveProperty('confirmedScopes');
  });
});

test('words are found by exact address, all of them, and by patterns over source, kind and name', () => {
  const { record } = credential({ id: 'k1', name: 'Payroll key', type: 'api-key', status: 'active' });
  const exact = { subject: { source: SOURCE, kind: 'credential', id: 'k1' } } as const;
  const [one, two] = [said('ada', exact), said('cem', { ...exact, role: 'backup' })];
  const pattern = (match: string) => said('eve', { subject: { match } });
  const found = (...all: OwnerAssertion[]) => indexAssertions(all, globMatches).for(SOURCE, record);
  expect(found(one, two)).toEqual([one, two]);
  expect(found(said('ada', { subject: { ...exact.subject, id: 'k2' } }))).toEqual([]);
  const fits = pattern('n8n:*/credential/Payroll*');
  expect(found(pattern('n8n:*/workflow/*'), one, fits)).toEqual([one, fits]);
});
