import { describe, expect, test } from 'vitest';
import { all, only, parseExample, survivesDamage } from '../../../test/helpers/read-formats.ts';
import type { Document, Json, Workflow } from '../../sdk/index.ts';
import { exampleDocument, readText } from '../document.ts';
import { recogniseAndParse } from '../index.ts';
import { textAt } from '../tree.ts';
import { connectionListExample, flowListExample } from './admin-examples.ts';
import { powerAutomateDefinition } from './bare.ts';
import { powerPlatformConnectionList } from './connection-list.ts';
import { powerAutomateFlowList } from './flow-list.ts';

const json = (tree: Json): Document => readText('list.json', JSON.stringify(tree)).document;
const csv = (...lines: string[]): Document => readText('list.csv', lines.join('\r\n')).document;
const [row] = JSON.parse(flowListExample.text) as { readonly [key: string]: Json }[];
const environment = 'Default-3f1c9a52-0c57-4b5a-9d5e-6f0a52d3c101';
const maker = '5b0f6a3e-6a0e-4f0e-8f0c-0d9d2b7e1a02';

test.each([powerAutomateFlowList, powerPlatformConnectionList])('$id survives damage', (format) => {
  survivesDamage(format);
});

describe('a list of flows', () => {
  const expected = {
    name: 'Approve travel requests',
    state: 'inactive',
    createdAt: Date.parse('2023-08-02T09:11:12.123Z'),
    attributions: [{ rel: 'created-by', who: { id: maker }, basis: 'creator-field' }],
    links: [{ rel: 'contained-in', kind: 'container', id: `power-automate/-/environment/${environment}` }],
  };

  test('gives each flow with its state, its environment and who made it', () => {
    expect(only(parseExample(powerAutomateFlowList), 'workflow')).toMatchObject(expected);
  });

  test('gives the address that starts a flow, of which the list says no more', () => {
    expect(only(parseExample(powerAutomateFlowList), 'endpoint')).toMatchObject({
      direction: 'inbound',
      type: 'webhook',
      authentication: 'unknown',
    });
  });

  test('gives each flow with its owners and co-owners, where they are listed beside it', () => {
    const role = (RoleType: string, PrincipalObjectId: string, PrincipalType = 'User'): Json => ({
      RoleId: `/providers/Microsoft.ProcessSimple/environments/${environment}/flows/x/permissions/${PrincipalObjectId}`,
      RoleType,
      PrincipalObjectId,
      PrincipalType,
      FlowName: row?.['FlowName'] ?? null,
      EnvironmentName: environment,
    });
    const roles = [
      role('Owner', maker),
      role('CanEdit', 'team', 'Group'),
      role('CanView', 'looks'),
      role('CanEdit', 'all', 'Tenant'),
    ];
    const other = { ...(role('Owner', 'another') as object), FlowName: 'another' };
    const answer = {
      id: `/providers/Microsoft.ProcessSimple/environments/${environment}/flows/${textAt(row, 'FlowName')}/permissions/co`,
      type: '/providers/Microsoft.ProcessSimple/environments/flows/permissions',
      properties: { roleName: 'CanEdit', principal: { id: 'co', type: 'User' } },
    };
    const beside = [
      json([answer]),
      json([...roles, other]),
      csv('"FlowName","RoleType","PrincipalObjectId","PrincipalType"', '"x","Owner","y","User"'),
    ];
    const list = {
      ...exampleDocument(powerAutomateFlowList.example),
      neighbours: new Map(beside.map((one, index) => [`${index}-owners`, one])),
    };
    expect(only(powerAutomateFlowList.parse(list), 'workflow').attributions).toEqual([
      { rel: 'owned-by', who: { id: 'co' }, basis: 'platform-owner', evidence: 'CanEdit' },
      { rel: 'owned-by', who: { id: maker }, basis: 'platform-owner', evidence: 'Owner' },
      { rel: 'owned-by', who: { id: 'team' }, basis: 'platform-owner', evidence: 'CanEdit' },
      { rel: 'created-by', who: { id: maker }, basis: 'creator-field', evidence: 'creator' },
    ]);
    expect(recogniseAndParse(json(roles)).formats).toEqual([]);
  });

  test('is read, and says so, where the list of owners beside it breaks off', () => {
    const broken = csv('"FlowName","RoleType","PrincipalObjectId","PrincipalType"', '"x","Owner","y","Us');
    const list = { ...exampleDocument(powerAutomateFlowList.example), neighbours: new Map([[broken.path, broken]]) };
    const { items, problems } = powerAutomateFlowList.parse(list);
    expect(items.map(({ record }) => record.kind)).toContain('workflow');
    expect(problems).toMatchObject([{ detail: expect.stringContaining('break off') }]);
  });

  const cells = ['0a4b8f0e', 'False', 'Approve travel requests', '2023-08-02T09:11:12.1234567Z'];
  const rest = [`@{objectId=${maker}; userId=${maker}; userType=ActiveDirectory}`, environment];
  const head = '"FlowName","Enabled","DisplayName","CreatedTime","CreatedBy","EnvironmentName"';
  const line = [...cells, ...rest].map((cell) => `"${cell}"`).join(',');

  test.each([
    ['the interface', json({ value: [row?.['Internal'] ?? null] })],
    ['a single flow', json(row ?? null)],
    ['Export-Csv', csv(head, line, '')],
    ['Export-Csv of Windows PowerShell', csv('#TYPE System.Management.Automation.PSCustomObject', head, line)],
    ['Export-Csv with semicolons', csv(head.replaceAll(',', ';'), line.replaceAll('","', '";"'))],
  ])('is read as %s writes it', (who, document) => {
    const result = recogniseAndParse(document);
    expect(result.formats).toEqual(['power-automate-flow-list']);
    expect(result.problems).toEqual([]);
    const { attributions, createdAt, ...said } = expected;
    expect(only(result, 'workflow')).toMatchObject(
      who === 'the interface' ? said : { ...said, attributions, createdAt },
    );
  });

  test('is known as the flow that exports define, by the interface’s id and by Dataverse’s', () => {
    const [flow] = all(parseExample(powerAutomateFlowList), 'workflow');
    expect(flow?.knownAs).toEqual([
      'power-automate-flow:0a4b8f0e-52b0-4d0c-9d7b-3b6c1a2f4e03',
      'power-automate-flow:7c1d2e3f-0b3a-4c5d-8e6f-1a2b3c4d5e04',
    ]);
    const example = exampleDocument(powerAutomateDefinition.example);
    const tree = { ...(example.tree as object), name: '0A4B8F0E-52b0-4d0c-9d7b-3b6c1a2f4e03' };
    const exported: Workflow = only(powerAutomateDefinition.parse({ ...example, tree }), 'workflow');
    expect(flow?.knownAs).toContain(exported.knownAs?.[0]);
  });

  test('is not known by an id that two environments have, for a solution takes it along', () => {
    const twice = [row, { ...row, FlowName: 'ffffffff-52b0-4d0c-9d7b-3b6c1a2f4e03' }] as Json;
    const names = all(powerAutomateFlowList.parse(json(twice)), 'workflow').map(({ knownAs }) => knownAs?.length);
    expect(names).toEqual([1, 1]);
  });

  test('is read where columns were left out, and says that nobody knows whether it runs', () => {
    const { FlowName, DisplayName, EnvironmentName } = row ?? {};
    const some = json([{ FlowName, DisplayName, EnvironmentName }] as Json);
    expect(only(recogniseAndParse(some), 'workflow')).toMatchObject({ state: 'unknown', gaps: { state: 'not-seen' } });
  });

  test('says that pages are missing', () => {
    const page = { value: [row?.['Internal'] ?? null], nextLink: 'https://api.flow.example/next' };
    const { problems } = powerAutomateFlowList.parse(json(page));
    expect(problems).toMatchObject([{ detail: expect.stringContaining('there may be more') }]);
    expect(JSON.stringify(problems)).not.toContain('flow.example');
  });

  test('names no application as a maker', () => {
    const application = { ...row, CreatedBy: { objectId: maker, userType: 'ServicePrincipal' } } as Json;
    const flow = only(powerAutomateFlowList.parse(json([application])), 'workflow');
    expect(flow.attributions ?? []).toEqual([]);
  });

  test.each<[Json]>([
    [[{ FlowName: 'x', DisplayName: 'y' }]],
    [{ value: [{ type: 'Microsoft.Logic/workflows', properties: {} }] }],
    [[]],
  ])('is not %j', (tree) => {
    expect(powerAutomateFlowList.recognise(json(tree))).toBe(false);
  });
});

describe('a list of connections', () => {
  const parsed = parseExample(powerPlatformConnectionList);

  test('gives each with its maker, by whom flows are known too', () => {
    expect(only(parsed, 'connection')).toMatchObject({
      id: `power-automate/${environment}/shared_office365/shared-office365-2f6b`,
      connector: 'shared_office365',
      status: 'active',
      account: { email: 'ada.maker@acme.example' },
      attributions: [{ rel: 'created-by', who: { id: maker, email: 'ada.maker@acme.example' } }],
    });
    expect(only(parsed, 'person')).toMatchObject({ id: maker, name: 'Ada Maker' });
  });

  const permission = (roleName: string, type: string, id: string): Json => ({
    name: id,
    id: `/providers/Microsoft.PowerApps/apis/shared_office365/connections/shared-office365-2f6b/permissions/${id}`,
    type: 'Microsoft.PowerApps/apis/connections/permissions',
    properties: { roleName, principal: { id, type } },
  });
  const owner = permission('Owner', 'User', maker);
  const service = permission('CanViewWithShare', 'ServicePrincipal', 'api');

  test.each<[string, Json[], object]>([
    ['nobody', [owner, service], { reach: 'private' }],
    ['some', [owner, permission('CanView', 'User', 'u1'), permission('CanEdit', 'User', 'u2')], { count: 2 }],
    ['a group', [owner, permission('CanView', 'User', 'u1'), permission('CanView', 'Group', 'g')], { reach: 'some' }],
    ['everybody', [owner, permission('CanView', 'Tenant', 't')], { reach: 'everyone' }],
  ])('that is shared with %s says so where the list of roles beside it does', (_, roles, expected) => {
    const list = exampleDocument(powerPlatformConnectionList.example);
    const beside = new Map([['connection-roles.json', json({ value: roles })]]);
    const found = only(powerPlatformConnectionList.parse({ ...list, neighbours: beside }), 'connection');
    expect(found.sharedWith).toMatchObject(expected);
    expect(found.sharedWith?.count).toBe('count' in expected ? expected.count : undefined);
    const owners = found.attributions?.flatMap(({ rel, who }) => (rel === 'owned-by' ? who.id : []));
    expect(owners).toEqual('count' in expected ? [maker, 'u2'] : [maker]);
  });

  test('knows of nobody whom it is not shared with while pages of its roles are missing', () => {
    const list = exampleDocument(powerPlatformConnectionList.example);
    const read = (...roles: Json[]) => {
      const beside = json({ value: [owner, ...roles], nextLink: 'https://api.example/next' });
      return powerPlatformConnectionList.parse({ ...list, neighbours: new Map([['roles.json', beside]]) });
    };
    expect(only(read(), 'connection')).not.toHaveProperty('sharedWith');
    expect(only(read(permission('CanView', 'Tenant', 't')), 'connection').sharedWith).toEqual({ reach: 'everyone' });
    expect(read().problems).toMatchObject([{ detail: expect.stringContaining('roles') }]);
  });

  test('says so where the roles beside it break off', () => {
    const broken = csv('"ConnectionName","RoleType","PrincipalObjectId","PrincipalType"', '"x","Owner","y","Us');
    const list = { ...exampleDocument(connectionListExample), neighbours: new Map([[broken.path, broken]]) };
    expect(powerPlatformConnectionList.parse(list).problems).toMatchObject([
      { detail: expect.stringContaining('owners of its connections') },
    ]);
  });

  test('is not the list of those whom a connection is shared with', () => {
    const shared = {
      ConnectionName: 'a',
      ConnectorName: 'b',
      EnvironmentName: 'c',
      RoleName: 'd',
      PrincipalEmail: 'e',
    };
    expect(powerPlatformConnectionList.recognise(json([shared]))).toBe(false);
  });

  test('is read as the interface answers', () => {
    const [connection] = JSON.parse(connectionListExample.text) as { readonly [key: string]: Json }[];
    const answer = {
      name: 'shared-office365-2f6b',
      type: 'Microsoft.PowerApps/scopes/admin/apis/connections',
      properties: {
        apiId: '/providers/Microsoft.PowerApps/apis/shared_office365',
        displayName: 'ada.maker@acme.example',
        statuses: [{ status: 'Error' }],
        createdBy: connection?.['CreatedBy'] ?? null,
        environment: { id: `/providers/Microsoft.PowerApps/environments/${environment}` },
      },
    };
    expect(only(recogniseAndParse(json({ value: [answer] })), 'connection')).toMatchObject({
      id: only(parsed, 'connection').id,
      status: 'error',
    });
  });
});

test('a list of flows that breaks off within a quotation is said to be unreadable, and still searched', () => {
  const text = 'FlowName,DisplayName,EnvironmentName\n"b1c2,Invoices,Default\n';
  const { items, problems, rest } = recogniseAndParse(readText('flows.csv', text).document);
  expect(items).toEqual([]);
  expect(problems).toHaveLength(1);
  expect(JSON.stringify(rest)).toContain('Invoices');
});
