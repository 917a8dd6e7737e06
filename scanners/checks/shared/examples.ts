import {
  exampleNow,
  DAY,
  type Claim,
  type Connection,
  type Credential,
  type Endpoint,
  type Finding,
  type Identity,
  type JoinedPerson,
  type Ownership,
  type Workflow,
} from '../../../src/sdk/index.ts';

/** So many days before the `now` of the examples; negative for the future. */
export function daysAgo(count: number): number {
  return exampleNow - count * DAY;
}

/** A live API key that its platform defines. */
export function aCredential(fields: Partial<Credential> = {}): Credential {
  return { kind: 'credential', id: 'key-1', name: 'Billing key', type: 'api-key', status: 'active', ...fields };
}

/** A service account that is switched on. */
export function anIdentity(fields: Partial<Identity> = {}): Identity {
  return { kind: 'identity', id: 'bot-1', name: 'Invoice bot', type: 'service-account', status: 'active', ...fields };
}

/** An active workflow with an empty graph. */
export function aWorkflow(fields: Partial<Workflow> = {}): Workflow {
  return {
    kind: 'workflow',
    id: 'flow-1',
    name: 'Send invoices',
    platform: 'n8n',
    state: 'active',
    graph: { steps: [], edges: [], triggers: [] },
    ...fields,
  };
}

/** A connection of which nothing but the connector is known. */
export function aConnection(fields: Partial<Connection> = {}): Connection {
  return { kind: 'connection', id: 'conn-1', name: 'Mail', connector: 'smtp', ...fields };
}

/** An event webhook of an eSignature platform. */
export function anEndpoint(fields: Partial<Endpoint> = {}): Endpoint {
  return {
    kind: 'endpoint',
    id: 'hook-1',
    name: 'Envelope events',
    direction: 'outbound',
    type: 'event-webhook',
    authentication: 'unknown',
    ...fields,
  };
}

/** Ada, active and named by the platform as owner. */
export function aClaim(fields: Partial<Claim> = {}): Claim {
  return {
    role: 'accountable',
    person: 'person:ada@acme.example',
    name: 'Ada',
    email: 'ada@acme.example',
    state: 'active',
    basis: 'platform-owner',
    rel: 'owned-by',
    confidence: 'high',
    reason: 'named as owner (platform owner)',
    ...fields,
  };
}

/** The ownership that follows from these claims: the first of each role is chosen. */
export function ownedBy(...claims: readonly Claim[]): Ownership {
  const chosen = (role: Claim['role']): Claim | undefined => claims.find((claim) => claim.role === role);
  const [accountable, technical, backup] = [chosen('accountable'), chosen('technical'), chosen('backup')];
  return {
    claims,
    ...(accountable && { accountable }),
    ...(technical && { technical }),
    ...(backup && { backup }),
  };
}

/** Ada as the directory has her. */
export function aPerson(fields: Partial<JoinedPerson> = {}): JoinedPerson {
  return {
    id: 'person:ada@acme.example',
    name: 'Ada',
    email: 'ada@acme.example',
    state: 'active',
    status: 'active',
    teams: [],
    aliases: ['ada@acme.example'],
    ...fields,
  };
}

/** A high finding that is open. */
export function aFinding(fields: Partial<Finding> = {}): Finding {
  return {
    id: 'f-1',
    check: 'CRD-01',
    checkVersion: 1,
    subject: { source: 'files:exports', kind: 'credential', id: 'key-1', name: 'Billing key' },
    discriminator: '',
    title: 'A credential never expires',
    severity: 'high',
    severityReasons: [],
    confidence: 'high',
    evidence: [],
    signature: 's1',
    threat: 'long-lived-credential',
    initiative: 'files:exports',
    environment: 'production',
    state: 'open',
    disposition: 'none',
    dispositionUntil: null,
    reopened: 0,
    firstSeen: daysAgo(300),
    lastSeen: daysAgo(0),
    openedAt: daysAgo(300),
    resolvedAt: null,
    lastRun: 9,
    ...fields,
  };
}
