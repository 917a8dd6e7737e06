import {
  defineFormat,
  endpoint,
  identity,
  link,
  localId,
  reference,
  publicName,
  sharedId,
  type Authentication,
  type Document,
  type Item,
  type Json,
  type Parsed,
} from '../../sdk/index.ts';
import { literalTarget } from '../hosts.ts';
import { firstMentions } from '../unique-ids.ts';
import { at, entriesAt, listAt, textAt, type Part } from '../tree.ts';
import { homeOf, manifests } from './unpacked.ts';

const LOOSE = /(?:^|\/)apiDefinition(?:\.swagger)?\.json$/i;
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const PACKED = /(?:^|\/)([^/]+)_openapidefinition\.json$/i;

/** What a connection is asked for stands beside the description: made with `paconn`, and in a solution. */
function settingsBeside(path: string): string[] {
  if (LOOSE.test(path)) return ['apiProperties.json'];
  const name = PACKED.exec(path)?.[1];
  return name === undefined ? [] : [`${name}_connectionparameters.json`, `${name}_connectionparametersets.json`];
}

/**
 * A connector that somebody made for the Power Platform: which host it reaches, how, and with which OAuth app.
 * https://learn.microsoft.com/connectors/custom-connectors/paconn-cli
 */
export const powerPlatformConnector = defineFormat({
  id: 'power-platform-connector',
  title: 'Power Platform custom connector',
  platform: 'power-automate',
  recognise: ({ path, tree, members }) =>
    members === undefined && settingsBeside(path).length > 0 && textAt(tree, 'swagger') === '2.0',
  neighbours: (path) => [...settingsBeside(path), ...(PACKED.test(path) ? manifests : [])],
  parse: (document) => readConnector(document, homeOf(document)),
  example: {
    path: 'badges/apiDefinition.swagger.json',
    text: JSON.stringify({
      swagger: '2.0',
      info: { title: 'Badge office', version: '1.0' },
      host: 'badges.acme.example',
      basePath: '/v1',
      schemes: ['https'],
      securityDefinitions: { key: { type: 'apiKey', in: 'header', name: 'X-Badge-Key' } },
      paths: { '/people': { get: { operationId: 'ListPeople', responses: { default: { description: 'people' } } } } },
    }),
  },
});

/**
 * The endpoint that a connector calls, and the OAuth apps that its connections sign in through, which others define;
 * `home` is the solution that it belongs to.
 */
export function readConnector(document: Document, home: Document | undefined): Parsed {
  const { tree } = document;
  const title = textAt(tree, 'info', 'title') ?? document.path;
  const settings = settingsBeside(document.path).flatMap((name) => document.neighbours?.get(name) ?? []);
  const apps = firstMentions(settings.flatMap((each) => appsIn(each, title)));
  const schemes = listAt(tree, 'schemes');
  const scheme = schemes.length === 0 || schemes.includes('https') ? 'https' : textAt(schemes[0]);
  // Hosts that each connection, or an environment variable, fills in are no name: `@environmentVariables('host')`.
  const host = literalTarget(`https://${textAt(tree, 'host') ?? ''}/`)?.host;
  const named = host?.includes('.') === true ? host : undefined;
  const item = endpoint({
    id: localId(document),
    name: title,
    direction: 'outbound',
    platform: 'power-automate',
    type: 'http-call',
    authentication: authenticationOf(tree, settings),
    host: named,
    scheme,
    at: { path: document.path },
    links: [
      ...(home === undefined ? [] : [link('contained-in', 'container', localId(home))]),
      ...apps.map(({ record }) => link('uses', 'identity', record.id)),
    ],
    gaps: { ...(named === undefined && { host: 'not-seen' }), state: 'not-seen' },
  });
  return { items: [item, ...apps], problems: [] };
}

/** All that a connection is asked for; several sets of it are several ways to sign in. */
function parametersIn({ tree }: Document): [string, Json][] {
  const properties = at(tree, 'properties') ?? tree;
  const sets = listAt(at(properties, 'connectionParameterSets') ?? properties, 'values');
  const places: Part[] = [
    at(properties, 'connectionParameters'),
    properties,
    ...sets.map((set) => at(set, 'parameters')),
  ];
  return places.flatMap((place) => entriesAt(place)).filter(([, value]) => textAt(value, 'type') !== undefined);
}

function appsIn(settings: Document, title: string): Item<'identity'>[] {
  return parametersIn(settings).flatMap(([, parameter]) => {
    const oauth = at(parameter, 'oAuthSettings');
    const client = textAt(oauth, 'clientId');
    if (client === undefined || !isRegistered(client)) return [];
    const scopes = listAt(oauth, 'scopes').flatMap((each) => textAt(each)?.split(/[\s,]+/) ?? []);
    const app = identity({
      // Entra's ids are written in either case; those of others are not.
      id: sharedId('power-automate', undefined, 'oauth-app', GUID.test(client) ? client.toLowerCase() : client),
      name: title,
      type: 'oauth-app',
      status: 'unknown',
      platform: 'power-automate',
      knownAs: GUID.test(client) ? [publicName('entra-app', client)] : undefined,
      grants: ['authorization_code'],
      scopes: scopes.length === 0 ? undefined : scopes,
      at: { path: settings.path },
      gaps: {
        attributions: 'not-seen',
        createdAt: 'not-seen',
        lastUsedAt: 'not-seen',
        ...(scopes.length === 0 && { scopes: 'not-seen' }),
      },
    });
    return reference(app);
  });
}

/** Published connectors have words in its place: `[[Please add the clientId here]]`, `YOUR_CLIENT_ID`. */
function isRegistered(client: string): boolean {
  if (!/^[\w.~-]{8,200}$/.test(client) || /client|placeholder|dummy|your|example|x{4}/i.test(client)) return false;
  return /\d/.test(client) && new Set(client).size > 5;
}

/** What the settings say counts, for it is what connections are made with; the description may be older. */
function authenticationOf(tree: Part, settings: readonly Document[]): Authentication {
  const asked = settings.flatMap(parametersIn).map(([, parameter]) => textAt(parameter, 'type')?.toLowerCase());
  if (asked.includes('oauthsetting')) return 'oauth';
  const schemes = entriesAt(tree, 'securityDefinitions').map(([, scheme]) => {
    if (textAt(scheme, 'type') === 'apiKey') return textAt(scheme, 'in') === 'query' ? 'query' : 'api-key';
    const type = textAt(scheme, 'type');
    return type === 'basic' ? 'basic' : type === 'oauth2' ? 'oauth' : 'unknown';
  });
  if (settings.length > 0 && asked.length === 0 && schemes.length === 0) return 'none';
  const [first = 'unknown', ...others] = new Set<Authentication>(schemes);
  return others.length > 0 ? 'unknown' : first;
}
