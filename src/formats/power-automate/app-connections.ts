import {
  connection,
  defineFormat,
  pointer,
  reference,
  sharedId,
  type Connection,
  type Document,
  type Item,
} from '../../sdk/index.ts';
import { contentOf } from '../contents.ts';
import { at, entriesAt, isObject, textAt, type Part } from '../tree.ts';
import { lastSegment, type ConnectionRefs } from './references.ts';

/** Kinds of connections that a standard logic app keeps. https://learn.microsoft.com/azure/logic-apps/devops-deployment-single-tenant-azure-logic-apps */
const GROUPS = ['managedApiConnections', 'serviceProviderConnections', 'functionConnections', 'agentConnections'];

interface Found {
  group: string;
  key: string;
  connector: string | undefined;
  value: Part;
}

function connectionsIn(tree: Part): Found[] {
  return GROUPS.flatMap((group) =>
    entriesAt(tree, group).map(([key, value]) => {
      const connector =
        lastSegment(textAt(value, 'api', 'id') ?? textAt(value, 'serviceProvider', 'id')) ??
        /\/providers\/([\w.]+)/.exec(textAt(value, 'resourceId') ?? '')?.[1] ??
        (group === 'functionConnections' ? 'azurefunction' : textAt(value, 'type'));
      return { group, key, connector, value };
    }),
  );
}

/** `connections.json` of a standard logic app: what its workflows reach, and how they prove who they are. */
export const logicAppConnections = defineFormat({
  id: 'logic-app-connections',
  title: 'Azure Logic Apps connections',
  platform: 'logic-apps',
  recognise: ({ tree, members }) => members === undefined && connectionsIn(tree).some(({ connector }) => connector),
  parse(document) {
    const found = connectionsIn(document.tree);
    const nameless = found.filter(({ connector }) => connector === undefined);
    const items = found.flatMap((each) => itemOf(document, each) ?? []);
    const [first, ...others] = items;
    return {
      // Searched for secrets once.
      items: first === undefined ? [] : [{ ...first, contents: [contentOf(document, 'configuration')] }, ...others],
      problems: nameless.map(({ group, key }) => ({
        pointer: pointer(group, key),
        detail: 'The connection names no connector, and is not on the roll.',
      })),
    };
  },
  example: {
    path: 'orders/connections.json',
    text: JSON.stringify({
      managedApiConnections: {
        'office365-1': {
          api: { id: '/subscriptions/1/providers/Microsoft.Web/locations/westeurope/managedApis/office365' },
          connection: { id: '/subscriptions/1/resourceGroups/r/providers/Microsoft.Web/connections/office365-1' },
          authentication: { type: 'ManagedServiceIdentity' },
        },
      },
      serviceProviderConnections: {
        queue: {
          displayName: 'Orders',
          serviceProvider: { id: '/serviceProviders/serviceBus' },
          parameterValues: { connectionString: "@appsetting('ORDERS')" },
        },
      },
      functionConnections: {
        shape: {
          function: { id: '/subscriptions/1/resourceGroups/r/providers/Microsoft.Web/sites/f/functions/shape' },
          authentication: { type: 'QueryString', name: 'Code', value: "@appsetting('SHAPE')" },
        },
      },
      agentConnections: {
        agent: {
          type: 'model',
          resourceId: '/subscriptions/1/resourceGroups/r/providers/Microsoft.CognitiveServices/accounts/a',
          authentication: { type: 'ManagedServiceIdentity' },
        },
      },
    }),
  },
});

/** What workflows beside the file may name, by kind and key; the file defines it. */
export function appConnectionRefs(document: Document | undefined): ConnectionRefs {
  if (document === undefined) return new Map();
  return new Map(
    connectionsIn(document.tree).flatMap((found) => {
      const item = itemOf(document, found);
      if (item === undefined) return [];
      const { id, connector } = item.record;
      return [[`${found.group}/${found.key}`, { id, connector, item: reference(item) }]];
    }),
  );
}

function itemOf(document: Document, { group, key, connector, value }: Found): Item<'connection'> | undefined {
  if (connector === undefined) return undefined;
  const app = /^(.+)\/[^/]+$/.exec(document.path)?.[1];
  const authentication = authenticationOf(value);
  return connection({
    // Two kinds may have one key: a managed `sql` and a built-in one.
    id: sharedId('logic-apps', app, group, key),
    name: textAt(value, 'displayName') ?? key,
    platform: 'logic-apps',
    connector,
    authentication,
    subject: authentication === 'managed-identity' || authentication === 'service-principal' ? 'service' : 'unknown',
    at: { path: document.path },
    gaps: { status: 'not-seen', createdAt: 'not-seen', expiresAt: 'not-seen', lastUsedAt: 'not-seen' },
  });
}

/** The account that a managed connector signed in with stays in Azure: `Raw` is only the app's key to it. */
function authenticationOf(value: Part): Connection['authentication'] {
  const type =
    textAt(value, 'authentication', 'type') ??
    textAt(value, 'connectionProperties', 'authentication', 'type') ??
    textAt(value, 'parameterValues', 'authProvider', 'Type') ??
    '';
  if (/^ManagedServiceIdentity$/i.test(type)) return 'managed-identity';
  if (type === 'ActiveDirectoryOAuth') return 'service-principal';
  if (type === 'QueryString') return 'query';
  return isObject(at(value, 'parameterValues')) && secretOf(value) ? 'password' : undefined;
}

function secretOf(value: Part): boolean {
  return entriesAt(value, 'parameterValues').some(([name]) => /connectionString|password|key$/i.test(name));
}
