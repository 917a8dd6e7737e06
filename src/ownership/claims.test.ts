import { describe, expect, test } from 'vitest';
import { NOW, ada, bob, directory, flow, team } from '../../test/helpers/acme-people.ts';
import type { Attribution } from '../core/attribution.ts';
import type { Person, Workflow } from '../core/record.ts';
import { attributed, connection, container, identity, person } from '../sdk/records.ts';
import { assign } from './assign.ts';
import { claimsOf } from './claims.ts';
import { joinPeople, type People } from './people.ts';

function ownershipOf(record: Workflow, people: People) {
  return assign('n8n:main', claimsOf({ source: 'n8n:main', record }, [], people), [], people);
}

describe('owners', () => {
  test('the owner field beats the creator, and says why', () => {
    const people = directory(ada, bob);
    const owned = ownershipOf(
      flow(
        attributed('created-by', { email: 'bob@acme.example' }, 'creator-field'),
        attributed('owned-by', { email: 'ada@acme.example' }, 'platform-owner', { evidence: 'shared.project' }),
      ),
      people,
    );
    expect(owned.accountable).toMatchObject({
      person: 'person:e1',
      confidence: 'high',
      reason: 'named as owner (shared.project)',
    });
    expect(owned.claims.filter(({ role }) => role === 'accountable')).toHaveLength(1);
  });

  test('a record is no orphan while one co-owner is here', () => {
    const people = directory(ada, bob);
    const owned = ownershipOf(
      flow(
        attributed('owned-by', { email: 'bob@acme.example' }, 'platform-owner'),
        attributed('owned-by', { email: 'ada@acme.example' }, 'platform-owner'),
      ),
      people,
    );
    expect(owned.accountable?.person).toBe('person:e1');
    expect(owned.claims.map(({ state }) => state)).toEqual(expect.arrayContaining(['active', 'left']));
  });

  test('of two who are named alike, the organisation’s own comes first', () => {
    const agency = person({
      id: 'a0',
      name: 'Agency',
      status: 'active',
      logins: ['agency'],
      external: true,
      directory: true,
    });
    const record = flow(
      attributed('owned-by', { login: 'agency' }, 'codeowners'),
      attributed('owned-by', { login: 'abyron' }, 'codeowners'),
    );
    expect(ownershipOf(record, directory(agency, ada)).accountable?.name).toBe('Ada Byron');
  });

  test('a group is here as long as one member is', () => {
    const named = attributed('owned-by', { login: 'g1' }, 'tag');
    expect(ownershipOf(flow(named), directory(ada, bob, team)).accountable).toMatchObject({
      state: 'active',
      impersonal: 'group',
    });
    const gone: Person = { ...team.record, members: ['bob@acme.example'] };
    const people = joinPeople(
      [bob.record, gone].map((record) => ({ source: 'people:acme', record })),
      NOW,
    );
    expect(ownershipOf(flow(named), people).accountable?.state).toBe('left');
  });

  test('somebody nobody has read about is unknown, never gone', () => {
    const owned = ownershipOf(
      flow(attributed('owned-by', { email: 'who@acme.example' }, 'platform-owner')),
      directory(ada),
    );
    expect(owned.accountable).toMatchObject({
      state: 'unknown',
      person: 'person:who@acme.example',
      confidence: 'medium',
    });
  });

  test('whom other sources name for the same thing, in their words, where its own source names nobody', () => {
    const people = directory(ada, bob);
    const seen = identity({
      id: 'integration-key/k',
      name: 'Integration k',
      type: 'integration',
      status: 'active',
      platform: 'docusign',
    });
    const onTheList = (email: string) =>
      identity({
        id: 'robot',
        name: 'Contract robot',
        type: 'integration',
        status: 'active',
        platform: 'docusign',
        attributions: [attributed('owned-by', { email }, 'platform-owner', { evidence: 'row 1' })],
      }).record;
    const same = [{ source: 'attested:keys', record: onTheList('ada@acme.example') }];
    const claimed = { source: 'docusign:eu', record: seen.record, same };
    const holder = { record: onTheList('bob@acme.example'), why: 'used by' };
    expect(claimsOf(claimed, [[holder]], people)).toMatchObject([
      {
        role: 'accountable',
        name: 'Ada Byron',
        confidence: 'high',
        reason: 'known as "Contract robot" in attested:keys: named as owner (row 1)',
      },
    ]);
    const own = onTheList('bob@acme.example');
    expect(claimsOf({ ...claimed, record: own }, [], people).map(({ name }) => name)).toEqual(['Bob Leaver']);
    expect(claimsOf({ ...claimed, same: [] }, [[holder]], people).map(({ name }) => name)).toEqual(['Bob Leaver']);
  });

  test("a record without a name of its own borrows its holder's people, one step weaker", () => {
    const people = directory(ada);
    const holder = flow(attributed('owned-by', { email: 'ada@acme.example' }, 'platform-owner'));
    const [claim] = claimsOf(
      { source: 'n8n:main', record: flow() },
      [[{ record: holder, why: 'part of workflow' }]],
      people,
    );
    expect(claim).toMatchObject({ person: 'person:e1', confidence: 'low', basis: 'container-owner' });
    expect(claim?.reason).toBe('part of workflow "Invoices": named as owner (platform owner)');
  });

  test('who made the place counts for less than whom the place itself names', () => {
    const people = directory(ada, bob);
    const record = flow(
      attributed('owned-by', { email: 'bob@acme.example' }, 'container-owner', { evidence: 'shared.project' }),
      attributed('edited-by', { email: 'bob@acme.example' }, 'editor-field'),
    );
    const project = (...attributions: (Attribution | undefined)[]) => [
      [{ record: container({ id: 'p1', name: 'Finance', type: 'project', attributions }).record, why: 'part of' }],
    ];
    const led = project(attributed('owned-by', { email: 'ada@acme.example' }, 'platform-owner'));
    expect(claimsOf({ source: 'n8n:main', record }, led, people).map(({ role, name }) => [role, name])).toEqual([
      ['accountable', 'Ada Byron'],
      ['technical', 'Bob Leaver'],
    ]);
    const unled = project(attributed('created-by', { email: 'ada@acme.example' }, 'creator-field'));
    expect(claimsOf({ source: 'n8n:main', record }, unled, people)[0]).toMatchObject({ name: 'Bob Leaver' });
  });
});

describe('candidates', () => {
  const agency = person({
    id: 'a0',
    name: 'Agency',
    status: 'active',
    logins: ['agency'],
    external: true,
    directory: true,
  });
  const cem = person({ id: 'e3', name: 'Cem Kaya', status: 'active', logins: ['cem'], directory: true });
  const people = directory(ada, bob, cem, agency);
  const says = (
    login: string,
    rel: Attribution['rel'] = 'owned-by',
    basis: Attribution['basis'] = 'tag',
    more: Partial<Attribution> = {},
  ) => attributed(rel, { login }, basis, more);
  const claims = (...attributions: readonly (Attribution | undefined)[]) =>
    claimsOf({ source: 'n8n:main', record: flow(...attributions) }, [], people);
  const first = (...attributions: readonly (Attribution | undefined)[]) => claims(...attributions)[0]?.name;

  test.each<[string, Attribution | undefined, Attribution | undefined]>([
    ['of stronger evidence, also of somebody who has left', says('e2'), says('abyron', 'owned-by', 'codeowners')],
    ['who is here before whom nobody knows', says('abyron'), says('zoe')],
    ['whom nobody knows before who has left', says('zoe'), says('e2')],
    [
      'of the organisation before an outsider',
      says('abyron', 'owned-by', 'tag', { at: 1 }),
      says('agency', 'owned-by', 'tag', { at: 2 }),
    ],
    [
      'named last before who was named earlier',
      says('cem', 'owned-by', 'tag', { at: 2 }),
      says('abyron', 'owned-by', 'tag', { at: 1 }),
    ],
    ['with a date before one without', says('cem', 'owned-by', 'tag', { at: 2 }), says('abyron')],
    ['alike in everything, by their ids', says('abyron'), says('cem')],
  ])('come in order: who is named %s', (_what, before, after) => {
    expect([first(before, after), first(after, before)]).toEqual([first(before), first(before)]);
  });

  test('are each named once in a part, by the strongest evidence', () => {
    const twice = claims(says('abyron', 'owned-by', 'codeowners'), says('abyron', 'owned-by', 'tag'));
    expect(twice.map(({ role, basis }) => [role, basis])).toEqual([['accountable', 'tag']]);
  });

  test('who made or changed it are asked where nobody answers for it, and may know how it works in any case', () => {
    const made = says('abyron', 'created-by', 'creator-field');
    const changed = says('cem', 'edited-by', 'editor-field');
    const parts = (...attributions: readonly (Attribution | undefined)[]) =>
      claims(...attributions).map(({ role, name }) => `${role} ${name}`);
    const knowing = ['technical Ada Byron', 'technical Cem Kaya'];
    expect(parts(made, changed).toSorted()).toEqual(['accountable Ada Byron', 'accountable Cem Kaya', ...knowing]);
    expect(parts(made, changed, says('agency')).toSorted()).toEqual(['accountable Agency', ...knowing]);
    expect(parts(made, says('cem', 'operated-by')).toSorted()).toEqual(['accountable Ada Byron', ...knowing]);
    expect(parts(says('cem', 'reviewed-by'), says('cem', 'approved-by'), says('cem', 'published-by'))).toEqual([]);
    expect(parts(says('cem', 'backed-up-by'))).toEqual(['backup Cem Kaya']);
  });

  test('a connection has its account, until somebody is named', () => {
    const runsOn = (...attributions: Attribution[]) => {
      const { record } = connection({
        id: 'c',
        name: 'Mail',
        connector: 'gmail',
        account: { login: 'cem' },
        attributions,
      });
      return claimsOf({ source: 'n8n:main', record }, [], people).filter(({ role }) => role === 'accountable');
    };
    expect(runsOn()).toMatchObject([
      { name: 'Cem Kaya', basis: 'naming', confidence: 'low', reason: 'named as owner (the account that it runs on)' },
    ]);
    const owner = says('abyron');
    expect(runsOn(...(owner ? [owner] : [])).map(({ name }) => name)).toEqual(['Ada Byron']);
  });

  test.each<[Attribution['who'], object]>([
    [{ name: 'Zoe Roe' }, { person: 'name:zoe roe', name: 'Zoe Roe' }],
    [{ name: 'Zoe <Zoe@Else.example>' }, { person: 'person:zoe@else.example', name: 'Zoe', email: 'zoe@else.example' }],
    [
      { email: 'Zoe@Else.example', login: 'z' },
      { person: 'person:zoe@else.example', name: 'zoe@else.example' },
    ],
    [
      { login: 'Zoe', id: '7' },
      { person: 'name:zoe', name: 'Zoe' },
    ],
    [{ id: 'U7' }, { person: 'name:u7', name: 'U7' }],
    [{}, { person: 'name:somebody', name: 'somebody' }],
  ])('whom no directory knows keep what was written: %o', (who, expected) => {
    const [claim] = claims({ rel: 'owned-by', who, basis: 'tag' });
    expect(claim).toMatchObject({ ...expected, state: 'unknown' });
    expect(Object.hasOwn(claim ?? {}, 'email')).toBe(JSON.stringify(who).includes('@'));
    expect(claim?.reason).toBe('named as owner (tag); not found in any directory');
  });

  test('whose account is no more are said to be', () => {
    const people = joinPeople(
      [],
      NOW,
      [ada, bob].map(({ record }) => ({ source: 'people:acme', record })),
    );
    const reasons = ['ada@acme.example', 'bob@acme.example'].map((email) => {
      const record = flow(attributed('owned-by', { email }, 'tag'));
      return claimsOf({ source: 'n8n:main', record }, [], people)[0];
    });
    expect(reasons).toMatchObject([
      { state: 'unknown', reason: 'named as owner (tag); the account is no longer there' },
      { state: 'left', reason: 'named as owner (tag)' },
    ]);
  });

  test('are as certain as their evidence, and no more than it takes to find them', () => {
    const confidence = (basis: Attribution['basis'], who: Attribution['who']) =>
      claims({ rel: 'owned-by', who, basis })[0]?.confidence;
    const bases = ['platform-owner', 'tag', 'naming'] as const;
    expect(bases.map((basis) => confidence(basis, { login: 'cem' }))).toEqual(['high', 'medium', 'low']);
    expect(bases.map((basis) => confidence(basis, { login: 'zoe' }))).toEqual(['medium', 'medium', 'low']);
    expect(bases.map((basis) => confidence(basis, { name: 'Cem Kaya' }))).toEqual(['low', 'low', 'low']);
  });

  test('say why', () => {
    const reason = (...attribution: readonly (Attribution | undefined)[]) => claims(...attribution)[0]?.reason;
    expect(reason(says('cem', 'created-by', 'audit-log', { at: NOW }))).toBe('created it on 2026-11-21 (audit log)');
    expect(reason(says('cem', 'owned-by', 'tag', { evidence: 'tag owner' }))).toBe('named as owner (tag owner)');
    expect(reason({ rel: 'owned-by', who: { name: 'Cem Kaya' }, basis: 'tag' })).toMatch(
      /; joined by full name alone$/,
    );
    expect(claims(says('cem'))[0]).not.toHaveProperty('at');
  });

  test('a place that knows its owner by its own place alone names nobody', () => {
    const place = (basis: Attribution['basis'], rel: Attribution['rel'] = 'owned-by') => {
      const attributions = [attributed(rel, { login: 'cem' }, basis)];
      return [
        { record: container({ id: 'p', name: 'Finance', type: 'project', attributions }).record, why: 'part of' },
      ];
    };
    const accountable = (record: Workflow, ...holders: ReturnType<typeof place>[]) =>
      claimsOf({ source: 'n8n:main', record }, holders, people)[0]?.name;
    const here = flow(says('abyron', 'owned-by', 'container-owner'));
    expect(accountable(here, place('container-owner'))).toBe('Ada Byron');
    expect(accountable(here, place('platform-owner', 'operated-by'))).toBe('Ada Byron');
    expect(accountable(here, place('container-owner'), place('platform-owner'))).toBe('Cem Kaya');
    const both = flow(says('agency', 'owned-by', 'container-owner'), says('abyron', 'owned-by', 'codeowners'));
    expect(accountable(both, place('platform-owner'))).toBe('Ada Byron');
    expect(accountable(flow(says('abyron', 'edited-by', 'editor-field')), place('platform-owner'))).toBe('Ada Byron');
  });
});
