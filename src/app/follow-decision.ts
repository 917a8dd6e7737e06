import type { App } from '../app.ts';
import { loadMatrix } from '../config/matrices.ts';
import { loadThreats } from '../config/threats.ts';
import type { Decision } from '../core/decision.ts';
import type { Finding } from '../core/finding.ts';

/** Lets the risk that a finding counts towards follow the decision about it that has just come into force. */
export async function followDecision(app: App, { subject, requestedBy, approvedBy }: Decision): Promise<void> {
  const finding = await app.store.findings.get(subject);
  if (finding !== undefined) await renew(app, approvedBy ?? requestedBy, finding);
}

/**
 * Ends the acceptances whose time is over, and lets the risks follow: whoever looks between two scans sees what holds.
 * Writes only where there is one.
 */
export async function endAcceptances(app: App): Promise<void> {
  const now = app.clock();
  if (!(await app.store.findings.hasExpired(now))) return;
  await app.store.findings.tick(now);
  await renew(app, 'clock');
}

async function renew(
  { store, policy, clock }: App,
  actor: string,
  only?: Pick<Finding, 'initiative' | 'threat'>,
): Promise<void> {
  const { updateRisks } = await import('../register/risks.ts');
  const options = { threats: loadThreats(), matrix: loadMatrix(policy.matrix), policy, now: clock(), actor };
  await updateRisks(store, options, only);
}
