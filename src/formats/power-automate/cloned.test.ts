import { expect, test } from 'vitest';
import { only } from '../../../test/helpers/read-formats.ts';
import type { Workflow } from '../../sdk/index.ts';
import { exampleDocument } from '../document.ts';
import { recogniseAndParse } from '../index.ts';

const ID = '0a1b0000-0000-4000-8000-00000000000f';
const folder = `helper/workflows/Badge-${ID}`;
const metadata = (state: number): string =>
  `jsonFileName: workflows/Badge-${ID}/workflow.json\nworkflowId: ${ID.toUpperCase()}\nname: Hand out a badge\nstateCode: ${state}\n`;
const settings =
  'schemaName: acme_helper\ndisplayName: Helper\nauthenticationMode: Integrated\nconfiguration:\n  channels: []\n';

/** The flow of an agent that was cloned, with these files around it. */
function cloned(kind: string, beside: { readonly [path: string]: string }): Workflow {
  const definition = {
    contentVersion: '1.0.0.0',
    parameters: { $authentication: { defaultValue: {}, type: 'SecureObject' } },
    triggers: { manual: { type: 'Request', kind, inputs: {} } },
    actions: {},
  };
  const members = { [`${folder}/workflow.json`]: JSON.stringify({ properties: { definition } }), ...beside };
  return only(recogniseAndParse(exampleDocument({ path: 'main.zip', members })), 'workflow');
}

test('a flow that was cloned with an agent has its name and state from the file beside it, and is given to the agent', () => {
  const beside = { [`${folder}/metadata.yml`]: metadata(1), 'helper/settings.mcs.yml': settings };
  expect(cloned('Skills', beside)).toMatchObject({
    id: `main.zip!/${folder}/workflow.json#${ID}`,
    name: 'Hand out a badge',
    state: 'active',
    links: [{ rel: 'granted-to', kind: 'identity', id: 'main.zip!/helper/settings.mcs.yml#acme_helper' }],
  });
});

test('one that something else starts is given to nobody, and one that is switched off is off', () => {
  const beside = { [`${folder}/metadata.yml`]: metadata(0), 'helper/settings.mcs.yml': settings };
  const flow = cloned('Http', beside);
  expect(flow.state).toBe('inactive');
  expect(flow.links).toBeUndefined();
});

test('without the files around it, it is what it was', () => {
  expect(cloned('Skills', {})).toMatchObject({ id: `main.zip!/${folder}/workflow.json`, state: 'unknown' });
});
