import { expect, test } from 'vitest';
import { flow, node } from '../../test/helpers/n8n.ts';
import { all } from '../../test/helpers/read-formats.ts';
import type { Json, Parsed } from '../sdk/index.ts';
import { readText } from './document.ts';
import { githubActions } from './github-actions/github-actions.ts';
import { n8nWorkflow } from './n8n/workflow.ts';
import { logicApp } from './power-automate/bare.ts';
import { powerAutomateSolution } from './power-automate/solution.ts';
import { workatoRecipe } from './workato/recipe.ts';

const documentOf = (path: string, tree: Json) => readText(path, JSON.stringify(tree)).document;
const calledIn = (parsed: Parsed): string[][] =>
  all(parsed, 'workflow').map(({ links = [] }) =>
    links.flatMap(({ rel, kind, id }) => (rel === 'uses' && kind === 'workflow' ? [id] : [])),
  );

const orders = (more: { [key: string]: Json } = {}): Json =>
  flow(
    [
      node('Book', 'executeWorkflow', { workflowId: { __rl: true, mode: 'list', value: 'wf2' } }),
      node('By name of a field', 'executeWorkflow', { workflowId: '={{ $json.id }}' }),
      node('Off', 'executeWorkflow', { workflowId: 'wf4' }, { disabled: true }),
      {
        ...(node('Tool', 'x') as object),
        type: '@n8n/n8n-nodes-langchain.toolWorkflow',
        parameters: { workflowId: 'wf3' },
      },
    ],
    { settings: { errorWorkflow: 'wf5' }, ...more },
  );

test('an n8n workflow uses those that it calls, and that which is called when it fails: in its file, or beside it', () => {
  const beside = n8nWorkflow.parse(documentOf('git/workflows/wf1.json', orders()));
  expect(calledIn(beside)).toEqual([['wf2', 'wf3', 'wf5'].map((id) => `git/workflows/${id}.json#${id}`)]);
  const together = [orders(), flow([node('Start', 'manualTrigger')], { id: 'wf2' })];
  expect(calledIn(n8nWorkflow.parse(documentOf('all.json', together)))).toEqual([['all.json#wf2'], []]);
  // Where other workflows would lie, nothing tells.
  expect(calledIn(n8nWorkflow.parse(documentOf('orders.json', orders())))).toEqual([[]]);
});

const calling = (host: Json): Json => ({
  contentVersion: '1.0.0.0',
  triggers: { Daily: { type: 'Recurrence', recurrence: { frequency: 'Day', interval: 1 } } },
  actions: { If: { type: 'If', actions: { Call: { type: 'Workflow', inputs: { host } } }, else: { actions: {} } } },
});

test('a workflow of a standard logic app uses its neighbours', () => {
  const definition = calling({ workflow: { id: 'Check' } });
  const parsed = logicApp.parse(documentOf('app/Take/workflow.json', { definition, kind: 'Stateful' }));
  expect(calledIn(parsed)).toEqual([['app/Check/workflow.json']]);
});

test('a flow of a solution uses its child flows', () => {
  const child = '0a1b0000-0000-4000-8000-000000000002';
  const flowOf = (definition: Json): string =>
    JSON.stringify({ properties: { apiId: '/providers/x/shared_logicflows', definition }, schemaVersion: '1.0.0.0' });
  const parts: { [path: string]: string } = {
    'solution.xml':
      '<ImportExportXml><SolutionManifest><UniqueName>S</UniqueName></SolutionManifest></ImportExportXml>',
    'Workflows/Parent-0A1B0000-0000-4000-8000-000000000001.json': flowOf(calling({ workflowReferenceName: child })),
    'Workflows/Child-0A1B0000-0000-4000-8000-000000000002.json': flowOf(calling({})),
  };
  const members = new Map(
    Object.entries(parts).map(([path, text]) => [path, readText(`s.zip!/${path}`, text).document]),
  );
  const parsed = powerAutomateSolution.parse({ path: 's.zip', text: '', syntax: 'text', members });
  const ids = all(parsed, 'workflow').map(({ id }) => id);
  expect(calledIn(parsed)).toEqual([[ids[1]], []]);
});

test('a recipe uses the recipes that it calls, as packages name them', () => {
  const recipe = (zip_name: string): Json => ({
    name: 'R',
    config: [],
    code: {
      provider: 'workato_api_platform',
      name: 'receive_request',
      keyword: 'trigger',
      block: [
        {
          provider: 'workato_recipe_function',
          name: 'call_recipe',
          keyword: 'action',
          input: { flow_id: { zip_name } },
        },
      ],
    },
  });
  const read = (path: string, zip: string) => calledIn(workatoRecipe.parse(documentOf(path, recipe(zip))));
  expect(read('Matters/a.recipe.json', 'b.recipe.json')).toEqual([['Matters/b.recipe.json']]);
  expect(read('w/one/a.recipe.json', 'two/b.recipe.json')).toEqual([['w/two/b.recipe.json']]);
  expect(read('p.zip!/one/a.recipe.json', 'two/b.recipe.json')).toEqual([['p.zip!/two/b.recipe.json']]);
});

test('a build uses the workflows and actions of its own repository', () => {
  const text =
    'on: push\njobs:\n  call:\n    uses: ./.github/workflows/reusable.yml\n  other:\n    uses: acme/shared/.github/workflows/x.yml@v1\n' +
    '  own:\n    runs-on: x\n    steps:\n      - uses: ./.github/actions/tell\n      - uses: actions/checkout@v4\n';
  const read = (path: string) => calledIn(githubActions.parse(readText(path, text).document));
  const paths = ['.github/workflows/reusable.yml', '.github/actions/tell/action.yml'];
  expect(read('.github/workflows/ci.yml')).toEqual([paths]);
  expect(read('shop/.github/workflows/ci.yml')).toEqual([paths.map((path) => `shop/${path}`)]);
});
