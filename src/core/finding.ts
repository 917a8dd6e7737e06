import type { Location } from './match.ts';
import type { EnvironmentClass, Kind } from './record.ts';
import type { Instant } from './time.ts';

export const severities = ['info', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** 0 (info) to 4 (critical). */
export function rank(severity: Severity): number {
  return severities.indexOf(severity);
}

/** What a finding is about. `source` is `*` when it is about one thing seen in several sources (a shared secret). */
export interface Subject {
  source: string;
  kind: Kind | 'stream' | 'decision';
  id: string;
  name: string;
}

/** One fact that a verdict rests on; `at` leads to where it was read. */
export interface Evidence {
  /** A short label: `header`, `last used`, `published by`. */
  fact: string;
  /** As people read it: a time is written as a day (`isoDate`). */
  value: string | number | boolean | null;
  at?: Location;
  /** Source of the record that the fact was read from, when it is not the subject's. */
  source?: string;
}

/** Why a severity is what it is: the check's base, then each step up or down. */
export interface SeverityReason {
  step: number;
  because: string;
}

/** What a check says of one subject when it fails, weighed and ready for the register. */
export interface Observation {
  /** Computed by `findingId`. */
  id: string;
  check: string;
  checkVersion: number;
  subject: Subject;
  /** Tells several findings of one check on one subject apart. */
  discriminator: string;
  /** Stable while the cause is the same: no counts, dates or line numbers. */
  title: string;
  severity: Severity;
  severityReasons: readonly SeverityReason[];
  confidence: 'high' | 'medium' | 'low';
  evidence: readonly Evidence[];
  /** Hash over what matters: a change of it is a `changed` event. */
  signature: string;
  /** Id of the threat that it counts towards (config/threats). */
  threat: string;
  /** The initiative it belongs to: container, business service or source. */
  initiative: string;
  environment: EnvironmentClass;
  /** Person id of the accountable owner, when one is known. */
  owner?: string;
  ownerConfidence?: 'high' | 'medium' | 'low';
  ownerReason?: string;
}

export type FindingState = 'open' | 'resolved' | 'retired';
export type Disposition = 'none' | 'accepted' | 'false-positive';

/** The part of a finding that changes by rules alone; see `lifecycle.ts`. */
export interface Lifecycle {
  state: FindingState;
  disposition: Disposition;
  dispositionUntil: Instant | null;
  signature: string;
  severity: Severity;
  reopened: number;
  firstSeen: Instant;
  lastSeen: Instant;
  /** When it first became open, or last did so after it was mended; the SLA runs from here. */
  openedAt: Instant;
  resolvedAt: Instant | null;
}

/** One row for ever: what the machine sees and what people decided, side by side. */
export interface Finding extends Omit<Observation, 'signature' | 'severity'>, Lifecycle {
  /** Last run that evaluated it. */
  lastRun: number;
  /** Person it was assigned to by hand. */
  assignee?: string;
}

export type FindingEventType =
  | 'opened'
  | 'reopened'
  | 'resolved'
  | 'retired'
  | 'worsened'
  | 'improved'
  | 'changed'
  | 'accepted'
  | 'acceptance-expired'
  | 'acceptance-voided'
  | 'refutation-voided'
  | 'marked-false-positive'
  | 'decision-withdrawn'
  | 'assigned'
  | 'owner-changed'
  /** The file that its subject lies in has another path. */
  | 'moved';

export interface FindingEvent {
  finding: string;
  seq: number;
  at: Instant;
  type: FindingEventType;
  /** `scan`, `clock`, or the person who decided. */
  actor: string;
  note: string | null;
}

/** What people see in the register. */
export type Shown = 'open' | 'resolved' | 'retired' | 'accepted' | 'false-positive';

/** The one word for a finding: resolved beats every disposition. */
export function shown(finding: Pick<Lifecycle, 'state' | 'disposition'>): Shown {
  if (finding.state !== 'open') return finding.state;
  return finding.disposition === 'none' ? 'open' : finding.disposition;
}
