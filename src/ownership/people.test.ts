import { describe, expect, test } from 'vitest';
import { AWAY, NOW, ada, bob, directory } from '../../test/helpers/acme-people.ts';
import type { PersonHint } from '../core/attribution.ts';
import type { PersonState } from '../core/owner.ts';
import type { Person } from '../core/record.ts';
import { person } from '../sdk/records.ts';
import { joinPeople, type People } from './people.ts';

describe('people', () => {
  test('are joined across platforms by address, account name or id, whatever the case', () => {
    const account = person({ id: 'u-7', name: 'ada', status: 'active', emails: ['ADA@acme.example'] });
    const people = directory(ada, account);
    expect([...people.all()]).toHaveLength(1);
    for (const hint of [
      { id: 'u-7' },
      { email: 'Ada@Acme.example' },
      { login: '@abyron' },
      { name: 'Ada B. <ada@acme.example>' },
    ]) {
      expect(people.find('n8n:main', hint)?.person.id, JSON.stringify(hint)).toBe('person:e1');
    }
  });

  test('a platform id means something in its own source only', () => {
    const account = person({ id: '42', name: 'x', status: 'active', emails: ['ada@acme.example'] });
    const people = directory(ada, account);
    expect(people.find('n8n:main', { id: '42' })?.by).toBe('id');
    expect(people.find('make:other', { id: '42' })).toBeUndefined();
  });

  test('whoever is named by a claim is found again, also without an address', () => {
    const squad = person({ id: 'team/7', name: 'Finance', type: 'group', status: 'active', logins: ['acme/finance'] });
    const people = directory(ada, squad);
    const found = (hint: PersonHint) => people.find('n8n:main', hint)?.person;
    const [one, group] = [found({ login: 'abyron' }), found({ login: '@acme/finance' })];
    expect(found({ id: one?.id ?? '' })).toBe(one);
    expect(group?.id).toBe('person:n8n:main/team/7');
    expect(found({ id: group?.id ?? '' })).toBe(group);
  });
  test('the directory says who has left, also while a platform account is still active', () => {
    const account = person({ id: 'u-8', name: 'bob', status: 'active', emails: ['bob@acme.example'] });
    expect(directory(bob, account).find('n8n:main', { id: 'u-8' })?.person.state).toBe('left');
  });

  test('two people of one name are nobody in particular', () => {
    const other = person({ id: 'e9', name: 'Ada Byron', status: 'active', directory: true });
    expect(directory(ada, other).find('n8n:main', { name: 'Ada Byron' })).toBeUndefined();
  });

  test.each(['Ada Byron', 'ADA BYRON', 'Byron, Ada', 'Dr. Ada Byron', 'Byron, Prof. Dr. Ada'])(
    'a full name leads to its person however it is written: %s',
    (name) => {
      expect(directory(ada).find('files:x', { name })).toMatchObject({ person: { id: 'person:e1' }, by: 'name' });
      const listed = person({ ...ada.record, name });
      expect(directory(listed).find('files:x', { name: 'Ada Byron' })).toMatchObject({ by: 'name' });
    },
  );

  test('a last day in the future is no leave yet', () => {
    const leaving: Person = { ...bob.record, status: 'active', leftAt: NOW + 1 };
    expect(
      joinPeople([{ source: 'people:acme', record: leaving }], NOW).find('s', { email: 'bob@acme.example' })?.person
        .state,
    ).toBe('active');
  });

  test.each<[PersonHint, string | undefined]>([
    [{ name: 'ada@acme.example' }, 'person:e1'],
    [{ name: ' Ada Byron <ADA@acme.example> ' }, 'person:e1'],
    [{ email: 'ada@acme.example', name: 'Bob Leaver' }, 'person:e1'],
    [{ name: 'Bob Leaver <nobody@acme.example>' }, 'person:e2'],
    [{ name: ' Ada   Byron ' }, 'person:e1'],
    [{ name: 'Ada' }, undefined],
    [{ name: '' }, undefined],
    [{ login: '' }, undefined],
    [{ login: ' @ABYRON ' }, 'person:e1'],
    [{ id: 'abyron' }, 'person:e1'],
    [{ id: 'nobody', login: 'abyron' }, 'person:e1'],
  ])('are found by %o', (hint, id) => {
    expect(directory(ada, bob).find('n8n:main', hint)?.person.id).toBe(id);
  });

  test('a first name alone is nobody’s full name, also where somebody is listed under it', () => {
    const short = person({ id: 'e7', name: 'Ada', status: 'active', directory: true });
    expect(directory(short).find('files:x', { name: 'Ada' })).toBeUndefined();
  });

  test('show everything that the directory says of them', () => {
    const more = { teams: ['finance'], external: true, manager: 'e9', movedAt: AWAY } as const;
    const listed = person({ ...bob.record, ...more, attributions: [] });
    expect([...directory(listed).all()]).toEqual([
      {
        id: 'person:e2',
        name: 'Bob Leaver',
        email: 'bob@acme.example',
        state: 'left',
        status: 'deprovisioned',
        leftAt: AWAY,
        aliases: ['bob@acme.example', 'e2'],
        directory: true,
        ...more,
      },
    ]);
    const [human] = directory(person({ ...ada.record, type: 'human', emails: ['Ada@Acme.example'] })).all();
    expect(human).toEqual({
      id: 'person:e1',
      name: 'Ada Byron',
      email: 'ada@acme.example',
      state: 'active',
      status: 'active',
      teams: [],
      aliases: ['abyron', 'ada@acme.example', 'e1'],
      directory: true,
    });
  });

  test.each<[Partial<Person>, PersonState]>([
    [{ status: 'active' }, 'active'],
    [{ status: 'active', leftAt: NOW }, 'left'],
    [{ status: 'active', leftAt: NOW + 1 }, 'active'],
    [{ status: 'suspended' }, 'left'],
    [{ status: 'deleted' }, 'left'],
    [{ status: 'invited' }, 'unknown'],
  ])('are here, gone or unknown: %o', (more, state) => {
    expect([...directory(person({ ...ada.record, ...more })).all()][0]?.state).toBe(state);
  });

  test.each<[readonly Person['status'][], PersonState]>([
    [['active', 'deprovisioned'], 'active'],
    [['deprovisioned', 'active'], 'active'],
    [['deprovisioned', 'deprovisioned'], 'left'],
    [['invited', 'deprovisioned'], 'left'],
    [['deprovisioned', 'invited'], 'left'],
    [['invited', 'active'], 'active'],
  ])('that no directory lists are here as long as one account of theirs is: %o', (statuses, state) => {
    const accounts = statuses.map((status, index) =>
      person({ id: `u${index}`, name: 'Zoe', status, emails: ['zoe@else.example'] }),
    );
    const people = directory(...accounts);
    expect([...people.all()]).toHaveLength(1);
    expect(people.find('n8n:main', { email: 'zoe@else.example' })?.person.state).toBe(state);
  });
});

describe('several directories', () => {
  const entry = (source: string, more: Partial<Person>) => ({
    source,
    record: { ...ada.record, id: `${source}-id`, attributions: [], ...more } as Person,
  });
  const away = { status: 'deprovisioned', leftAt: AWAY } as const;
  const found = (...accounts: Parameters<typeof entry>[]) => {
    const forwards = accounts.map((each) => entry(...each));
    // Whatever is read first.
    const [one, other] = [forwards, forwards.toReversed()].map((each) => joinPeople(each, NOW));
    const states = (people: People | undefined) =>
      ['ada@acme.example', ...forwards.map(({ record }) => record.id)].map(
        (alias) => people?.find('somewhere', { login: alias })?.person.state,
      );
    expect(states(other)).toEqual(states(one));
    return { people: [...(one?.all() ?? [])], states: states(one) };
  };

  test('who has left one has left, though another still has an account for them', () => {
    const { people, states } = found(['ldap', {}], ['people', away]);
    expect(people).toMatchObject([{ id: 'person:ldap-id', state: 'left', leftAt: AWAY }]);
    expect(states).toEqual(['left', 'left', 'left']);
  });

  test('a directory that may not show whether somebody is here says nothing of it', () => {
    const hidden = { status: 'unknown', gaps: { status: 'denied' } } as const;
    for (const [said, state] of [
      ['active', 'active'],
      ['suspended', 'left'],
      ['unknown', 'unknown'],
    ] as const)
      expect(found(['entra', hidden], ['people', { status: said }]).people.map((each) => each.state)).toEqual([state]);
    expect(found(['entra', hidden]).people.map((each) => each.state)).toEqual(['unknown']);
  });

  test('somebody who came back is here, and their old account is not theirs', () => {
    const { people, states } = found(['ldap', { id: 'a-old', ...away }], ['ldap', { id: 'b-new' }]);
    expect(people).toMatchObject([
      { id: 'person:a-old', state: 'left' },
      { id: 'person:b-new', state: 'active' },
    ]);
    expect(states).toEqual(['active', 'left', 'active']);
  });

  test('who gets the mail of somebody who left is not that person, and has not left', () => {
    const heir = person({
      id: 'e9',
      name: 'Eve Heir',
      status: 'active',
      emails: ['eve@acme.example', 'bob@acme.example'],
      directory: true,
    });
    const old = person({
      id: 'o1',
      name: 'Bob',
      status: 'deprovisioned',
      emails: ['bob@acme.example'],
      directory: true,
    });
    const people = joinPeople(
      [
        { source: 'entra:acme', record: heir.record },
        { source: 'okta:acme', record: old.record },
      ],
      NOW,
    );
    expect(people.find('slack:acme', { email: 'eve@acme.example' })?.person).toMatchObject({ state: 'active' });
    expect(people.find('slack:acme', { email: 'bob@acme.example' })?.person).toMatchObject({
      name: 'Bob',
      state: 'left',
    });
    // An address of hers that is nobody else's, as after a wedding, leads to her.
    const alone = joinPeople([{ source: 'entra:acme', record: heir.record }], NOW);
    expect(alone.find('slack:acme', { email: 'bob@acme.example' })?.person).toMatchObject({ name: 'Eve Heir' });
  });

  test('an account that was deleted anywhere takes nobody away who is here', () => {
    const { states } = found(['ldap', { status: 'deleted' }], ['people', {}]);
    expect(states).toEqual(['active', 'left', 'active']);
    expect(found(['ldap', { status: 'deleted' }], ['people', away]).people).toHaveLength(1);
  });

  test('one address in common is enough among those who are here, also where it is not the first', () => {
    const byAddress = (...emails: string[]) => ({ logins: [], emails });
    const one = ['ldap', byAddress('ada@acme.example')] as const;
    const other = byAddress('a.byron@acme.example', 'ada@acme.example');
    expect(found([...one], ['people', other]).people).toHaveLength(1);
    expect(found([...one], ['people', { ...other, ...away }]).people).toMatchObject([
      { state: 'active' },
      { state: 'left' },
    ]);
  });

  test('the same id is the same person, also in one directory', () => {
    const { people } = found(['ldap', { id: 'e1' }], ['ldap', { id: 'e1', ...away }]);
    expect(people).toMatchObject([{ id: 'person:e1', state: 'left', leftAt: AWAY }]);
  });

  test('whoever is listed twice while they are here is one, and an account that ended is theirs in another directory alone', () => {
    expect(found(['ldap', { id: 'a' }], ['ldap', { id: 'b' }]).people).toHaveLength(1);
    const three = found(['ldap', { id: 'a' }], ['people', {}], ['people', { id: 'old', ...away }]);
    expect(three.people.map(({ id, state }) => [id, state])).toEqual([
      ['person:a', 'active'],
      ['person:old', 'left'],
    ]);
  });

  test('of what was deleted and what merely ended, the one that ended says when', () => {
    const { people } = found(['ldap', { status: 'deleted' }], ['people', away], ['scim', { status: 'suspended' }]);
    expect(people).toMatchObject([{ id: 'person:ldap-id', state: 'left', status: 'deleted' }]);
    const [only] = found(['ldap', away], ['scim', { status: 'suspended' }]).people;
    expect(only).toMatchObject({ leftAt: AWAY, status: 'deprovisioned' });
  });

  test.each<[readonly Person['status'][], PersonState]>([
    [['active', 'unknown'], 'unknown'],
    [['unknown', 'active'], 'unknown'],
    [['unknown', 'suspended'], 'left'],
    [['invited', 'active'], 'active'],
    [['active', 'invited'], 'active'],
    [['invited', 'unknown'], 'unknown'],
  ])('in doubt nobody is here, whichever directory comes first: %o', ([one, other], state) => {
    const { people } = found(['ldap', { status: one ?? 'unknown' }], ['people', { status: other ?? 'unknown' }]);
    expect(people.map((each) => each.state)).toEqual([state]);
  });

  test('what the first leaves out, the others add', () => {
    const { people } = found(
      ['ldap', { teams: ['finance'] }],
      ['people', { manager: 'boss@acme.example', teams: ['crew'] }],
    );
    expect(people).toMatchObject([{ manager: 'boss@acme.example', teams: ['finance', 'crew'] }]);
  });
});

describe('an account that its source does not have any more', () => {
  const here = (record: Person) => ({ source: 'okta:acme', record });
  const was = person({ ...ada.record, id: 'u1' }).record;

  test('keeps its name; who had left has left, of others nobody knows', () => {
    const people = joinPeople([], NOW, [here(was), here(bob.record)]);
    expect(people.find('okta:acme', { id: 'u1' })?.person).toMatchObject({ name: 'Ada Byron', state: 'unknown' });
    expect(people.find('okta:acme', { id: 'e2' })?.person).toMatchObject({ name: 'Bob Leaver', state: 'left' });
    expect(people.find('okta:acme', { email: 'bob@acme.example' })?.person.name).toBe('Bob Leaver');
  });

  test('is not the one that a directory made anew under its name, to which address and name lead', () => {
    const anew = person({ ...ada.record, id: 'u2' }).record;
    const people = joinPeople([here(anew)], NOW, [here(was)]);
    expect(people.find('okta:acme', { id: 'u1' })?.person).toMatchObject({ id: 'person:u1', state: 'unknown' });
    expect(people.find('okta:acme', { id: 'u1' })?.person).not.toHaveProperty('email');
    for (const hint of [{ email: 'ada@acme.example' }, { login: 'abyron' }, { name: 'Ada Byron' }])
      expect(people.find('okta:acme', hint)?.person).toMatchObject({ id: 'person:u2', state: 'active' });
  });

  test('of a platform belongs to the person of its address, who is here all the same', () => {
    const account = person({ id: 'm1', name: 'ada', status: 'active', emails: ['ada@acme.example'] }).record;
    const people = joinPeople([here(ada.record)], NOW, [{ source: 'pandadoc:x', record: account }]);
    expect([...people.all()]).toHaveLength(1);
    expect(people.find('pandadoc:x', { id: 'm1' })?.person).toMatchObject({ id: 'person:e1', state: 'active' });
  });
});
