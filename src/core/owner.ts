import type { Basis, PersonRelation } from './attribution.ts';
import type { Ref } from './record.ts';
import type { Instant } from './time.ts';

/** The three parts that a person can have in a record. */
export const ownerRoles = ['accountable', 'technical', 'backup'] as const;
export type OwnerRole = (typeof ownerRoles)[number];

/** What became of the person behind a claim. */
export type PersonState = 'active' | 'left' | 'unknown';

/** One candidate for one role, with the evidence it rests on. A claim is a proposal until a person confirms it. */
export interface Claim {
  role: OwnerRole;
  /** Id of the joined person: `person:<e-mail or directory id>`; for people we cannot join, `name:<as written>`. */
  person: string;
  name: string;
  email?: string;
  state: PersonState;
  /** When the person left, if the directory says. */
  leftAt?: Instant;
  /** Not a person of flesh and blood: a shared mailbox, group, bot or another identity. */
  impersonal?: 'shared-mailbox' | 'group' | 'bot' | 'service';
  external?: boolean;
  manager?: string;
  basis: Basis;
  rel: PersonRelation;
  confidence: 'high' | 'medium' | 'low';
  /** Why this person: one sentence for people. */
  reason: string;
  at?: Instant;
}

/** The owners of one record: the chosen claim for each role, and every candidate behind it. */
export interface Ownership {
  accountable?: Claim;
  technical?: Claim;
  backup?: Claim;
  /** All candidates, strongest first. */
  claims: readonly Claim[];
  /** When a person last confirmed the accountable owner. */
  confirmedAt?: Instant;
  /** What it was allowed to do when they did. */
  confirmedScopes?: readonly string[];
}

/** An explicit word on who owns what: from the configuration, or by a decision in the register. */
export interface OwnerAssertion {
  /** Exact address, or a glob over `source/kind/name` from the configuration. */
  subject: Ref | { match: string };
  role: OwnerRole;
  /** E-mail or directory id. */
  person: string;
  basis: 'confirmed' | 'mapping';
  at?: Instant;
  by?: string;
  /** What the subject was allowed to do when the owner confirmed it. */
  scopes?: readonly string[];
}

/** A person joined across platforms and directory. */
export interface JoinedPerson {
  /** `person:<directory id or e-mail>`. */
  id: string;
  name: string;
  email?: string;
  state: PersonState;
  status: string;
  leftAt?: Instant;
  impersonal?: Claim['impersonal'];
  external?: boolean;
  manager?: string;
  /** When they last changed team or role, where the directory says so. */
  movedAt?: Instant;
  teams: readonly string[];
  /** For a group or shared mailbox: aliases of its members. */
  members?: readonly string[];
  /** From the organisation's own directory, not only from a platform's user list. */
  directory?: boolean;
  /** All e-mails and logins that lead here, lower-cased. */
  aliases: readonly string[];
}
