import { describe, expect, test } from 'vitest';
import { all, only, parseExample, survivesDamage } from '../../../test/helpers/read-formats.ts';
import type { Document, Json } from '../../sdk/index.ts';
import { exampleDocument, readText } from '../document.ts';
import { awsCredentialReport } from './credential-report.ts';
import { awsUserList } from './user-list.ts';

const account = '210987654321';
const arn = (name: string): string => `arn:aws:iam::${account}:user/${name}`;
const user = (name: string, more: { readonly [key: string]: Json } = {}): Json => ({
  UserName: name.slice(name.lastIndexOf('/') + 1),
  Arn: arn(name),
  CreateDate: '2020-02-02T10:00:00+00:00',
  Tags: [{ Key: 'owner', Value: 'bo@acme.example' }],
  ...more,
});
const role = (name: string, more: { readonly [key: string]: Json } = {}): Json => ({
  RoleName: name,
  RoleId: `role-${name}`,
  Path: '/',
  Arn: `arn:aws:iam::${account}:role/${name}`,
  CreateDate: '2024-01-02T10:00:00+00:00',
  ...more,
});
const trust = (principal: Json, condition?: Json): Json => ({
  Statement: {
    Effect: 'Allow',
    Principal: principal,
    Action: 'sts:AssumeRole',
    ...(condition !== undefined && { Condition: condition }),
  },
});
const json = (tree: Json): Document => readText('users.json', JSON.stringify(tree)).document;
const report = exampleDocument(awsCredentialReport.example);
const beside = (document: Document, other: Document): Document => ({
  ...document,
  neighbours: new Map([[other.path, other]]),
});

describe('a list of users', () => {
  test('gives a machine with whom its tags name, and with the rights that it has for sure', () => {
    const policy = { PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
    const list = json({ UserDetailList: [user('bots/deploy', { AttachedManagedPolicies: [policy] }), user('idle')] });
    const [deploy, idle] = all(awsUserList.parse(beside(list, report)), 'identity');
    expect(deploy).toMatchObject({
      id: `${account}/user/bots/deploy`,
      admin: true,
      attributions: [{ rel: 'owned-by', who: { email: 'bo@acme.example' }, basis: 'tag' }],
    });
    expect(idle).toMatchObject({ gaps: { admin: 'not-seen' } });
    expect(idle).not.toHaveProperty('admin');
  });

  test('tells people from machines by the report beside it, or by what it says itself', () => {
    const people = awsUserList.parse(beside(json({ Users: [user('ada.maker')] }), report));
    expect(only(people, 'person')).toMatchObject({
      id: `${account}/user/ada.maker`,
      emails: ['bo@acme.example'],
      tags: ['owner=bo@acme.example', 'no MFA'],
    });
    expect(people.problems).toEqual([]);
    expect(only(parseExample(awsUserList), 'person')).toMatchObject({ emails: ['ada.maker@acme.example'] });
  });

  test('says that it does not know, where neither tells', () => {
    const { problems } = awsUserList.parse(json({ Users: [user('idle')] }));
    expect(problems).toMatchObject([{ detail: expect.stringContaining('credential_report.csv') }]);
  });

  test('says that pages are missing', () => {
    const { problems } = awsUserList.parse(beside(json({ Users: [user('bots/deploy')], IsTruncated: true }), report));
    expect(problems).toMatchObject([{ detail: expect.stringContaining('there may be more') }]);
  });

  test('survives damage', () => {
    survivesDamage(awsUserList);
  });
});

describe('a list of roles', () => {
  test('tells whom a role lets in from outside, under the id that it has everywhere', () => {
    const oidc = `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`;
    const subject = { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/*' } };
    const parsed = awsUserList.parse(
      json({
        Roles: [
          role('builds', { AssumeRolePolicyDocument: trust({ Federated: oidc }, subject) }),
          role('partner', {
            AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(trust({ AWS: '109876543210' }))),
          }),
          role('broken', { AssumeRolePolicyDocument: 'nothing' }),
        ],
      }),
    );
    const [builds, partner, broken] = all(parsed, 'identity');
    expect(builds).toMatchObject({
      id: 'role-builds',
      type: 'role',
      knownAs: [`aws-arn:arn:aws:iam::${account}:role/builds`],
      trusts: [{ type: 'oidc', issuer: 'token.actions.githubusercontent.com', subjects: ['repo:acme/*'] }],
      links: [{ rel: 'contained-in', kind: 'container', id: account }],
      gaps: { lastUsedAt: 'not-seen', scopes: 'not-seen', admin: 'not-seen' },
    });
    expect(partner).toMatchObject({ trusts: [{ type: 'account', issuer: '109876543210', narrowed: false }] });
    expect(broken).toMatchObject({ gaps: { trusts: 'not-seen' } });
    expect(parsed.problems).toEqual([]);
  });

  test('beside the users of the account, with what the longer answer knows of them', () => {
    const written = {
      PolicyName: 'all',
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
    };
    const details = json({
      UserDetailList: [user('bots/deploy')],
      RoleDetailList: [
        role('administers', {
          RoleLastUsed: { LastUsedDate: '2026-11-01T10:00:00+00:00', Region: 'eu-central-1' },
          RolePolicyList: [written],
          Tags: [{ Key: 'owner', Value: 'bo@acme.example' }],
        }),
        role('AWSServiceRoleForSupport', { Path: '/aws-service-role/support.amazonaws.com/' }),
      ],
    });
    const [, administers, service] = all(awsUserList.parse(beside(details, report)), 'identity');
    expect(administers).toMatchObject({
      admin: true,
      lastUsedAt: Date.UTC(2026, 10, 1, 10),
      attributions: [{ rel: 'owned-by', who: { email: 'bo@acme.example' }, basis: 'tag' }],
    });
    expect(service).toMatchObject({ builtIn: true, publisher: { name: 'Amazon Web Services' } });
  });
});

test('credentials of the report are whose the list beside it says', () => {
  const named = awsCredentialReport.parse(beside(report, json({ Users: [user('bots/deploy')] })));
  const owners = all(named, 'credential')
    .filter(({ id }) => id.includes('bots/deploy'))
    .map(({ attributions }) => attributions);
  expect(owners).toHaveLength(3);
  for (const each of owners) expect(each).toMatchObject([{ rel: 'owned-by', who: { email: 'bo@acme.example' } }]);
});
