import { expect, test } from 'vitest';
import { only } from '../../../test/helpers/read-formats.ts';
import type { Identity, Workflow } from '../../sdk/index.ts';
import { exampleDocument } from '../document.ts';
import { recogniseAndParse } from '../index.ts';

const ID = '0a1b0000-0000-4000-8000-00000000000f';
const folder = `helper/workflows/Badge-${ID}`;
const metadata = (state: number): string =>
  `jsonFileName: workflows/Badge-${ID}/workflow.json\nworkflowId: ${ID.toUpperCase()}\nname: Hand out a badge\nstateCode: ${state}\n`;
const settings =
  'schemaName: acme_helper\ndisplayName: Helper\nauthenticationMode: Integrated\nconfiguration:\n  channels: []\n';

/** What an agent that was cloned with a flow comes to, with these files around the flow. */
function cloned(kind: string, beside: { readonly [path: string]: string }): { flow: Workflow; agent: Identity } {
  const definition = {
    contentVersion: '1.0.0.0',
    parameters: { $authentication: { defaultValue: {}, type: 'SecureObject' } },
    triggers: { manual: { type: 'Request', kind, inputs: {} } },
    actions: {},
  };
  const members = {
    'helper/settings.mcs.yml': settings,
    [`${folder}/workflow.json`]: JSON.stringify({ properties: { definition } }),
    ...beside,
  };
  const parsed = recogniseAndParse(exampleDocument({ path: 'main.zip', members }));
  return { flow: only(parsed, 'workflow'), agent: only(parsed, 'identity') };
}

test('a flow that was cloned with an agent has its name and state from the file beside it, and the agent uses it', () => {
  const { flow, agent } = cloned('Skills', { [`${folder}/metadata.yml`]: metadata(1) });
  expect(flow).toMatchObject({
    id: `main.zip!/${folder}/workflow.json#${ID}`,
    name: 'Hand out a badge',
    state: 'active',
  });
  expect(agent.links).toEqual([{ rel: 'uses', kind: 'workflow', id: flow.id }]);
});

test('one that something else starts is used by nobody, and one that is switched off is off', () => {
  const { flow, agent } = cloned('Http', { [`${folder}/metadata.yml`]: metadata(0) });
  expect(flow.state).toBe('inactive');
  expect(agent.links).toBeUndefined();
});

test('without the file beside it, it is what it was', () => {
  const { flow, agent } = cloned('Skills', {});
  expect(flow).toMatchObject({ id: `main.zip!/${folder}/workflow.json`, state: 'unknown' });
  expect(agent.links).toBeUndefined();
});
