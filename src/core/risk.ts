import type { Severity } from './finding.ts';
import type { OwnerRole } from './owner.ts';
import type { Instant } from './time.ts';

/** 1 (lowest) to 5 (highest). */
export type Level = 1 | 2 | 3 | 4 | 5;
export const riskLevels = ['very-low', 'low', 'moderate', 'high', 'very-high'] as const;
export type RiskLevel = (typeof riskLevels)[number];

/** A named, versioned likelihood × impact table (config/matrices). */
export interface Matrix {
  id: string;
  version: number;
  title: string;
  likelihood: readonly string[];
  impact: readonly string[];
  /** `cells[likelihood - 1][impact - 1]`. */
  cells: readonly (readonly RiskLevel[])[];
  /** Percent a year for each likelihood level and money for each impact level: scale values, not forecasts. */
  likelihoodPercent: readonly number[];
  impactMoney: readonly number[];
  currency: string;
}

/** One point of a score and the findings it rests on. */
export interface ScoreReason {
  axis: 'likelihood' | 'impact';
  step: number;
  because: string;
  findings: readonly string[];
}

export interface Score {
  likelihood: Level;
  impact: Level;
  level: RiskLevel;
  reasons: readonly ScoreReason[];
}

export const treatments = ['open', 'mitigate', 'accept', 'avoid', 'transfer'] as const;
export type Treatment = (typeof treatments)[number];

/** Days until a risk of a level is looked at again, unless somebody named a day. */
export const reviewDays: { readonly [level in RiskLevel]: number } = {
  'very-high': 30,
  high: 60,
  moderate: 90,
  low: 180,
  'very-low': 365,
};

/** A threat that findings count towards (config/threats.yaml). */
export interface Threat {
  id: string;
  title: string;
  category: string;
  description: string;
  /** OWASP NHI ids that it stands for. */
  nhi: readonly string[];
  /** Where the likelihood of its risks starts. */
  likelihood: Level;
}

/** A decision that came into force, by the last person whom it took. */
export interface Approval {
  by: string;
  at: Instant;
  decision: string;
  /** How high the risk was then. */
  level?: RiskLevel;
}

/** Ids of the people who answer for a risk. */
export type RiskOwners = { readonly [role in OwnerRole]?: string };

/** One entry of the register: one initiative × one threat, for ever. */
export interface Risk {
  id: string;
  initiative: string;
  initiativeName: string;
  threat: string;
  title: string;
  status: 'open' | 'treated' | 'closed';
  treatment: Treatment;
  treatmentPlan?: string;
  /** As if nothing had been done: every finding that was ever true. */
  inherent: Score;
  /** What is open today. */
  current: Score;
  /** What stays when everything not accepted is mended. */
  residual: Score;
  matrix: string;
  accountable?: string;
  technical?: string;
  backup?: string;
  /** Who was named by people; where nobody was, it is those whose its findings are. */
  named?: RiskOwners;
  /** Whose most of its open findings are, most first: two at most, and nobody who has left while others are here. */
  findingOwners: readonly string[];
  /** Those that stand: what was accepted is not mended. */
  openFindings: number;
  worst: Severity;
  createdAt: Instant;
  updatedAt: Instant;
  dueAt?: Instant;
  reviewAt?: Instant;
  approvals: readonly Approval[];
}
