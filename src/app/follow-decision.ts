import type { App } from '../app.ts';
import { loadMatrix } from '../config/matrices.ts';
import { loadThreats } from '../config/threats.ts';

/** Lets the risk that a finding counts towards follow what was just decided about it. */
export async function followDecision(app: App, findingId: string): Promise<void> {
  const finding = await app.store.findings.get(findingId);
  if (finding === undefined) return;
  const { updateRisks } = await import('../register/risks.ts');
  const { store, policy, clock } = app;
  const options = { threats: loadThreats(), matrix: loadMatrix(policy.matrix), policy, now: clock() };
  await updateRisks(store, options, finding);
}
