import { describe, expect, test } from 'vitest';
import { all, only, parseExample, survivesDamage } from '../../../test/helpers/read-formats.ts';
import type { Document, Json } from '../../sdk/index.ts';
import { readText } from '../document.ts';
import { recogniseAndParse } from '../index.ts';
import { entraApplicationList } from './application-list.ts';

type Row = { readonly [key: string]: Json };
const { example } = entraApplicationList;
const [row = {}] = JSON.parse('text' in example ? example.text : '') as Row[];
const [password = {}] = row['passwordCredentials'] as Row[];
const json = (tree: Json): Document => readText('apps.json', JSON.stringify(tree)).document;

/** As `Get-MgApplication | ConvertTo-Json` writes it. */
function capitals(part: Json): Json {
  if (Array.isArray(part)) return part.map((one: Json) => capitals(one));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), capitals(value)]),
  );
}

describe('a list of app registrations', () => {
  const parsed = parseExample(entraApplicationList);

  test('gives each under the ids that the directory itself gives, with who runs it', () => {
    expect(only(parsed, 'identity')).toMatchObject({
      id: 'application/2c8e1f0a-6f0e-4b7e-9a51-6f5d6f0f7b01',
      type: 'app-registration',
      knownAs: ['entra-app:7b1d3c5e-0a9f-4c2b-8e6d-5f4a3b2c1d02'],
      attributions: [{ rel: 'operated-by', who: { email: 'ada.maker@acme.example' } }],
    });
  });

  test('gives each secret with its age and its end', () => {
    expect(only(parsed, 'credential')).toMatchObject({
      id: 'application/2c8e1f0a-6f0e-4b7e-9a51-6f5d6f0f7b01/password/9d2e4f6a-1b3c-4d5e-8f70-a1b2c3d4e503',
      type: 'client-secret',
      createdAt: Date.parse('2023-02-02T10:00:00Z'),
      expiresAt: Date.parse('2027-02-02T10:00:00Z'),
    });
  });

  test.each<[string, Json]>([
    ['Graph answers', { '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#applications', value: [row] }],
    ['PowerShell writes', capitals([row])],
    ['several pages are put together', [{ value: [row] }]],
  ])('is read as %s', (_, tree) => {
    const result = recogniseAndParse(json(tree));
    expect(result).toMatchObject({ formats: ['entra-application-list'], problems: [], unread: [] });
    expect(all(result, 'credential').map(({ id }) => id)).toEqual(all(parsed, 'credential').map(({ id }) => id));
  });

  test('names owners where they were asked for, and no application as one', () => {
    const owners = [
      { id: '1', mail: 'bo@acme.example', displayName: 'Bo' },
      { id: '2', displayName: 'Other app' },
    ];
    const app = only(entraApplicationList.parse(json([{ ...row, owners }])), 'identity');
    expect(app.attributions).toMatchObject([
      { rel: 'owned-by', who: { email: 'bo@acme.example' }, basis: 'platform-owner' },
      { rel: 'operated-by' },
    ]);
  });

  test('searches what should not be there: the value of a secret', () => {
    const spilt = { ...row, passwordCredentials: [{ ...password, secretText: 'canary' }] };
    const { items } = entraApplicationList.parse(json([spilt]));
    expect(items[0]?.contents?.[0]?.labels).toContainEqual(
      expect.objectContaining({ pointer: '/0/passwordCredentials/0/secretText', secret: true }),
    );
    expect(JSON.stringify(items.map(({ record }) => record))).not.toContain('canary');
  });

  test('says that pages are missing', () => {
    const { problems } = entraApplicationList.parse(
      json({ value: [row], '@odata.nextLink': 'https://graph.example/x' }),
    );
    expect(problems).toMatchObject([{ detail: expect.stringContaining('there may be more') }]);
  });

  test('is not a list of service principals', () => {
    expect(entraApplicationList.recognise(json([{ ...row, servicePrincipalType: 'Application' }]))).toBe(false);
  });

  test('survives damage', () => {
    survivesDamage(entraApplicationList);
  });

  test('an app that was switched off is, and one that says for whom it is says so', () => {
    const read = (more: object) => only(entraApplicationList.parse(json([{ ...row, ...more }])), 'identity');
    expect(read({ isDisabled: true })).toMatchObject({ status: 'disabled' });
    expect(read({ signInAudience: 'AzureADMultipleOrgs' })).toMatchObject({
      status: 'active',
      tags: expect.arrayContaining(['audience:AzureADMultipleOrgs']),
    });
  });
});
