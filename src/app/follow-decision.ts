import type { App } from '../app.ts';
import { loadMatrix } from '../config/matrices.ts';
import { loadThreats } from '../config/threats.ts';
import type { Finding } from '../core/finding.ts';

/** Lets the risk that a finding counts towards follow what was just decided about it. */
export async function followDecision(app: App, findingId: string): Promise<void> {
  const finding = await app.store.findings.get(findingId);
  if (finding !== undefined) await renew(app, finding);
}

/**
 * Ends the acceptances whose time is over, and lets the risks follow: whoever looks between two scans sees what holds.
 * Writes only where there is one.
 */
export async function endAcceptances(app: App): Promise<void> {
  const now = app.clock();
  if (!(await app.store.findings.hasExpired(now))) return;
  await app.store.findings.tick(now);
  await renew(app);
}

async function renew({ store, policy, clock }: App, only?: Pick<Finding, 'initiative' | 'threat'>): Promise<void> {
  const { updateRisks } = await import('../register/risks.ts');
  const options = { threats: loadThreats(), matrix: loadMatrix(policy.matrix), policy, now: clock() };
  await updateRisks(store, options, only);
}
