import { rank, type Finding, type Severity } from '../core/finding.ts';
import type { Level, Matrix, Score, ScoreReason } from '../core/risk.ts';

const EVIDENCE_KEPT = 5;

/** What a score is made of: enough to explain it, bounded whatever the number of findings. */
export interface Findings {
  count: number;
  worst: Severity;
  /** Ids of the worst, at most five. */
  worstIds: readonly string[];
  production: readonly string[];
  /** Findings whose severity was raised because something is live, shared, external or privileged. */
  aggravated: readonly string[];
}

export const noFindings: Findings = {
  count: 0,
  worst: 'info',
  worstIds: [],
  production: [],
  aggravated: [],
};

/** Counts one more finding. */
export function adding(to: Findings, finding: Finding): Findings {
  const worse = rank(finding.severity) > rank(to.worst) || to.count === 0;
  const same = finding.severity === to.worst && to.count > 0;
  const raised = finding.severityReasons.some(({ step }) => step > 0);
  return {
    count: to.count + 1,
    worst: worse ? finding.severity : to.worst,
    worstIds: worse ? [finding.id] : same ? keep(to.worstIds, finding.id) : to.worstIds,
    production: finding.environment === 'production' ? keep(to.production, finding.id) : to.production,
    aggravated: raised ? keep(to.aggravated, finding.id) : to.aggravated,
  };
}

function keep(ids: readonly string[], id: string): readonly string[] {
  return ids.length >= EVIDENCE_KEPT ? ids : [...ids, id];
}

const impactOf: Record<Severity, number> = { info: 1, low: 1, medium: 2, high: 3, critical: 4 };

/**
 * Likelihood starts from the threat and moves with how bad, how many and how reachable the findings are; impact
 * starts from the worst finding and moves with the environment. Every step carries its reason and its findings.
 */
export function score(base: number, findings: Findings, matrix: Matrix): Score {
  const reasons: ScoreReason[] = [];
  const say = (axis: ScoreReason['axis'], step: number, because: string, ids: readonly string[]): number => {
    reasons.push({ axis, step, because, findings: ids });
    return step;
  };
  if (findings.count === 0) {
    say('likelihood', 1, 'no finding counts towards it', []);
    say('impact', 1, 'no finding counts towards it', []);
    return { likelihood: 1, impact: 1, level: levelIn(matrix, 1, 1), reasons };
  }
  let likelihood = say('likelihood', base, 'where this threat starts (config/threats.yaml)', []);
  if (findings.worst === 'critical') likelihood += say('likelihood', 1, 'worst finding is critical', findings.worstIds);
  if (rank(findings.worst) <= rank('low'))
    likelihood += say('likelihood', -1, `worst finding is only ${findings.worst}`, findings.worstIds);
  if (findings.aggravated.length > 0) {
    likelihood += say('likelihood', 1, 'several circumstances come together', findings.aggravated);
  }
  if (findings.count >= 10) likelihood += say('likelihood', 1, 'ten findings or more', findings.worstIds);
  let impact = say('impact', impactOf[findings.worst], `worst finding is ${findings.worst}`, findings.worstIds);
  if (findings.production.length > 0) impact += say('impact', 1, 'production is affected', findings.production);
  const atLikelihood = clamp(likelihood);
  const atImpact = clamp(impact);
  return { likelihood: atLikelihood, impact: atImpact, level: levelIn(matrix, atLikelihood, atImpact), reasons };
}

function clamp(value: number): Level {
  return Math.min(5, Math.max(1, Math.round(value))) as Level;
}

function levelIn(matrix: Matrix, likelihood: Level, impact: Level): Score['level'] {
  const level = matrix.cells[likelihood - 1]?.[impact - 1];
  if (level === undefined) throw new Error(`matrix ${matrix.id} has no cell ${likelihood} × ${impact}`);
  return level;
}
