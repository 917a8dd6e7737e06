import { describe, expect, test } from 'vitest';
import { all, only, parseExample, survivesDamage } from '../../../test/helpers/read-formats.ts';
import { exportedSolution, unpackedSolution } from '../../../test/helpers/solution.ts';
import type { Document, Json } from '../../sdk/index.ts';
import { exampleDocument } from '../document.ts';
import { recogniseAndParse } from '../index.ts';
import { powerAppsCanvas } from './canvas-app.ts';
import { canvasMembers, references } from './examples.ts';

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

test('survives damage', () => {
  survivesDamage(powerAppsCanvas);
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

  test.each<[string, { [field: string]: Json }, object]>([
    [
      'that a solution names',
      { xrmConnectionReferenceLogicalName: 'acme_mail' },
      { id: 'power-automate/-/shared_x/acme_mail' },
    ],
    ['of which it says little', { bypassConsent: false }, { id: 'power-automate/-/shared_x/a', name: 'shared_x' }],
    ['that its maker signed in for', { authenticationType: 'oauth', sharedConnectionId: 'c' }, { subject: 'unknown' }],
    ['of a connector of their own', { isCustomApiConnection: true }, {}],
  ])('gives a connection %s', (_, fields, expected) => {
    const connectionRef = { id: '/apis/shared_x', ...fields };
    const LocalConnectionReferences = JSON.stringify({ a: { connectionRef, dataSources: ['T'] } });
    const parsed = recogniseAndParse(app('a.msapp', { LocalConnectionReferences }));
    const found = only(parsed, 'connection');
    expect(found).toMatchObject(expected);
    expect(found).not.toHaveProperty('consent');
    const [flow] = all(parsed, 'workflow');
    expect(flow?.links).toEqual([{ rel: 'uses', kind: 'connection', id: found.id }]);
    expect(flow?.graph.steps[1]?.component).toEqual(
      'isCustomApiConnection' in fields ? { name: 'shared_x', origin: 'local' } : undefined,
    );
  });

  test('says so where the connections that it names cannot be read', () => {
    const parsed = recogniseAndParse(app('a.msapp', { LocalConnectionReferences: '{"a": {"connectionRef"' }));
    expect(parsed.problems).toMatchObject([{ detail: expect.stringContaining('connections of the app') }]);
    expect(recogniseAndParse(app('a.msapp', { LocalConnectionReferences: '' })).problems).toEqual([]);
  });

  test('names no step for a connection that only flows behind it need, and one connection once', () => {
    const one = { connectionRef: { id: '/apis/shared_x' }, connectionInstanceId: '/apis/shared_x/connections/c1' };
    const LocalConnectionReferences = JSON.stringify({ a: one, b: { ...one, dataSources: [] } });
    const parsed = recogniseAndParse(app('a.msapp', { LocalConnectionReferences, LocalDatabaseReferences: '' }));
    expect(only(parsed, 'connection').id).toBe('power-automate/-/shared_x/c1');
    expect(only(parsed, 'workflow')).toMatchObject({ links: [{ rel: 'uses' }], graph: { edges: [] } });
  });

  test('is searched as what its maker wrote, and what the studio keeps beside it as settings', () => {
    const { items } = parseExample(powerAppsCanvas);
    expect(items[0]?.contents?.map(({ path, place }) => [path?.split('!/')[1], place])).toEqual([
      ['Header.json', 'configuration'],
      ['Properties.json', 'configuration'],
      ['Controls/1.json', 'definition'],
    ]);
  });

  test('of the time before there were libraries is one, too', () => {
    const read = (fields: { [field: string]: Json }) =>
      appIn(app('old.msapp', { DocumentType: null, Name: 'Gauge+Component.msapp', ...fields }));
    expect(read({ DocumentAppType: 'Phone' })).toMatchObject([{ name: 'Gauge Component' }]);
    expect(read({})).toEqual([]);
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

  test('are called as their folder where they have no name; other manifests of that name are none', () => {
    const manifest = (more: object) => ({
      'src/badges/CanvasManifest.json': JSON.stringify({ Properties: { ...properties, Name: '' }, ...more }),
    });
    const read = (more: object) => recogniseAndParse(exampleDocument({ path: 'r.zip', members: manifest(more) }));
    expect(only(read({ FormatVersion: '0.24' }), 'workflow').name).toBe('badges');
    expect(read({}).formats).toEqual([]);
    expect(read({ FormatVersion: '0.24', Properties: { DocumentType: 'ComponentLibrary' } }).formats).toEqual([]);
  });

  test('are told where what lies beside them is no app that can be read', () => {
    const whole = archive('repository.zip', sources, 'badges_DocumentUri.msapp');
    const path = 'repository.zip!/badges_DocumentUri.msapp';
    const damaged = exampleDocument({ path, members: { 'Header.json': canvasMembers['Header.json'] } });
    const members = new Map([...(whole.members ?? []), ['badges_DocumentUri.msapp', damaged]]);
    expect(appIn({ ...whole, members })).toMatchObject([{ name: 'B' }]);
  });

  test('are not told again where its file lies beside them', () => {
    expect(appIn(archive('repository.zip', sources, 'badges_DocumentUri.msapp'))).toMatchObject([
      { name: 'Travel requests' },
    ]);
  });
});
