import { expect, test } from 'vitest';
import { node, only, records } from '../../../test/helpers/n8n.ts';
import type { Json, Parsed } from '../../sdk/index.ts';
import { readText } from '../document.ts';
import { withNeighbours } from '../neighbours.ts';
import { n8nCredentials } from './credentials.ts';
import { n8nWorkflow } from './workflow.ts';

const personal = {
  type: 'personal',
  projectId: 'PrjDana00000001',
  projectName: 'Dana Maker <dana@acme.example>',
  personalEmail: 'dana@acme.example',
};
const team = { type: 'team', teamId: 'PrjTeam00000001', teamName: 'Logistics' };

function documentOf(path: string, tree: Json) {
  return readText(path, JSON.stringify(tree)).document;
}

function exported(owner: Json): Parsed {
  const workflow = { id: 'WfOrders00000001', name: 'Orders', nodes: [node('Start', 'manualTrigger')], connections: {} };
  return n8nWorkflow.parse(
    documentOf('git/workflows/WfOrders00000001.json', {
      ...workflow,
      settings: {},
      triggerCount: 0,
      owner,
      parentFolderId: null,
      isArchived: false,
    }),
  );
}

test('source control names the owner of a workflow: of a personal project by address, as older versions do alone', () => {
  for (const owner of [personal, 'dana@acme.example']) {
    const { attributions } = only(records(exported(owner), 'workflow'));
    expect(attributions).toMatchObject([
      { rel: 'owned-by', who: { email: 'dana@acme.example' }, basis: 'platform-owner', evidence: 'owner' },
    ]);
  }
});

test('of a team it names the project, and no person', () => {
  const parsed = exported(team);
  const workflow = only(records(parsed, 'workflow'));
  expect(workflow.attributions).toBeUndefined();
  expect(workflow.links).toContainEqual({ rel: 'contained-in', kind: 'container', id: 'n8n:project:PrjTeam00000001' });
  expect(only(records(parsed, 'container'))).toMatchObject({ name: 'Logistics', type: 'project' });
});

test('tags stand in a file beside the folder of workflows', () => {
  const path = 'git/workflows/WfOrders00000001.json';
  const workflow = { id: 'WfOrders00000001', name: 'Orders', nodes: [node('Start', 'manualTrigger')], connections: {} };
  const tags = documentOf('git/tags.json', {
    tags: [
      { id: 't1', name: 'production' },
      { id: 't2', name: 'owner: Dana Maker' },
      { id: 't3', name: 'of another' },
    ],
    mappings: [
      { tagId: 't1', workflowId: 'WfOrders00000001' },
      { tagId: 't2', workflowId: 'WfOrders00000001' },
      { tagId: 't3', workflowId: 'WfOther000000001' },
    ],
  });
  expect(n8nWorkflow.neighbours?.(path)).toEqual(['../tags.json']);
  expect(n8nWorkflow.neighbours?.('exports/orders.json')).toEqual([]);
  const document = withNeighbours(documentOf(path, workflow), [
    [{ name: '../tags.json', path: 'git/tags.json' }, [tags]],
  ]);
  expect(only(records(n8nWorkflow.parse(document), 'workflow'))).toMatchObject({
    environment: 'production',
    tags: ['production', 'owner: Dana Maker'],
    attributions: [{ rel: 'owned-by', who: { name: 'Dana Maker' }, basis: 'tag' }],
  });
});

function stub(data: Json, ownedBy: Json): Parsed {
  return n8nCredentials.parse(
    documentOf('git/credential_stubs/CredErp000000001.json', {
      id: 'CredErp000000001',
      name: 'ERP',
      type: 'httpHeaderAuth',
      data,
      ownedBy,
      isGlobal: false,
    }),
  );
}

test('a stub names the owner of a credential and holds none of it: the value is in the instance', () => {
  const parsed = stub({ name: '', value: '={{ $secrets.vault.erp }}', port: 5432 }, personal);
  const owned = [
    { rel: 'owned-by', who: { email: 'dana@acme.example' }, basis: 'platform-owner', evidence: 'ownedBy' },
  ];
  expect(only(records(parsed, 'credential'))).toMatchObject({ store: 'platform', attributions: owned });
  expect(only(records(parsed, 'connection'))).toMatchObject({ attributions: owned });
  const ofTeam = stub({ name: '', value: '' }, team);
  expect(only(records(ofTeam, 'connection')).links).toContainEqual({
    rel: 'contained-in',
    kind: 'container',
    id: 'n8n:project:PrjTeam00000001',
  });
  expect(only(records(stub({ name: '', value: '' }, null), 'credential'))).toMatchObject({ store: 'platform' });
});

test('a stub into which somebody wrote a value is an export of it', () => {
  expect(only(records(stub({ name: 'X-Key', value: 'example' }, personal), 'credential'))).toMatchObject({
    store: 'export',
  });
});
