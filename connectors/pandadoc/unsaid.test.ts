import { expect, test } from 'vitest';
import { Secret, SourceError, workflow, type Ask } from '../../src/sdk/index.ts';
import { readLive } from '../../test/helpers/live.ts';
import { readStream } from '../../test/helpers/read-stream.ts';
import { vendor } from '../../test/vendors/pandadoc.ts';
import { pandadoc } from './index.ts';

const config = { ...pandadoc.config.parse({ apiKey: 'env:KEY' }), apiKey: new Secret('ours') };
const me = { user_id: 'ada', membership_id: 'm1', workspace: 'screen' };
const inSales = {
  workspaces: [
    { workspace_id: 'legal', membership_id: 'm0' },
    { workspace_id: 'sales', membership_id: 'm1' },
  ],
};
const read = (stream: string, bodies: Record<string, unknown>, links?: readonly { id: string }[]) =>
  readStream(
    pandadoc.streams[stream],
    config as never,
    { '/public/v1/members/current': me, '/public/v1/users/{user_id}': inSales, ...bodies },
    [
      workflow({
        id: 'template/t',
        name: 'Offer',
        platform: 'pandadoc',
        state: 'active',
        graph: { steps: [], edges: [], triggers: [] },
        links: (links ?? []).map(({ id }) => ({ rel: 'contained-in', kind: 'container', id })),
      }),
    ],
  );

const hooks = async (...items: readonly object[]) =>
  read('webhooks', { '/public/v1/webhook-subscriptions': { items }, '/public/v1/webhook-events': { items: [] } });

test('a webhook of which little is said, and one that has no id', async () => {
  const { records, blind } = await hooks({ uuid: 'h' }, { workspace_id: 'sales' });
  expect(records).toMatchObject([
    {
      name: 'Webhook h',
      state: 'unknown',
      authentication: 'unknown',
      payload: 'unknown',
      gaps: { signed: 'not-seen' },
    },
  ]);
  for (const field of ['signed', 'links', 'delivery']) expect(records[0]).not.toHaveProperty(field);
  expect(blind).toEqual([['sales', 'schema']]);
});

test.each([
  [{ status: 'ACTIVE' }, 'active', undefined],
  [{ status: 'INACTIVE', active: true }, 'inactive', 'paused'],
  [{ status: 'DEACTIVATED' }, 'inactive', 'stopped'],
  [{ active: true }, 'active', undefined],
  [{ active: false }, 'inactive', undefined],
])('a webhook of which it says %j is %s', async (said, state, delivery) => {
  const { records } = await hooks({
    uuid: 'h',
    name: 'CRM',
    shared_key: 'k',
    payload: [],
    workspace_id: 'sales',
    ...said,
  });
  const [hook, key] = records;
  expect(hook).toMatchObject({
    state,
    payload: 'events',
    links: [{ id: 'workspace/sales' }],
    gaps: { lastUsedAt: 'not-seen' },
  });
  expect(hook?.kind === 'endpoint' && hook.delivery).toBe(delivery);
  expect(hook?.gaps?.['delivery']).toBe(delivery === undefined ? 'not-seen' : undefined);
  expect(key).toMatchObject({ status: state, name: 'Shared key of CRM' });
});

test('a template whose details are refused has nobody for a maker that we know of, and is in the workspace of the key', async () => {
  const list = { '/public/v1/templates': { results: [{ id: 't', name: 'Offer' }] } };
  const { items, blind } = await read('templates', list);
  expect(items).toMatchObject([{ record: { gaps: { attributions: 'denied' }, links: [{ id: 'workspace/sales' }] } }]);
  expect([items[0]?.contents, blind]).toEqual([undefined, [['Offer', 'permission']]]);
  const made = await read('templates', { ...list, '/public/v1/templates/{id}/details': { created_by: { id: 'bo' } } });
  expect(made.records).toMatchObject([{ attributions: [{ rel: 'created-by', who: { id: 'bo' } }] }]);
  expect(made.records[0]?.gaps).not.toHaveProperty('attributions');
});

test('what stands in no workspace, or in the one of the key, is no reason to refuse it', async () => {
  const forms = (...links: readonly { id: string }[]) =>
    read('forms', { '/public/v1/forms': { results: [{ id: 'f', status: null }], has_next_page: false } }, links);
  expect((await forms()).records).toMatchObject([{ name: 'f', state: 'unknown' }]);
  expect((await forms({ id: 'workspace/sales' })).records).toHaveLength(1);
  await expect(forms({ id: 'workspace/legal' })).rejects.toThrow('belongs to workspace sales');
});

test('where nobody says which workspace the key belongs to, none is told as one that it does not read', async () => {
  const list = { '/public/v1/workspaces': { results: [{ id: 'sales' }, { id: 'legal' }], total: 2 } };
  const subjects = async (bodies: object) => (await read('workspaces', { ...list, ...bodies })).blind;
  expect(await subjects({})).toEqual([['workspace legal', 'config', 'expected']]);
  const refused = new SourceError('permission', 'no');
  const untold = { workspaces: [{ workspace_id: 'legal' }, { workspace_id: 'sales' }] };
  const nobody = { '/public/v1/members/current': { user_id: 'ada' }, '/public/v1/users/{user_id}': untold };
  expect(await subjects(nobody)).toEqual([]);
  expect(await subjects({ '/public/v1/users/{user_id}': refused })).toEqual([
    ['the workspace of the key', 'permission'],
  ]);
});

test('no more of the log is listed than the platform gives out', async () => {
  const row = { url: '/public/v1/documents', status: 200, request_time: '2026-05-20T08:00:00.000' };
  const asked: unknown[] = [];
  const list = ({ query = {} }: Ask) => {
    asked.push(query['page']);
    return { results: Array.from({ length: 1_000 }, (_, n) => ({ ...row, id: `${String(query['page'])}/${n}` })) };
  };
  const entry = { token_type: 'API_KEY', user_id: 'bo', key: 'theirs', request_time: row.request_time };
  const { records } = await read('credentials', { '/public/v2/logs': list, '/public/v2/logs/{id}': entry });
  expect(records.map(({ environment }) => environment)).toEqual(['production', 'test']);
  expect(asked).toHaveLength(20);
});

test('an access token does as well as a key', async () => {
  const usual = vendor();
  const { records } = await readLive(
    pandadoc,
    {
      ...usual,
      answer(request, origin) {
        const [, token] = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
        return usual.answer({ ...request, headers: new Headers({ authorization: `API-Key ${token}` }) }, origin);
      },
    },
    {
      settings: { apiKey: undefined, accessToken: 'env:PANDADOC_KEY' },
      ports: { limits: () => [{ requests: 10_000, per: 1_000 }] },
    },
  );
  const own = [...records.values()].find(({ name }) => name === "Rollcall's own access to PandaDoc");
  expect(own).toMatchObject({ type: 'oauth-token' });
});
