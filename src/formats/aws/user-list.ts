import {
  defineFormat,
  identity,
  instant,
  person,
  pointer,
  publicName,
  type Item,
  type Parsed,
} from '../../sdk/index.ts';
import { divided } from '../contents.ts';
import { joined } from '../once.ts';
import { who } from '../resource-tags.ts';
import { cutOff, type Entry } from '../saved-answer.ts';
import { at, textAt, type Part } from '../tree.ts';
import { accountRecord, inAccount, userId } from './arn.ts';
import { administers, listedRole, rolesIn } from './listed-roles.ts';
import { reportIn, type Report, type ReportRow } from './report.ts';
import { tagsOf, usersIn } from './users.ts';

/** Users of an AWS account with their tags, which the credential report does not know, and its roles. */
export const awsUserList = defineFormat({
  id: 'aws-user-list',
  title: 'AWS list of IAM users and roles',
  platform: 'aws',
  recognise: (document) => usersIn(document).length + rolesIn(document).length > 0,
  neighbours: () => ['*credential_report.csv', 'credential*.csv', '*report.csv'],
  parse(document) {
    const entries = usersIn(document);
    const roles = rolesIn(document);
    const paths = [...entries, ...roles].map(({ path }) => path);
    const report: Report = new Map(
      [...(document.neighbours?.values() ?? [])].flatMap((one) => [...(reportIn(one) ?? [])]),
    );
    const parts = [...entries, ...roles].map((entry, index): Parsed => {
      const arn = textAt(entry.part, 'Arn') ?? '';
      const item =
        index < entries.length ? userOf(entry, document.path, report.get(arn)) : listedRole(entry, document.path);
      return { items: [accountRecord(arn), { ...item, contents: divided(document, paths, index, []) }], problems: [] };
    });
    const open = entries.filter(({ part }) => !report.has(textAt(part, 'Arn') ?? '') && usedPassword(part) !== true);
    const problems = [
      ...(open.length === 0 ? [] : [{ detail: UNDECIDED }]),
      ...(at(document.tree, 'IsTruncated') === true || textAt(document.tree, 'NextToken') !== undefined
        ? cutOff(paths.length, 'users and roles')
        : []),
    ];
    return joined([...parts, { items: [], problems }]);
  },
  example: {
    path: 'aws/users.json',
    text: JSON.stringify({
      Users: [
        {
          Path: '/',
          UserName: 'ada.maker',
          UserId: 'user-1',
          Arn: 'arn:aws:iam::210987654321:user/ada.maker',
          CreateDate: '2020-01-02T10:00:00+00:00',
          PasswordLastUsed: '2026-11-01T10:00:00+00:00',
          Tags: [{ Key: 'email', Value: 'ada.maker@acme.example' }],
        },
      ],
      Roles: [
        {
          Path: '/',
          RoleName: 'deploy-from-outside',
          RoleId: 'role-1',
          Arn: 'arn:aws:iam::210987654321:role/deploy-from-outside',
          CreateDate: '2024-01-02T10:00:00+00:00',
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::109876543210:root' }, Action: 'sts:AssumeRole' },
            ],
          },
        },
      ],
    }),
  },
});

const UNDECIDED =
  'It does not say of every user whether somebody signs in with it: those were taken for machines. Keep the credential report of the account beside it, as credential_report.csv.';

/** True where somebody did; of those who never did, and in the longer answer, nothing is said. */
function usedPassword(part: Part): true | undefined {
  return instant(at(part, 'PasswordLastUsed')) === undefined ? undefined : true;
}

function userOf({ path, part }: Entry, file: string, row: ReportRow | undefined): Item {
  const arn = textAt(part, 'Arn') ?? '';
  const name = textAt(part, 'UserName') ?? '';
  const told = tagsOf(part);
  const admin = administers(part, 'UserPolicyList');
  const common = {
    id: userId(arn),
    name,
    createdAt: instant(at(part, 'CreateDate')),
    admin,
    at: { path: file, pointer: pointer(...path) },
    links: [inAccount(arn)],
  };
  // Groups and policies of one's own may hold more.
  const gaps = { scopes: 'not-seen', ...(admin === undefined && { admin: 'not-seen' as const }) } as const;
  if (row?.password ?? usedPassword(part)) {
    const { email, login } = who(name);
    const tagged = told.attributions.map((each) => each?.who.email);
    const emails = [...new Set([email, ...tagged].filter((each) => each !== undefined))];
    const lastInteractiveAt = row?.passwordLastUsed ?? instant(at(part, 'PasswordLastUsed'));
    const tags = [...told.tags, ...(row?.mfa === false ? ['no MFA'] : [])];
    const known = { emails, logins: [login ?? name], lastInteractiveAt, gaps };
    return person({ ...common, ...known, tags, status: 'active', type: 'human' });
  }
  return identity({
    ...common,
    ...told,
    type: 'service-account',
    status: 'active',
    platform: 'aws',
    knownAs: [publicName('aws-arn', arn)],
    gaps: { ...gaps, lastUsedAt: 'not-supported' },
  });
}
