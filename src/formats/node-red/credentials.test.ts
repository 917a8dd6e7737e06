import { expect, test } from 'vitest';
import { only, records } from '../../../test/helpers/n8n.ts';
import type { Json, Parsed } from '../../sdk/index.ts';
import { exampleDocument, readText } from '../document.ts';
import { nodeRedCredentials } from './credentials.ts';

const read = (tree: Json, path = 'nr/flows_cred.json'): Parsed =>
  nodeRedCredentials.parse(readText(path, JSON.stringify(tree)).document);
const recognises = (tree: Json, path = 'nr/some.json'): boolean =>
  nodeRedCredentials.recognise(readText(path, JSON.stringify(tree)).document);

test('credentials in clear belong to the nodes of the flows file beside them', () => {
  const parsed = nodeRedCredentials.parse(exampleDocument(nodeRedCredentials.example));
  expect(records(parsed, 'credential').map(({ type, store, links }) => [type, store, links?.[0]])).toEqual([
    ['password', 'export', { rel: 'authenticates', kind: 'connection', id: 'node-red/flows.json#8d1f6f5d.a1b2c' }],
    ['password', 'export', { rel: 'authenticates', kind: 'connection', id: 'node-red/flows.json#4b6d0c9ae1f20357' }],
  ]);
  expect(parsed.items[1]?.contents).toEqual([
    expect.objectContaining({
      place: 'credential-export',
      tree: { '4b6d0c9ae1f20357': { username: 'svc-mail', password: 'example', has_password: true } },
      labels: [{ pointer: '/4b6d0c9ae1f20357/password', place: 'credential-export', secret: true }],
    }),
  ]);
  expect(JSON.stringify(parsed.items.map((item) => item.record))).not.toContain('svc-');
});

test('an encrypted file is one credential, and its ciphertext is not scanned', () => {
  const parsed = read({ $: `${'0a'.repeat(16)}Zm9v` });
  expect(only(parsed.items)).toMatchObject({ record: { store: 'platform' }, contents: [{ tree: {} }] });
  expect(only(parsed.items).contents?.[0]).not.toHaveProperty('text');
});

test('the runtime’s own key is a secret in a file', () => {
  const parsed = read({ instanceId: 'i', _credentialSecret: 'k' }, 'nr/.config.runtime.json');
  expect(only(parsed.items)).toMatchObject({
    record: { store: 'file' },
    contents: [{ labels: [{ pointer: '/_credentialSecret', secret: true }] }],
  });
});

test('nodes that nobody filled in hide none of the others, and variables of the whole instance are secrets', () => {
  const tree = {
    '4b6d0c9ae1f20357': {},
    '5c7e1dabf2031468': { map: {} },
    '6d8f2ebc03142579': { map: { DOOR_CODE: 'example' } },
    '7e903fcd1425368a': { userid: 'svc-door', password: 'example' },
  };
  expect(recognises(tree, 'nr/flows_cred.json')).toBe(true);
  const parsed = read(tree);
  expect(records(parsed, 'credential').map(({ name }) => name)).toEqual([
    'Credentials of node 6d8f2ebc03142579',
    'Credentials of node 7e903fcd1425368a',
  ]);
  expect(parsed.items[0]?.contents?.[0]?.labels).toEqual([
    { pointer: '/6d8f2ebc03142579/map', place: 'credential-export', secret: true },
  ]);
  expect(recognises({ '4b6d0c9ae1f20357': {}, '5c7e1dabf2031468': {} }, 'nr/flows_cred.json')).toBe(false);
});

test('content decides, and the name only helps with ids that people chose', () => {
  expect(recognises({ '4b6d0c9ae1f20357': { user: 'u' } })).toBe(true);
  expect(recognises({ door: { user: 'u', password: 'p' } })).toBe(false);
  expect(recognises({ door: { user: 'u', password: 'p' } }, 'nr/flows_cred.json')).toBe(true);
  expect(recognises({ $: 'short' })).toBe(false);
  expect(recognises({ '4b6d0c9ae1f20357': { nested: { user: 'u' } } })).toBe(false);
  expect(recognises({}, 'nr/flows_cred.json')).toBe(false);
});
