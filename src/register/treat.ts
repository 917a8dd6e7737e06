import type { Decision } from '../core/decision.ts';
import { UsageError } from '../core/errors.ts';
import type { Store } from '../core/ports.ts';
import type { Risk, Treatment } from '../core/risk.ts';
import { isoDate, type Instant } from '../core/time.ts';
import { answer, propose, type Answer } from './decisions.ts';
import type { Actor } from './people.ts';
import { partiesTo } from './risk-owners.ts';
import { theRisk } from './the-risk.ts';

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
    const { treatment, plan, reviewAt } = wanted;
    const risk = await theRisk(tx, wanted.risk);
    if (plan.trim().length < 3) throw new UsageError('say what will be done, or why not: --reason "…"');
    if (reviewAt !== undefined && reviewAt <= now) throw new UsageError(`--until ${isoDate(reviewAt)} is in the past`);
    requireClosable(risk, treatment);
    const proposal = {
      kind: 'treat' as const,
      subject: risk.id,
      reason: plan,
      until: reviewAt,
      value: treatment,
      owners: partiesTo(risk),
      two: takesTwo(risk, treatment),
    };
    const { decision } = await propose(tx, proposal, actor, now, (made, by) => takeEffect(tx, risk, made, by, now));
    return decision;
  });
}

/** A second person approves or rejects a treatment that waits. */
export async function reviewTreatment(
  store: Store,
  wanted: Answer & { risk: string },
  actor: Actor,
  now: Instant,
): Promise<Decision> {
  return store.atomically(async (tx) => {
    const risk = await theRisk(tx, wanted.risk);
    const to = {
      named: `risk ${risk.id}`,
      subject: risk.id,
      owners: partiesTo(risk),
      stillRight: ({ value }: Decision): void => requireClosable(risk, value),
    };
    const { decision } = await answer(tx, to, wanted, actor, now, (made, by) => takeEffect(tx, risk, made, by, now));
    return decision;
  });
}

function requireClosable({ id, openFindings }: Risk, treatment: string | undefined): void {
  if (treatment !== 'close' || openFindings === 0) return;
  throw new UsageError(
    `risk ${id} has open findings; mend or refute them before closing it (with findings that are accepted it stays treated)`,
  );
}

function takesTwo(risk: Risk, treatment: TreatmentRequest['treatment']): boolean {
  const lowersGuard = treatment === 'accept' || treatment === 'transfer' || treatment === 'close';
  const worst = treatment === 'close' ? risk.inherent.level : risk.current.level;
  return lowersGuard && (worst === 'high' || worst === 'very-high');
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
        approvals: [...risk.approvals, { by, at: now, decision: decision.value ?? '', level: risk.current.level }],
      },
    ],
    now,
    by,
  );
}
