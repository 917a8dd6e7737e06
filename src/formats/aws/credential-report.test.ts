import { describe, expect, test } from 'vitest';
import { all, only, parseExample, survivesDamage } from '../../../test/helpers/read-formats.ts';
import type { Document, Json } from '../../sdk/index.ts';
import { readText } from '../document.ts';
import { recogniseAndParse } from '../index.ts';
import { awsCredentialReport } from './credential-report.ts';

const { example } = awsCredentialReport;
const text = 'text' in example ? example.text : '';
const read = (path: string, content: string): Document => readText(path, content).document;

describe('a credential report', () => {
  const parsed = parseExample(awsCredentialReport);
  const account = '210987654321';

  test('tells people from machines, and names the root user', () => {
    expect(only(parsed, 'person')).toMatchObject({ id: `${account}/user/ada.maker`, tags: ['no MFA'] });
    expect(all(parsed, 'identity').map(({ id, knownAs }) => [id, knownAs])).toEqual([
      [`${account}/root`, undefined],
      [`${account}/user/bots/deploy`, ['aws-arn:arn:aws:iam::210987654321:user/bots/deploy']],
    ]);
    expect(only(parsed, 'container')).toMatchObject({ id: account, type: 'account' });
  });

  test('gives each credential with its age, its use and whose it is', () => {
    const credentials = all(parsed, 'credential').map(({ id, status, createdAt, lastUsedAt }) => [
      id.slice(account.length + 1),
      status,
      createdAt,
      lastUsedAt,
    ]);
    expect(credentials).toEqual([
      ['root/password', 'active', undefined, Date.parse('2026-10-01T10:00:00Z')],
      ['root/access-key-1', 'active', Date.parse('2019-01-02T10:00:00Z'), Date.parse('2026-11-01T10:00:00Z')],
      ['user/ada.maker/password', 'active', undefined, Date.parse('2026-11-01T10:00:00Z')],
      [
        'user/bots/deploy/access-key-1',
        'active',
        Date.parse('2020-02-02T10:00:00Z'),
        Date.parse('2026-11-20T10:00:00Z'),
      ],
      ['user/bots/deploy/access-key-2', 'inactive', Date.parse('2021-02-02T10:00:00Z'), 'never'],
      ['user/bots/deploy/certificate-1', 'active', Date.parse('2022-02-02T10:00:00Z'), undefined],
    ]);
    expect(all(parsed, 'credential')[2]?.attributions).toMatchObject([
      { rel: 'owned-by', who: { id: `${account}/user/ada.maker` } },
    ]);
  });

  test.each([
    [
      'of the command line',
      'report.json',
      JSON.stringify({ Content: Buffer.from(text).toString('base64'), ReportFormat: 'text/csv' }),
    ],
    ['with a byte order mark', 'report.csv', `\uFEFF${text.replaceAll('\n', '\r\n')}`],
    ['of a spreadsheet', 'report.csv', text.replaceAll(',', ';')],
    ['in quotation marks', 'report.csv', text.replaceAll(/[^,\n]+/g, '"$&"')],
  ])('is read %s too', (_, path, content) => {
    const result = recogniseAndParse(read(path, content));
    expect(result.formats).toEqual(['aws-credential-report']);
    expect(all(result, 'credential')).toEqual(all(parsed, 'credential').map((record) => ({ ...record, at: { path } })));
  });

  test('says which rows it could not read', () => {
    const torn = awsCredentialReport.parse(read('report.csv', `${text}\nsomebody,,\n`));
    expect(torn.problems).toMatchObject([{ detail: '1 of its rows break off, or have no ARN of an account.' }]);
  });

  test.each<[Json | string]>([
    ['user,arn\nada,arn:aws:iam::210987654321:user/ada'],
    [{ Content: 'aGVsbG8=', ReportFormat: 'text/csv' }],
    [{ Content: text }],
  ])('is not %j', (content) => {
    const other = typeof content === 'string' ? read('x.csv', content) : read('x.json', JSON.stringify(content));
    expect(awsCredentialReport.recognise(other)).toBe(false);
  });

  test('survives damage', () => {
    survivesDamage(awsCredentialReport);
  });
});

describe('a row of the report', () => {
  const arn = (name: string) => `arn:aws:iam::210987654321:${name}`;
  const columns = (text.split('\n', 1)[0] ?? '').split(',');
  const rowOf = (cells: { [column: string]: string }) => {
    const row = columns.map((column) => cells[column] ?? (column.endsWith('_active') ? 'false' : 'N/A'));
    return awsCredentialReport.parse(read('report.csv', `${columns.join(',')}\n${row.join(',')}`));
  };
  const user = { user: 'bo.keeper@acme.example', arn: arn('user/bo'), user_creation_time: '2020-01-02T10:00:00+00:00' };

  test('of somebody with a second factor, an address for a name, and a certificate that was put aside', () => {
    const parsed = rowOf({
      ...user,
      password_enabled: 'TRUE',
      mfa_active: 'TRUE',
      password_last_used: 'no_information',
      access_key_1_active: 'true',
      access_key_1_last_rotated: '2020-01-02T10:00:00+00:00',
      cert_1_last_rotated: '2021-01-02T10:00:00+00:00',
    });
    expect(only(parsed, 'person')).toMatchObject({ emails: ['bo.keeper@acme.example'], lastInteractiveAt: 'never' });
    expect(
      all(parsed, 'credential').map(({ type, status, lastUsedAt, tags }) => [type, status, lastUsedAt, tags]),
    ).toEqual([
      ['password', 'active', 'never', undefined],
      ['access-key', 'active', 'never', undefined],
      ['certificate', 'inactive', undefined, undefined],
    ]);
    expect(only(parsed, 'person')).not.toHaveProperty('tags');
    const links = all(parsed, 'credential').map((one) => one.links?.[0]?.kind);
    expect(links).toEqual(['person', 'person', 'person']);
  });

  test('of a user who is older than AWS’s own count says nothing by its silence', () => {
    const cells = { password_enabled: 'true', password_last_used: 'no_information', access_key_1_active: 'true' };
    const parsed = rowOf({ ...user, ...cells, user_creation_time: '2012-01-02T10:00:00+00:00' });
    expect(all(parsed, 'credential').map(({ lastUsedAt, gaps }) => [lastUsedAt, gaps?.lastUsedAt])).toEqual([
      [undefined, 'not-supported'],
      [undefined, 'not-supported'],
    ]);
  });

  test.each([
    ['not_supported', 'false', true, ['no MFA']],
    ['not_supported', 'true', true, undefined],
    // An organisation may make accounts whose root user cannot sign in.
    ['FALSE', 'false', false, undefined],
  ])('of a root user with the password %s and a second factor %s', (password_enabled, mfa_active, signsIn, tags) => {
    const parsed = rowOf({ user: '<root_account>', arn: arn('root'), password_enabled, mfa_active });
    expect(all(parsed, 'credential').map(({ type }) => type)).toEqual(signsIn ? ['password'] : []);
    expect(only(parsed, 'identity').tags).toEqual(tags);
  });
});

test('a row that breaks off is said to, and is nobody without keys', () => {
  const cut = text.slice(0, text.lastIndexOf(',true,2022-02-02'));
  const { items, problems } = recogniseAndParse(read('credential_report.csv', cut));
  expect(items.some(({ record }) => record.id.endsWith('user/ada.maker'))).toBe(true);
  expect(items.some(({ record }) => record.id.includes('user/bots/deploy'))).toBe(false);
  expect(problems).toMatchObject([{ detail: '1 of its rows break off, or have no ARN of an account.' }]);
});
