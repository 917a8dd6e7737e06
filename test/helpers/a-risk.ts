import type { Risk, Score } from '../../src/core/risk.ts';

/** A score of one cell of the usual matrix. */
export const rated = (level: Score['level'], likelihood: Score['likelihood'], impact: Score['impact']): Score => ({
  level,
  likelihood,
  impact,
  reasons: [],
});

/** A moderate risk that nobody has decided about. */
export function aRisk(more: Partial<Risk> = {}): Risk {
  return {
    id: 'risk-1',
    initiative: 'files:exports',
    initiativeName: 'Exports',
    threat: 'orphaned-access',
    title: 'Access goes on after its owner has gone: Exports',
    status: 'open',
    treatment: 'open',
    inherent: rated('moderate', 3, 3),
    current: rated('moderate', 3, 3),
    residual: rated('very-low', 1, 1),
    matrix: '5x5@1',
    findingOwners: [],
    openFindings: 1,
    worst: 'medium',
    createdAt: 0,
    updatedAt: 0,
    approvals: [],
    ...more,
  };
}
