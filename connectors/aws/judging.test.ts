import { expect, test } from 'vitest';
import { soundsSecret } from './parameters.ts';
import { statementsOf, trustsOf } from '../../src/formats/aws/policy.ts';
import { toldBy } from './tags.ts';

test('trust: conditions in any case, wildcards, SAML, everybody, and policies that nobody can read', () => {
  const trusts = (Principal: unknown, Condition?: object) =>
    trustsOf(
      statementsOf(JSON.stringify({ Statement: [{ Effect: 'Allow', Principal, Condition }] })) ?? [],
      '1'.repeat(12),
    );
  const oidc = 'arn:aws:iam::111111111111:oidc-provider/gitlab.example/path';
  expect(trusts({ Federated: oidc }, { StringLike: { 'GITLAB.example/path:SUB': '*' } })).toEqual([
    { type: 'oidc', issuer: 'gitlab.example/path', subjects: [], audiences: [], narrowed: false },
  ]);
  expect(
    trusts({ Federated: oidc }, { 'ForAnyValue:StringEquals': { 'gitlab.example/path:group': ['a'] } }),
  ).toMatchObject([{ narrowed: true }]);
  expect(
    trusts({ Federated: 'arn:aws:iam::111111111111:saml-provider/corp' }, { StringEquals: { 'SAML:aud': 'x' } }),
  ).toMatchObject([{ type: 'saml', issuer: 'corp', audiences: ['x'], narrowed: false }]);
  expect(trusts('*')).toMatchObject([{ type: 'account', issuer: '*', narrowed: false }]);
  expect(
    trusts({ AWS: ['arn:aws:iam::111111111111:root', '222222222222'] }, { StringEquals: { 'sts:ExternalId': 'x' } }),
  ).toEqual([{ type: 'account', issuer: '222222222222', narrowed: true }]);
  expect(statementsOf('%7Bbroken')).toBeUndefined();
});

test('tags name owners in many spellings; names of settings tell secrets from addresses', () => {
  const owners = (Key: string, Value: string, own: string[] = []) =>
    toldBy([{ Key, Value }], own).attributions.filter(Boolean);
  expect(owners('acme:TechnicalOwner', 'bob')).toMatchObject([{ rel: 'operated-by', who: { login: 'bob' } }]);
  expect(owners('Owner', 'Jo Porter')).toMatchObject([{ who: { name: 'Jo Porter' } }]);
  expect(owners('steward', 'jo@acme.example', ['Steward'])).toMatchObject([
    { rel: 'owned-by', who: { email: 'jo@acme.example' } },
  ]);
  expect(owners('colour', 'red')).toEqual([]);
  expect(['/a/db-password', '/a/ApiKey', '/a/client_secret', 'GITHUB_TOKEN'].map(soundsSecret)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(['/a/token-url', '/secrets/theme', '/a/secret-arn', '/a/password-length', 'monkey'].map(soundsSecret)).toEqual(
    [false, false, false, false, false],
  );
});
