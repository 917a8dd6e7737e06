import { expect, test } from 'vitest';
import { all, only, parseExample, survivesDamage } from '../../../test/helpers/read-formats.ts';
import type { Document, Json } from '../../sdk/index.ts';
import { readText } from '../document.ts';
import { recogniseAndParse } from '../index.ts';
import { awsAccessKeyList } from './access-key-list.ts';
import { awsSecretList } from './secret-list.ts';

const json = (tree: Json, path = 'list.json'): Document => readText(path, JSON.stringify(tree)).document;
const arn = (name: string, region = 'eu-central-1'): string =>
  `arn:aws:secretsmanager:${region}:210987654321:secret:${name}`;
const key = (id: string, more: object = {}): Json => ({
  UserName: 'deploy',
  AccessKeyId: id,
  Status: 'Active',
  CreateDate: '2022-02-02T10:00:00+00:00',
  ...more,
});

test('a secret under the id that it has live, with its rotation and last use', () => {
  expect(only(parseExample(awsSecretList), 'credential')).toMatchObject({
    id: 'eu-central-1/shop/database-Ab1Cd2',
    name: 'shop/database',
    type: 'vault-entry',
    rotation: 'off',
    createdAt: Date.UTC(2023, 1, 2, 10),
    lastUsedAt: Date.UTC(2026, 10, 20, 1),
    attributions: [{ rel: 'owned-by', who: { email: 'ada.maker@acme.example' } }],
    links: [{ rel: 'contained-in', kind: 'container', id: '210987654321' }],
    gaps: { sharedWith: 'not-seen', rotationFailing: 'not-seen' },
  });
});

test('secrets that AWS replaces, copies of another region, those about to go, and dates in seconds', () => {
  const { items, problems } = awsSecretList.parse(
    json({
      NextToken: 'more',
      SecretList: [
        { ARN: arn('rds'), Name: 'rds', RotationEnabled: true, OwningService: 'rds', LastRotatedDate: 1_760_000_000.5 },
        { ARN: arn('copy', 'eu-west-1'), Name: 'copy', PrimaryRegion: 'eu-central-1' },
        { ARN: arn('old'), Name: 'old', DeletedDate: '2026-11-20T01:00:00+00:00' },
        { Name: 'no secret' },
      ],
    }),
  );
  expect(all({ items, problems }, 'credential')).toMatchObject([
    { builtIn: true, rotation: 'automatic', lastRotatedAt: 1_760_000_000_500, lastUsedAt: 'never' },
    { id: 'eu-west-1/copy', tags: ['replica of eu-central-1'] },
    { status: 'inactive', deletionAt: Date.UTC(2026, 10, 20, 1) },
  ]);
  expect(problems).toMatchObject([
    { pointer: '/SecretList/3' },
    { detail: expect.stringContaining('there may be more') },
  ]);
});

test('access keys with their age, and nothing of their last use; two users in one file', () => {
  const id = 'ID'.repeat(10);
  const both = [{ AccessKeyMetadata: [key(id)] }, { AccessKeyMetadata: [key('another', { Status: 'Inactive' })] }];
  const [live, off] = all(awsAccessKeyList.parse(json(both)), 'credential');
  expect(live).toMatchObject({
    name: 'Access key IDID••••IDID of deploy',
    type: 'access-key',
    status: 'active',
    createdAt: Date.UTC(2022, 1, 2, 10),
    expiresAt: 'never',
    gaps: { lastUsedAt: 'not-seen' },
  });
  expect(off).toMatchObject({ status: 'inactive' });
  expect(JSON.stringify([live, off])).not.toContain(id);
  const contents = awsAccessKeyList.parse(json(both)).items.flatMap((item) => item.contents ?? []);
  expect(contents).toMatchObject([
    { tree: { 0: { AccessKeyMetadata: { 0: { UserName: 'deploy', AccessKeyId: null } } } } },
  ]);
  expect(JSON.stringify(contents)).not.toContain(id);
});

test('whose an access key is, by an address or by the list of users beside it', () => {
  expect(only(parseExample(awsAccessKeyList), 'credential')).toMatchObject({
    attributions: [{ rel: 'owned-by', who: { email: 'ada.maker@acme.example' }, basis: 'naming' }],
  });
  const users = json(
    {
      Users: [
        {
          UserName: 'deploy',
          Arn: 'arn:aws:iam::210987654321:user/deploy',
          Tags: [{ Key: 'owner', Value: 'bo@acme.example' }],
        },
      ],
    },
    'users.json',
  );
  const list = { ...json({ AccessKeyMetadata: [key('one')] }), neighbours: new Map([[users.path, users]]) };
  const parsed = awsAccessKeyList.parse(list);
  expect(only(parsed, 'credential')).toMatchObject({
    attributions: [{ who: { email: 'bo@acme.example' }, basis: 'tag' }],
    links: [{ id: '210987654321' }],
  });
  expect(only(parsed, 'container')).toMatchObject({ id: '210987654321' });
});

test('the beginning of a list tells what it lists, however long it is', () => {
  const many = Array.from({ length: 60 }, (_, index): Json => ({ Name: `note ${index}` }));
  const secret = { ARN: arn('one'), Name: 'one' };
  expect(awsSecretList.recognise(json({ SecretList: [{ Name: 'x' }, secret, ...many] }))).toBe(true);
  expect(awsSecretList.recognise(json({ SecretList: [...many, secret] }))).toBe(false);
});

test('lists of nothing, and of something else, are none', () => {
  for (const tree of [{ SecretList: [] }, { AccessKeyMetadata: [] }, [{ UserName: 'deploy' }], [{ Name: 'x' }]])
    expect(recogniseAndParse(json(tree)).formats).toEqual([]);
});

test('they survive damage', () => {
  survivesDamage(awsSecretList);
  survivesDamage(awsAccessKeyList);
});
