import { severities, type Finding, type FindingEvent, type Severity } from './finding.ts';
import { instant, type Instant } from './time.ts';

/**
 * A finding as its history says that it stood at an instant: open or not, how grave, what people had decided, and whose it
 * was. Undefined before it was found. What it says of itself (title, evidence, subject) is what it says today.
 */
export function findingAsOf(today: Finding, events: readonly FindingEvent[], at: Instant): Finding | undefined {
  const past = events.filter((event) => event.at <= at);
  const [first] = past;
  if (first === undefined) return undefined;
  const { assignee: _assignee, ...said } = today;
  const then: Finding = {
    ...said,
    ...undecided,
    firstSeen: first.at,
    openedAt: first.at,
    reopened: 0,
    resolvedAt: null,
  };
  for (const event of past) follow(then, event);
  then.lastSeen = Math.min(today.lastSeen, then.resolvedAt ?? at, at);
  const { dispositionUntil } = then;
  if (dispositionUntil !== null && dispositionUntil <= at) Object.assign(then, undecided);
  return then;
}

const undecided = { disposition: 'none', dispositionUntil: null } as const;

function follow(then: Finding, { type, at, note }: FindingEvent): void {
  switch (type) {
    case 'opened':
    case 'reopened':
      if (type === 'reopened') then.reopened += 1;
      // The time of what was only not looked at ran on.
      if (then.state === 'resolved') then.openedAt = at;
      then.state = 'open';
      then.resolvedAt = null;
      stands(then, note);
      break;
    case 'resolved':
    case 'retired':
      then.state = type;
      then.resolvedAt = at;
      break;
    case 'worsened':
    case 'improved':
      then.severity = severityIn(note?.split(' → ')[1]) ?? then.severity;
      break;
    case 'accepted':
      then.disposition = 'accepted';
      then.dispositionUntil = instant(/\(until (\d{4}-\d\d-\d\d)\)$/.exec(note ?? '')?.[1]) ?? null;
      break;
    case 'marked-false-positive':
      then.disposition = 'false-positive';
      then.dispositionUntil = null;
      break;
    case 'acceptance-expired':
    case 'acceptance-voided':
    case 'refutation-voided':
    case 'decision-withdrawn':
      Object.assign(then, undecided);
      break;
    case 'assigned':
      then.assignee = `name:${/^to (.*?)(?:, .*)?$/.exec(note ?? '')?.[1] ?? ''}`;
      break;
    case 'owner-changed':
      belongs(then, note?.split(' → ')[1]);
      break;
    case 'changed':
    case 'moved':
      break;
  }
}

/** `high, owner person:ann@acme.example`, or `nobody`. Where an older program noted nothing, it stays as it is told today. */
function stands(then: Finding, note: string | null): void {
  const [, severity, owner] = /^(\w+), owner (.+)$/.exec(note ?? '') ?? [];
  if (owner === undefined) return;
  then.severity = severityIn(severity) ?? then.severity;
  belongs(then, owner);
}

function belongs(then: Finding, owner: string | undefined): void {
  if (owner === undefined || owner === 'nobody') delete then.owner;
  else then.owner = owner;
}

function severityIn(word: string | undefined): Severity | undefined {
  return severities.find((known) => known === word);
}
