import type { z } from 'zod';
import type { BlindSpot, Coverage } from '../core/coverage.ts';
import type { Decision } from '../core/decision.ts';
import type { Evidence, Finding, Severity } from '../core/finding.ts';
import type { JoinedPerson, Ownership } from '../core/owner.ts';
import type { Policy } from '../core/policy.ts';
import type { SecretGroup } from '../core/ports.ts';
import type { PersonHint, PersonRelation } from '../core/attribution.ts';
import type { AnyRecord, EnvironmentClass, Kind, RecordOf, Relation, Shapes } from '../core/record.ts';
import type { Risk } from '../core/risk.ts';
import type { Instant } from '../core/time.ts';
import type { Circumstances } from './severity.ts';

/**
 * What a check can look at: one record of a kind, one secret with all its places, a stream's coverage, a lapsed
 * acceptance, a record that has gone, a remedy that people decided on.
 */
export interface Subjects extends Shapes {
  secret: SecretGroup;
  stream: { coverage: Coverage; blindSpots: readonly BlindSpot[]; moreBlindSpots: number };
  acceptance: { finding: Finding; expiredAt: Instant };
  vanished: { record: AnyRecord; goneAt: Instant };
  remedy: { risk: Risk; decision: Decision; open: readonly Finding[] };
}
export type SubjectKind = keyof Subjects;

/** A check's answer about one subject. `unknown` keeps a finding open and never counts as a pass. */
export type Verdict =
  | { is: 'pass' }
  | {
      is: 'fail';
      evidence: readonly Evidence[];
      /** Stable words for this cause; defaults to the check's title. No counts, dates or line numbers. */
      title?: string;
      /** Weighed into the severity; leave it out where the base says it all. */
      circumstances?: Circumstances;
      /** Replaces the base before weighing, with the reason. */
      severity?: { is: Severity; because: string };
      /** Tells several findings of this check on one subject apart. */
      discriminator?: string;
      confidence?: 'high' | 'medium' | 'low';
    }
  | { is: 'unknown'; because: string };

/** What a check may ask. Everything is joined beforehand: no I/O, no clock, no randomness. */
export interface CheckContext<P = unknown> {
  now: Instant;
  /** The check's own parameters, as the policy sets them. */
  params: P;
  policy: Policy;
  /** Id of the source that the subject was read from. */
  source: string;
  /** The subject's environment, by its own word or by the policy's rules. */
  environment: EnvironmentClass;
  /** Another record's environment; of another source when one is given. */
  environmentOf(record: AnyRecord, source?: string): EnvironmentClass;
  /** When the subject was first read. */
  firstSeen: Instant;
  /** When its source was first read: what was there then is no news. */
  sourceFirstSeen: Instant;
  /** Who answers for it, with every claim that was made. */
  ownership: Ownership;
  /** Records that the subject links to. */
  out<K extends Kind>(rel: Relation, kind: K): readonly RecordOf<K>[];
  /** Records that link to the subject. */
  in<K extends Kind>(rel: Relation, kind: K): readonly RecordOf<K>[];
  /** The joined person behind a source's hint, when the hint leads to exactly one. */
  person(hint: PersonHint, source?: string): JoinedPerson | undefined;
  /** Joined people who have this part in the subject. */
  people(rel: PersonRelation): readonly { hint: PersonHint; person: JoinedPerson | undefined; at?: Instant }[];
}

/** Control ids by framework; each is validated against `config/frameworks`. */
export type Controls = {
  readonly [
    framework in
      | 'owasp-nhi-2025'
      | 'nist-csf-2.0'
      | 'nist-sp-800-53-r5'
      | 'nist-sp-800-207'
      | 'owasp-cd-2026'
      | 'owasp-asi-2026'
  ]?: readonly string[];
};

/** The `now` of an example that sets none. */
export const exampleNow: Instant = Date.UTC(2026, 5, 1);

/** One case that a check proves itself with. Fields that are left out take harmless defaults. */
export interface Example<S extends SubjectKind, P> {
  name: string;
  /** Id of the source that it was read from. */
  source?: string;
  subject: Subjects[S];
  out?: readonly { rel: Relation; record: AnyRecord }[];
  in?: readonly { rel: Relation; record: AnyRecord }[];
  ownership?: Partial<Ownership>;
  people?: readonly JoinedPerson[];
  policy?: z.input<typeof import('../core/policy.ts').policySchema> | Partial<Policy>;
  params?: Partial<P>;
  environment?: EnvironmentClass;
  firstSeen?: Instant;
  sourceFirstSeen?: Instant;
  now?: Instant;
  /** For `fires`: the severity that must come out after weighing. */
  severity?: Severity;
  /** For `fires`: evidence, each as `fact: value`, that a failure gives among others. */
  tells?: readonly string[];
}

/** One question about every subject of some kinds, with its reason, its remedy and the examples that prove it. */
export interface Check<S extends SubjectKind = SubjectKind, P extends z.ZodObject = z.ZodObject> {
  /** `CRD-01`; never reused. */
  id: string;
  /** Raised when its results change: explains steps in a trend. */
  version: number;
  /** States the problem in at most 100 characters. */
  title: string;
  /** Kinds of subjects that it is asked about. */
  over: readonly S[];
  /** Kinds of records around the subject that it looks at too; the reference names them. */
  reads?: readonly Kind[];
  /** Before circumstances are weighed. */
  severity: Severity;
  /** Why the base severity is what it is. */
  rationale: string;
  confidence: 'high' | 'medium' | 'low';
  /** What to do, in words that the maker of the workflow understands; starts with a verb. */
  remediation: string;
  /** Pages of vendors or standards, https. */
  references?: readonly string[];
  controls: Controls;
  /** Id in config/threats.yaml. */
  threat: string;
  /** Question of the promotion gate that it answers. */
  gate?: 'identity' | 'scope' | 'logging' | 'connectors' | 'secrets' | 'duties' | 'exposure';
  /** Every parameter has a default. */
  params: P;
  /** One verdict, several with a discriminator each, or none where the question does not arise (`notApplicable`). */
  evaluate(subject: Subjects[S], ctx: CheckContext<z.output<P>>): Verdict | readonly Verdict[];
  examples: {
    fires: readonly Example<S, z.output<P>>[];
    quiet: readonly Example<S, z.output<P>>[];
    unknown: readonly Example<S, z.output<P>>[];
  };
}

/** Declares a check. */
export function defineCheck<const S extends SubjectKind, P extends z.ZodObject>(check: Check<S, P>): Check<S, P> {
  return check;
}

export const pass: Verdict = { is: 'pass' };

/** The question does not arise for this subject. */
export const notApplicable: readonly Verdict[] = [];

/** The check cannot be answered; the sentence is what the report prints under "what we could not tell". */
export function unknown(because: string): Verdict {
  return { is: 'unknown', because };
}
