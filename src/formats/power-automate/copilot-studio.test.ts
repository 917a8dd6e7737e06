import { expect, test } from 'vitest';
import { all, only, parseExample, survivesDamage } from '../../../test/helpers/read-formats.ts';
import type { Identity, Parsed } from '../../sdk/index.ts';
import { exampleDocument, readText } from '../document.ts';
import { recogniseAndParse } from '../index.ts';
import { copilotStudio } from './copilot-studio.ts';

const MANIFEST =
  '<ImportExportXml><SolutionManifest><UniqueName>People</UniqueName></SolutionManifest></ImportExportXml>';

/** What a solution yields that holds one agent with these choices, and tools that act in these ways. */
function packed(choices: { [field: string]: number }, tools: { [name: string]: string } = {}): Parsed {
  const fields = Object.entries(choices).map(([field, value]) => `<${field}>${value}</${field}>`);
  const tasks = Object.entries(tools).map(([name, action]): [string, string] => [
    `botcomponents/acme_helper.action.${name}/data`,
    `kind: TaskDialog\nmodelDisplayName: ${name}\naction:\n  kind: InvokeConnectorTaskAction\n${action}`,
  ]);
  const members = {
    'solution.xml': MANIFEST,
    'bots/acme_helper/bot.xml': `<bot schemaname="acme_helper">${fields.join('')}<name>Helper</name></bot>`,
    ...Object.fromEntries(tasks),
    'botcomponents/acme_other.action.Pay/data': 'kind: TaskDialog\naction:\n  connectionProperties:\n    mode: Maker\n',
  };
  return recogniseAndParse(exampleDocument({ path: 'people.zip', members }));
}

function agentWith(settings: string): Identity {
  const text = `schemaName: acme_helper\n${settings}\nconfiguration:\n  channels: []\n`;
  return only(copilotStudio.parse(readText('helper/settings.mcs.yml', text).document), 'identity');
}

test('says who may talk to a cloned agent, and how they sign in', () => {
  expect(only(parseExample(copilotStudio), 'identity')).toMatchObject({
    name: 'People helper',
    type: 'ai-agent',
    platform: 'copilot-studio',
    authentication: 'oauth',
    sharedWith: { reach: 'some' },
    gaps: { tools: 'not-seen', runsAs: 'not-seen' },
  });
});

test.each([
  ['authenticationMode: None', 'none', undefined],
  ['authenticationMode: Integrated\naccessControlPolicy: Any', 'oauth', 'everyone'],
  ['authenticationMode: CustomAzureActiveDirectory\nauthenticationTrigger: AsNeeded', 'none', undefined],
  ['authenticationMode: GenericOAuth2\nauthenticationTrigger: Always\naccessControlPolicy: Any', 'oauth', undefined],
  ['authenticationMode: Integrated\naccessControlPolicy: AnyMultitenant', 'oauth', 'public'],
  ['authenticationMode: Unspecified', 'unknown', undefined],
])('%j', (settings, authentication, reach) => {
  const agent = agentWith(settings);
  expect([agent.authentication, agent.sharedWith?.reach]).toEqual([authentication, reach]);
});

test('an agent in a solution belongs to it, and has the tools that stand beside it', () => {
  const parsed = packed(
    { authenticationmode: 2, authenticationtrigger: 1, accesscontrolpolicy: 2 },
    {
      'Look up people': '  operationId: GetItems\n  connectionProperties:\n    mode: Invoker\n',
      'Close file': '  operationId: DeleteItem\n  connectionProperties:\n    mode: Invoker\n',
    },
  );
  expect(parsed).toMatchObject({ formats: ['power-automate-solution'] });
  expect(only(parsed, 'identity')).toMatchObject({
    id: 'people.zip!/bots/acme_helper/bot.xml#acme_helper',
    name: 'Helper',
    authentication: 'oauth',
    sharedWith: { reach: 'some' },
    runsAs: 'caller',
    tools: [
      { name: 'Look up people', effect: 'read', approval: 'unknown' },
      { name: 'Close file', effect: 'destroy', approval: 'unknown' },
    ],
    links: [{ rel: 'contained-in', kind: 'container', id: 'people.zip' }],
  });
  expect(all(parsed, 'container')).toHaveLength(1);
});

test('one tool on its maker’s connection lends everybody the maker’s rights', () => {
  const [own, borrowed] = ['Invoker', 'Maker'].map((mode) => `  connectionProperties:\n    mode: ${mode}\n`);
  expect(only(packed({}, { A: own ?? '', B: borrowed ?? '' }), 'identity').runsAs).toBe('author');
  expect(only(packed({}, { A: own ?? '', B: '  flowId: 7\n' }), 'identity').runsAs).toBe('unknown');
});

test('an unpacked agent finds the solution above it', () => {
  const members = {
    'people/Other/Solution.xml': MANIFEST,
    'people/bots/acme_helper/bot.xml': '<bot schemaname="acme_helper"><authenticationmode>1</authenticationmode></bot>',
  };
  const agent = only(recogniseAndParse(exampleDocument({ path: 'main.zip', members })), 'identity');
  expect(agent).toMatchObject({ name: 'acme_helper', authentication: 'none' });
  expect(agent.links).toEqual([{ rel: 'contained-in', kind: 'container', id: 'main.zip!/people/Other/Solution.xml' }]);
});

test('the tools of an agent that was cloned or unpacked stand in files around it', () => {
  const task = (action: string): string => `kind: TaskDialog\naction:\n  kind: InvokeConnectorTaskAction\n${action}`;
  const own = '  operationId: DeleteItem\n  connectionProperties:\n    mode: Maker\n';
  const settings = 'schemaName: acme_helper\nauthenticationMode: None\nconfiguration:\n  channels: []\n';
  const around = (path: string, members: { [path: string]: string }): Identity =>
    only(recogniseAndParse(exampleDocument({ path, members })), 'identity');
  const cloned = around('main.zip', {
    'helper/settings.mcs.yml': settings,
    'helper/actions/Close.mcs.yml': `mcs.metadata:\n  componentName: Close file\n${task(own)}`,
    'helper/topics/Hello.mcs.yml': 'kind: AdaptiveDialog\nbeginDialog:\n  kind: OnRecognizedIntent\n',
    'other/actions/Pay.mcs.yml': task(own),
  });
  expect(cloned).toMatchObject({
    tools: [{ name: 'Close file', effect: 'destroy', approval: 'unknown' }],
    runsAs: 'author',
  });
  expect(cloned.gaps?.tools).toBeUndefined();
  const unpacked = around('main.zip', {
    'src/bots/acme_helper/bot.xml': '<bot schemaname="acme_helper"><name>Helper</name></bot>',
    'src/botcomponents/acme_helper.action.Close/data': task(own),
    'src/botcomponents/acme_helperly.action.Pay/data': task(own),
  });
  expect(unpacked.tools?.map(({ name }) => name)).toEqual(['Close']);
  expect(around('main.zip', { 'helper/settings.mcs.yml': settings }).gaps?.tools).toBe('not-seen');
});

test('reads what is left of a damaged file', () => {
  survivesDamage(copilotStudio);
});
