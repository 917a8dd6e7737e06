/** How callers of an inbound trigger or endpoint prove who they are; `unknown` when the source does not say. */
export const authentications = [
  'none',
  'basic',
  'header',
  'query',
  'api-key',
  'jwt',
  'signature',
  'oauth',
  'mtls',
  'tenant',
  'session',
  'managed-identity',
  'unknown',
] as const;
export type Authentication = (typeof authentications)[number];

export const triggerKinds = [
  'webhook',
  'form',
  'chat',
  'mcp',
  'email',
  'schedule',
  'event',
  'manual',
  'call',
  'unknown',
] as const;
export type TriggerKind = (typeof triggerKinds)[number];

/** What a step does with data, as far as its connector tells: where data comes from, where it goes, or neither. */
export type StepRole = 'source' | 'sink' | 'both' | 'transform';

/** A third-party or local piece of code that a step runs: a community node, an action, an MCP package. */
export interface Component {
  name: string;
  version?: string;
  /** True when the version cannot change under the workflow (an exact version, a commit hash). */
  pinned?: boolean;
  origin: 'built-in' | 'verified' | 'community' | 'local' | 'unknown';
}

export interface Step {
  /** Unique in its graph. */
  id: string;
  /** What its maker called it. */
  label: string;
  /** The connector's id in the platform's own words: `n8n-nodes-base.slack`, `shared_sharepointonline`. */
  connector: string;
  operation?: string;
  /** Id of the connection record that the step runs on. */
  connection?: string;
  role?: StepRole;
  /** The step runs code or commands that its maker wrote. */
  code?: 'javascript' | 'python' | 'shell' | 'sql' | 'other';
  component?: Component;
  /** Host names and mail domains (never whole URLs or addresses) that the step sends data to. */
  destinations?: readonly string[];
  /** An AI agent's tool: the model decides when this step runs. */
  tool?: boolean;
  /** Somebody without rights decides what it runs: they propose its code, word a part of it, or prompt its AI agent. */
  sentByStrangers?: 'code' | 'text' | 'prompt';
  /** It runs on a machine that the organisation itself keeps. */
  runsOn?: 'self-hosted';
  disabled?: boolean;
  /** RFC 6901 pointer to the step in its document. */
  pointer?: string;
}

export interface Edge {
  from: string;
  to: string;
}

export interface Trigger {
  /** Id of the step that starts the workflow. */
  step: string;
  kind: TriggerKind;
  authentication: Authentication;
}

/** An automation in the one shape that all export formats are read into. */
export interface Graph {
  steps: readonly Step[];
  edges: readonly Edge[];
  triggers: readonly Trigger[];
}
