import { describe, expect, test } from 'vitest';
import { all, only } from '../../../test/helpers/read-formats.ts';
import type { Link, Parsed } from '../../sdk/index.ts';
import { exampleDocument } from '../document.ts';
import { recogniseAndParse } from '../index.ts';

const FLOW = '0a1b0000-0000-4000-8000-00000000000f';
const CONNECTOR = '0a1b0000-0000-4000-8000-0000000000cc';
const OWN = 'acme_helper.shared_acme-5fbadges.c0ffee';

const manifest = `<ImportExportXml><SolutionManifest><UniqueName>People</UniqueName>
<RootComponents><RootComponent type="372" id="{${CONNECTOR.toUpperCase()}}" schemaName="acme_badges" /></RootComponents>
</SolutionManifest></ImportExportXml>`;

const reference = (
  name: string,
  custom: string,
): string => `<connectionreference connectionreferencelogicalname="${name}">
<connectorid>/providers/Microsoft.PowerApps/apis/shared_acme-5fbadges</connectorid>
<customconnectorid><connectorid>${custom}</connectorid></customconnectorid></connectionreference>`;
const customizations = `<ImportExportXml><connectionreferences>
${reference('acme_badges_1a2b3', CONNECTOR)}${reference(OWN, CONNECTOR)}
${reference('acme_elsewhere', '0a1b0000-0000-4000-8000-0000000000dd')}
</connectionreferences></ImportExportXml>`;

const flow = JSON.stringify({
  properties: {
    connectionReferences: {
      shared_badges: {
        runtimeSource: 'embedded',
        connection: { connectionReferenceLogicalName: 'acme_badges_1a2b3' },
        api: { name: 'shared_acme-5fbadges' },
      },
    },
    definition: {
      contentVersion: '1.0.0.0',
      triggers: { manual: { type: 'Request', kind: 'Skills', inputs: {} } },
      actions: {},
    },
  },
});
const connector = JSON.stringify({ swagger: '2.0', info: { title: 'Badges' }, host: 'badges.acme.example', paths: {} });
const bot = (schema: string): string => `<bot schemaname="${schema}"><name>${schema}</name></bot>`;

function tied(kind: 'workflow' | 'connectionreference', component: string, target: string): string {
  const named = kind === 'workflow' ? 'workflowid.workflowid' : 'connectionreferenceid.connectionreferencelogicalname';
  return `<botcomponent_${kind}set><botcomponent_${kind} botcomponentid.schemaname="${component}" ${named}="${target}">
</botcomponent_${kind}></botcomponent_${kind}set>`;
}

type Files = { readonly [path: string]: string };

const shared: Files = {
  [`Workflows/Badge-${FLOW.toUpperCase()}.json`]: flow,
  'bots/acme_helper/bot.xml': bot('acme_helper'),
  'bots/acme_other/bot.xml': bot('acme_other'),
  'Assets/botcomponent_workflowset.xml': tied('workflow', 'acme_helper.action.Badge', FLOW),
  'Assets/botcomponent_connectionreferenceset.xml': tied('connectionreference', 'acme_other.action.Badge', OWN),
};
const zipped: Files = {
  ...shared,
  'solution.xml': manifest,
  'customizations.xml': customizations,
  'Connector/acme_badges_openapidefinition.json': connector,
};
const unpacked: Files = {
  ...shared,
  'Other/Solution.xml': manifest,
  'Other/Customizations.xml': customizations,
  'Connectors/acme_badges_openapidefinition.json': connector,
};

function read(files: Files, folder = ''): Parsed {
  const members = Object.fromEntries(Object.entries(files).map(([path, text]) => [folder + path, text]));
  return recogniseAndParse(exampleDocument({ path: 'people.zip', members }));
}
const leading = (links: readonly Link[] | undefined, kind: Link['kind']): Link[] =>
  (links ?? []).filter((link) => link.kind === kind && link.rel !== 'contained-in');

describe.each([
  ['in a zip', zipped, '', 'Connector'],
  ['unpacked', unpacked, 'src/', 'Connectors'],
] as const)('a solution %s', (_, files, folder, connectors) => {
  const root = `people.zip!/${folder}`;
  const helper = `${root}bots/acme_helper/bot.xml#acme_helper`;

  test('an agent uses the flow that it has as a tool, and a flow the agent that it wakes', () => {
    const parsed = read(files, folder);
    const flow = only(parsed, 'workflow');
    const calls = all(parsed, 'identity').map(({ id, links }) => [id, leading(links, 'workflow')]);
    expect(Object.fromEntries(calls)).toEqual({
      [helper]: [{ rel: 'uses', kind: 'workflow', id: flow.id }],
      [helper.replaceAll('helper', 'other')]: [],
    });
    expect(leading(flow.links, 'identity')).toEqual([]);
    const list = tied('workflow', 'acme_helper.ExternalTriggerComponent.Mail.1', `{${FLOW.toUpperCase()}}`);
    const woken = read({ ...files, 'Assets/botcomponent_workflowset.xml': list }, folder);
    expect(leading(only(woken, 'workflow').links, 'identity')).toEqual([{ rel: 'uses', kind: 'identity', id: helper }]);
    expect(all(woken, 'identity').flatMap(({ links }) => leading(links, 'workflow'))).toEqual([]);
  });

  test('an agent uses the connections that were made for it, and those that its tools are tied to', () => {
    const id = `power-automate/-/shared_acme-5fbadges/${OWN}`;
    const agents = all(read(files, folder), 'identity');
    expect(agents.map(({ links }) => leading(links, 'connection'))).toEqual([
      [{ rel: 'uses', kind: 'connection', id }],
      [{ rel: 'uses', kind: 'connection', id }],
    ]);
  });

  test('a connection leads to the custom connector that the manifest names, and to no other', () => {
    const parsed = read(files, folder);
    const endpoint = only(parsed, 'endpoint');
    expect(endpoint).toMatchObject({
      id: `${root}${connectors}/acme_badges_openapidefinition.json`,
      host: 'badges.acme.example',
    });
    const ends = all(parsed, 'connection').map(({ id, links }) => [id.split('/').at(-1), leading(links, 'endpoint')]);
    const there = [{ rel: 'uses', kind: 'endpoint', id: endpoint.id }];
    expect(Object.fromEntries(ends)).toEqual({ acme_badges_1a2b3: there, [OWN]: there, acme_elsewhere: [] });
  });
});

test('what a zip has not is linked to by nobody', () => {
  const less = Object.entries(zipped).filter(([path]) => !/^(?:Connector|Workflows)\//.test(path));
  const parsed = read(Object.fromEntries(less));
  expect(all(parsed, 'identity').flatMap(({ links }) => leading(links, 'workflow'))).toEqual([]);
  expect(all(parsed, 'connection').flatMap(({ links }) => leading(links, 'endpoint'))).toEqual([]);
});

test('an agent hands over to another one of its solution', () => {
  const task = (schema: string): string =>
    `kind: TaskDialog\nmodelDisplayName: Ask\naction:\n  kind: InvokeConnectedAgentTaskAction\n  botSchemaName: ${schema}\n`;
  const parsed = read({
    ...zipped,
    'botcomponents/acme_helper.InvokeConnectedAgentTaskAction.Other/data': task('acme_other'),
    'botcomponents/acme_helper.InvokeConnectedAgentTaskAction.Gone/data': task('acme_gone'),
  });
  const [agent] = all(parsed, 'identity').filter(({ id }) => id.endsWith('#acme_helper'));
  expect(leading(agent?.links, 'identity')).toEqual([
    { rel: 'uses', kind: 'identity', id: 'people.zip!/bots/acme_other/bot.xml#acme_other' },
  ]);
  expect(agent?.tools).toHaveLength(2);
});

test('a cloned agent uses the connections in the list beside it, which others define', () => {
  const connector = '/providers/Microsoft.PowerApps/apis/shared_office365';
  const members = {
    'helper/settings.mcs.yml':
      'schemaName: acme_helper\nauthenticationMode: Integrated\nconfiguration:\n  channels: []\n',
    'helper/connectionreferences.mcs.yml': `connectionReferences:\n  - connectionReferenceLogicalName: acme_mail_1a2b3\n    connectorId: ${connector}\n`,
  };
  const parsed = recogniseAndParse(exampleDocument({ path: 'main.zip', members }));
  const id = 'power-automate/-/shared_office365/acme_mail_1a2b3';
  expect(only(parsed, 'identity').links).toEqual([{ rel: 'uses', kind: 'connection', id }]);
  expect(parsed.items).toContainEqual({ reference: true, record: expect.objectContaining({ kind: 'connection', id }) });
});
