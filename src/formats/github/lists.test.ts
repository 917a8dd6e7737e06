import { expect, test } from 'vitest';
import { all, only, parseExample, survivesDamage } from '../../../test/helpers/read-formats.ts';
import type { Document, Json } from '../../sdk/index.ts';
import { readText } from '../document.ts';
import { recogniseAndParse } from '../index.ts';
import { githubDeployKeyList } from './deploy-key-list.ts';
import { githubInstallationList } from './installation-list.ts';
import { githubWebhookList } from './webhook-list.ts';

const json = (tree: Json): Document => readText('list.json', JSON.stringify(tree)).document;
const api = 'https://api.github.com';
const hook = (url: string, config: Json, more: { readonly [key: string]: Json } = {}): Json => ({
  id: 1,
  active: true,
  events: ['*'],
  config,
  url,
  ...more,
});

test('a webhook under the id that it has live, unsigned, in its repository', () => {
  const parsed = parseExample(githubWebhookList);
  expect(only(parsed, 'endpoint')).toMatchObject({
    id: 'webhook/11',
    name: 'Webhook to builds.example.com (acme/shop)',
    signed: false,
    verifyTls: true,
    reach: 'one',
    delivery: 'working',
    links: [{ rel: 'contained-in', id: 'repository/acme/shop' }],
  });
  expect(only(parsed, 'container')).toMatchObject({ name: 'acme/shop', type: 'repository' });
});

test('a webhook of a whole organisation, on a server of its own, signed and without checking certificates', () => {
  const config = { url: 'https://hooks.acme.example/canary', insecure_ssl: '1', secret: '********' };
  const { items, problems } = githubWebhookList.parse(
    json([hook('https://git.acme.example/api/v3/orgs/Acme/hooks/1', config, { active: false }), { id: 2 }]),
  );
  const found = only({ items, problems }, 'endpoint');
  expect(found).toMatchObject({
    signed: true,
    verifyTls: false,
    reach: 'all',
    state: 'inactive',
    delivery: 'paused',
    tags: ['all-events'],
    links: [{ id: 'organisation/acme' }],
  });
  expect(JSON.stringify(found)).not.toContain('canary');
  expect(problems).toMatchObject([{ pointer: '/1' }]);
});

test('deploy keys: what they may, who added them, and when they were last used', () => {
  expect(only(parseExample(githubDeployKeyList), 'credential')).toMatchObject({
    id: 'deploy-key/12',
    name: 'deployment (acme/shop)',
    scopes: ['contents: write'],
    lastUsedAt: Date.UTC(2026, 10, 20, 10),
    attributions: [{ rel: 'created-by', who: { login: 'ada-maker' } }],
  });
  const key = (id: number, more: { readonly [key: string]: Json }): Json => ({
    id,
    key: 'ssh-ed25519 AAAA',
    title: 'x',
    read_only: true,
    url: `${api}/repos/acme/shop/keys/${id}`,
    ...more,
  });
  const list = json([key(1, { last_used: null }), key(2, { enabled: false })]);
  expect(all(githubDeployKeyList.parse(list), 'credential')).toMatchObject([
    { scopes: ['contents: read'], lastUsedAt: 'never', status: 'active' },
    { status: 'inactive', gaps: { lastUsedAt: 'not-supported' } },
  ]);
});

test('installed Apps: what they may, at how many repositories, and for which organisation', () => {
  expect(only(parseExample(githubInstallationList), 'identity')).toMatchObject({
    id: 'installation/13',
    name: 'release-notes',
    scopes: ['contents: write', 'metadata: read'],
    reach: 'all',
    status: 'active',
    links: [{ rel: 'granted-to', id: 'organisation/acme' }],
    gaps: { publisher: 'not-seen', thirdParty: 'not-seen' },
  });
});

test('pages that are missing, by the count or by a page that is full', () => {
  const app = { id: 1, app_slug: 'a', repository_selection: 'selected', permissions: {} };
  const counted = githubInstallationList.parse(json({ total_count: 2, installations: [app] }));
  expect(counted.problems).toMatchObject([{ detail: expect.stringContaining('there are 2') }]);
  const hooks = Array.from({ length: 30 }, (_, id) => hook(`${api}/repos/acme/shop/hooks/${id}`, {}, { id }));
  expect(githubWebhookList.parse(json(hooks)).problems).toMatchObject([
    { detail: expect.stringContaining('there may be more') },
  ]);
  expect(githubWebhookList.parse(json(hooks.slice(1))).problems).toEqual([]);
});

test('keys of people, and hooks of others, are none', () => {
  const others = [
    [{ id: 1, key: 'ssh-ed25519 AAAA', read_only: false, url: `${api}/user/keys/1` }],
    [{ id: 1, active: true, events: [], config: {}, url: 'https://hooks.acme.example/1' }],
    { installations: [{ id: 1 }] },
  ];
  for (const tree of others) expect(recogniseAndParse(json(tree)).formats).toEqual([]);
});

test('they survive damage', () => {
  for (const format of [githubWebhookList, githubDeployKeyList, githubInstallationList]) survivesDamage(format);
});
