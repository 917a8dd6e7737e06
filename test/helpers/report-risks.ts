import type { Finding } from '../../src/core/finding.ts';
import type { JoinedPerson } from '../../src/core/owner.ts';
import type { Matrix, Risk, RiskLevel, Score, Threat } from '../../src/core/risk.ts';
import { DAY } from '../../src/core/time.ts';
import { reportTime } from './report-records.ts';

/** The matrix that made-up risks are scored with. */
export const matrix: Matrix = {
  id: '5x5',
  version: 1,
  title: 'Five by five',
  likelihood: ['rare', 'unlikely', 'possible', 'likely', 'almost certain'],
  impact: ['negligible', 'minor', 'moderate', 'major', 'severe'],
  cells: [
    ['very-low', 'very-low', 'low', 'low', 'moderate'],
    ['very-low', 'low', 'low', 'moderate', 'moderate'],
    ['low', 'low', 'moderate', 'moderate', 'high'],
    ['low', 'moderate', 'moderate', 'high', 'very-high'],
    ['moderate', 'moderate', 'high', 'very-high', 'very-high'],
  ],
  likelihoodPercent: [2, 10, 30, 60, 90],
  impactMoney: [1_000, 10_000, 100_000, 1_000_000, 5_000_000],
  currency: 'EUR',
};

const threatTitles: Record<string, [title: string, category: string]> = {
  'leaked-secret': ['Somebody uses a secret that they could read', 'Credential exposure'],
  'long-lived-credential': ['A copied credential stays useful', 'Credential lifetime'],
  'orphaned-access': ['Access goes on after its owner has gone', 'Ownership'],
  'unauthorised-invocation': ['A stranger starts the automation', 'Authentication'],
  'excessive-privilege': ['A small compromise becomes a large one', 'Privilege'],
  'third-party-compromise': ['A supplier or component turns against us', 'Third party'],
  'unreviewed-change': ['One person changes what runs, unseen', 'Separation of duties'],
  'shared-identity': ['Nobody can say who did it', 'Shared use'],
  'contract-fraud': ['Agreements are sent in somebody else’s name', 'eSignature'],
  'rogue-agent': ['An AI agent does what nobody asked for', 'AI agents'],
  'environment-crossing': ['A test system opens production', 'Isolation'],
  'blind-spot': ['What we cannot see goes wrong unnoticed', 'Coverage and review'],
};

export const threats: ReadonlyMap<string, Threat> = new Map(
  Object.entries(threatTitles).map(([id, [title, category]]): [string, Threat] => [
    id,
    { id, title, category, description: `${title}.`, nhi: [], likelihood: 3 },
  ]),
);

/** A risk for each initiative and threat that has more than two open findings. */
export function risks(
  findings: readonly Finding[],
  next: () => number,
  pick: <T>(list: readonly T[]) => T,
  joined: readonly JoinedPerson[],
): Risk[] {
  const groups = Map.groupBy(
    findings.filter((one) => one.state === 'open'),
    (one) => `${one.initiative}/${one.threat}`,
  );
  return [...groups.values()]
    .filter((group) => group.length > 2)
    .map((group, at): Risk => {
      const { initiative, threat, severity } = group[0] as Finding;
      const score = (likelihood: number, impact: number): Score => ({
        likelihood: likelihood as Score['likelihood'],
        impact: impact as Score['impact'],
        level: matrix.cells[likelihood - 1]?.[impact - 1] as RiskLevel,
        reasons: [
          {
            axis: 'likelihood',
            step: likelihood - 1,
            because: 'the worst finding is open and reachable from outside',
            findings: group.map((one) => one.id),
          },
          {
            axis: 'impact',
            step: impact - 1,
            because: 'it reaches production',
            findings: group.slice(0, 2).map((one) => one.id),
          },
        ],
      });
      const likelihood = 2 + Math.floor(next() * 4);
      const impact = 2 + Math.floor(next() * 4);
      const treatment = pick(['open', 'mitigate', 'mitigate', 'accept', 'transfer'] as const);
      return {
        id: `R-${(0x3b00 + at * 617).toString(16)}`,
        initiative,
        initiativeName: initiative,
        threat,
        title: threatTitles[threat]?.[0] ?? threat,
        status: treatment === 'open' ? 'open' : 'treated',
        treatment,
        ...(treatment === 'mitigate' && { treatmentPlan: 'Rotate, then move to the vault by the end of the quarter.' }),
        inherent: score(Math.min(5, likelihood + 1), Math.min(5, impact + 1)),
        current: score(likelihood, impact),
        residual: score(Math.max(1, likelihood - 2), Math.max(1, impact - 1)),
        matrix: '5x5',
        ...(next() < 0.8 && { accountable: pick(joined).id }),
        ...(next() < 0.4 && { technical: pick(joined).id }),
        findingOwners: [],
        openFindings: group.length,
        worst: severity,
        createdAt: reportTime - 90 * DAY,
        updatedAt: reportTime - DAY,
        dueAt: reportTime + 30 * DAY,
        reviewAt: reportTime + 80 * DAY,
        approvals:
          treatment === 'accept'
            ? [{ by: 'oskar.lindgren@acme.example', at: reportTime - 3 * DAY, decision: 'accept' }]
            : [],
      };
    });
}
