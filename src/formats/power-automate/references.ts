import {
  connection,
  link,
  reference,
  sharedId,
  type Authentication,
  type Connection,
  type Item,
} from '../../sdk/index.ts';
import { mailboxIn } from '../hosts.ts';
import { at, entriesAt, idAt, isObject, textAt, type Part } from '../tree.ts';

/** One entry of a flow's `connectionReferences`: what its steps call it, and the record it stands for. */
export interface ConnectionRef {
  connector: string;
  id: string;
  item: Item<'connection'>;
}
export type ConnectionRefs = ReadonlyMap<string, ConnectionRef>;

/** What the surroundings know about connections: the environment, and names that a package or solution gives them. */
export interface ConnectionContext {
  platform: string;
  instance?: string | undefined;
  /** A connection that the surroundings define, by the reference's key or by its logical name. */
  defined?(key: string, logicalName: string | undefined): Defined | undefined;
}

/** What the surroundings say of a connection. */
export interface Defined {
  name?: string;
  connector?: string;
  /** Id of the endpoint that it leads to, for a connector of the solution's own. */
  endpoint?: string;
  /** The file that says so, where it is another one than the flow's. */
  path?: string;
}

/** `shared_teams` from `/providers/Microsoft.PowerApps/apis/shared_teams`, and from the ids that ARM uses. */
export function lastSegment(id: string | undefined): string | undefined {
  return id?.split('/').findLast((part) => part !== '');
}

/** The key that a step names in `@parameters('$connections')['key']['connectionId']`, or in a caller's own token header. */
export function connectionKey(name: string | undefined): string | undefined {
  return /\$connections'[)\]]\??\['([^']+)'\]/.exec(name ?? '')?.[1];
}

/** A flow's connection references by the key that its steps use. */
export function readConnectionRefs(references: Part, context: ConnectionContext): ConnectionRefs {
  return new Map(entriesAt(references).map(([key, value]) => [key, readOne(key, value, context)]));
}

function readOne(key: string, value: Part, context: ConnectionContext): ConnectionRef {
  const logicalName = textAt(value, 'connection', 'connectionReferenceLogicalName');
  const defined = context.defined?.(key, logicalName);
  const connector =
    defined?.connector ??
    connectorOf(textAt(value, 'api', 'name') ?? textAt(value, 'id') ?? textAt(value, 'api', 'id')) ??
    key;
  const native =
    logicalName ??
    literal(idAt(value, 'connectionName')) ??
    lastSegment(literal(textAt(value, 'connection', 'id') ?? textAt(value, 'connectionId'))) ??
    key;
  const id = sharedId(context.platform, context.instance, connector, native);
  const label = defined?.name ?? literal(textAt(value, 'displayName'));
  const mailbox = mailboxIn(label);
  const tier = textAt(value, 'tier');
  const item = connection({
    id,
    name: label ?? native,
    platform: context.platform,
    connector,
    authentication: authenticationOf(value),
    subject: subjectOf(value, mailbox),
    account: mailbox === undefined ? undefined : { email: mailbox },
    tags: tier === undefined || tier === 'NotSpecified' ? undefined : [`tier:${tier.toLowerCase()}`],
    at: defined?.path === undefined ? undefined : { path: defined.path },
    links: defined?.endpoint === undefined ? undefined : [link('uses', 'endpoint', defined.endpoint)],
    gaps: { status: 'not-seen', createdAt: 'not-seen', expiresAt: 'not-seen', lastUsedAt: 'not-seen' },
  });
  return { connector, id, item: defined === undefined ? reference(item) : item };
}

/** A template puts the id together, `[concat('/subscriptions/', …, '/managedApis/sql')]`: its last text names the connector. */
export function connectorOf(id: string | undefined): string | undefined {
  if (id === undefined || literal(id) !== undefined) return lastSegment(id);
  const texts = id.replaceAll(/(?:parameters|variables)\('[^']*'\)/g, '').match(/'[^']*'/g) ?? [];
  const last = texts.at(-1)?.slice(1, -1) ?? '';
  return last.endsWith('/') ? undefined : /(?:^|\/)([\w-]+)$/.exec(last)?.[1];
}

/** Deployment templates write ids as expressions, `[resourceId(…)]` or `@parameters(…)`: those name nothing. */
function literal(id: string | undefined): string | undefined {
  return id !== undefined && /^[[@]/.test(id) ? undefined : id;
}

function authenticationOf(value: Part): Authentication | undefined {
  const type =
    textAt(value, 'authentication', 'type') ?? textAt(value, 'connectionProperties', 'authentication', 'type');
  return type === 'ManagedServiceIdentity' ? 'managed-identity' : undefined;
}

/**
 * `Embedded` runs on the connection that the maker put in, `Invoker` on one that each caller brings. What the maker put
 * in may be a key or a service principal: whose account it is, only a name tells.
 * https://learn.microsoft.com/power-automate/dataverse/manage-dataverse-connections
 */
function subjectOf(value: Part, mailbox: string | undefined): Connection['subject'] {
  if (authenticationOf(value) === 'managed-identity') return 'service';
  const source = (textAt(value, 'source') ?? textAt(value, 'runtimeSource') ?? '').toLowerCase();
  if (source === 'embedded' && mailbox !== undefined) return 'person';
  return source === 'invoker' ? 'caller' : 'unknown';
}

/** The connection references of any shape that Power Automate and Logic Apps write. */
export function connectionReferencesOf(properties: Part): Part {
  const direct = at(properties, 'connectionReferences');
  if (isObject(direct)) return direct;
  return at(properties, 'parameters', '$connections', 'value');
}
