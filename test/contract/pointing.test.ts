import { expect, test } from 'vitest';
import { adobeSign } from '../../connectors/adobe-sign/index.ts';
import { docusign } from '../../connectors/docusign/index.ts';
import { dropboxSign } from '../../connectors/dropbox-sign/index.ts';
import { entra } from '../../connectors/entra/index.ts';
import { github } from '../../connectors/github/index.ts';
import { n8n } from '../../connectors/n8n/index.ts';
import { nodeRed } from '../../connectors/node-red/index.ts';
import { okta } from '../../connectors/okta/index.ts';
import { pandadoc } from '../../connectors/pandadoc/index.ts';
import { openStore } from '../../db/open.ts';
import { addressKnownAs } from '../../src/core/match.ts';
import { withinReach } from '../../src/core/walk.ts';
import { Secret, type Connector } from '../../src/sdk/index.ts';
import { collectPorts } from '../helpers/collecting.ts';
import { readLive } from '../helpers/live.ts';
import type { FixtureVendor } from '../helpers/vendor.ts';
import { vendor as adobeSignVendor } from '../vendors/adobe-sign.ts';
import { vendor as docusignVendor } from '../vendors/docusign.ts';
import { vendor as dropboxSignVendor } from '../vendors/dropbox-sign.ts';
import { vendor as entraVendor } from '../vendors/entra.ts';
import { vendor as githubVendor } from '../vendors/github.ts';
import { vendor as n8nVendor } from '../vendors/n8n.ts';
import { vendor as nodeRedVendor } from '../vendors/node-red.ts';
import { vendor as oktaVendor } from '../vendors/okta.ts';
import { vendor as pandadocVendor } from '../vendors/pandadoc.ts';

const limits = () => [{ requests: 10_000, per: 1_000 }];
const nameOf = (address: string) => addressKnownAs(collectPorts().fingerprint(new Secret(address)));

test.each<[string, Connector, () => FixtureVendor, string, readonly string[]]>([
  ['DocuSign', docusign, docusignVendor, 'endpoint/connect/101', ['hooks.acme.example/docusign']],
  ['Dropbox Sign', dropboxSign, dropboxSignVendor, 'callback', ['hooks.acme.example/sign', 'hooks.acme.example/all']],
  ['PandaDoc', pandadoc, pandadocVendor, 'endpoint/webhook/', ['hooks.acme.example/pandadoc', 'crm.acme.example/in']],
  ['Acrobat Sign', adobeSign, adobeSignVendor, 'endpoint/webhook/', ['10.0.0.7/x']],
  ['GitHub', github, githubVendor, 'endpoint/webhook/702', ['ci.acme.example/hook']],
  ['Okta', okta, oktaVendor, 'endpoint/event-hook/', ['hooks.acme.example/okta', 'old.acme.example/okta']],
])('webhooks of %s lead to whoever answers there', async (_name, connector, vendor, part, addresses) => {
  const { records } = await readLive(connector, vendor(), { ports: { limits } });
  const calls = [...records].flatMap(([key, record]) =>
    key.includes(part) && record.kind === 'endpoint' ? (record.calls ?? []) : [],
  );
  expect(calls.toSorted()).toEqual(expect.arrayContaining(addresses.map(nameOf)));
});

test('a webhook of n8n answers where its editor is reached', async () => {
  const { records } = await readLive(n8n, n8nVendor(), { ports: { limits } });
  const hook = records.get('endpoint/workflows/wfLeave0000000001/in/n1');
  expect(hook?.knownAs).toContain(nameOf('n8n.acme.example/webhook/leave-hook'));
});

test.each([
  ['/', '/hr-hook'],
  ['/flows/', '/flows/hr-hook'],
])('an HTTP node of Node-RED answers under its own root %s, and not the one of the editor', async (root, path) => {
  const { records, requests } = await readLive(nodeRed, nodeRedVendor(), {
    ports: { limits },
    tamper: (request, answer) => {
      if (!request.path.endsWith('/diagnostics')) return answer;
      return {
        ...answer,
        json: JSON.parse(JSON.stringify(answer.json).replace('"httpNodeRoot":"/"', `"httpNodeRoot":"${root}"`)),
      };
    },
  });
  const host = requests[0]?.headers.get('host') ?? '';
  expect(records.get('endpoint/flows#tab-1/in/in')?.knownAs).toEqual([nameOf(`${host}${path}`)]);
});

test('what a repository of GitHub builds leads to the app of Entra that lets it in', async () => {
  const store = await openStore({ memory: true });
  await readLive(github, githubVendor(), { ports: { limits }, store });
  const { records } = await readLive(entra, entraVendor(), { ports: { limits }, store });
  const [app] = [...records.values()].filter((each) => each.kind === 'identity' && each.trusts?.[0]?.subjects);
  const begin = { source: 'github:test', kind: 'container', id: 'repository/101' } as const;
  const met = await store.records.neighbours(begin, withinReach, 1);
  expect(met.map(({ source, record }) => [source, record.name])).toEqual([['entra:test', app?.name]]);
  await store.close();
});
