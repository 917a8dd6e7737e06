import { expect, test } from 'vitest';
import { aConnection, aCredential, anIdentity } from './examples.ts';
import { anyPrivileged, isPrivileged, riskyGrants } from './privilege.ts';
import { riskyScopes } from './risky-scopes.ts';

const risksOf = (...scopes: string[]): string[] => riskyGrants(scopes).map(({ risk }) => risk);

test('scopes are recognised in every spelling that platforms use', () => {
  expect(risksOf('Mail.Read', 'https://graph.microsoft.com/Mail.Read', ' mail.read ')).toEqual([
    'mail',
    'mail',
    'mail',
  ]);
  expect(risksOf('https://www.googleapis.com/auth/drive', 'https://mail.google.com/')).toEqual(['files', 'mail']);
  expect(risksOf('secrets: write', 'okta.users.manage', 'Global Administrator')).toEqual([
    'identities',
    'identities',
    'admin',
  ]);
});

test('what an app of Dropbox Sign may do for those who agree to it', () => {
  expect(risksOf('request_signature', 'team_access', 'api_app_access')).toEqual([
    'signature',
    'directory',
    'identities',
  ]);
  // For all its name, it shows a name and an address: https://developers.hellosign.com/api/reference/tag/OAuth
  expect(risksOf('account_access', 'basic_account_info')).toEqual([]);
});

test('fine-grained tokens of GitHub list what they may in groups', () => {
  expect(
    risksOf(
      'repository/secrets: write',
      'organization/members: write',
      'organization/organization_custom_roles: write',
    ),
  ).toEqual(['identities', 'directory', 'identities']);
  expect(risksOf('repository/contents: read', 'organization/members: read')).toEqual([]);
});

test('narrow neighbours of risky scopes are left alone', () => {
  expect(
    risksOf('Mail.ReadBasic', 'https://www.googleapis.com/auth/drive.file', 'okta.users.read', 'contents: read'),
  ).toEqual([]);
  expect(risksOf('chat:write', 'openid', 'offline_access', 'repo:status', 'public_repo', 'iam:read')).toEqual([]);
});

test('the scope "everything" is no pattern over other scopes', () => {
  expect(risksOf('*')).toEqual(['admin']);
  expect(risksOf('tickets:read')).toEqual([]);
});

test('every scope stands in the table once, in the spelling that is looked up', () => {
  const all = riskyScopes.flatMap(({ scopes }) => scopes.split(' '));
  expect(all.filter((scope, at) => all.indexOf(scope) !== at)).toEqual([]);
  expect(all.filter((scope) => !scope.includes('*') && risksOf(scope).length !== 1)).toEqual([]);
});

test('privilege is true, false or not known', () => {
  expect(isPrivileged(anIdentity({ admin: true }))).toBe(true);
  expect(isPrivileged(anIdentity({ admin: false, scopes: [] }))).toBe(false);
  expect(isPrivileged(anIdentity({ scopes: [] }))).toBeUndefined();
  expect(isPrivileged(anIdentity({ admin: false }))).toBeUndefined();
  expect(isPrivileged(aCredential({ admin: false, scopes: ['default'] }))).toBeUndefined();
  expect(isPrivileged(anIdentity({ scopes: [], impersonates: { users: 'some' } }))).toBeUndefined();
  expect(isPrivileged(aConnection())).toBeUndefined();
  const ada = { kind: 'person', id: 'p', name: 'Ada', status: 'active' } as const;
  expect([true, false].map((admin) => isPrivileged({ ...ada, admin }))).toEqual([true, false]);
  expect(isPrivileged(ada)).toBeUndefined();
  expect(isPrivileged(anIdentity({ impersonates: { users: 'all' } }))).toBe(true);
  expect(isPrivileged(aCredential({ scopes: ['repo'] }))).toBe(true);
  expect(isPrivileged(aConnection({ scopes: ['https://graph.microsoft.com/.default'] }))).toBeUndefined();
  expect(isPrivileged(aConnection({ scopes: ['openid'] }))).toBe(false);
});

test('one unknown among several keeps "not privileged" from being said', () => {
  const harmless = aConnection({ scopes: [] });
  expect(anyPrivileged([harmless, aConnection()])).toBeUndefined();
  expect(anyPrivileged([harmless, aConnection({ scopes: ['Mail.Send'] })])).toBe(true);
  expect(anyPrivileged([harmless])).toBe(false);
});
