import { expect, test } from 'vitest';
import { aws } from '../../connectors/aws/index.ts';
import { github } from '../../connectors/github/index.ts';
import { okta } from '../../connectors/okta/index.ts';
import { readText } from '../../src/formats/document.ts';
import { recogniseAndParse } from '../../src/formats/index.ts';
import type { AnyRecord } from '../../src/sdk/index.ts';
import { readLive } from '../helpers/live.ts';
import * as atAws from '../vendors/aws.ts';
import { accessKeys, roles } from '../vendors/aws/iam.ts';
import { secrets } from '../vendors/aws/keeps.ts';
import * as atGithub from '../vendors/github.ts';
import { lists } from '../vendors/github/organisation.ts';
import * as atOkta from '../vendors/okta.ts';
import { apiTokens, apps } from '../vendors/okta/organisation.ts';

const ports = { limits: () => [{ requests: 10_000, per: 1_000 }] };
const live = {
  aws: await readLive(aws, atAws.vendor(), { ports }),
  okta: await readLive(okta, atOkta.vendor(), { ports }),
  github: await readLive(github, atGithub.vendor(), { ports }),
};

/** What another question than the list says more of, and by which id a repository goes. */
const askedBesides = new Set('scopes admin usableFrom attributions at gaps links'.split(' '));
const told = (record: AnyRecord): object =>
  Object.fromEntries(Object.entries(record).filter(([field]) => !askedBesides.has(field)));

const of = (list: string, path: string): object[] =>
  (lists[list] ?? []).map((each) => ({
    ...(each as object),
    url: `https://api.github.com/${path}/${(each as { id: number }).id}`,
  }));

test.each([
  ['aws', 'aws-access-key-list', { AccessKeyMetadata: [...accessKeys.values()].flat() }],
  ['aws', 'aws-secret-list', { SecretList: secrets['eu-west-1'] ?? [] }],
  ['aws', 'aws-user-list', { RoleDetailList: roles }],
  ['okta', 'okta-token-list', apiTokens],
  ['okta', 'okta-app-list', apps],
  ['github', 'github-webhook-list', of('org/hooks', 'orgs/acme/hooks')],
  ['github', 'github-webhook-list', of('site/hooks', 'repos/acme/site/hooks')],
  ['github', 'github-deploy-key-list', of('site/keys', 'repos/acme/site/keys')],
  ['github', 'github-installation-list', lists['installations:org/installations'] ?? []],
] as const)('a list of %s kept as a file, %s, gives the records that are read live', (platform, format, answer) => {
  const { formats, items } = recogniseAndParse(readText('answer.json', JSON.stringify(answer)).document);
  expect(formats).toEqual([format]);
  const records = items.flatMap(({ record }) => (record.kind === 'container' ? [] : [record]));
  const listed = Array.isArray(answer) ? answer : Object.values(answer).flat();
  expect(records.length).toBeGreaterThanOrEqual(listed.length);
  for (const record of records) {
    expect(live[platform].records.get(`${record.kind}/${record.id}`)).toMatchObject(told(record));
  }
});
