import { expect, test } from 'vitest';
import { aws } from '../../connectors/aws/index.ts';
import { docusign } from '../../connectors/docusign/index.ts';
import { dropboxSign } from '../../connectors/dropbox-sign/index.ts';
import { entra } from '../../connectors/entra/index.ts';
import { github } from '../../connectors/github/index.ts';
import { okta } from '../../connectors/okta/index.ts';
import { slack } from '../../connectors/slack/index.ts';
import { openStore } from '../../db/open.ts';
import type { Connector } from '../../src/sdk/index.ts';
import { readLive, recordsIn, type LiveOptions } from '../helpers/live.ts';
import type { FixtureVendor, VendorRequest } from '../helpers/vendor.ts';
import { vendor as awsVendor } from '../vendors/aws.ts';
import { accountId } from '../vendors/aws/iam.ts';
import { vendor as docusignVendor } from '../vendors/docusign.ts';
import { vendor as dropboxSignVendor } from '../vendors/dropbox-sign.ts';
import { vendor as entraVendor } from '../vendors/entra.ts';
import { vendor as githubVendor } from '../vendors/github.ts';
import { vendor as oktaVendor } from '../vendors/okta.ts';
import { vendor as slackVendor } from '../vendors/slack.ts';

const limits = () => [{ requests: 10_000, per: 1_000, concurrency: 4 }];

/** The same answers, but for the account that whoever asks is told to be in. */
function elsewhere(asks: (request: VendorRequest) => boolean, own: RegExp): NonNullable<LiveOptions['tamper']> {
  return (request, answer) => {
    if (!asks(request)) return answer;
    const text = answer.text ?? JSON.stringify(answer.json);
    expect(text).toMatch(own);
    return { ...answer, json: undefined, text: text.replaceAll(own, (_, before: string) => `${before}7007`) };
  };
}

test.each<[string, Connector, () => FixtureVendor, (request: VendorRequest) => boolean, RegExp]>([
  ['Slack', slack, slackVendor, ({ path }) => path.endsWith('/auth.test'), /("(?:team|enterprise)_id":")\w+/g],
  ['AWS', aws, awsVendor, ({ body }) => body.includes('GetCallerIdentity'), new RegExp(`(.)${accountId}`, 'g')],
  ['Okta', okta, oktaVendor, ({ path }) => path.endsWith('/okta-organization'), /("id":")\w+/g],
  ['Dropbox Sign', dropboxSign, dropboxSignVendor, ({ path }) => path.endsWith('/account'), /("team_id":")\w+/g],
  ['GitHub', github, githubVendor, ({ path }) => path.endsWith('/orgs/acme'), /("id":)\d+/g],
])('a credential of another account of %s takes nothing away', async (_name, connector, vendor, asks, own) => {
  const store = await openStore({ memory: true });
  await readLive(connector, vendor(), { store, ports: { limits } });
  const before = [...(await recordsIn(store)).keys()];
  const { coverage } = await readLive(connector, vendor(), { store, tamper: elsewhere(asks, own), ports: { limits } });
  const read = coverage.filter(({ reason }) => reason !== 'not-supported');
  expect(new Set(read.map(({ outcome, reason }) => `${outcome} ${reason}`))).toEqual(new Set(['failed config']));
  expect([...(await recordsIn(store)).keys()]).toEqual(before);
  await store.close();
});

test.each<[string, Connector, () => FixtureVendor, string]>([
  ['Entra ID', entra, entraVendor, 'tenant'],
  ['DocuSign', docusign, docusignVendor, 'accountId'],
])(
  'the account that the settings name is kept for %s: another one is another source',
  async (_, connector, vendor, setting) => {
    const store = await openStore({ memory: true });
    await readLive(connector, vendor(), { store, ports: { limits } });
    const named = vendor().settings('http://127.0.0.1')[setting];
    expect(await store.meta.get(`account:${connector.id}:test`)).toBe(String(named).toLowerCase());
    await store.close();
  },
);
