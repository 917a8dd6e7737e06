import type { Audience, Consent, Delegation, Extent, Logging, Protection, Tool, Trust, Usage } from './access.ts';
import type { PersonHint } from './attribution.ts';
import type { Common, Kind } from './common.ts';
import type { Credential } from './credential.ts';
import type { Authentication, Component, Graph } from './graph.ts';
import type { Instant, Moment } from './time.ts';

export type * from './access.ts';
export * from './common.ts';
export * from './credential.ts';

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
  /** When they last changed team or role. */
  movedAt?: Instant;
  lastUsedAt?: Moment;
  /** Last sign-in by hand, in a browser or client. */
  lastInteractiveAt?: Moment;
  /** When an invitation or the account itself runs out. */
  expiresAt?: Moment;
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
  /** It belongs to another organisation. */
  thirdParty?: boolean;
  /** The platform made it and keeps it, for every customer alike: nobody in the organisation answers for its being there. */
  builtIn?: boolean;
  /** Until when the organisation let it in: end of a contract, a project or an approval. */
  admittedUntil?: Moment;
  scopes?: readonly string[];
  /** The scopes that were last approved, where that is on record. */
  approvedScopes?: readonly string[];
  usage?: Usage;
  /** How many of the organisation's resources it was let at. */
  reach?: Extent;
  admin?: boolean;
  /** OAuth grant types and other ways in which it may authenticate. */
  grants?: readonly string[];
  /** Users that it can act as, and who agreed to that. */
  impersonates?: { users: 'none' | 'one' | 'some' | 'all'; consent?: Consent };
  /** Whose rights an agent acts with. */
  runsAs?: 'author' | 'caller' | 'own' | 'unknown';
  /** Whose tokens are taken for it without a secret of its own. */
  trusts?: readonly Trust[];
  /** What an agent can call. */
  tools?: readonly Tool[];
  /** How people prove themselves to an agent or server. */
  authentication?: Authentication;
  /** From where it may be used: from `anywhere`, or only from named networks, devices or callers. */
  usableFrom?: 'anywhere' | 'restricted';
  component?: Component;
  /** Host of a remote server; `local` for a process on the user's machine. */
  host?: string;
  sharedWith?: Audience;
  lastUsedAt?: Moment;
  /** Last sign-in by hand, in a browser or client. */
  lastInteractiveAt?: Moment;
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
  logging?: Logging;
  sharedWith?: Audience;
  /** Managed releases only: nobody edits it in place. */
  managed?: boolean;
  permissions?: readonly string[];
  /** The platform made it and runs it: nobody in the organisation wrote what it does. */
  builtIn?: boolean;
  /** A list told of it: an export of the same workflow tells what it does. */
  outline?: boolean;
  /** The account in whose name it sends. */
  sender?: PersonHint;
}

/** A connector instance, consent or delegation between systems. */
export interface Connection extends Common<'connection'> {
  platform?: string;
  /** The connector's id in the platform's own words. */
  connector: string;
  authentication?: Authentication | 'oauth-personal' | 'password' | 'app-password' | 'service-principal';
  status?: 'active' | 'error' | 'expired' | 'unknown';
  scopes?: readonly string[];
  /** The scopes that were last approved, where that is on record. */
  approvedScopes?: readonly string[];
  usage?: Usage;
  /** Who agreed to it. */
  consent?: Consent;
  /** Whose rights it carries. */
  subject?: 'person' | 'service' | 'caller' | 'unknown';
  /** The person whose account it is. */
  account?: PersonHint;
  /** Somebody may act for the person whose account it is. */
  delegation?: Delegation;
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
    | 'model-api'
    | 'broker'
    | 'public-link'
    | 'admin-api';
  authentication: Authentication;
  /** Host name alone; paths and queries of webhooks are secrets. */
  host?: string;
  scheme?: string;
  /** Fingerprints of the addresses that it sends to, as names that whoever answers there is known as. */
  calls?: readonly string[];
  /** False when certificates are not checked. */
  verifyTls?: boolean;
  /** Events carry a signature that the receiver can check. */
  signed?: boolean;
  payload?: 'documents' | 'events' | 'unknown';
  /** Every message carries a token that works. */
  carriesToken?: boolean;
  /** Whose messages it gets: one person's or resource's, those of some, or everybody's. */
  reach?: Extent;
  /** How a platform that stopped delivering, or cannot deliver, describes it. */
  delivery?: 'working' | 'failing' | 'paused' | 'stopped';
  /** Made for an older interface for which the platform has a successor. */
  legacy?: boolean;
  logging?: Logging;
  /** How often it can still be used; `unlimited` when nothing counts. */
  usesLeft?: number | 'unlimited';
  expiresAt?: Moment;
  lastUsedAt?: Moment;
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
    | 'branch'
    | 'folder'
    | 'file'
    | 'vault'
    | 'team'
    | 'instance';
  platform?: string;
  /** Policies in force, by name. */
  policies?: { readonly [name: string]: boolean | string | number };
  protection?: Protection;
  /** How many people administer it. */
  admins?: number;
  /** The audit log of what happens in it. */
  logging?: Logging;
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
