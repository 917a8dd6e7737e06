import { expect, test } from 'vitest';
import { all, only, parseExample, survivesDamage } from '../../../test/helpers/read-formats.ts';
import type { Document, Json } from '../../sdk/index.ts';
import { readText } from '../document.ts';
import { recogniseAndParse } from '../index.ts';
import { oktaAppList } from './app-list.ts';
import { oktaTokenList } from './token-list.ts';

const json = (tree: Json): Document => readText('list.json', JSON.stringify(tree)).document;
const token = (more: { readonly [key: string]: Json }): Json => ({
  id: 't',
  name: 'Script',
  userId: 'u',
  tokenWindow: 'P30D',
  created: '2026-01-01T10:00:00.000Z',
  expiresAt: '2026-01-31T10:00:00.000Z',
  ...more,
});
const app = (id: number, more: { readonly [key: string]: Json } = {}): Json => ({
  id: `app-${id}`,
  label: `App ${id}`,
  status: 'ACTIVE',
  signOnMode: 'SAML_2_0',
  ...more,
});

test('a token under the id that it has live, with its last use by its window and whose it is', () => {
  expect(only(parseExample(oktaTokenList), 'credential')).toMatchObject({
    id: 'api-token/token-1',
    name: 'Provisioning script',
    type: 'api-key',
    createdAt: Date.UTC(2023, 1, 2, 10),
    lastUsedAt: Date.UTC(2026, 10, 20, 10),
    usableFrom: 'anywhere',
    attributions: [{ rel: 'owned-by', who: { id: 'user-1' }, basis: 'platform-owner' }],
    gaps: { scopes: 'not-seen', admin: 'not-seen' },
  });
});

test('a token that was never used, and from where tokens may be used', () => {
  const zones = (include: Json) => token({ id: JSON.stringify(include), network: { connection: 'ZONE', include } });
  const list = json([token({}), zones(['zone-1']), zones('ALL_IP_ZONES'), zones([]), { id: 'stranger' }]);
  const { items, problems } = oktaTokenList.parse(list);
  const [unsaid, chosen, named, none] = all({ items, problems }, 'credential');
  expect(unsaid).toMatchObject({ lastUsedAt: 'never', gaps: { usableFrom: 'not-seen' } });
  expect(chosen).toMatchObject({ gaps: { usableFrom: 'not-seen' } });
  expect(named).toMatchObject({ gaps: { usableFrom: 'not-seen' } });
  expect(none).toMatchObject({ usableFrom: 'anywhere' });
  expect(problems).toMatchObject([{ pointer: '/4' }]);
});

test('apps: clients of whose grants nothing is known, others without any, and a shared password', () => {
  const parsed = parseExample(oktaAppList);
  expect(all(parsed, 'identity')).toMatchObject([
    {
      id: 'app/app-1',
      type: 'service-account',
      grants: ['client_credentials'],
      tags: ['sign-on:OPENID_CONNECT', 'client-authentication:client_secret_basic'],
      gaps: { scopes: 'not-seen', admin: 'not-seen' },
    },
    { id: 'app/app-2', type: 'integration', scopes: [], admin: false },
  ]);
  expect(only(parsed, 'credential')).toMatchObject({
    id: 'app/app-2/password',
    tags: ['shared'],
    links: [{ rel: 'authenticates', id: 'app/app-2' }],
  });
});

test('a client secret in the list is a secret, whatever it looks like', () => {
  const list = json([app(1, { credentials: { oauthClient: { client_secret: 'word' } } })]);
  const labels = oktaAppList
    .parse(list)
    .items.flatMap(({ contents = [] }) => contents.flatMap((one) => one.labels ?? []));
  expect(labels).toMatchObject([{ pointer: '/0/credentials/oauthClient/client_secret', secret: true }]);
});

test('a full page may have others behind it', () => {
  const page = (length: number): Json => Array.from({ length }, (_, index) => app(index));
  expect(oktaAppList.parse(json(page(200))).problems).toMatchObject([
    { detail: expect.stringContaining('there may be more') },
  ]);
  expect(oktaAppList.parse(json(page(3))).problems).toEqual([]);
});

test('what lists something else is none', () => {
  for (const tree of [[], [{ id: 'x', label: 'y' }], { value: [{ tokenWindow: 'P30D' }] }])
    expect(recogniseAndParse(json(tree)).formats).toEqual([]);
});

test('they survive damage', () => {
  survivesDamage(oktaTokenList);
  survivesDamage(oktaAppList);
});
