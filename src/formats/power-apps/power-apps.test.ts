import { describe, expect, test } from 'vitest';
import { all, only, parseExample, survivesDamage } from '../../../test/helpers/read-formats.ts';
import { exportedSolution, unpackedSolution } from '../../../test/helpers/solution.ts';
import type { Document, Json } from '../../sdk/index.ts';
import { exampleDocument, readText } from '../document.ts';
import { recogniseAndParse } from '../index.ts';
import { powerAppsList } from './app-list.ts';
import { powerAppsCanvas } from './canvas-app.ts';
import { appListExample, canvasMembers, references } from './examples.ts';

const FLOW = '0a1b0000-0000-4000-8000-000000000001';
const logical = 'acme_travelrequests_1f2e3';
const properties = JSON.parse(canvasMembers['Properties.json']) as { readonly [key: string]: Json };

/** The file of an app that starts a flow of the made-up solution. */
function app(path: string, more: { readonly [key: string]: Json } = {}): Document {
  const LocalConnectionReferences = JSON.stringify(references).replace(/7C1D2E3F[\w-]+/, FLOW.toUpperCase());
  const text = JSON.stringify({ ...properties, LocalConnectionReferences, ...more });
  return exampleDocument({ path, members: { ...canvasMembers, 'Properties.json': text } });
}

function archive(path: string, files: { readonly [path: string]: string }, name: string): Document {
  const whole = exampleDocument({ path, members: files });
  return { ...whole, members: new Map([...(whole.members ?? []), [name, app(`${path}!/${name}`)]]) };
}

const appIn = (document: Document) =>
  all(recogniseAndParse(document), 'workflow').filter(({ platform }) => platform === 'power-apps');

test.each([powerAppsCanvas, powerAppsList])('$id survives damage', (format) => {
  survivesDamage(format);
});

describe('the file of an app', () => {
  test('gives the app, which whoever opens it has signed in for, with who made it and when it was saved', () => {
    expect(only(parseExample(powerAppsCanvas), 'workflow')).toMatchObject({
      name: 'Travel requests',
      state: 'unknown',
      updatedAt: Date.parse('2024-04-12T16:56:28Z'),
      attributions: [{ rel: 'created-by', who: { email: 'ada.maker@acme.example' } }],
      graph: { triggers: [{ kind: 'manual', authentication: 'tenant' }] },
    });
  });

  test('gives what it reaches: by what it does, and tables of Dataverse as its user', () => {
    const { steps } = only(parseExample(powerAppsCanvas), 'workflow').graph;
    expect(steps.slice(1)).toMatchObject([
      { label: 'SharePoint: Read', connector: 'shared_sharepointonline', role: 'source' },
      { label: 'SharePoint: Delete', role: 'sink' },
      { label: 'SQL Server, [dbo].[Requests]', connector: 'shared_sql' },
      { label: 'Logic flows: Run', connector: 'shared_logicflows' },
      { label: 'Dataverse', connector: 'shared_commondataserviceforapps' },
    ]);
    expect(steps.map(({ connection }) => connection?.split('/').at(-1))).toEqual([
      undefined,
      '2c6e0b1f',
      '2c6e0b1f',
      '9a4d7c3e',
      undefined,
      undefined,
    ]);
  });

  test('tells a connection that its users work with and did not make, and one that they were not asked for', () => {
    expect(all(parseExample(powerAppsCanvas), 'connection')).toMatchObject([
      { name: 'SharePoint', consent: 'admin', subject: 'unknown', gaps: { sharedWith: 'not-seen' } },
      { name: 'SQL Server', authentication: 'password', sharedWith: { reach: 'some' } },
    ]);
  });

  test.each([
    ['oauth', { authentication: 'oauth', subject: 'caller' }],
    ['oauthSP', { authentication: 'service-principal', subject: 'unknown' }],
    ['connectionStringAuthentication', { authentication: 'password', subject: 'unknown' }],
    ['keyBasedAuth', { authentication: 'api-key', subject: 'unknown' }],
  ])('says how a connection of the type %s proves itself', (authenticationType, expected) => {
    const ref = { id: '/apis/shared_x', displayName: 'X', authenticationType };
    const LocalConnectionReferences = JSON.stringify({ a: { connectionRef: ref } });
    expect(all(recogniseAndParse(app('a.msapp', { LocalConnectionReferences })), 'connection')).toMatchObject([
      expected,
    ]);
  });

  test('is searched as what its maker wrote, and what the studio keeps beside it as settings', () => {
    const { items } = parseExample(powerAppsCanvas);
    expect(items[0]?.contents?.map(({ path, place }) => [path?.split('!/')[1], place])).toEqual([
      ['Header.json', 'configuration'],
      ['Properties.json', 'configuration'],
      ['Controls/1.json', 'definition'],
    ]);
  });

  test('that is a library of components is no app, and is searched as text', () => {
    const library = recogniseAndParse(app('parts.msapp', { DocumentType: 'ComponentLibrary' }));
    expect(library).toMatchObject({ formats: [], items: [] });
    expect(library.rest).toHaveLength(3);
  });

  test.each([
    ['badges.msapp', 'Badge office.msapp', 'Badge office'],
    ['badges.msapp', '', 'badges'],
    [`CanvasApps/${logical}_DocumentUri.msapp`, '', logical],
  ])('%s with the name %j is called %s', (path, Name, expected) => {
    expect(appIn(app(path, { Name }))).toMatchObject([{ name: expected }]);
  });
});

describe('an app in', () => {
  const name = `CanvasApps/${logical}_DocumentUri.msapp`;

  test('a solution belongs to it, starts its flow, and is known by what Dataverse calls it', () => {
    const [found] = appIn(archive('main.zip', exportedSolution, name));
    expect(found).toMatchObject({ managed: true, knownAs: [`power-app:${logical}`] });
    expect(found?.attributions).toMatchObject([{}, { rel: 'owned-by', who: { email: 'makers@acme.example' } }]);
    expect(found?.links).toEqual(
      expect.arrayContaining([
        { rel: 'contained-in', kind: 'container', id: 'main.zip' },
        { rel: 'uses', kind: 'workflow', id: expect.stringMatching(/Greet-starters/) },
      ]),
    );
  });

  test('a solution that was unpacked likewise', () => {
    const [found] = appIn(archive('main.zip', unpackedSolution, name));
    expect(found?.links).toEqual(
      expect.arrayContaining([
        { rel: 'contained-in', kind: 'container', id: 'main.zip!/Other/Solution.xml' },
        { rel: 'uses', kind: 'workflow', id: expect.stringMatching(/Greet-starters/) },
      ]),
    );
  });

  test('a package was made by whoever made the package', () => {
    const manifest = JSON.stringify({ details: { creator: 'Bo Builder', packageTelemetryId: 'x' }, resources: {} });
    const folder = 'Microsoft.PowerApps/apps/7541';
    const [found] = appIn(archive('apps.zip', { 'manifest.json': manifest }, `${folder}/x-document.msapp`));
    expect(found?.attributions).toMatchObject([{}, { rel: 'created-by', who: { name: 'Bo Builder' } }]);
  });
});

describe('the sources of an app', () => {
  const sources = {
    'src/badges/CanvasManifest.json': JSON.stringify({
      FormatVersion: '0.24',
      Properties: { ...properties, Name: 'B' },
    }),
    'src/badges/Connections/Connections.json': JSON.stringify(references),
  };

  test('give it with its connections', () => {
    const parsed = recogniseAndParse(exampleDocument({ path: 'repository.zip', members: sources }));
    expect(only(parsed, 'workflow').name).toBe('B');
    expect(all(parsed, 'connection')).toHaveLength(2);
  });

  test('are not told again where its file lies beside them', () => {
    expect(appIn(archive('repository.zip', sources, 'badges_DocumentUri.msapp'))).toMatchObject([
      { name: 'Travel requests' },
    ]);
  });
});

describe('a list of apps', () => {
  const [row] = JSON.parse(appListExample.text) as { readonly [key: string]: Json }[];
  const list = (...rows: Json[]): Document => readText('apps.json', JSON.stringify(rows)).document;
  const answer = row?.['Internal'] as { readonly [key: string]: Json };

  test('gives each with its owner, its state, whom it is shared with and what it reaches', () => {
    const parsed = parseExample(powerAppsList);
    expect(only(parsed, 'workflow')).toMatchObject({
      name: 'Travel requests',
      state: 'active',
      outline: true,
      sharedWith: { reach: 'some' },
      knownAs: [`power-app:${logical}`],
      attributions: [{ rel: 'owned-by', who: { email: 'ada.maker@acme.example' }, basis: 'platform-owner' }],
    });
    expect(only(parsed, 'connection').id).toMatch(/^power-automate\/Default-.*\/shared_sharepointonline\//);
    expect(only(parsed, 'person').emails).toEqual(['ada.maker@acme.example']);
  });

  test('knows a name of two environments for no one app', () => {
    const two = recogniseAndParse(list(row ?? null, { ...row, AppName: 'other', EnvironmentName: 'test' }));
    expect(all(two, 'workflow').map(({ knownAs }) => knownAs)).toEqual([undefined, undefined]);
  });

  test('is read as the interface answers it too, without libraries; a page that is missing is told', () => {
    const library = { ...answer, name: 'parts', isAppComponentLibrary: true };
    const drafted = { ...answer, properties: { displayName: 'Badges', lifeCycleId: 'Draft' } };
    const { document } = readText('a.json', JSON.stringify({ value: [drafted, library], nextLink: 'https://x/' }));
    const parsed = recogniseAndParse(document);
    expect(only(parsed, 'workflow')).toMatchObject({ name: 'Badges', state: 'draft' });
    expect(parsed.problems).toHaveLength(1);
  });

  test('takes owners, and that everybody was let in, from the list of roles beside it', () => {
    const role = (RoleType: string, PrincipalType: string, PrincipalObjectId: string): Json => ({
      RoleType,
      PrincipalType,
      PrincipalObjectId,
      AppName: row?.['AppName'] ?? null,
    });
    const roles = [role('Owner', 'User', 'u1'), role('CanView', 'User', 'u2'), role('CanView', 'Tenant', 't1')];
    const properties = { ...(answer['properties'] as object), connectionReferences: references };
    const apps = [{ ...row, Internal: { ...answer, properties } }];
    const members = { 'apps.json': JSON.stringify(apps), 'app-roles.json': JSON.stringify(roles) };
    const found = recogniseAndParse(exampleDocument({ path: 'lists.zip', members }));
    expect(only(found, 'workflow')).toMatchObject({
      sharedWith: { reach: 'everyone' },
      attributions: [{ who: { email: 'ada.maker@acme.example' } }, { rel: 'owned-by', who: { id: 'u1' } }],
    });
    // What its maker lends, it lends to whoever opens it.
    expect(all(found, 'connection').map(({ name, sharedWith }) => [name, sharedWith?.reach])).toEqual([
      ['SharePoint', undefined],
      ['SQL Server', 'everyone'],
    ]);
    expect(found.unread).toEqual([]);
  });

  test('is read as a table', () => {
    const heads = 'AppName,DisplayName,CreatedTime,Owner,EnvironmentName,Internal';
    const cells = '"a1","Badges","2023-08-02T09:11:12Z","@{id=u1; type=User; email=bo@acme.example}","e1","@{}"';
    const { document } = readText('apps.csv', `${heads}\r\n${cells}`);
    expect(only(recogniseAndParse(document), 'workflow')).toMatchObject({
      name: 'Badges',
      attributions: [{ rel: 'owned-by', who: { id: 'u1', email: 'bo@acme.example' } }],
    });
  });
});
