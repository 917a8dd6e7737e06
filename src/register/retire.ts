import type { Decision } from '../core/decision.ts';
import { UsageError } from '../core/errors.ts';
import { severities, type Finding } from '../core/finding.ts';
import { computedId } from '../core/identity.ts';
import type { Policy } from '../core/policy.ts';
import type { Store } from '../core/ports.ts';
import type { Instant } from '../core/time.ts';
import { logDecision, replaceWaiting, requireReason } from './decisions.ts';
import { needsFourEyes, ownersOf, requireThreePeople } from './four-eyes.ts';
import { identify, namesOf, type Actor } from './people.ts';

/** What was decided about a source, and what went off the roll where that took effect. */
export interface Retirement {
  decision: Decision;
  gone?: { records: number; findings: number };
}

/**
 * Asks to take a source off the roll. It goes at once, or waits for a second person where one of its open findings
 * could not be set aside without one.
 */
export async function requestRetirement(
  store: Store,
  policy: Policy,
  wanted: { source: string; reason: string },
  actor: Actor,
  now: Instant,
): Promise<Retirement> {
  return store.atomically(async (tx) => {
    const { source } = wanted;
    const requester = await identify(tx, actor.name);
    requireReason(wanted.reason);
    await requireHeld(tx, source);
    const { two, owners } = await atStake(tx, policy, source);
    if (two) requireThreePeople({ requester, owners, names: await namesOf(tx, [requester, ...owners]) });
    const decision: Decision = {
      id: computedId('decision', 'retire', source, requester, String(now)),
      kind: 'retire',
      subject: source,
      requestedBy: requester,
      requestedAt: now,
      reason: wanted.reason.trim(),
      status: two ? 'pending' : 'effective',
      ownersThen: owners,
    };
    const act = { by: requester, account: actor.account, at: now };
    await replaceWaiting(tx, source, act);
    await tx.register.putDecision(decision);
    const gone = two ? undefined : await takeEffect(tx, decision, requester, now);
    await logDecision(tx, decision, { ...act, action: two ? 'retire-requested' : 'retire' }, gone);
    return { decision, ...(gone && { gone }) };
  });
}

/** A second person approves or rejects the retirement that waits for a source; owners are asked for again. */
export async function reviewRetirement(
  store: Store,
  policy: Policy,
  wanted: { source: string; approve: boolean },
  actor: Actor,
  now: Instant,
): Promise<Retirement> {
  return store.atomically(async (tx) => {
    const { source, approve } = wanted;
    const approver = await identify(tx, actor.name);
    const [pending] = await tx.register.decisions({ status: 'pending', subject: source });
    if (!pending) throw new UsageError(`nothing waits for approval on source ${source}`);
    const requester = pending.requestedBy;
    const owners = [...new Set([...pending.ownersThen, ...(await atStake(tx, policy, source)).owners])];
    requireThreePeople({ requester, approver, owners, names: await namesOf(tx, [requester, approver, ...owners]) });
    if (approve) await requireHeld(tx, source);
    const decision: Decision = {
      ...pending,
      approvedBy: approver,
      approvedAt: now,
      status: approve ? 'effective' : 'rejected',
    };
    await tx.register.putDecision(decision);
    const gone = approve ? await takeEffect(tx, decision, approver, now) : undefined;
    const action = approve ? 'retire-approved' : 'retire-rejected';
    await logDecision(tx, decision, { by: approver, account: actor.account, action, at: now }, gone);
    return { decision, ...(gone && { gone }) };
  });
}

async function requireHeld(store: Store, source: string): Promise<void> {
  const known = (await store.sources.holdings()).map((each) => each.source);
  if (known.includes(source)) return;
  throw new UsageError(`the register has no source ${source}; it has: ${known.join(', ') || 'none'}`);
}

function takeEffect(store: Store, { subject, reason }: Decision, person: string, at: Instant) {
  return store.sources.retire(subject, { person, reason, at });
}

/** Does anything that goes with the source take two people, and who answers for all of that? */
async function atStake(store: Store, policy: Policy, source: string): Promise<{ two: boolean; owners: string[] }> {
  let two = false;
  const owners = new Set<string>();
  for await (const finding of graveFindings(store, policy, source)) {
    two = true;
    for (const owner of await ownersOf(store, finding)) owners.add(owner);
  }
  return { two, owners: [...owners].toSorted() };
}

/** What is retired with a source, whether or not somebody has set it aside by now. */
const OPEN = ['open', 'accepted', 'false-positive'] as const;

/** Open findings of a source, and of secrets that lie in it, which one person could not set aside. */
async function* graveFindings(store: Store, policy: Policy, source: string): AsyncGenerator<Finding> {
  for (const severity of severities.filter((each) => needsFourEyes(each, policy))) {
    for await (const page of store.findings.list({ source, severity, shown: OPEN })) yield* page;
    for await (const page of store.findings.list({ source: '*', severity, shown: OPEN })) {
      for (const finding of page) if (await liesIn(store, finding, source)) yield finding;
    }
  }
}

async function liesIn(store: Store, { subject: { kind, id } }: Finding, source: string): Promise<boolean> {
  return kind === 'credential' && (await store.records.nameOf({ source, kind, id })) !== undefined;
}
