import {
  connection,
  defineFormat,
  instant,
  pointer,
  sharedId,
  type Connection,
  type Document,
  type Item,
} from '../../sdk/index.ts';
import { mailboxIn } from '../hosts.ts';
import { tagsTell } from '../resource-tags.ts';
import { at, entriesAt, listAt, textAt, type Part } from '../tree.ts';
import { missingPages } from './admin-rows.ts';
import { flowPlaces, resourcePlaces } from './places.ts';
import { connectorOf } from './references.ts';
import { expanded, told, type ResourcePlace } from './templates.ts';

const CONNECTION = /^Microsoft\.Web\/connections$/i;

/** Of a file without workflows: what those beside them use is read with them. */
function connectionPlaces({ tree, members }: Document): ResourcePlace[] {
  if (members !== undefined) return [];
  const places = resourcePlaces(tree).filter(({ path }) => CONNECTION.test(textAt(tree, ...path, 'type') ?? ''));
  return places.length > 0 && flowPlaces(tree).length === 0 ? places : [];
}

/**
 * API connections of Azure by themselves: in a deployment template, or as `az resource list` and the resource manager
 * tell them. https://learn.microsoft.com/azure/templates/microsoft.web/connections
 */
export const azureApiConnections = defineFormat({
  id: 'azure-api-connections',
  title: 'Azure API connections',
  platform: 'logic-apps',
  recognise: (document) => connectionPlaces(document).length > 0,
  parse(document) {
    const places = connectionPlaces(document);
    return {
      items: places.map((place) => itemOf(document, place)),
      problems: missingPages(document, places.length, 'connections'),
    };
  },
  example: {
    path: 'deploy/connections.json',
    text: JSON.stringify({
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      contentVersion: '1.0.0.0',
      variables: { queue: "[concat(subscription().id, '/providers/Microsoft.Web/managedApis/', 'servicebus')]" },
      resources: [
        {
          type: 'Microsoft.Web/connections',
          name: 'orders',
          tags: { Owner: 'ada@acme.example', Environment: 'production' },
          properties: {
            displayName: 'Orders',
            api: { id: "[variables('queue')]" },
            parameterValues: { connectionString: "[listKeys('orders', '2022-10-01').primaryConnectionString]" },
          },
        },
      ],
    }),
  },
});

function itemOf(document: Document, { path, templates }: ResourcePlace): Item<'connection'> {
  const { tree } = document;
  const resource = at(tree, ...path);
  const properties = at(resource, 'properties');
  const say = (text: string | undefined): string | undefined => told(tree, templates, text);
  const place = pointer(...path);
  const native = textAt(resource, 'id') ?? textAt(resource, 'name') ?? '';
  const connector =
    connectorOf(expanded(tree, templates, textAt(properties, 'api', 'id') ?? textAt(properties, 'api', 'name'))) ??
    'unknown';
  const name = say(textAt(properties, 'displayName')) ?? say(textAt(resource, 'name')) ?? connector;
  const account = mailboxIn(textAt(properties, 'authenticatedUser', 'name'));
  const authentication = account === undefined ? authenticationOf(properties) : 'oauth-personal';
  const tells = tagsTell(entriesAt(resource, 'tags').map(([key, value]) => ({ key, value: say(textAt(value)) ?? '' })));
  return connection({
    // Deployed, it has an id of its own; in a template it is one of this file's.
    id: native.startsWith('/subscriptions/')
      ? sharedId('logic-apps', undefined, 'api-connection', native.toLowerCase())
      : sharedId('logic-apps', document.path, 'api-connection', native.startsWith('[') ? place : native || place),
    name,
    platform: 'logic-apps',
    connector,
    authentication,
    status: statusOf(properties),
    subject: subjectOf(authentication),
    account: account === undefined ? undefined : { email: account },
    environment: tells.environment,
    tags: tells.tags.length === 0 ? undefined : tells.tags,
    createdAt: instant(at(properties, 'createdTime') ?? at(resource, 'createdTime')),
    updatedAt: instant(at(properties, 'changedTime') ?? at(resource, 'changedTime')),
    attributions: tells.attributions,
    at: { path: document.path, pointer: place },
    gaps: { status: 'not-seen', createdAt: 'not-seen', expiresAt: 'not-supported', lastUsedAt: 'not-supported' },
  });
}

/**
 * A set of parameters may be named; a managed identity is an `Alternative` without any. Of a connection to which
 * somebody signs in by hand a template says nothing.
 * https://learn.microsoft.com/azure/logic-apps/authenticate-with-managed-identity
 */
function authenticationOf(properties: Part): Connection['authentication'] {
  const set = textAt(properties, 'parameterValueSet', 'name') ?? '';
  if (/managedIdentity|oauthMI/i.test(set) || textAt(properties, 'parameterValueType') === 'Alternative')
    return 'managed-identity';
  const given = [properties, at(properties, 'parameterValueSet')].flatMap((part) =>
    ['parameterValues', 'values', 'nonSecretParameterValues'].flatMap((key) =>
      entriesAt(part, key).map(([parameter]) => parameter),
    ),
  );
  if (given.some((parameter) => /^token:(?:clientId|clientSecret|grantType)$/i.test(parameter)))
    return 'service-principal';
  if (given.some((parameter) => /api_?key|subscriptionKey/i.test(parameter))) return 'api-key';
  return given.some((parameter) => /connectionString|password|accessKey|sharedKey|secret|authType$/i.test(parameter))
    ? 'password'
    : undefined;
}

function subjectOf(authentication: Connection['authentication']): Connection['subject'] {
  if (authentication === 'oauth-personal') return 'person';
  return authentication === 'managed-identity' || authentication === 'service-principal' ? 'service' : 'unknown';
}

function statusOf(properties: Part): Connection['status'] {
  const words = [
    textAt(properties, 'overallStatus'),
    ...listAt(properties, 'statuses').map((one) => textAt(one, 'status')),
  ].flatMap((word) => word?.toLowerCase() ?? []);
  if (words.includes('error') || words.includes('unauthenticated')) return 'error';
  return words.some((word) => word === 'connected' || word === 'ready') ? 'active' : undefined;
}
