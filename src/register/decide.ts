import type { Decision } from '../core/decision.ts';
import { UsageError } from '../core/errors.ts';
import { shown, type Finding, type Severity } from '../core/finding.ts';
import { canonicalJson, computedId } from '../core/identity.ts';
import { step, type HumanInput } from '../core/lifecycle.ts';
import type { Policy } from '../core/policy.ts';
import type { Store } from '../core/ports.ts';
import type { AnyRecord, Ref } from '../core/record.ts';
import { DAY, isoDate, type Instant } from '../core/time.ts';
import { logDecision, replaceWaiting, requireReason } from './decisions.ts';
import { needsFourEyes, ownersOf, requireThreePeople } from './four-eyes.ts';
import { identify, namesOf, type Actor } from './people.ts';

export interface Request {
  kind: 'accept' | 'false-positive' | 'withdraw';
  /** Finding id, or enough of its beginning. */
  finding: string;
  reason: string;
  until?: Instant;
}

/** Asks for a decision on a finding. It takes effect at once, or waits for a second person where two are needed. */
export async function request(
  store: Store,
  policy: Policy,
  wanted: Request,
  actor: Actor,
  now: Instant,
): Promise<Decision> {
  return store.atomically(async (tx) => {
    const finding = await theFinding(tx, wanted.finding);
    const requester = await identify(tx, actor.name);
    requireReason(wanted.reason);
    if (finding.state !== 'open')
      throw new UsageError(`finding ${finding.id} is ${finding.state}; there is nothing to decide`);
    if (wanted.kind === 'accept') requireUntil(wanted.until, finding.severity, policy, now);
    const owners = await ownersOf(tx, finding);
    const two = wanted.kind !== 'withdraw' && needsFourEyes(finding.severity, policy);
    if (two) requireThreePeople({ requester, owners, names: await namesOf(tx, [requester, ...owners]) });
    const decision: Decision = {
      id: computedId('decision', wanted.kind, finding.id, requester, String(now)),
      kind: wanted.kind,
      subject: finding.id,
      requestedBy: requester,
      requestedAt: now,
      reason: wanted.reason.trim(),
      ...(wanted.until !== undefined && { until: wanted.until }),
      status: two ? 'pending' : 'effective',
      ownersThen: owners,
    };
    const act = { by: requester, account: actor.account, at: now };
    await replaceWaiting(tx, finding.id, act);
    await tx.register.putDecision(decision);
    await logDecision(tx, decision, { ...act, action: two ? `${wanted.kind}-requested` : wanted.kind });
    if (!two) await takeEffect(tx, finding, decision, requester, now);
    return decision;
  });
}

/** A second person approves, or rejects, what waits for a finding. */
export async function review(
  store: Store,
  policy: Policy,
  wanted: { finding: string; approve: boolean; reason?: string },
  actor: Actor,
  now: Instant,
): Promise<Decision> {
  return store.atomically(async (tx) => {
    const finding = await theFinding(tx, wanted.finding);
    const approver = await identify(tx, actor.name);
    const [pending] = await tx.register.decisions({ status: 'pending', subject: finding.id });
    if (!pending) throw new UsageError(`nothing waits for approval on finding ${finding.id}`);
    const owners = [...new Set([...pending.ownersThen, ...(await ownersOf(tx, finding))])];
    const names = await namesOf(tx, [pending.requestedBy, approver, ...owners]);
    requireThreePeople({ requester: pending.requestedBy, approver, owners, names });
    if (wanted.approve) {
      if (finding.state !== 'open')
        throw new UsageError(`finding ${finding.id} is ${finding.state} by now; there is nothing to approve`);
      if (pending.kind === 'accept') requireUntil(pending.until, finding.severity, policy, now);
    }
    const decided: Decision = {
      ...pending,
      approvedBy: approver,
      approvedAt: now,
      status: wanted.approve ? 'effective' : 'rejected',
    };
    await tx.register.putDecision(decided);
    const action = `${pending.kind}-${wanted.approve ? 'approved' : 'rejected'}`;
    await logDecision(tx, decided, { by: approver, account: actor.account, action, at: now });
    if (wanted.approve) await takeEffect(tx, finding, decided, approver, now);
    return decided;
  });
}

/** Gives a finding to somebody to mend. */
export async function assignFinding(
  store: Store,
  wanted: { finding: string; to: string; reason: string },
  actor: Actor,
  now: Instant,
): Promise<string> {
  return store.atomically(async (tx) => {
    const finding = await theFinding(tx, wanted.finding);
    const by = await identify(tx, actor.name);
    const to = await identify(tx, wanted.to);
    await tx.findings.assign(finding.id, to, { at: now, type: 'assigned', actor: by, note: `to ${to}` });
    await tx.audit.append({
      at: now,
      actor: by,
      account: actor.account,
      action: 'assign',
      subject: finding.id,
      body: canonicalJson({ to, reason: wanted.reason }),
    });
    return to;
  });
}

/**
 * Records who owns something. Said by the person themself it is a confirmation; said by somebody else it is an
 * assignment that still waits for their word.
 */
export async function confirmOwner(
  store: Store,
  wanted: { ref: Ref; person?: string; role: 'accountable' | 'technical' | 'backup' },
  actor: Actor,
  now: Instant,
): Promise<{ person: string; confirmed: boolean }> {
  return store.atomically(async (tx) => {
    const by = await identify(tx, actor.name);
    const person = wanted.person === undefined ? by : await identify(tx, wanted.person);
    const subject = await tx.records.get(wanted.ref);
    if (!subject) throw new UsageError(`there is no ${wanted.ref.kind} ${wanted.ref.id} in ${wanted.ref.source}`);
    const plain = (id: string): string => id.replace(/^person:/, '');
    await tx.owners.assert({
      subject: wanted.ref,
      role: wanted.role,
      person: plain(person),
      basis: 'confirmed',
      at: now,
      by: plain(by),
      ...(person === by && rightsOf(subject.record)),
    });
    await tx.audit.append({
      at: now,
      actor: by,
      account: actor.account,
      action: person === by ? 'confirm-owner' : 'assign-owner',
      subject: `${wanted.ref.source}/${wanted.ref.kind}/${wanted.ref.id}`,
      body: canonicalJson({ person, role: wanted.role }),
    });
    return { person, confirmed: person === by };
  });
}

async function theFinding(store: Store, id: string): Promise<Finding> {
  const finding = await store.findings.get(id);
  if (!finding) throw new UsageError(`no finding starts with "${id}"; see: rollcall findings`);
  return finding;
}

function requireUntil(until: Instant | undefined, severity: Severity, policy: Policy, now: Instant): void {
  const days = policy.acceptance.maxDays[severity];
  if (until === undefined) throw new UsageError('an acceptance needs an end: --until YYYY-MM-DD');
  if (until <= now) throw new UsageError(`--until ${isoDate(until)} is in the past`);
  if (until > now + days * DAY) {
    throw new UsageError(
      `policy ${policy.id} allows ${days} days for ${severity}: until ${isoDate(now + days * DAY)} at the latest`,
    );
  }
}

async function takeEffect(
  store: Store,
  finding: Finding,
  decision: Decision,
  actor: string,
  now: Instant,
): Promise<void> {
  const { next, events } = step(finding, humanInput(decision, now));
  const note = `${decision.reason}${decision.until === undefined ? '' : ` (until ${isoDate(decision.until)})`}`;
  if (events.length === 0 && shown(next) === shown(finding)) return;
  await store.findings.apply(
    finding.id,
    next,
    events.map((type) => ({ at: now, type, actor, note })),
  );
}

function humanInput(decision: Decision, at: Instant): HumanInput {
  if (decision.kind === 'accept') return { type: 'accept', at, until: decision.until ?? at };
  return decision.kind === 'false-positive' ? { type: 'false-positive', at } : { type: 'withdraw', at };
}

/** What the owner agrees to by confirming it; rights that come later are not among them. */
function rightsOf(record: AnyRecord): { scopes?: readonly string[] } {
  const scopes = record.kind === 'workflow' ? record.permissions : 'scopes' in record ? record.scopes : undefined;
  return scopes === undefined ? {} : { scopes };
}
