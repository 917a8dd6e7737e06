import { expect, test } from 'vitest';
import { container, SourceError } from '../../src/sdk/index.ts';
import { readStream } from '../../test/helpers/read-stream.ts';
import { dropboxSign } from './index.ts';

const config = dropboxSign.config.parse({ apiKey: 'env:KEY' });
const team = container({ id: 'team/legal', name: 'Legal', type: 'team' });
const ada = { account_id: 'ada', email_address: 'ada@acme.example', team_id: 'legal', role_code: 'a' };
const read = (stream: string, bodies: Record<string, unknown>, account: object = ada) =>
  readStream(dropboxSign.streams[stream], config, { '/account': { account }, ...bodies }, [team]);

const app = { client_id: 'app', name: 'Portal', created_at: 1_704_067_200 };
const apps = async (said: object) =>
  (await read('apps', { '/api_app/list': { api_apps: [{ ...app, ...said }] } })).records;

test.each([
  [true, 'active', undefined],
  [false, 'active', 'test'],
  [null, 'unknown', undefined],
  [undefined, 'unknown', undefined],
])('an app of which it is said that its being approved is %s', async (is_approved, status, environment) => {
  const [record] = await apps({ is_approved });
  expect(record).toMatchObject({ kind: 'identity', status });
  expect(record?.environment).toBe(environment);
});

test('an app that nobody can consent to has no scopes, and one of which that is not said may have some', async () => {
  const without = await apps({ oauth: null, callback_url: '' });
  expect(without).toMatchObject([{ scopes: [] }]);
  expect(without[0]).not.toHaveProperty('grants');
  for (const oauth of [undefined, {}]) expect((await apps({ oauth }))[0]).not.toHaveProperty('scopes');
  expect(await apps({ oauth: { secret: '', scopes: ['basic_account_info'] } })).toMatchObject([
    { scopes: ['basic_account_info'], grants: ['authorization_code'] },
    { type: 'client-secret', gaps: { retrievable: 'denied' } },
  ]);
});

const lists = {
  apps: { '/api_app/list': { api_apps: [] } },
  templates: { '/template/list': { templates: [] } },
  'fax-lines': { '/fax_line/list': { fax_lines: [] } },
};
const teammates = [['what teammates have', 'permission']];
const theTeam = [['the team', 'permission']];
test.each([
  ['an administrator', {}, [], []],
  ['nobody says what', { role_code: null }, [], []],
  // They have their teammates’ apps, and nobody’s templates: https://help.dropbox.com/account-access/team-roles-and-permissions-dropbox-sign
  ['a developer', { role_code: 'd' }, [], teammates],
  ['a plain member', { role_code: 'm' }, teammates, teammates],
  ['an administrator of no team that is named', { team_id: null }, [], []],
  ['in no team any more', { team_id: null, role_code: null }, theTeam, theTeam],
])('what is listed is all there is where the account of the key is %s', async (_, said, ofApps, ofOthers) => {
  const spots = async (stream: keyof typeof lists) => (await read(stream, lists[stream], { ...ada, ...said })).blind;
  expect(await spots('apps')).toEqual(ofApps);
  expect(await spots('templates')).toEqual(ofOthers);
  expect(await spots('fax-lines')).toEqual(ofOthers);
});

test('the account sends its events where its callback says, or nowhere', async () => {
  const callback = { callback_url: 'http://hooks.acme.example/all?key=1' };
  expect((await read('account', {}, { ...ada, ...callback })).records).toMatchObject([
    { kind: 'container', name: 'ada@acme.example' },
    { name: 'Events of the account ada@acme.example', reach: 'all', host: 'hooks.acme.example', scheme: 'http' },
  ]);
  expect((await read('account', {}, { account_id: 'ada' })).records).toMatchObject([{ name: 'ada' }]);
});

test.each([
  [{ ...ada, is_locked: true }, 'suspended'],
  [{ ...ada, is_locked: false }, 'active'],
  [{ ...ada, is_locked: null }, 'unknown'],
  [new SourceError('permission', 'no'), 'unknown'],
])('somebody of whom the account says %j is %s', async (said, status) => {
  const members = { '/team/members/{team_id}': { team_members: [{ account_id: 'bo', role: null }] } };
  const account = said instanceof SourceError ? said : { account: said };
  const { records, blind } = await read('members', { ...members, '/account': account });
  expect(records).toMatchObject([{ id: 'bo', name: 'bo', status, teams: ['Legal'] }]);
  expect(records[0]).not.toHaveProperty('admin');
  expect(blind).toHaveLength(said instanceof SourceError ? 1 : 0);
});

test('with whom a template or a fax line is shared is not known where no accounts are named', async () => {
  const accounts = [{ account_id: 'bo' }, { account_id: 'cy' }];
  const lists = [undefined, accounts.slice(0, 1), accounts];
  const templates = lists.map((named, n) => ({ template_id: `${n}`, title: 'Offer', accounts: named }));
  const fax_lines = lists.map((named, n) => ({ number: `${n}`, accounts: named }));
  for (const [stream, bodies] of [
    ['templates', { '/template/list': { templates } }],
    ['fax-lines', { '/fax_line/list': { fax_lines } }],
  ] as const) {
    const { records } = await read(stream, bodies);
    expect(records[0]).not.toHaveProperty('sharedWith');
    expect(records.slice(1)).toMatchObject([
      { sharedWith: { reach: 'private', count: 1 } },
      { sharedWith: { reach: 'some', count: 2 } },
    ]);
  }
});

test('a bulk send that did not start is none', async () => {
  const bulk_send_jobs = [
    { bulk_send_job_id: null, is_creator: true },
    { bulk_send_job_id: 'b', is_creator: true },
  ];
  const { records } = await read('bulk-sends', { '/bulk_send_job/list': { bulk_send_jobs } });
  expect(records).toMatchObject([{ id: 'bulk/b', state: 'archived', attributions: [{ who: { id: 'ada' } }] }]);
});
