import type { Decision, Seen } from '../core/decision.ts';
import { UsageError } from '../core/errors.ts';
import { shown, type Finding, type Severity } from '../core/finding.ts';
import { canonicalJson } from '../core/identity.ts';
import { step, type HumanInput } from '../core/lifecycle.ts';
import type { OwnerRole } from '../core/owner.ts';
import type { Policy } from '../core/policy.ts';
import type { Store } from '../core/ports.ts';
import type { AnyRecord, Ref } from '../core/record.ts';
import { DAY, isoDate, type Instant } from '../core/time.ts';
import { answer, propose, requireReason, type Answer } from './decisions.ts';
import { needsFourEyes, ownersOf } from './four-eyes.ts';
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
    const { kind, reason, until } = wanted;
    const finding = await theFinding(tx, wanted.finding);
    requireReason(reason);
    requireOpen(finding, 'there is nothing to decide');
    if (kind === 'accept') requireUntil(until, finding.severity, policy, now);
    if (kind === 'withdraw') await requireDecided(tx, finding);
    const owners = await ownersOf(tx, finding);
    const two = kind !== 'withdraw' && needsFourEyes(finding.severity, policy);
    const proposal = { kind, subject: finding.id, reason, until, owners, two, seen: seenOf(finding) };
    const { decision } = await propose(tx, proposal, actor, now, (made, by) => takeEffect(tx, finding, made, by, now));
    return decision;
  });
}

/** A second person approves, or rejects, what waits for a finding. */
export async function review(
  store: Store,
  policy: Policy,
  wanted: Answer & { finding: string },
  actor: Actor,
  now: Instant,
): Promise<Decision> {
  return store.atomically(async (tx) => {
    const finding = await theFinding(tx, wanted.finding);
    const to = {
      named: `finding ${finding.id}`,
      subject: finding.id,
      owners: await ownersOf(tx, finding),
      seen: seenOf(finding),
      stillRight: (pending: Decision): void => {
        requireOpen(finding, 'there is nothing to approve');
        if (pending.kind === 'accept') requireUntil(pending.until, finding.severity, policy, now);
      },
    };
    const { decision } = await answer(tx, to, wanted, actor, now, (made, by) => takeEffect(tx, finding, made, by, now));
    return decision;
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
    const named = `to ${(await namesOf(tx, [to])).get(to)}`;
    const note = wanted.reason === '' ? named : `${named}, ${wanted.reason}`;
    await tx.findings.assign(finding.id, to, { at: now, type: 'assigned', actor: by, note });
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
  wanted: { ref: Ref; person?: string; role: OwnerRole; reason?: string },
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
      body: canonicalJson({ person, role: wanted.role, ...(wanted.reason && { reason: wanted.reason }) }),
    });
    return { person, confirmed: person === by };
  });
}

/** A secret may lie in hundreds of places. */
const MOST_SEEN = 20;

function seenOf({ severity, evidence }: Finding): Seen {
  return { severity, evidence: evidence.slice(0, MOST_SEEN), more: Math.max(0, evidence.length - MOST_SEEN) };
}

async function theFinding(store: Store, id: string): Promise<Finding> {
  const finding = await store.findings.get(id);
  if (!finding) throw new UsageError(`no finding starts with "${id}"; see: rollcall findings`);
  return finding;
}

function requireOpen({ id, state }: Finding, otherwise: string): void {
  if (state !== 'open') throw new UsageError(`finding ${id} is ${state}; ${otherwise}`);
}

async function requireDecided(store: Store, { id, disposition }: Finding): Promise<void> {
  if (disposition !== 'none') return;
  const waiting = await store.register.decisions({ status: 'pending', subject: id });
  if (waiting.length === 0)
    throw new UsageError(`nothing is decided about finding ${id}; there is nothing to withdraw`);
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
