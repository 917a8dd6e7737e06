import type { JoinedPerson, Ownership } from '../core/owner.ts';
import type { Policy } from '../core/policy.ts';
import type { Joined } from '../core/ports.ts';
import type { PersonHint, PersonRelation } from '../core/attribution.ts';
import type { AnyRecord, EnvironmentClass, Kind, RecordOf, Relation } from '../core/record.ts';
import type { Instant } from '../core/time.ts';
import type { CheckContext } from '../sdk/check.ts';
import type { EnvironmentOf } from './environment.ts';

/** What is the same for every subject of one assessment. */
export interface Assessment {
  now: Instant;
  policy: Policy;
  environmentOf: EnvironmentOf;
  findPerson(source: string, hint: PersonHint): JoinedPerson | undefined;
  /** Works out who answers for a record; the store keeps it. */
  ownershipOf(joined: Joined): Ownership;
}

/** The incoming relations that checks may ask about; each costs a read for every record. */
export const incomingRelations: readonly Relation[] = ['uses', 'authenticates'];

const nobody: Ownership = { claims: [] };

/** A class, because a million subjects each need one and closures would cost more than the checks. */
export class SubjectContext implements CheckContext {
  readonly now: Instant;
  readonly policy: Policy;
  readonly source: string;
  readonly environment: EnvironmentClass;
  readonly firstSeen: Instant;
  readonly sourceFirstSeen: Instant;
  readonly ownership: Ownership;
  /** Set for each check before it is asked. */
  params: unknown;
  readonly #assessment: Assessment;
  readonly #joined: Pick<Joined, 'record' | 'out' | 'in'> | undefined;

  constructor(assessment: Assessment, joined: Joined | undefined, source: string, environment: EnvironmentClass) {
    this.#assessment = assessment;
    this.#joined = joined;
    this.now = assessment.now;
    this.policy = assessment.policy;
    this.source = source;
    this.environment = environment;
    this.firstSeen = joined?.firstSeen ?? assessment.now;
    this.sourceFirstSeen = joined?.sourceFirstSeen ?? assessment.now;
    this.ownership = joined?.ownership ?? nobody;
  }

  environmentOf(record: AnyRecord, source: string = this.source): EnvironmentClass {
    return this.#assessment.environmentOf(source, record, []);
  }

  out<K extends Kind>(rel: Relation, kind: K): readonly RecordOf<K>[] {
    return linked(this.#joined?.out, rel, kind);
  }

  in<K extends Kind>(rel: Relation, kind: K): readonly RecordOf<K>[] {
    if (!incomingRelations.includes(rel))
      throw new Error(`incoming "${rel}" is not joined: add it to incomingRelations`);
    return linked(this.#joined?.in, rel, kind);
  }

  person(hint: PersonHint, source: string = this.source): JoinedPerson | undefined {
    return this.#assessment.findPerson(source, hint);
  }

  people(rel: PersonRelation): readonly { hint: PersonHint; person: JoinedPerson | undefined; at?: Instant }[] {
    return (this.#joined?.record.attributions ?? [])
      .filter((attribution) => attribution.rel === rel)
      .map(({ who, at }) => ({ hint: who, person: this.person(who), ...(at !== undefined && { at }) }));
  }
}

const nothing: readonly never[] = [];

function linked<K extends Kind>(
  links: readonly { rel: Relation; record: AnyRecord }[] | undefined,
  rel: Relation,
  kind: K,
): readonly RecordOf<K>[] {
  let found: RecordOf<K>[] | undefined;
  for (const link of links ?? nothing) {
    if (link.rel === rel && link.record.kind === kind) (found ??= []).push(link.record as RecordOf<K>);
  }
  return found ?? nothing;
}
