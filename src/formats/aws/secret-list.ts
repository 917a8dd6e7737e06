import { defineFormat, instant, pointer, type Document } from '../../sdk/index.ts';
import { divided } from '../contents.ts';
import { joined } from '../once.ts';
import { beginsWith, cutOff, entriesThat, strangersIn, type Entry } from '../saved-answer.ts';
import { at, textAt, type Part } from '../tree.ts';
import { accountRecord } from './arn.ts';
import { secretRecord } from './secret.ts';
import { tagsOf } from './users.ts';

const KEY = 'SecretList';
const ARN = /^arn:[\w-]+:secretsmanager:([\w-]+):\d{12}:secret:./;

/** Secrets of Secrets Manager as `aws secretsmanager list-secrets` lists them, without their values. */
export const awsSecretList = defineFormat({
  id: 'aws-secret-list',
  title: 'AWS list of secrets',
  platform: 'aws',
  recognise: (document) => beginsWith(document, KEY, isSecret),
  parse(document) {
    const entries = secretsIn(document);
    const paths = entries.map(({ path }) => path);
    const parts = entries.map((entry, index) => {
      const contents = divided(document, paths, index, []);
      const secret = secretOf(entry, document.path);
      return { items: [accountRecord(textAt(entry.part, 'ARN') ?? ''), { ...secret, contents }], problems: [] };
    });
    const more = textAt(document.tree, 'NextToken') === undefined ? [] : cutOff(entries.length, 'secrets');
    return joined([...parts, { items: [], problems: [...strangersIn(document, KEY, entries, 'secret'), ...more] }]);
  },
  example: {
    path: 'aws/secrets.json',
    text: JSON.stringify({
      SecretList: [
        {
          ARN: 'arn:aws:secretsmanager:eu-central-1:210987654321:secret:shop/database-Ab1Cd2',
          Name: 'shop/database',
          RotationEnabled: false,
          LastChangedDate: '2024-02-02T10:00:00+00:00',
          LastAccessedDate: '2026-11-20T01:00:00+00:00',
          CreatedDate: '2023-02-02T10:00:00+00:00',
          Tags: [{ Key: 'owner', Value: 'ada.maker@acme.example' }],
        },
      ],
    }),
  },
});

function secretsIn(document: Document): Entry[] {
  return entriesThat(document, KEY, isSecret);
}

function isSecret(part: Part): boolean {
  return ARN.test(textAt(part, 'ARN') ?? '') && textAt(part, 'Name') !== undefined;
}

function secretOf({ path, part }: Entry, file: string) {
  const arn = textAt(part, 'ARN') ?? '';
  const when = (field: string) => instant(at(part, field));
  const item = secretRecord(
    {
      ARN: arn,
      Name: textAt(part, 'Name') ?? '',
      Type: textAt(part, 'Type'),
      RotationEnabled: at(part, 'RotationEnabled') === true,
      RotationLambdaARN: textAt(part, 'RotationLambdaARN'),
      LastChangedDate: when('LastChangedDate'),
      LastAccessedDate: when('LastAccessedDate'),
      DeletedDate: when('DeletedDate'),
      NextRotationDate: when('NextRotationDate'),
      CreatedDate: when('CreatedDate'),
      OwningService: textAt(part, 'OwningService'),
      PrimaryRegion: textAt(part, 'PrimaryRegion'),
    },
    {
      region: ARN.exec(arn)?.[1] ?? '',
      told: tagsOf(part),
      // When a value was put in by hand, the list does not say.
      lastRotatedAt: when('LastRotatedDate'),
      gaps: { rotationFailing: 'not-seen', sharedWith: 'not-seen' },
    },
  );
  return { ...item, record: { ...item.record, at: { path: file, pointer: pointer(...path) } } };
}
