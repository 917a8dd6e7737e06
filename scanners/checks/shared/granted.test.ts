import { expect, test } from 'vitest';
import { anIdentity } from './examples.ts';
import { grantFacts, grantsOf } from './granted.ts';

const told = (platform: string, ...scopes: string[]) => {
  const holder = anIdentity({ platform, scopes });
  return grantFacts(holder, grantsOf(holder, ['admin', 'identities', 'mail'])).map(({ value }) => value);
};

test('a right is told as that of the platform that it is on', () => {
  expect(told('entra', 'Application Administrator')).toEqual([
    'Application Administrator (Microsoft Entra): creates or changes identities, roles or credentials',
  ]);
  // Okta has a role of that name.
  expect(told('okta', 'Application Administrator')).toEqual([
    'Application Administrator: creates or changes identities, roles or credentials',
  ]);
  expect(told('n8n', 'Mail.Read')).toEqual(['Mail.Read (Microsoft Graph): reads or sends mail or private messages']);
});

test('Okta’s administrators of people, apps and everything are told from those who look on', () => {
  expect(told('okta', 'Organization Administrator', 'Super Organization Administrator')).toHaveLength(2);
  expect(told('okta', 'Read Only Administrator', 'Report Administrator')).toEqual([]);
});
