import {
  attributed,
  credential,
  defineFormat,
  instant,
  pointer,
  Secret,
  type Content,
  type Document,
  type Item,
  type Json,
} from '../../sdk/index.ts';
import { joined } from '../once.ts';
import { who } from '../resource-tags.ts';
import { beginsWith, cutOff, entriesThat, strangersIn, type Entry } from '../saved-answer.ts';
import { at, textAt, withoutBranches, type Part } from '../tree.ts';
import { accessKeyRecordId, maskedKey, statusOf } from './access-key.ts';
import { accountRecord, inAccount } from './arn.ts';
import { tagsOf, usersIn } from './users.ts';

const KEY = 'AccessKeyMetadata';

/** Access keys as `aws iam list-access-keys` lists them: of one user, or of several in one file. */
export const awsAccessKeyList = defineFormat({
  id: 'aws-access-key-list',
  title: 'AWS list of access keys',
  platform: 'aws',
  recognise: (document) => beginsWith(document, KEY, isKey),
  neighbours: () => ['*users.json', 'users*.json', '*details.json'],
  parse(document) {
    const entries = keysIn(document);
    // The id of a key is no secret, and is not to be found as one: the rest of the list is searched.
    const ids = entries.map(({ path }) => [...path, 'AccessKeyId']);
    const searched: Content = {
      place: 'configuration',
      path: document.path,
      tree: withoutBranches(document.tree ?? null, ids),
    };
    const users = new Map(
      [...(document.neighbours?.values() ?? [])]
        .flatMap(usersIn)
        .map(({ part }) => [textAt(part, 'UserName'), part] as const),
    );
    const parts = entries.map((entry, index) => {
      const user = users.get(textAt(entry.part, 'UserName'));
      const arn = textAt(user, 'Arn');
      const key = keyOf(entry, document.path, user);
      const contents = index === 0 ? [searched] : [];
      return { items: [...(arn === undefined ? [] : [accountRecord(arn)]), { ...key, contents }], problems: [] };
    });
    const more = at(document.tree, 'IsTruncated') === true ? cutOff(entries.length, 'access keys') : [];
    const strangers = strangersIn(document, KEY, entries, 'access key');
    return joined([...parts, { items: [], problems: [...strangers, ...more] }]);
  },
  example: {
    path: 'aws/access-keys.json',
    text: JSON.stringify({
      AccessKeyMetadata: [
        {
          UserName: 'ada.maker@acme.example',
          AccessKeyId: 'key-of-ada',
          Status: 'Active',
          CreateDate: '2022-02-02T10:00:00+00:00',
        },
      ],
    }),
  },
});

function keysIn(document: Document): Entry[] {
  return entriesThat(document, KEY, isKey);
}

function isKey(part: Part): boolean {
  return ['UserName', 'AccessKeyId', 'Status', 'CreateDate'].every((field) => textAt(part, field) !== undefined);
}

/** Whose it is, only the list of users beside it says, and the name of the user where that is an address. */
function keyOf({ path, part }: Entry, file: string, user: Json | undefined): Item {
  const id = textAt(part, 'AccessKeyId') ?? '';
  const name = textAt(part, 'UserName') ?? '';
  const arn = textAt(user, 'Arn');
  const told = tagsOf(user);
  return credential({
    id: accessKeyRecordId(id),
    name: `Access key ${maskedKey(id)} of ${name}`,
    masked: maskedKey(id),
    writtenDown: new Secret(id),
    type: 'access-key',
    status: statusOf(textAt(part, 'Status') ?? ''),
    platform: 'aws',
    store: 'platform',
    environment: told.environment,
    createdAt: instant(at(part, 'CreateDate')),
    // "Long-term credentials": https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
    expiresAt: 'never',
    rotation: 'manual',
    attributions: [
      attributed('owned-by', { email: who(name).email }, 'naming', { evidence: 'UserName' }),
      ...told.attributions,
    ],
    at: { path: file, pointer: pointer(...path) },
    links: arn === undefined ? [] : [inAccount(arn)],
    gaps: { lastUsedAt: 'not-seen', scopes: 'not-seen', admin: 'not-seen' },
  });
}
