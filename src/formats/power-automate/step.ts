import { roleOf, roleOfMethod } from '../roles.ts';
import { literalTarget, mailDomains, type Target } from '../hosts.ts';
import { provesCaller } from '../secret-headers.ts';
import { at, entriesAt, textAt, type Part } from '../tree.ts';
import type { Authentication, Step } from '../../sdk/index.ts';
import { connectionKey, lastSegment, type ConnectionRef, type ConnectionRefs } from './references.ts';

/** Steps of the workflow language itself; `Http` and its kin reach out, the others only shape data. */
const CALLS = new Set(['Http', 'HttpWebhook', 'HttpAction', 'ApiManagement', 'Function']);
const CODE: { readonly [type: string]: Step['code'] } = {
  JavaScriptCode: 'javascript',
  CSharpScriptCode: 'other',
  PowerShellCode: 'shell',
};
const RECIPIENTS =
  /^(?:parameters\/|body\/)?(?:emailMessage\/)?(?:to|cc|bcc|recipients?|emailMessage\/(?:to|cc|bcc))$/i;

/** The step as its definition tells it, without its place in the graph. */
export function readStep(value: Part, refs: ConnectionRefs): Omit<Step, 'id' | 'label' | 'pointer'> {
  const type = textAt(value, 'type') ?? 'unknown';
  const inputs = at(value, 'inputs');
  const ref = connectionOf(inputs, refs);
  const connector = ref?.connector ?? connectorNamed(inputs) ?? type;
  const operation = operationOf(value);
  const code = CODE[type] ?? (/native_?query|execute.*query/i.test(operation ?? '') ? 'sql' : undefined);
  const target = targetOf(value);
  const destinations = [...(target ? [target.host] : []), ...recipientDomains(inputs)];
  const role = CALLS.has(type)
    ? roleOfMethod(textAt(inputs, 'method'))
    : roleOfConnector(connector, type, operation, value);
  return {
    connector,
    ...(operation !== undefined && { operation }),
    ...(ref !== undefined && { connection: ref.id }),
    ...(role !== undefined && { role }),
    ...(code !== undefined && { code }),
    ...(isCustom(connector) && { component: { name: connector, origin: 'local' as const } }),
    ...(destinations.length > 0 && { destinations: [...new Set(destinations)] }),
  };
}

/** Scheme and host of the request that a step makes itself, when they are written out. */
export function targetOf(value: Part): Target | undefined {
  if (!CALLS.has(textAt(value, 'type') ?? '')) return undefined;
  return literalTarget(at(value, 'inputs', 'uri')) ?? literalTarget(at(value, 'inputs', 'subscribe', 'uri'));
}

/** How a request proves who it is; `unknown` when a key may still be in its address or its body. */
export function requestAuthentication(value: Part): Authentication {
  switch (textAt(value, 'inputs', 'authentication', 'type')) {
    case 'Basic':
      return 'basic';
    case 'ClientCertificate':
      return 'mtls';
    case 'ActiveDirectoryOAuth':
      return 'oauth';
    case 'ManagedServiceIdentity':
      return 'managed-identity';
    case 'Raw':
      return 'header';
    default:
      break;
  }
  const headers = entriesAt(value, 'inputs', 'headers').map(([name]) => name);
  return headers.some(provesCaller) ? 'header' : 'unknown';
}

function connectionOf(inputs: Part, refs: ConnectionRefs): ConnectionRef | undefined {
  const managed =
    textAt(inputs, 'host', 'connection', 'referenceName') ??
    connectionKey(textAt(inputs, 'host', 'connection', 'name')) ??
    textAt(inputs, 'host', 'connectionName') ??
    textAt(inputs, 'host', 'connectionReferenceName');
  const named = {
    managedApiConnections: managed,
    serviceProviderConnections: textAt(inputs, 'serviceProviderConfiguration', 'connectionName'),
    functionConnections: textAt(inputs, 'function', 'connectionName'),
    agentConnections: entriesAt(inputs, 'modelConfigurations').map(([, model]) => textAt(model, 'referenceName'))[0],
  };
  // A flow lists its own references by key alone; a standard logic app keeps every kind apart.
  for (const [kind, key] of Object.entries(named)) {
    const ref = key === undefined ? undefined : (refs.get(`${kind}/${key}`) ?? refs.get(key));
    if (ref !== undefined) return ref;
  }
  return undefined;
}

function connectorNamed(inputs: Part): string | undefined {
  return lastSegment(
    textAt(inputs, 'host', 'apiId') ??
      textAt(inputs, 'serviceProviderConfiguration', 'serviceProviderId') ??
      connectionKey(textAt(inputs, 'host', 'connection', 'name')) ??
      textAt(inputs, 'host', 'connection', 'referenceName'),
  );
}

function operationOf(value: Part): string | undefined {
  const inputs = at(value, 'inputs');
  return (
    textAt(inputs, 'host', 'operationId') ??
    textAt(inputs, 'operationId') ??
    textAt(inputs, 'serviceProviderConfiguration', 'operationId') ??
    textAt(value, 'metadata', 'flowSystemMetadata', 'swaggerOperationId') ??
    textAt(inputs, 'method')?.toUpperCase()
  );
}

function roleOfConnector(connector: string, type: string, operation: string | undefined, value: Part): Step['role'] {
  if (connector === type && !/Connection/.test(type)) return type === 'Response' ? 'sink' : 'transform';
  const method = textAt(value, 'inputs', 'method') ?? textAt(value, 'inputs', 'parameters', 'parameters/method');
  // Logic Apps name the connector's method and path, and no operation.
  if (/^http/i.test(operation ?? '') || operation === method?.toUpperCase()) return roleOfMethod(method);
  return roleOf(operation) ?? (method === undefined ? undefined : roleOfMethod(method));
}

/** Custom connectors carry the environment's and their own hash, `-5f` being an escaped underscore. */
function isCustom(connector: string): boolean {
  return /^shared_.+-5f[0-9a-f]{8,}/i.test(connector);
}

function recipientDomains(inputs: Part): string[] {
  const fields = [...entriesAt(inputs, 'parameters'), ...entriesAt(inputs, 'body'), ...entriesAt(inputs, 'queries')];
  return fields.filter(([name]) => RECIPIENTS.test(name)).flatMap(([, value]) => mailDomains(value));
}

/** What a step needs before it: names of the steps in its `runAfter`. */
export function runsAfter(value: Part): string[] {
  return entriesAt(value, 'runAfter').map(([name]) => name);
}

/** A parameter whose value the platform itself treats as secret. */
export function isSecure(parameter: Part): boolean {
  return /^secure/i.test(textAt(parameter, 'type') ?? '');
}

/** The lists of actions inside an action, each with the path that leads there. */
export function nestedActions(value: Part): { path: readonly string[]; actions: Part; tool: boolean }[] {
  const fixed = [['actions'], ['else', 'actions'], ['default', 'actions']].map((path) => ({ path, tool: false }));
  const cases = entriesAt(value, 'cases').map(([name]) => ({ path: ['cases', name, 'actions'], tool: false }));
  const tools = entriesAt(value, 'tools').map(([name]) => ({ path: ['tools', name, 'actions'], tool: true }));
  return [...fixed, ...cases, ...tools]
    .map((nested) => ({ ...nested, actions: at(value, ...nested.path) }))
    .filter((nested) => nested.actions !== undefined);
}
