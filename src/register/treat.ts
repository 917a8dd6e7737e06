import type { Decision } from '../core/decision.ts';
import { UsageError } from '../core/errors.ts';
import { computedId } from '../core/identity.ts';
import type { Store } from '../core/ports.ts';
import type { Risk, Treatment } from '../core/risk.ts';
import type { Instant } from '../core/time.ts';
import { logDecision, replaceWaiting } from './decisions.ts';
import { requireThreePeople } from './four-eyes.ts';
import { identify, namesOf, type Actor } from './people.ts';

export interface TreatmentRequest {
  /** Risk id, or enough of its beginning. */
  risk: string;
  treatment: Exclude<Treatment, 'open'> | 'close';
  plan: string;
  reviewAt?: Instant;
}

/**
 * Decides how a risk is treated. To accept, transfer or close a high or very high risk takes a second person, who is
 * neither the one who asks nor an owner; to mitigate or avoid it does not.
 */
export async function treat(store: Store, wanted: TreatmentRequest, actor: Actor, now: Instant): Promise<Decision> {
  return store.atomically(async (tx) => {
    const risk = await theRisk(tx, wanted.risk);
    const requester = await identify(tx, actor.name);
    if (wanted.plan.trim().length < 3) throw new UsageError('say what will be done, or why not: --reason "…"');
    if (wanted.treatment === 'close' && risk.openFindings > 0) {
      throw new UsageError(`risk ${risk.id} has open findings; mend, accept or refute them before closing it`);
    }
    const two = takesTwo(risk, wanted.treatment);
    const owners = ownersOf(risk);
    if (two) requireThreePeople({ requester, owners, names: await namesOf(tx, [requester, ...owners]) });
    const decision: Decision = {
      id: computedId('decision', 'treat', risk.id, requester, String(now)),
      kind: 'treat',
      subject: risk.id,
      requestedBy: requester,
      requestedAt: now,
      reason: wanted.plan.trim(),
      ...(wanted.reviewAt !== undefined && { until: wanted.reviewAt }),
      status: two ? 'pending' : 'effective',
      ownersThen: owners,
      value: wanted.treatment,
    };
    const act = { by: requester, account: actor.account, at: now };
    await replaceWaiting(tx, risk.id, act);
    await tx.register.putDecision(decision);
    await logDecision(tx, decision, { ...act, action: two ? 'treat-requested' : 'treat' });
    if (!two) await takeEffect(tx, risk, decision, requester, now);
    return decision;
  });
}

/** A second person approves or rejects a treatment that waits. */
export async function reviewTreatment(
  store: Store,
  wanted: { risk: string; approve: boolean },
  actor: Actor,
  now: Instant,
): Promise<Decision> {
  return store.atomically(async (tx) => {
    const risk = await theRisk(tx, wanted.risk);
    const approver = await identify(tx, actor.name);
    const [pending] = await tx.register.decisions({ status: 'pending', subject: risk.id });
    if (!pending) throw new UsageError(`nothing waits for approval on risk ${risk.id}`);
    const owners = [...new Set([...pending.ownersThen, ...ownersOf(risk)])];
    const names = await namesOf(tx, [pending.requestedBy, approver, ...owners]);
    requireThreePeople({ requester: pending.requestedBy, approver, owners, names });
    const decided: Decision = {
      ...pending,
      approvedBy: approver,
      approvedAt: now,
      status: wanted.approve ? 'effective' : 'rejected',
    };
    await tx.register.putDecision(decided);
    const action = wanted.approve ? 'treat-approved' : 'treat-rejected';
    await logDecision(tx, decided, { by: approver, account: actor.account, action, at: now });
    if (wanted.approve) await takeEffect(tx, risk, decided, approver, now);
    return decided;
  });
}

function takesTwo(risk: Risk, treatment: TreatmentRequest['treatment']): boolean {
  const lowersGuard = treatment === 'accept' || treatment === 'transfer' || treatment === 'close';
  const worst = treatment === 'close' ? risk.inherent.level : risk.current.level;
  return lowersGuard && (worst === 'high' || worst === 'very-high');
}

function ownersOf(risk: Risk): string[] {
  return [risk.accountable, risk.technical, risk.backup].filter((owner) => owner !== undefined);
}

async function theRisk(store: Store, id: string): Promise<Risk> {
  const risk = await store.register.risk(id);
  if (!risk) throw new UsageError(`no risk starts with "${id}"; see: rollcall risks`);
  return risk;
}

async function takeEffect(store: Store, risk: Risk, decision: Decision, by: string, now: Instant): Promise<void> {
  const closing = decision.value === 'close';
  await store.register.putRisks(
    [
      {
        ...risk,
        treatment: closing ? risk.treatment : (decision.value as Treatment),
        treatmentPlan: decision.reason,
        status: closing ? 'closed' : risk.status,
        ...(decision.until !== undefined && { reviewAt: decision.until }),
        approvals: [...risk.approvals, { by, at: now, decision: decision.value ?? '' }],
      },
    ],
    now,
  );
}
