import { expect, test } from 'vitest';
import { pointsTo } from './pointing.ts';
import type { Identity } from './record.ts';

const role = (subject: string, issuer = 'token.actions.githubusercontent.com'): Identity => ({
  kind: 'identity',
  id: 'r',
  name: 'r',
  type: 'role',
  status: 'active',
  trusts: [{ type: 'oidc', issuer, subjects: [subject] }],
});

test.each([
  ['repo:Acme/Site:ref:refs/heads/main', ['github-repository:acme/site']],
  ['repo:acme/site:*', ['github-repository:acme/site']],
  // Names may be somebody else's by now.
  ['repo:acme@12/site@34:environment:production', ['github-repository:34']],
  ['repo:acme/*', []],
  ['repo:acme/site*', []],
  ['repo:*', []],
  ['*', []],
])('who trusts %s points to %j', (subject, expected) => {
  expect(pointsTo(role(subject))).toEqual(expected);
});

test('the same words of another issuer say nothing of GitHub', () => {
  expect(pointsTo(role('repo:acme/site:x', 'gitlab.com'))).toEqual([]);
});
