import { describe, expect, test } from 'vitest';
import { readText } from './document.ts';
import { formats, recogniseAndParse } from './index.ts';
import { exampleDocument } from './document.ts';
import type { Json } from '../sdk/index.ts';

const said = (path: string, text: string): string | undefined =>
  recogniseAndParse(readText(path, text).document).unread[0]?.detail;
const arn = (rest: string): string => `arn:aws:${rest}`;

describe('a list that no format reads is named, with what to do', () => {
  test.each<[string, Json]>([
    ['connectors entra', [{ appId: '1', displayName: 'Bridge', passwordCredentials: [] }]],
    ['connectors entra', { value: [{ appId: '1', displayName: 'Bridge', servicePrincipalType: 'Application' }] }],
    ['connectors aws', { Roles: [{ Arn: arn('iam::210987654321:role/deploy') }] }],
    ['connectors aws', { SecretList: [{ ARN: arn('secretsmanager:eu-central-1:210987654321:secret:x') }] }],
    ['connectors github', [{ access_granted_at: '2026-01-01', repository_selection: 'all', permissions: {} }]],
    ['connectors slack', { approved_apps: [{ app: { id: 'A1' }, scopes: [] }] }],
    ['Export the zaps', { data: [{ type: 'zap', is_enabled: true, title: 'Leads' }] }],
    ['Get-AdminPowerApp', [{ AppName: '1', DisplayName: 'Visits', EnvironmentName: 'Default' }]],
  ])('%s', (todo, tree) => {
    expect(said('list.json', JSON.stringify(tree))).toContain(todo);
  });

  test.each([
    'Zap ID,Title,Status,Owner,Last Modified\n1,canary,on,ada@acme.example,2024-01-01',
    '\uFEFF"Date";"Event";"Actor";"Application";"Client ID"\n2026;Authorize;ada;canary;1',
    'id,displayName,appId,createdDateTime\n1,canary,2,2021-02-02',
    '#TYPE Selected.PSObject\n"DisplayName","FlowId","CreatedBy"\n"canary","1","ada"',
  ])('as a table: %s', (text) => {
    expect(said('list.csv', text)).toContain('connectors attested');
    expect(said('list.csv', text)).not.toContain('canary');
  });
});

describe('nothing is said of', () => {
  test.each([
    ['an inventory', 'application,credential type,name,owner\nSlack,api-key,Bot,ada'],
    ['a list of people', 'name,email,manager,department\nAda,ada@acme.example,Bo,Sales'],
    ['numbers', 'month,owner,amount\n2026-01,ada,3'],
    ['prose', 'The owner of this app, the user, and others.\nThe flow, too, and its maker.'],
    ['headings alone', 'Flow,Owner,State'],
  ])('%s', (_, text) => {
    expect(said('x.csv', text)).toBeUndefined();
  });

  test.each<[Json]>([
    [{ name: 'package', users: [{ id: 1 }] }],
    [{ Users: [{ name: 'ada', Arn: 'none' }] }],
    [{ value: [{ displayName: 'x' }] }],
    [[]],
  ])('%j', (tree) => {
    expect(said('x.json', JSON.stringify(tree))).toBeUndefined();
  });

  test.each(formats.map((format) => [format.id, format] as const))('what %s reads', (_, { example }) => {
    expect(recogniseAndParse(exampleDocument(example)).unread).toEqual([]);
  });
});
