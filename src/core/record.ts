import type { Attribution, PersonHint } from './attribution.ts';
import type { Authentication, Component, Graph } from './graph.ts';
import type { Location, Match } from './match.ts';
import type { Instant, Moment } from './time.ts';

export const kinds = ['person', 'identity', 'credential', 'workflow', 'connection', 'endpoint', 'container'] as const;
export type Kind = (typeof kinds)[number];

/** Why a field is empty: the four are different answers, and none of them is "never". */
export type Gap =
  /** The platform does not report it to anybody. */
  | 'not-supported'
  /** We were refused. */
  | 'denied'
  /** The customer's plan does not include it. */
  | 'not-licensed'
  /** This source has not read it yet. */
  | 'not-seen';

export const environments = ['production', 'test', 'development', 'unknown'] as const;
export type EnvironmentClass = (typeof environments)[number];

export const relations = ['contained-in', 'authenticates', 'uses', 'granted-to', 'shared-with'] as const;
/** How one record leans on another, read from left to right: a workflow *uses* a connection. */
export type Relation = (typeof relations)[number];

/** An edge to another record of the same source. */
export interface Link {
  rel: Relation;
  kind: Kind;
  id: string;
}

export type Reach = 'private' | 'some' | 'everyone' | 'public';
/** Who else can use it: `everyone` is the whole organisation, `public` the whole world. */
export interface Audience {
  reach: Reach;
  count?: number;
}

export interface Common<K extends Kind> {
  kind: K;
  /** The platform's own immutable id where it has one; unique with source and kind. */
  id: string;
  name: string;
  /** Page in the platform's own interface; never one that carries a secret. */
  url?: string;
  /** Where it was read. */
  at?: Location;
  createdAt?: Instant;
  updatedAt?: Instant;
  environment?: EnvironmentClass;
  tags?: readonly string[];
  links?: readonly Link[];
  attributions?: readonly Attribution[];
  /** Secrets that were found in its text. */
  matches?: readonly Match[];
  /** For each field that is absent: why. */
  gaps?: { readonly [field: string]: Gap };
}

export type PersonStatus = 'active' | 'suspended' | 'deprovisioned' | 'deleted' | 'invited' | 'unknown';
/** A human's account on a platform or in a directory. */
export interface Person extends Common<'person'> {
  status: PersonStatus;
  emails?: readonly string[];
  logins?: readonly string[];
  /** What the account is, when it is no person of flesh and blood. */
  type?: 'human' | 'shared-mailbox' | 'group' | 'bot' | 'service';
  /** Id of the manager's person record. */
  manager?: string;
  teams?: readonly string[];
  external?: boolean;
  admin?: boolean;
  /** Last working day, or end of contract. */
  leftAt?: Instant;
  lastUsedAt?: Moment;
  /** Members, for a group or shared mailbox. */
  members?: readonly string[];
  /** True for records of a people directory: the organisation's own word on who is here. */
  directory?: boolean;
}

export const identityTypes = [
  'service-account',
  'app-registration',
  'oauth-app',
  'integration',
  'bot',
  'workload',
  'role',
  'ai-agent',
  'mcp-server',
] as const;
/** A non-human principal. */
export interface Identity extends Common<'identity'> {
  type: (typeof identityTypes)[number];
  status: 'active' | 'disabled' | 'unknown';
  platform?: string;
  publisher?: { name: string; verified?: boolean };
  scopes?: readonly string[];
  admin?: boolean;
  /** OAuth grant types and other ways in which it may authenticate. */
  grants?: readonly string[];
  /** Users that it can act as, and who agreed to that. */
  impersonates?: { users: 'none' | 'one' | 'some' | 'all'; consent?: 'individual' | 'admin' | 'none' };
  /** Whose rights an agent acts with. */
  runsAs?: 'author' | 'caller' | 'own' | 'unknown';
  component?: Component;
  /** Host of a remote server; `local` for a process on the user's machine. */
  host?: string;
  sharedWith?: Audience;
  lastUsedAt?: Moment;
}

export const credentialTypes = [
  'api-key',
  'pat',
  'access-key',
  'client-secret',
  'certificate',
  'private-key',
  'ssh-key',
  'oauth-grant',
  'oauth-token',
  'refresh-token',
  'deploy-key',
  'webhook-secret',
  'webhook-url',
  'ci-secret',
  'vault-entry',
  'password',
  'connection-string',
  'service-account-key',
  'session',
  'jwt',
  'secret',
] as const;
export type CredentialType = (typeof credentialTypes)[number];

export type CredentialStatus = 'active' | 'inactive' | 'expired' | 'revoked' | 'unknown';
/** What authenticates, or is kept as a secret. */
export interface Credential extends Common<'credential'> {
  type: CredentialType;
  status: CredentialStatus;
  platform?: string;
  /** What keeps it: `literal` in plain text where it was found; `export` in a decrypted credential export. */
  store?: 'literal' | 'export' | 'platform' | 'vault' | 'ci' | 'file' | 'unknown';
  scopes?: readonly string[];
  /** How much of the account it reaches. */
  reach?: 'one' | 'some' | 'all';
  admin?: boolean;
  expiresAt?: Moment;
  lastUsedAt?: Moment;
  lastRotatedAt?: Moment;
  rotation?: 'automatic' | 'manual' | 'off';
  /** Something is arranged to replace it in time. */
  replacementPlanned?: boolean;
  /** A broad kind for which the platform has a scoped successor (classic PAT, account-wide key). */
  legacy?: boolean;
  fingerprint?: string;
  masked?: string;
  sharedWith?: Audience;
}

export type WorkflowState = 'active' | 'inactive' | 'draft' | 'archived' | 'unknown';
export interface Version {
  id: string;
  at?: Instant;
  authors?: readonly PersonHint[];
  comment?: string;
}
/** An automation. */
export interface Workflow extends Common<'workflow'> {
  platform: string;
  /** Id of the export format it was read from. */
  format?: string;
  state: WorkflowState;
  graph: Graph;
  lastRunAt?: Moment;
  versions?: readonly Version[];
  /** Whether runs and changes are recorded, and for how long. */
  logging?: { runs: 'on' | 'off' | 'errors-only'; retentionDays?: number };
  sharedWith?: Audience;
  /** Managed releases only: nobody edits it in place. */
  managed?: boolean;
  permissions?: readonly string[];
}

/** A connector instance, consent or delegation between systems. */
export interface Connection extends Common<'connection'> {
  platform?: string;
  /** The connector's id in the platform's own words. */
  connector: string;
  authentication?: Authentication | 'oauth-personal' | 'password' | 'app-password' | 'service-principal';
  status?: 'active' | 'error' | 'expired' | 'unknown';
  scopes?: readonly string[];
  /** Whose rights it carries. */
  subject?: 'person' | 'service' | 'caller' | 'unknown';
  /** The person whose account it is. */
  account?: PersonHint;
  sharedWith?: Audience;
  expiresAt?: Moment;
  lastUsedAt?: Moment;
}

/** A webhook, form, callback or link between a workflow and the world. */
export interface Endpoint extends Common<'endpoint'> {
  direction: 'inbound' | 'outbound';
  platform?: string;
  type:
    | 'webhook'
    | 'form'
    | 'chat'
    | 'mcp'
    | 'web-app'
    | 'event-webhook'
    | 'http-call'
    | 'broker'
    | 'public-link'
    | 'admin-api';
  authentication: Authentication;
  /** Host name alone; paths and queries of webhooks are secrets. */
  host?: string;
  scheme?: string;
  /** False when certificates are not checked. */
  verifyTls?: boolean;
  /** Events carry a signature that the receiver can check. */
  signed?: boolean;
  payload?: 'documents' | 'events' | 'unknown';
  state?: WorkflowState;
}

/** Environment, project, repository, vault, team, account: what holds other records and policies. */
export interface Container extends Common<'container'> {
  type:
    | 'account'
    | 'organisation'
    | 'environment'
    | 'project'
    | 'repository'
    | 'folder'
    | 'file'
    | 'vault'
    | 'team'
    | 'instance';
  platform?: string;
  /** Policies in force, by name. */
  policies?: { readonly [name: string]: boolean | string | number };
}

export interface Shapes {
  person: Person;
  identity: Identity;
  credential: Credential;
  workflow: Workflow;
  connection: Connection;
  endpoint: Endpoint;
  container: Container;
}
export type RecordOf<K extends Kind> = Shapes[K];
export type AnyRecord = Shapes[Kind];

/** A record's address: source is the configured source's id, for instance `files:exports`. */
export interface Ref {
  source: string;
  kind: Kind;
  id: string;
}

/** A record together with the source it came from. */
export interface Sourced<K extends Kind = Kind> {
  source: string;
  record: RecordOf<K>;
}

/** One text form of an address, for maps and messages. */
export function refKey(ref: Ref): string {
  return `${ref.source}\u0000${ref.kind}\u0000${ref.id}`;
}
