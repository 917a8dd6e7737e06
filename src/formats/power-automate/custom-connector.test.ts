import { describe, expect, test } from 'vitest';
import { all, only, parseExample, survivesDamage } from '../../../test/helpers/read-formats.ts';
import type { Json, Parsed } from '../../sdk/index.ts';
import { exampleDocument } from '../document.ts';
import { recogniseAndParse } from '../index.ts';
import { powerPlatformConnector } from './custom-connector.ts';

const app = '2D8F6A10-0000-4000-8000-00000000A11C';
type Tree = { readonly [key: string]: Json };

function described(more: Tree = {}): Tree {
  return { swagger: '2.0', info: { title: 'Badges' }, host: 'badges.acme.example', paths: {}, ...more };
}

function oauth(clientId: string, scopes: Json = []): Tree {
  return { token: { type: 'oauthSetting', oAuthSettings: { identityProvider: 'aad', clientId, scopes } } };
}

/** What a folder yields that holds a connector as `paconn` writes it. */
function read(description: Tree, connectionParameters?: Tree): Parsed {
  return readFiles({
    'badges/apiDefinition.swagger.json': description,
    ...(connectionParameters && { 'badges/apiProperties.json': { properties: { connectionParameters } } }),
  });
}

function readFiles(files: { readonly [path: string]: Json | string }): Parsed {
  const texts = Object.entries(files).map(([path, tree]) => [
    path,
    typeof tree === 'string' ? tree : JSON.stringify(tree),
  ]);
  return recogniseAndParse(
    exampleDocument({ path: 'main.zip', members: Object.fromEntries(texts) as { [path: string]: string } }),
  );
}

test('says which host it reaches and how', () => {
  expect(only(parseExample(powerPlatformConnector), 'endpoint')).toMatchObject({
    name: 'Badge office',
    direction: 'outbound',
    host: 'badges.acme.example',
    scheme: 'https',
    authentication: 'api-key',
  });
});

test('leads to the OAuth app that its connections sign in through, which others define', () => {
  const parsed = read(described(), oauth(app, ['User.Read Mail.Send', 'offline_access']));
  expect(only(parsed, 'identity')).toMatchObject({
    id: `power-automate/-/oauth-app/${app.toLowerCase()}`,
    name: 'Badges',
    type: 'oauth-app',
    scopes: ['User.Read', 'Mail.Send', 'offline_access'],
  });
  expect(parsed.items.filter(({ record }) => record.kind === 'identity')).toMatchObject([{ reference: true }]);
  expect(only(parsed, 'endpoint')).toMatchObject({
    authentication: 'oauth',
    links: [{ rel: 'uses', kind: 'identity', id: `power-automate/-/oauth-app/${app.toLowerCase()}` }],
  });
});

test('is found in a solution, packed and unpacked, with all that stands beside it', () => {
  const manifest = '<SolutionManifest><UniqueName>Badges</UniqueName></SolutionManifest>';
  const sets = {
    values: [
      { name: 'a', parameters: oauth(app) },
      { name: 'b', parameters: oauth(app) },
    ],
  };
  const connector = (folder: string): { [path: string]: Json } => ({
    [`${folder}/acme_badges_openapidefinition.json`]: described(),
    [`${folder}/acme_badges_connectionparameters.json`]: {},
    [`${folder}/acme_badges_connectionparametersets.json`]: sets,
  });
  const homes = [
    readFiles({ 'solution.xml': manifest, 'customizations.xml': '<x/>', ...connector('Connector') }),
    readFiles({ 'src/Other/Solution.xml': manifest, ...connector('src/Connectors') }),
  ];
  for (const parsed of homes) {
    expect(only(parsed, 'identity').name).toBe('Badges');
    expect(only(parsed, 'endpoint')).toMatchObject({
      authentication: 'oauth',
      links: [{ rel: 'contained-in', id: only(parsed, 'container').id }, { rel: 'uses' }],
    });
  }
});

test.each([
  '[[Please add the clientId here]]',
  'YOUR_CLIENT_ID_1',
  'dummy',
  '',
  '00000000-0000-0000-0000-000000000000',
])('a published connector names no app: %s', (client) => {
  expect(all(read(described(), oauth(client)), 'identity')).toEqual([]);
});

describe('signs in', () => {
  const key = (place: string): Tree => ({ key: { type: 'apiKey', in: place, name: 'key' } });
  test.each([
    [key('query'), 'query'],
    [{ login: { type: 'basic' } }, 'basic'],
    [{ ...key('header'), login: { type: 'oauth2' } }, 'unknown'],
    [{}, 'unknown'],
  ])('%j as its description says: %s', (securityDefinitions, authentication) => {
    expect(only(read(described({ securityDefinitions })), 'endpoint').authentication).toBe(authentication);
  });

  test('by nothing where nothing is asked for', () => {
    expect(only(read(described(), {}), 'endpoint').authentication).toBe('none');
  });
});

test.each(['@environmentVariables("acme_Host")', 'DefinedInConnectionParameters', '{{replace_with_your_domain}}'])(
  'a host that is filled in later is no name: %s',
  (host) => {
    expect(only(read(described({ host })), 'endpoint')).toMatchObject({ gaps: { host: 'not-seen' } });
  },
);

test('other descriptions of interfaces are none, and settings alone say nothing', () => {
  expect(readFiles({ 'api/swagger.json': described() }).items).toEqual([]);
  expect(readFiles({ 'api/apiDefinition.swagger.json': { paths: {} } }).items).toEqual([]);
  expect(readFiles({ 'api/apiProperties.json': { properties: { connectionParameters: oauth(app) } } }).items).toEqual(
    [],
  );
});

test('damage does no harm', () => {
  survivesDamage(powerPlatformConnector);
});
