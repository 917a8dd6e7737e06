import { expect, test } from 'vitest';
import { all, only, parseExample, survivesDamage } from '../../../test/helpers/read-formats.ts';
import type { Document, Json } from '../../sdk/index.ts';
import { readText } from '../document.ts';
import { recogniseAndParse } from '../index.ts';
import { googleServiceAccountList } from './service-account-list.ts';

const json = (tree: Json): Document => readText('list.json', JSON.stringify(tree)).document;
const email = 'invoices@acme-finance.iam.gserviceaccount.com';
const account = (of: string, more: { readonly [key: string]: Json } = {}): Json => ({
  email: of,
  name: `projects/acme-finance/serviceAccounts/${of}`,
  ...more,
});
const key = (id: string, more: { readonly [key: string]: Json } = {}): Json => ({
  name: `projects/acme-finance/serviceAccounts/${email}/keys/${id}`,
  keyType: 'USER_MANAGED',
  keyAlgorithm: 'KEY_ALG_RSA_2048',
  validAfterTime: '2023-02-02T10:00:00Z',
  validBeforeTime: '9999-12-31T23:59:59Z',
  ...more,
});

test('an account and its key, which never ends, in their project', () => {
  const parsed = parseExample(googleServiceAccountList);
  expect(only(parsed, 'identity')).toMatchObject({ id: email, name: 'Invoice import', type: 'service-account' });
  expect(only(parsed, 'credential')).toMatchObject({
    type: 'service-account-key',
    createdAt: Date.UTC(2023, 1, 2, 10),
    expiresAt: 'never',
    key: { algorithm: 'RSA', bits: 2048 },
    links: [
      { rel: 'authenticates', kind: 'identity', id: email },
      { rel: 'contained-in', id: 'projects/acme-finance' },
    ],
  });
  expect(only(parsed, 'container')).toMatchObject({ id: 'projects/acme-finance', type: 'project' });
});

test('what is switched off, what ends, and what Google keeps to itself', () => {
  const keys = [
    key('a'),
    key('b', { disabled: true }),
    key('c', { validBeforeTime: '2027-02-02T10:00:00Z' }),
    key('d', { keyType: 'SYSTEM_MANAGED', validBeforeTime: '2026-12-01T00:00:00Z' }),
  ];
  const found = all(googleServiceAccountList.parse(json({ keys })), 'credential');
  expect(found.map(({ status, expiresAt }) => [status, expiresAt])).toEqual([
    ['active', 'never'],
    ['inactive', 'never'],
    ['active', Date.UTC(2027, 1, 2, 10)],
  ]);
  expect(googleServiceAccountList.parse(json([key('d', { keyType: 'SYSTEM_MANAGED' })])).items).toEqual([]);
});

test('accounts that Google made, and pages that are missing', () => {
  const { items, problems } = googleServiceAccountList.parse(
    json({
      accounts: [account('1-compute@developer.gserviceaccount.com'), account(email, { disabled: true }), { name: 'x' }],
      nextPageToken: 'more',
    }),
  );
  expect(all({ items, problems }, 'identity')).toMatchObject([
    { tags: ['default service account'], status: 'active' },
    { status: 'disabled' },
  ]);
  expect(problems).toMatchObject([
    { pointer: '/accounts/2' },
    { detail: expect.stringContaining('there may be more') },
  ]);
});

test('what lists something else is none', () => {
  for (const tree of [[], [{ email: 'ada@acme.example', name: 'Ada' }], [{ keyType: 'USER_MANAGED', name: 'x' }]])
    expect(recogniseAndParse(json(tree)).formats).toEqual([]);
});

test('it survives damage', () => {
  survivesDamage(googleServiceAccountList);
});
