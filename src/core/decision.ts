import type { Evidence, Severity } from './finding.ts';
import type { Instant } from './time.ts';

export const decisionKinds = [
  'accept',
  'false-positive',
  'withdraw',
  'assign',
  'confirm-owner',
  'treat',
  'retire',
] as const;
export type DecisionKind = (typeof decisionKinds)[number];

/** What a person asks of the register, and what became of it. */
export interface Decision {
  id: string;
  kind: DecisionKind;
  /** Finding id, risk id, record address or source, by kind. */
  subject: string;
  requestedBy: string;
  requestedAt: Instant;
  reason: string;
  until?: Instant;
  /** The other person: required for high and critical, never the requester nor an owner. */
  approvedBy?: string;
  approvedAt?: Instant;
  /** What the other person said to it; of a rejection the reason. */
  answer?: string;
  status: 'pending' | 'effective' | 'rejected' | 'withdrawn';
  /** Owners at the time of asking; changing the owner afterwards does not free them to approve. */
  ownersThen: readonly string[];
  /** How the finding stood when the last of them spoke: a decision is judged by what could be known. */
  seen?: Seen;
  /** For `assign` and `confirm-owner`: the person; for `treat`: the treatment. */
  value?: string;
}

/** What a decision about a finding rested on; of very much evidence the first, and how much more there was. */
export interface Seen {
  severity: Severity;
  evidence: readonly Evidence[];
  more: number;
}

/** One link of the append-only log: `hash` covers `previous` and everything else in the entry. */
export interface AuditEntry {
  seq: number;
  at: Instant;
  /** Who claims to act, and the operating-system account that ran the command. */
  actor: string;
  account: string;
  action: string;
  subject: string;
  body: string;
  previous: string;
  hash: string;
}
