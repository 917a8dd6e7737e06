import type { Decision, Seen } from '../core/decision.ts';
import { UsageError } from '../core/errors.ts';
import { canonicalJson, computedId } from '../core/identity.ts';
import type { Store } from '../core/ports.ts';
import type { Instant } from '../core/time.ts';
import { requireThreePeople } from './four-eyes.ts';
import { identify, namesOf, requireStillHere, today, type Actor } from './people.ts';

/** What somebody asks for, and what the rule of three people has to know about it. */
export interface Proposal extends Pick<Decision, 'kind' | 'subject' | 'reason'> {
  until?: Instant | undefined;
  value?: string;
  /** Everybody who answers for the subject. */
  owners: readonly string[];
  seen?: Seen;
  /** It takes a second person, who is neither the one who asks nor an owner. */
  two: boolean;
}

/** A second person's word on what waits. */
export interface Answer {
  approve: boolean;
  reason?: string;
}

/** What comes of a decision once it is in force; what it returns stands in the log beside it. */
type Effect<E> = (decision: Decision, by: string) => Promise<E>;

/** A decision, and what came of it where it is in force. */
export interface Decided<E> {
  decision: Decision;
  effect: E | undefined;
}

/** What is done about a decision: by whom, as one id, and from which account. */
interface Act {
  by: string;
  account: Actor['account'];
  action: string;
  at: Instant;
}

/**
 * Puts a decision on record in place of what waited for its subject. It takes effect at once, or waits for a second
 * person. Throws a `UsageError` where the one who asks may not.
 */
export async function propose<E extends object | void>(
  store: Store,
  { kind, subject, reason, until, value, owners, two, seen }: Proposal,
  actor: Actor,
  now: Instant,
  takeEffect: Effect<E>,
): Promise<Decided<E>> {
  const requester = await identify(store, actor.name);
  if (two) requireThreePeople({ requester, owners, names: await namesOf(store, [requester, ...owners]) });
  const decision: Decision = {
    id: computedId('decision', kind, subject, requester, String(now)),
    kind,
    subject,
    requestedBy: requester,
    requestedAt: now,
    reason: reason.trim(),
    ...(until !== undefined && { until }),
    status: two ? 'pending' : 'effective',
    ownersThen: owners,
    ...(value !== undefined && { value }),
    ...(seen && { seen }),
  };
  const act = { by: requester, account: actor.account, at: now };
  await replaceWaiting(store, subject, act);
  await store.register.putDecision(decision);
  const effect = two ? undefined : await takeEffect(decision, requester);
  await logDecision(store, decision, { ...act, action: two ? `${kind}-requested` : kind }, effect);
  return { decision, effect };
}

/**
 * A second person approves, or rejects, what waits for a subject; who owned it then and who owns it now may not. Throws
 * a `UsageError` where nothing waits, and of a decision that would come into force where the one who asked is not here
 * any more, and what `stillRight` throws.
 */
export async function answer<E extends object | void>(
  store: Store,
  to: {
    /** As people call it: `finding abc`. */
    named: string;
    subject: string;
    owners: readonly string[];
    seen?: Seen;
    stillRight?(pending: Decision): void | Promise<void>;
  },
  { approve, reason = '' }: Answer,
  actor: Actor,
  now: Instant,
  takeEffect: Effect<E>,
): Promise<Decided<E>> {
  const approver = await identify(store, actor.name);
  const [pending] = await store.register.decisions({ status: 'pending', subject: to.subject });
  if (!pending) throw new UsageError(`nothing waits for approval on ${to.named}`);
  const requester = await today(store, pending.requestedBy);
  const ownersThen = await Promise.all(pending.ownersThen.map((owner) => today(store, owner)));
  const owners = [...new Set([...ownersThen, ...to.owners])];
  requireThreePeople({ requester, approver, owners, names: await namesOf(store, [requester, approver, ...owners]) });
  if (approve) {
    await requireStillHere(store, requester);
    await to.stillRight?.(pending);
  }
  const decision: Decision = {
    ...pending,
    approvedBy: approver,
    approvedAt: now,
    status: approve ? 'effective' : 'rejected',
    ...(reason.trim() !== '' && { answer: reason.trim() }),
    ...(to.seen && { seen: to.seen }),
  };
  await store.register.putDecision(decision);
  const effect = approve ? await takeEffect(decision, approver) : undefined;
  const action = `${pending.kind}-${approve ? 'approved' : 'rejected'}`;
  await logDecision(store, decision, { by: approver, account: actor.account, action, at: now }, effect);
  return { decision, effect };
}

/** Throws where nothing is said that could be a reason. */
export function requireReason(reason: string): void {
  if (reason.trim().length < 3) throw new UsageError('give a reason that an auditor will understand: --reason "…"');
}

async function logDecision(
  store: Store,
  decision: Decision,
  { by, account, action, at }: Act,
  outcome?: object | void,
): Promise<void> {
  const body = canonicalJson({ ...decision, ...outcome });
  await store.audit.append({ at, actor: by, account, action, subject: decision.subject, body });
}

/** Withdraws what still waits for a subject, because somebody asks anew. */
async function replaceWaiting(store: Store, subject: string, act: Omit<Act, 'action'>): Promise<void> {
  for (const earlier of await store.register.decisions({ status: 'pending', subject })) {
    await store.register.putDecision({ ...earlier, status: 'withdrawn' });
    await logDecision(store, earlier, { ...act, action: `${earlier.kind}-replaced` });
  }
}
