import {
  credential,
  defineFormat,
  identity,
  link,
  person,
  publicName,
  reference,
  type Attribution,
  type Item,
} from '../../sdk/index.ts';
import { contentOf } from '../contents.ts';
import { who } from '../resource-tags.ts';
import { textAt } from '../tree.ts';
import { accountOf, accountRecord, inAccount, userId } from './arn.ts';
import { reportIn, ROOT, type ReportRow } from './report.ts';
import { rootRecords, silent } from './root.ts';
import { tagsOf, usersIn } from './users.ts';

/**
 * The credential report of an AWS account, as the console saves it or as the command line answers
 * (`aws iam get-credential-report`, with the report in base64). It holds no keys and no ids of keys.
 */
export const awsCredentialReport = defineFormat({
  id: 'aws-credential-report',
  title: 'AWS credential report',
  platform: 'aws',
  recognise: (document) => (reportIn(document)?.size ?? 0) > 0,
  neighbours: () => ['*users.json', 'users*.json', '*details.json'],
  parse(document) {
    const report = reportIn(document) ?? new Map();
    const rows = [...report].filter(([arn]) => /^arn:[\w-]+:iam::\d{12}:/.test(arn));
    const strangers = [...report].filter(([arn]) => !rows.some(([known]) => known === arn)).length;
    const problems =
      strangers === 0 ? [] : [{ detail: `${strangers} of its rows break off, or have no ARN of an account.` }];
    const contents = [contentOf(document, 'configuration')];
    const accounts = [...new Map(rows.map(([arn]) => [accountOf(arn), accountRecord(arn)])).values()];
    const listed = [...(document.neighbours?.values() ?? [])].flatMap(usersIn);
    const named = new Map(listed.map(({ part }) => [textAt(part, 'Arn'), tagsOf(part).attributions]));
    const [first, ...others] = rows.flatMap(([arn, row]) => recordsOf(arn, row, document.path, named.get(arn)));
    return { items: [...accounts, ...(first === undefined ? [] : [{ ...first, contents }]), ...others], problems };
  },
  example: {
    path: 'aws/credential_report.csv',
    text: [
      'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated',
      '<root_account>,arn:aws:iam::210987654321:root,2019-01-02T10:00:00+00:00,not_supported,2026-10-01T10:00:00+00:00,not_supported,not_supported,false,true,2019-01-02T10:00:00+00:00,2026-11-01T10:00:00+00:00,us-east-1,s3,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A',
      'ada.maker,arn:aws:iam::210987654321:user/ada.maker,2020-01-02T10:00:00+00:00,true,2026-11-01T10:00:00+00:00,2024-10-01T10:00:00+00:00,N/A,false,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A',
      'deploy,arn:aws:iam::210987654321:user/bots/deploy,2020-02-02T10:00:00+00:00,false,N/A,N/A,N/A,false,true,2020-02-02T10:00:00+00:00,2026-11-20T10:00:00+00:00,eu-central-1,s3,false,2021-02-02T10:00:00+00:00,N/A,N/A,N/A,true,2022-02-02T10:00:00+00:00,false,N/A',
    ].join('\n'),
  },
});

/** Whom the tags of a user name. */
type Owners = readonly (Attribution | undefined)[];

function recordsOf(arn: string, row: ReportRow, path: string, named: Owners = []): Item[] {
  if (row.name === ROOT) return rootRecords(arn, row).map((item) => placed(item, path));
  const id = userId(arn);
  const self = { rel: 'owned-by', who: { id }, basis: 'platform-owner', evidence: 'IAM user' } as const;
  const common = {
    platform: 'aws',
    store: 'platform',
    attributions: row.password ? [self, ...named] : named,
    links: [link('authenticates', row.password ? 'person' : 'identity', id), inAccount(arn)],
  } as const;
  const rights = { scopes: 'not-seen', admin: 'not-seen' } as const;
  const keys = row.keys
    .filter(({ active, lastRotated }) => active || lastRotated !== undefined)
    .map(({ number, active, lastRotated, lastUsed }) =>
      credential({
        ...common,
        id: `${id}/access-key-${number}`,
        name: `Access key ${number} of ${row.name}`,
        type: 'access-key',
        status: active ? 'active' : 'inactive',
        createdAt: lastRotated,
        lastUsedAt: lastUsed,
        expiresAt: 'never',
        rotation: 'manual',
        gaps: { ...rights, ...(lastUsed === undefined && { lastUsedAt: 'not-supported' }) },
      }),
    );
  const certificates = row.certificates
    .filter(({ active, lastRotated }) => active || lastRotated !== undefined)
    .map(({ number, active, lastRotated }) =>
      credential({
        ...common,
        id: `${id}/certificate-${number}`,
        name: `Signing certificate ${number} of ${row.name}`,
        type: 'certificate',
        status: active ? 'active' : 'inactive',
        createdAt: lastRotated,
        gaps: { ...rights, lastUsedAt: 'not-supported', expiresAt: 'not-seen' },
      }),
    );
  return [userOf(arn, id, row), ...passwordOf(id, row, common), ...keys, ...certificates].map((item) =>
    placed(item, path),
  );
}

/** A user is defined by the list of users, which has its tags too; the report only mentions them. */
function userOf(arn: string, id: string, row: ReportRow): Item {
  const common = { id, name: row.name, createdAt: row.createdAt, links: [inAccount(arn)] };
  if (!row.password) {
    const gaps = { lastUsedAt: 'not-supported', scopes: 'not-seen', admin: 'not-seen' } as const;
    const known = { platform: 'aws', knownAs: [publicName('aws-arn', arn)], gaps };
    return reference(identity({ ...common, ...known, type: 'service-account', status: 'active' }));
  }
  const { email, login } = who(row.name);
  return reference(
    person({
      ...common,
      status: 'active',
      type: 'human',
      emails: email === undefined ? [] : [email],
      logins: [login ?? row.name],
      lastInteractiveAt: row.passwordLastUsed,
      tags: row.mfa ? [] : ['no MFA'],
      gaps: { admin: 'not-seen' },
    }),
  );
}

function passwordOf(id: string, row: ReportRow, common: object): Item[] {
  if (!row.password) return [];
  const password = credential({
    ...common,
    id: `${id}/password`,
    name: `Console password of ${row.name}`,
    type: 'password',
    status: 'active',
    lastUsedAt: row.passwordLastUsed,
    lastRotatedAt: row.passwordLastChanged,
    tags: row.mfa ? [] : ['no MFA'],
    gaps: { createdAt: 'not-supported', expiresAt: 'not-supported', admin: 'not-seen', ...silent(row) },
  });
  return [password];
}

function placed(item: Item, path: string): Item {
  return { ...item, record: { ...item.record, at: { path } } };
}
