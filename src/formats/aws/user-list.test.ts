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

  test('says that it reads no roles', () => {
    const both = json({ UserDetailList: [user('bots/deploy')], RoleDetailList: [{ RoleName: 'deploy' }] });
    expect(awsUserList.parse(beside(both, report)).problems).toMatchObject([
      { detail: expect.stringContaining('Of its roles none') },
    ]);
  });

  test('says that pages are missing', () => {
    const { problems } = awsUserList.parse(beside(json({ Users: [user('bots/deploy')], IsTruncated: true }), report));
    expect(problems).toMatchObject([{ detail: expect.stringContaining('there may be more') }]);
  });

  test('survives damage', () => {
    survivesDamage(awsUserList);
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
