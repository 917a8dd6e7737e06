import { describe, expect, test } from 'vitest';
import { globMatches } from '../core/glob.ts';
import type { Attribution, PersonHint } from '../core/attribution.ts';
import type { Joined, Store } from '../core/ports.ts';
import type { Identity, Person, Workflow } from '../core/record.ts';
import { attributed, container, credential, identity, person, workflow, type Item } from '../sdk/records.ts';
import { assign, indexAssertions } from './assign.ts';
import { attributor } from './attribute.ts';
import { claimsOf } from './claims.ts';
import { joinPeople, type People } from './people.ts';

const NOW = Date.UTC(2026, 10, 21);
const AWAY = Date.UTC(2026, 5, 1);

function directory(...entries: readonly Item<'person'>[]): People {
  const accounts = entries.map(({ record }) => ({ source: record.directory ? 'people:acme' : 'n8n:main', record }));
  return joinPeople(accounts, NOW);
}

const ada = person({
  id: 'e1',
  name: 'Ada Byron',
  status: 'active',
  emails: ['ada@acme.example'],
  logins: ['abyron'],
  directory: true,
});
const bob = person({
  id: 'e2',
  name: 'Bob Leaver',
  status: 'deprovisioned',
  emails: ['bob@acme.example'],
  leftAt: AWAY,
  directory: true,
});
const team = person({
  id: 'g1',
  name: 'Finance',
  status: 'active',
  type: 'group',
  members: ['ada@acme.example', 'bob@acme.example'],
  directory: true,
});

function flow(...attributions: readonly ReturnType<typeof attributed>[]): Workflow {
  return workflow({
    id: 'w1',
    name: 'Invoices',
    platform: 'n8n',
    state: 'active',
    graph: { steps: [], edges: [], triggers: [] },
    attributions,
  }).record;
}

function ownershipOf(record: Workflow, people: People) {
  return assign('n8n:main', claimsOf({ source: 'n8n:main', record }, [], people), [], people);
}

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

  test('what the first leaves out, the others add', () => {
    const { people } = found(
      ['ldap', { teams: ['finance'] }],
      ['people', { manager: 'boss@acme.example', teams: ['crew'] }],
    );
    expect(people).toMatchObject([{ manager: 'boss@acme.example', teams: ['finance', 'crew'] }]);
  });
});

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

  test("an explicit mapping replaces all evidence; the owner's own word is a confirmation, another's is not", () => {
    const people = directory(ada, bob);
    const record = flow(attributed('owned-by', { email: 'bob@acme.example' }, 'platform-owner'));
    const claims = claimsOf({ source: 'n8n:main', record }, [], people);
    const mapping = indexAssertions(
      [
        {
          subject: { match: 'n8n:*/workflow/inv*' },
          role: 'accountable',
          person: 'ada@acme.example',
          basis: 'mapping',
        },
      ],
      globMatches,
    ).for('n8n:main', record);
    expect(assign('n8n:main', claims, mapping, people)).toMatchObject({
      accountable: { person: 'person:e1', basis: 'mapping' },
    });
    const said = (by: string) =>
      assign(
        'n8n:main',
        claims,
        [
          {
            subject: { match: '*' },
            role: 'accountable',
            person: 'e1',
            basis: 'confirmed',
            by,
            at: NOW - 1,
            scopes: [],
          },
          {
            subject: { match: '*' },
            role: 'accountable',
            person: 'e1',
            basis: 'confirmed',
            by,
            at: NOW,
            scopes: ['a'],
          },
        ],
        people,
      );
    expect(said('e1')).toMatchObject({ confirmedAt: NOW, confirmedScopes: ['a'] });
    expect(said('e2').confirmedAt).toBeUndefined();
    expect(said('e2').confirmedScopes).toBeUndefined();
    expect(said('e2').accountable?.person).toBe('person:e1');
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
});
