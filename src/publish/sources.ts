import type { Severity } from '../core/finding.ts';
import type { Policy } from '../core/policy.ts';
import type { Store } from '../core/ports.ts';
import type { Matrix, Threat } from '../core/risk.ts';
import type { Instant } from '../core/time.ts';

/** The part of the store that reports read; a whole `Store` fits. */
export interface ReportStore {
  runs: Pick<Store['runs'], 'last'>;
  records: Pick<Store['records'], 'each' | 'joined' | 'counts' | 'neighbours'>;
  owners: Pick<Store['owners'], 'person' | 'tally' | 'get'>;
  findings: Pick<Store['findings'], 'list' | 'count' | 'eventCounts'>;
  register: Pick<Store['register'], 'risks' | 'riskEvents' | 'decisions'>;
  coverage: Pick<Store['coverage'], 'newest' | 'checks' | 'blindSpots'>;
  trends: Pick<Store['trends'], 'series'>;
}

/** What a report says about a check; every `Check` of the SDK is one. */
export interface CheckFacts {
  id: string;
  version: number;
  title: string;
  severity: Severity;
  rationale: string;
  remediation: string;
  confidence: 'high' | 'medium' | 'low';
  references?: readonly string[];
  controls: { readonly [framework: string]: readonly string[] | undefined };
  threat: string;
}

/** Titles and addresses of controls, by framework id. */
export interface Frameworks {
  readonly [framework: string]: {
    title: string;
    controls: { readonly [id: string]: { title: string; url?: string } };
  };
}

/** What no file or API of a kind of source can show, in the words of its connector. */
export interface StandingBlindness {
  connector: string;
  title: string;
  blindSpots: readonly string[];
}

/** Everything that reports are made of: the store, and what explains it. */
export interface Sources {
  store: ReportStore;
  checks: ReadonlyMap<string, CheckFacts>;
  frameworks: Frameworks;
  threats: ReadonlyMap<string, Threat>;
  /** By id. */
  matrices: ReadonlyMap<string, Matrix>;
  policy: Policy;
  /** Of the connectors that the scan used. */
  standing: readonly StandingBlindness[];
  version: string;
  now: Instant;
  /** Where the files of a source lie in the repository that they are part of, by the source's id. */
  folders?: ReadonlyMap<string, string>;
  /** The register is gone after this: what rests on its key, as the id of a secret that was found, is another one next time. */
  passing?: boolean;
  /** What is to be known of the whole, besides what could not be read. */
  warning?: string;
}
