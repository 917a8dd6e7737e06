import { assert, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectSound, wounded } from '../../../test/helpers/wounded-tree.ts';
import { only, records } from '../../../test/helpers/n8n.ts';
import type { Json, Parsed } from '../../sdk/index.ts';
import { exampleDocument, readText } from '../document.ts';
import { n8nCredentials } from './credentials.ts';
import { n8nWorkflow } from './workflow.ts';

const { tree: example } = exampleDocument(n8nCredentials.example);

function read(tree: Json, path = 'n8n/credentials.json'): Parsed {
  return n8nCredentials.parse(readText(path, JSON.stringify(tree)).document);
}

function recognises(tree: Json): boolean {
  return n8nCredentials.recognise(readText('a.json', JSON.stringify(tree)).document);
}

describe('the example', () => {
  const parsed = read(example ?? null);

  test('defines the connections that workflows mention', () => {
    const connections = records(parsed, 'connection');
    expect(connections.map(({ id, authentication }) => [id, authentication])).toEqual([
      ['n8n/-/httpHeaderAuth/CredHr0000000001', 'header'],
      ['n8n/-/ftp/CredFtp000000001', 'password'],
    ]);
    expect(connections[0]).toMatchObject({ subject: 'person', account: { email: 'dana@acme.example' } });
    expect(parsed.items.every((item) => item.reference === undefined)).toBe(true);
    const mentioned = n8nWorkflow.parse(exampleDocument(n8nWorkflow.example)).items.map(({ record }) => record.id);
    expect(mentioned).toContain('n8n/-/httpHeaderAuth/CredHr0000000001');
  });

  test('tells what is encrypted from what lies open', () => {
    expect(records(parsed, 'credential').map(({ id, store, type }) => [id, store, type])).toEqual([
      ['n8n/credentials.json#CredHr0000000001', 'platform', 'api-key'],
      ['n8n/credentials.json#CredFtp000000001', 'export', 'password'],
    ]);
    const [closed, open] = parsed.items.filter((item) => item.record.kind === 'credential');
    expect(JSON.stringify(closed?.contents?.map((content) => content.tree))).not.toContain('U2FsdGVk');
    expect(open?.contents?.[0]).toMatchObject({
      place: 'credential-export',
      labels: [{ pointer: '/1/data/password', place: 'credential-export', secret: true }],
    });
  });
});

test('secret fields are those that hold the secret, at any depth, and no reference to a vault', () => {
  const data = {
    clientId: 'id',
    clientSecret: 's',
    accessTokenUrl: 'https://id.acme.example/token',
    authUrl: 'u',
    oauthTokenData: { access_token: 'a', refresh_token: 'r', token_type: 'Bearer', scope: 'x', expires_in: 3 },
    password: '={{ $secrets.vault.pw }}',
  };
  const parsed = read({ id: '7', name: 'Drive', type: 'googleDriveOAuth2Api', data });
  const item = only(parsed.items.filter(({ record }) => record.kind === 'credential'));
  expect(item.contents?.[0]?.labels?.map((label) => label.pointer)).toEqual([
    '/data/clientSecret',
    '/data/oauthTokenData/access_token',
    '/data/oauthTokenData/refresh_token',
  ]);
  expect(item.record).toMatchObject({ type: 'oauth-token', store: 'export' });
});

test('a header credential keeps its secret in `value`', () => {
  const parsed = read([{ id: 'x', name: 'H', type: 'httpHeaderAuth', data: { name: 'X-Key', value: 'v' } }]);
  expect(parsed.items[1]?.contents?.[0]?.labels?.map((label) => label.pointer)).toEqual(['/0/data/value']);
});

test('what somebody wrote to be imported has no more than what it takes to sign in', () => {
  const parsed = read([
    { id: 'db', name: 'People', type: 'postgres', data: { host: 'db', user: 'app', password: 'p' } },
  ]);
  expect(only(records(parsed, 'credential'))).toMatchObject({ name: 'People', type: 'password', store: 'export' });
  expect(parsed.items[1]?.contents?.[0]?.labels?.map((label) => label.pointer)).toEqual(['/0/data/password']);
});

test('the list of the API gives owner and shares, and no secret', () => {
  const shared = [
    { name: 'Jo Doe <jo@acme.example>', role: 'credential:owner' },
    { name: 'Finance', role: 'credential:user' },
  ];
  const parsed = read({ data: [{ id: 'CredTg0000000001', name: 'Bot', type: 'telegramApi', shared }] });
  expect(only(records(parsed, 'connection'))).toMatchObject({
    sharedWith: { reach: 'some', count: 2 },
    attributions: [{ rel: 'owned-by', who: { name: 'Jo Doe', email: 'jo@acme.example' }, basis: 'platform-owner' }],
  });
  expect(only(records(parsed, 'credential')).store).toBe('platform');
});

test('the config file holds the key to all of them', () => {
  const parsed = read({ encryptionKey: 'k' }, '.n8n/config');
  expect(only(parsed.items)).toMatchObject({
    record: { kind: 'credential', id: '.n8n/config#encryptionKey', store: 'file' },
    contents: [{ labels: [{ pointer: '/encryptionKey', secret: true }] }],
  });
  expect(JSON.stringify(only(parsed.items).record)).not.toContain('"k"');
});

test('what sort of credential a type is', () => {
  const types = {
    googleApi: 'service-account-key',
    sshPrivateKey: 'ssh-key',
    acmeWebhookSecretApi: 'webhook-secret',
    googleSheetsOAuth2Api: 'oauth-token',
    httpBasicAuth: 'password',
    httpSslAuth: 'certificate',
    httpCustomAuth: 'secret',
    slackApi: 'api-key',
  };
  const list = Object.keys(types).map((type) => ({ id: type, name: type, type, data: 'U2FsdGVkX18=' }));
  const found = records(read(list), 'credential').map(({ name, type }) => [name, type]);
  expect(Object.fromEntries(found)).toEqual(types);
});

const mine = { id: 'c', name: 'C', type: 'acmeApi' };
test.each<[string, Json]>([
  ['ciphertext', [{ ...mine, type: 'acme', data: 'U2FsdGVkX18=' }]],
  ['text, and a field of n8n’s own', [{ ...mine, type: 'acme', data: 'x', nodesAccess: [] }]],
  ['fields, and a type that ends as n8n’s do', [{ ...mine, data: { key: 'x' } }]],
  ['fields, and a field of n8n’s own', [{ ...mine, type: 'acme', data: { key: 'x' }, isManaged: false }]],
  ['no data, but shares', [{ ...mine, shared: [{ role: 'credential:user' }] }]],
  ['the answer of the API', { data: [{ ...mine, data: { key: 'x' } }] }],
  ['a saved response', { response: { body: { data: [{ ...mine, data: { key: 'x' } }] } } }],
])('a credential is known by %s', (_, tree) => expect(recognises(tree)).toBe(true));

test('beside one that is known, a name, a type and data suffice; a node or a person is none', () => {
  const known = { ...mine, data: { key: 'x' } };
  const beside = (other: Json) => records(read([known, other]), 'credential').length;
  expect(beside({ name: 'D', type: 'acme', data: { key: 'x' } })).toBe(2);
  expect(beside({ name: 'D', type: 'acme', data: 'x' })).toBe(2);
  expect(beside({ name: 'D', type: 'acme' })).toBe(1);
  expect(beside({ name: 'D', data: {} })).toBe(1);
  expect(beside({ type: 'acme', data: {} })).toBe(1);
});

test('a credential of its owner alone is private, and one that nobody shares says nothing', () => {
  const shared = [{ name: 'Jo Doe <jo@acme.example>', role: 'credential:owner' }];
  const [first, second] = records(
    read([
      { ...mine, shared },
      { ...mine, id: 'd', data: { key: 'x' } },
    ]),
    'connection',
  );
  expect([first?.sharedWith, second?.sharedWith]).toEqual([{ reach: 'private' }, undefined]);
  const team = [{ name: 'Finance', role: 'credential:owner' }];
  expect(only(records(read([{ ...mine, shared: team }]), 'connection')).attributions ?? []).toEqual([]);
});

test.each<[Json]>([
  [[]],
  [[{ name: 'x', type: 'acmeApi', data: { key: 'x' }, parameters: {} }]],
  [[{ name: 'x', type: 'ACME API', data: { key: 'x' }, isManaged: false }]],
  [{ id: 1, name: 'x', type: 'customNode', data: { label: 'x' }, position: { x: 1 } }],
  [[{ id: 'n', name: 'Widget', type: 'chart', data: {} }]],
  [[{ id: 'n', name: 'Cache', type: 'redis', data: { size: 5 } }]],
  [[{ name: 'Cache', type: 'redis', data: { host: 'cache' } }]],
  [{ encryptionKey: 'k', other: 1 }],
  [{ data: [{ id: 1, name: 'Ann', type: 'user' }] }],
])('%j is none of n8n’s credentials', (tree) => expect(recognises(tree)).toBe(false));

test('a stranger in the list is named', () => {
  const [first] = example as readonly Json[];
  expect(read([first ?? null, { hello: 1 }]).problems).toEqual([
    { pointer: '/1', detail: 'This entry of the list is no n8n credential.' },
  ]);
});

test('a damaged export never throws and never loses its own rules', () => {
  assert(
    property(wounded(example ?? null), (tree) => {
      const document = readText('n8n/damaged.json', JSON.stringify(tree)).document;
      if (n8nCredentials.recognise(document)) expectSound(n8nCredentials.parse(document));
      expect(JSON.stringify(n8nCredentials.parse(document))).toBe(JSON.stringify(n8nCredentials.parse(document)));
    }),
    { numRuns: 60, seed: 7 },
  );
});
