import type { Attribution } from './attribution.ts';
import type { Location, Match } from './match.ts';
import type { Instant } from './time.ts';

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
  /** Public names by which records of other sources that are the same thing go by too: an ARN, an application's id. */
  knownAs?: readonly string[];
  attributions?: readonly Attribution[];
  /** Secrets that were found in its text. */
  matches?: readonly Match[];
  /** For each field that is absent: why. */
  gaps?: { readonly [field: string]: Gap };
}
