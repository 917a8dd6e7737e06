import {
  connection,
  reference,
  sharedId,
  type Audience,
  type Connection,
  type Item,
  type Json,
  type Step,
} from '../../sdk/index.ts';
import { lastSegment } from '../power-automate/references.ts';
import { referenceId } from '../power-automate/solution-xml.ts';
import { roleOf } from '../roles.ts';
import { at, entriesAt, listAt, textAt, type Part } from '../tree.ts';

/** What an app reaches: its connections, the steps that use them, and the flows that it starts, by their ids. */
export interface Reached {
  connections: readonly Item<'connection'>[];
  steps: readonly Step[];
  flows: readonly string[];
}

/** The connector that stands for flows: an app does not sign in to it, it starts them. */
const FLOWS = 'shared_logicflows';
const DATAVERSE = 'shared_commondataserviceforapps';

/** What is known of the app around its references. */
export interface Around {
  environment?: string | undefined;
  /** Whom the app is shared with, and so the connections that its maker lends to its users. */
  sharedWith?: Audience | undefined;
}

/** Reads the connections of an app, and the tables that it reads as its user. */
export function reached(references: Part, databases: Part, around: Around = {}): Reached {
  const read = entriesAt(references).map(([key, value]) => readOne(key, value, around));
  const tables = entriesAt(databases).map(([key]): Step => ({ id: key, label: 'Dataverse', connector: DATAVERSE }));
  return {
    connections: read.flatMap(({ item }) => item ?? []),
    steps: [...read.flatMap(({ steps }) => steps), ...tables],
    flows: [...new Set(read.flatMap(({ flow }) => flow?.toLowerCase() ?? []))],
  };
}

interface One {
  item?: Item<'connection'>;
  flow?: string | undefined;
  steps: readonly Step[];
}

function readOne(key: string, value: Json, around: Around): One {
  const ref = at(value, 'connectionRef') ?? value;
  const connector = lastSegment(textAt(ref, 'id')) ?? 'unknown';
  if (connector === FLOWS) {
    return { flow: textAt(ref, 'parameterHints', 'workflowEntityId', 'value'), steps: stepsOf(key, value, connector) };
  }
  const item = connectionOf(key, value, connector, around);
  return { item: reference(item), steps: stepsOf(key, value, connector, item.record.id) };
}

/**
 * `sharedConnectionId` is the connection of its maker, which everybody works with whom the app is shared with.
 * https://learn.microsoft.com/power-apps/maker/canvas-apps/share-app-resources#connections
 */
function connectionOf(
  key: string,
  value: Json,
  connector: string,
  { environment, sharedWith = { reach: 'some' } }: Around,
): Item<'connection'> {
  const ref = at(value, 'connectionRef') ?? value;
  const shared = textAt(ref, 'sharedConnectionId');
  const logicalName = textAt(ref, 'xrmConnectionReferenceLogicalName');
  const authentication = authenticationOf(textAt(ref, 'authenticationType') ?? '');
  const native = lastSegment(shared ?? textAt(value, 'connectionInstanceId')) ?? key;
  return connection({
    id:
      logicalName === undefined
        ? sharedId('power-automate', environment, connector, native)
        : referenceId(logicalName, connector),
    name: textAt(ref, 'displayName') ?? connector,
    platform: 'power-automate',
    connector,
    authentication,
    // By OAuth each user signs in, unless the maker lends theirs.
    subject: shared === undefined && authentication === 'oauth' ? 'caller' : 'unknown',
    // Somebody with the right to do so spared all users the question. https://learn.microsoft.com/powershell/module/microsoft.powerapps.administration.powershell/set-adminpowerappapistobypassconsent
    consent: at(ref, 'bypassConsent') === true ? 'admin' : undefined,
    sharedWith: shared === undefined ? undefined : sharedWith,
    gaps: {
      status: 'not-seen',
      createdAt: 'not-seen',
      expiresAt: 'not-seen',
      lastUsedAt: 'not-seen',
      ...(shared === undefined && { sharedWith: 'not-seen' as const }),
    },
  });
}

function authenticationOf(type: string): Connection['authentication'] {
  if (/^(?:connectionString|sql|basic|windows|password)/i.test(type)) return 'password';
  if (/key/i.test(type)) return 'api-key';
  if (/servicePrincipal|oauthSP/i.test(type)) return 'service-principal';
  return /^oauth|^aad/i.test(type) ? 'oauth' : undefined;
}

/** One step for each action that it takes; for a connection that only flows behind it need there is none. */
function stepsOf(key: string, value: Json, connector: string, connectionId?: string): Step[] {
  const sources = textsIn(listAt(value, 'dataSources'));
  const actions = new Set(textsIn([...listAt(value, 'appActions'), ...listAt(value, 'actions')]));
  if (sources.length === 0 && actions.size === 0) return [];
  const label = textAt(value, 'connectionRef', 'displayName') ?? textAt(value, 'displayName') ?? connector;
  const step = {
    connector,
    ...(connectionId !== undefined && { connection: connectionId }),
    ...(at(value, 'connectionRef', 'isCustomApiConnection') === true && {
      component: { name: connector, origin: 'local' as const },
    }),
  };
  if (actions.size === 0) return [{ id: key, label: [label, ...sources].join(', '), ...step }];
  return [...actions].map((action) => {
    const operation = lastSegment(action) ?? action;
    const role = connector === FLOWS ? undefined : roleOf(operation);
    return {
      id: `${key}/${operation}`,
      label: `${label}: ${operation}`,
      operation,
      ...step,
      ...(role !== undefined && { role }),
    };
  });
}

function textsIn(list: readonly Json[]): string[] {
  return list.flatMap((each) => textAt(each) ?? []);
}
