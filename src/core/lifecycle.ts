import { rank, type FindingEventType, type Lifecycle, type Severity } from './finding.ts';
import type { Instant } from './time.ts';

/** What a scan or the clock says. */
export type MachineInput =
  /** `wider`: there is more of it than when it was last seen. */
  | { type: 'observed'; at: Instant; signature: string; severity: Severity; wider?: boolean }
  | { type: 'absent'; at: Instant }
  | { type: 'retired'; at: Instant }
  | { type: 'tick'; at: Instant };

/** What people decided, after the four-eyes rule has been satisfied. */
export type HumanInput =
  | { type: 'accept'; at: Instant; until: Instant }
  | { type: 'false-positive'; at: Instant }
  | { type: 'withdraw'; at: Instant };

export interface Step {
  next: Lifecycle;
  events: FindingEventType[];
}

/** A finding seen for the first time. */
export function opened(at: Instant, signature: string, severity: Severity): Step {
  return {
    next: {
      state: 'open',
      disposition: 'none',
      dispositionUntil: null,
      signature,
      severity,
      reopened: 0,
      firstSeen: at,
      lastSeen: at,
      openedAt: at,
      resolvedAt: null,
    },
    events: ['opened'],
  };
}

/**
 * The only way a finding changes. The machine moves `state`, people move `disposition`.
 * Repeating an input is a no-op; acceptance expires, a rise in severity voids every decision, and what was called false
 * says nothing of what came later.
 */
export function step(current: Lifecycle, input: MachineInput | HumanInput): Step {
  const next = { ...current };
  const events: FindingEventType[] = [];
  expire(next, input.at, events);
  switch (input.type) {
    case 'observed':
      observe(next, input, events);
      break;
    case 'absent':
    case 'retired':
      close(next, input.type === 'absent' ? 'resolved' : 'retired', input.at, events);
      break;
    case 'tick':
      break;
    case 'accept':
      if (input.until <= input.at || (next.disposition === 'accepted' && next.dispositionUntil === input.until)) break;
      next.disposition = 'accepted';
      next.dispositionUntil = input.until;
      events.push('accepted');
      break;
    case 'false-positive':
      if (next.disposition === 'false-positive') break;
      next.disposition = 'false-positive';
      next.dispositionUntil = null;
      events.push('marked-false-positive');
      break;
    case 'withdraw':
      if (next.disposition === 'none') break;
      clear(next);
      events.push('decision-withdrawn');
      break;
  }
  return { next, events };
}

function observe(next: Lifecycle, input: MachineInput & { type: 'observed' }, events: FindingEventType[]): void {
  next.lastSeen = Math.max(next.lastSeen, input.at);
  if (next.state !== 'open') {
    // Nobody has mended what was only not looked at: its time runs on.
    if (next.state === 'resolved') next.openedAt = input.at;
    next.state = 'open';
    next.resolvedAt = null;
    next.reopened += 1;
    events.push('reopened');
  }
  if (rank(input.severity) > rank(next.severity)) {
    events.push('worsened');
    // What one person could decide when it was milder may take two by now.
    if (next.disposition !== 'none') {
      events.push(next.disposition === 'accepted' ? 'acceptance-voided' : 'refutation-voided');
      clear(next);
    }
  } else if (rank(input.severity) < rank(next.severity)) {
    events.push('improved');
  } else if (input.signature !== next.signature) {
    events.push('changed');
  }
  if (input.wider === true && next.disposition === 'false-positive') {
    events.push('refutation-voided');
    clear(next);
  }
  next.severity = input.severity;
  next.signature = input.signature;
}

function close(next: Lifecycle, state: 'resolved' | 'retired', at: Instant, events: FindingEventType[]): void {
  if (next.state !== 'open') return;
  next.state = state;
  next.resolvedAt = at;
  events.push(state);
}

function expire(next: Lifecycle, at: Instant, events: FindingEventType[]): void {
  if (next.disposition !== 'accepted' || next.dispositionUntil === null || next.dispositionUntil > at) return;
  clear(next);
  events.push('acceptance-expired');
}

function clear(next: Lifecycle): void {
  next.disposition = 'none';
  next.dispositionUntil = null;
}
