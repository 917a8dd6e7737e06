import { expect, test } from 'vitest';
import type { Credential, Identity } from '../../../src/sdk/index.ts';
import { runExample } from '../../../src/sdk/testing.ts';
import { administrativeRole } from '../privilege/administrative-role.ts';
import { highRiskScope } from '../privilege/high-risk-scope.ts';
import { aCredential, anIdentity, aWorkflow } from './examples.ts';
import { grantFacts, grantsOf, nothingIn } from './granted.ts';

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

test('what may do nothing risky passes only where its rights are told in full', () => {
  const verdicts = [
    anIdentity({ scopes: ['openid'] }),
    anIdentity({ scopes: ['default'] }),
    anIdentity({ gaps: { scopes: 'denied' } }),
    aWorkflow({ gaps: { permissions: 'not-supported' } }),
  ].map(nothingIn);
  expect(verdicts.map((verdict) => (verdict.is === 'unknown' ? verdict.because : verdict.is))).toEqual([
    'pass',
    'One of its scopes stands for rights that are granted elsewhere.',
    'We were refused what it was granted.',
    'The platform does not report what it was granted.',
  ]);
});

test('the rights of a key, and of a consent to no more than its app has, are asked about there', () => {
  const app = anIdentity({ type: 'oauth-app', scopes: ['mail.readwrite'] });
  const asked = (more: Partial<Credential>, identity = app): boolean[] => {
    const example = { name: 'rights', subject: aCredential({ scopes: ['Mail.ReadWrite'], ...more }) };
    const out = [{ rel: 'authenticates', record: identity }] as const;
    return runExample(highRiskScope, { ...example, out }).map(({ is }) => is === 'fail');
  };
  expect(asked({})).toEqual([]);
  expect(asked({}, anIdentity({ type: 'oauth-app' }))).toEqual([true]);
  const forAll: Partial<Credential> = { type: 'oauth-grant', reach: 'all' };
  expect(asked(forAll)).toEqual([]);
  expect(asked({ ...forAll, scopes: ['Mail.ReadWrite', 'Files.Read.All'] })).toEqual([true]);
  expect(asked({ ...forAll, reach: 'one', scopes: ['Mail.ReadWrite', 'Files.Read.All'] })).toEqual([]);
});

test('the rights of a script that are those of the identity it runs as are asked about there', () => {
  const asked = (...scopes: string[]): boolean[] => {
    const subject = aWorkflow({ permissions: ['openid', 'https://www.googleapis.com/auth/drive'] });
    const out = [{ rel: 'uses', record: anIdentity({ scopes }) }] as const;
    return runExample(highRiskScope, { name: 'rights', subject, out }).map(({ is }) => is === 'fail');
  };
  expect(asked('https://www.googleapis.com/auth/drive', 'openid')).toEqual([]);
  expect(asked('openid')).toEqual([true]);
  expect(asked()).toEqual([true]);
});

test('the registration of an app acts as what is asked itself, a bot has rights of its own', () => {
  const out = [{ rel: 'uses', record: anIdentity({ id: 'app', scopes: [] }) }] as const;
  const admin = (type: Identity['type']) =>
    runExample(administrativeRole, { name: type, subject: anIdentity({ type, admin: true }), out });
  expect(admin('app-registration')).toEqual([]);
  expect(admin('bot')).toMatchObject([{ is: 'fail' }]);
});

test('Okta’s administrators of people, apps and everything are told from those who look on', () => {
  expect(told('okta', 'Organization Administrator', 'Super Organization Administrator')).toHaveLength(2);
  expect(told('okta', 'Read Only Administrator', 'Report Administrator')).toEqual([]);
});
