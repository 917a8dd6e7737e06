import { expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import type { Coverage } from '../../src/core/coverage.ts';
import { readLive } from '../../test/helpers/live.ts';
import type { Tamper } from '../../test/helpers/vendor.ts';
import { vendor } from '../../test/vendors/dropbox-sign.ts';
import { dropboxSign } from './index.ts';

const { records } = await readLive(dropboxSign, vendor(), {
  ports: { limits: () => [{ requests: 1_000, per: 1_000 }] },
});
const named = (name: string) => [...records.values()].find((record) => record.name === name);

test('leavers are locked accounts, also those of sub-teams', () => {
  expect(named('bo@acme.example')).toMatchObject({ status: 'suspended', admin: false, teams: ['Acme'] });
  expect(named('eve@acme.example')).toMatchObject({ status: 'active', teams: ['Team 1'] });
  expect(named('ada@acme.example')).toMatchObject({ status: 'active', admin: true });
});

test('teams are read at any depth, each once, and each says below which it is', () => {
  const teams = [...records.values()].filter(({ id }) => id.startsWith('team/'));
  expect(teams.map(({ name }) => name).toSorted()).toEqual(['Acme', 'Team 1', 'Team 2', 'Team 2a', 'Team 3']);
  expect(named('Team 2a')?.links).toEqual([{ rel: 'contained-in', kind: 'container', id: named('Team 2')?.id }]);
  expect(named('Acme')?.links).toBeUndefined();
  expect(named('fay@acme.example')).toMatchObject({ status: 'suspended', teams: ['Team 2a'] });
});

const refused = { status: 403, json: { error: { error_name: 'forbidden', error_msg: 'No.' } } };

test('teams above the one of our key are read where they are shown, and told where they are not', async () => {
  const { records: few, coverage } = await readLive(dropboxSign, vendor(), {
    tamper: ({ path, query }, usual) => (path.endsWith('/team/info') && query.has('team_id') ? refused : usual),
  });
  expect([...few.values()].filter(({ id }) => id.startsWith('team/')).map(({ name }) => name)).toEqual(['Team 1']);
  expect(coverage.find(({ stream }) => stream === 'teams')).toMatchObject({ outcome: 'partial', quarantined: 1 });
});

const noSuchTeam = { status: 404, json: { error: { error_name: 'not_found', error_msg: 'Not found' } } };
/** Whose key it is left the team, or never was in one: the account says so by leaving both fields out, or empty. */
const outside =
  (said: object): Tamper =>
  ({ path, query }, usual) => {
    if (path.includes('/team/')) return noSuchTeam;
    if (!path.endsWith('/account') || query.has('account_id')) return usual;
    const { account } = usual.json as { account: object };
    const { team_id: _, role_code: __, ...rest } = account as Record<string, unknown>;
    return { json: { account: { ...rest, ...said } } };
  };
const ofTeams = ({ stream }: Coverage) => ['teams', 'members', 'invited'].includes(stream);

test.each([[{}], [{ team_id: null, role_code: null }], [{ team_id: '', role_code: '' }]])(
  'an account in no team has no teams and one person: %j',
  async (said) => {
    const { records: found, coverage } = await readLive(dropboxSign, vendor(), { tamper: outside(said) });
    expect(coverage.filter(ofTeams).map(({ outcome, items }) => [outcome, items])).toEqual([
      ['complete', 0],
      ['complete', 1],
      ['complete', 0],
    ]);
    const people = [...found.values()].filter(({ kind }) => kind === 'person');
    expect(people).toMatchObject([{ name: 'ada@acme.example', status: 'active' }]);
  },
);

test('a team that the account of the key has left is still there, and so are its people; that they are not seen is told', async () => {
  const store = await openStore({ memory: true });
  const before = await readLive(dropboxSign, vendor(), { store });
  const { records: after, coverage } = await readLive(dropboxSign, vendor(), { store, tamper: outside({}) });
  expect([...before.records.keys()].filter((key) => !after.has(key))).toEqual([]);
  expect(coverage.filter(ofTeams).map(({ outcome }) => outcome)).toEqual(['partial', 'partial', 'partial']);
  await store.close();
});

test.each([['team_id'], ['role_code']])(
  'a team that is not found is missed while the account says that it is in one: %s',
  async (field) => {
    const store = await openStore({ memory: true });
    const before = await readLive(dropboxSign, vendor(), { store });
    const said = { [field]: field === 'team_id' ? await store.meta.get('account:dropbox-sign:test') : 'm' };
    const { records: found, coverage } = await readLive(dropboxSign, vendor(), { store, tamper: outside(said) });
    expect(coverage.filter(ofTeams).map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['failed', 'not-found'],
      ['partial', undefined],
      ['failed', 'not-found'],
    ]);
    expect([...found.keys()]).toEqual([...before.records.keys()]);
    await store.close();
  },
);

test('templates of teammates are not gone because the account of the key is a developer now, who sees none of theirs', async () => {
  const store = await openStore({ memory: true });
  const before = await readLive(dropboxSign, vendor(), { store });
  const { records: after, coverage } = await readLive(dropboxSign, vendor(), {
    store,
    tamper: ({ path, query }, usual) => {
      if (path === '/v3/account' && !query.has('account_id'))
        return { json: { account: { ...(usual.json as { account: object }).account, role_code: 'd' } } };
      if (path !== '/v3/template/list') return usual;
      const { templates } = usual.json as { templates: { is_creator: boolean }[] };
      return { json: { templates: templates.filter(({ is_creator: ours }) => ours), list_info: { num_pages: 1 } } };
    },
  });
  await store.close();
  expect([...before.records.keys()].filter((key) => !after.has(key))).toEqual([]);
  expect(coverage).toContainEqual(expect.objectContaining({ stream: 'templates', outcome: 'partial' }));
  expect(coverage).toContainEqual(expect.objectContaining({ stream: 'apps', outcome: 'complete' }));
});

test('members are read under either name of their list, and a page without one is no empty team', async () => {
  const renamed = (name: string | undefined) =>
    readLive(dropboxSign, vendor(), {
      tamper: ({ path }, usual) => {
        if (!path.includes('/team/members/')) return usual;
        const { team_members: list, ...rest } = usual.json as Record<string, unknown>;
        return { ...usual, json: { ...rest, ...(name !== undefined && { [name]: list }) } };
      },
    });
  const shown = await renamed('members');
  expect([...shown.records.values()].some(({ name }) => name === 'bo@acme.example')).toBe(true);
  const { coverage } = await renamed(undefined);
  expect(coverage.find(({ stream }) => stream === 'members')).toMatchObject({ outcome: 'failed', reason: 'schema' });
});

test('an open invitation is somebody, a taken one is not told twice', () => {
  expect(named('new@acme.example')).toMatchObject({
    status: 'invited',
    admin: true,
    expiresAt: 1_769_904_000_000,
  });
  expect([...records.keys()].filter((key) => key.startsWith('person/invite/'))).toEqual([
    'person/invite/new@acme.example',
  ]);
});

test('an app has its owner, and a client secret that can be read again where there is one', () => {
  expect(named('Contract portal')).toMatchObject({
    type: 'oauth-app',
    scopes: ['request_signature'],
    attributions: [{ rel: 'owned-by', who: { email: 'bo@acme.example' }, basis: 'platform-owner' }],
  });
  expect(named('Client secret of Contract portal')).toMatchObject({ retrievable: true, type: 'client-secret' });
  expect(named('Client secret of A teammate’s')).toMatchObject({
    createdAt: 1_735_689_600_000,
    gaps: { retrievable: 'denied' },
  });
  expect(named('Client secret of A teammate’s')).not.toHaveProperty('retrievable');
});

test('a template is on the roll whatever its maker put beside it, or nothing', () => {
  const kinds = [1, 2, 3].map((n) => named(`Template ${n}`)?.kind);
  expect(kinds).toEqual(['workflow', 'workflow', 'workflow']);
});

test('a template and a bulk send of ours have us for an owner, and a template that one account alone may use has that', () => {
  const owner = (basis: string, email: string) => ({
    rel: 'owned-by',
    basis,
    who: expect.objectContaining({ email }) as unknown,
  });
  expect(named('Template 2')).toMatchObject({ attributions: [owner('platform-owner', 'ada@acme.example')] });
  expect(named('Template 4')).toMatchObject({ attributions: [owner('container-owner', 'bo@acme.example')] });
  // Only we are named, and the platform says that it is not ours: https://github.com/hellosign/hellosign-openapi, TemplateListResponse.json
  expect(named('Template 1')).toMatchObject({ gaps: { attributions: 'not-supported' } });
  expect(named('Template 3')).toMatchObject({ gaps: { attributions: 'not-supported' } });
  const jobs = [...records.values()].filter(({ id }) => id.startsWith('bulk/'));
  expect(jobs.map(({ attributions }) => attributions?.length ?? 0)).toEqual([1, 0, 0]);
});

test('a key in a callback is found and only its host is kept', () => {
  const callback = named('Events of Contract portal');
  expect(callback).toMatchObject({ host: 'hooks.acme.example', signed: true });
  expect(JSON.stringify(callback)).not.toContain('/sign');
  expect(callback?.matches).toHaveLength(1);
});

test.each([
  ['is a plain member now', { role_code: 'm' }],
  ['has left its team', { role_code: null, team_id: null }],
])('nothing of the team is gone because the account of the key %s', async (_, now) => {
  const store = await openStore({ memory: true });
  const before = await readLive(dropboxSign, vendor(), { store });
  const { records, coverage } = await readLive(dropboxSign, vendor(), {
    store,
    tamper: ({ path, query }, usual) => {
      if (path === '/v3/account' && !query.has('account_id')) {
        const { account } = usual.json as { account: object };
        return { json: { account: { ...account, ...now } } };
      }
      if (path.startsWith('/v3/team/')) return { status: now.role_code === 'm' ? 403 : 404, json: {} };
      if (!/api_app|template/.test(path)) return usual;
      const [[name, list] = ['', []]] = Object.entries(usual.json as Record<string, unknown[]>);
      const info = { page: 1, page_size: 2, num_pages: 1, num_results: 1 };
      return { json: { [name]: list.slice(0, 1), list_info: info } };
    },
  });
  await store.close();
  expect([...before.records.keys()].filter((key) => !records.has(key))).toEqual([]);
  const partial = coverage.filter(({ outcome }) => outcome === 'partial').map(({ stream }) => stream);
  expect(partial).toEqual(expect.arrayContaining(['apps', 'templates']));
});
