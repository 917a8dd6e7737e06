import { policySchema } from '../core/policy.ts';
import type { Severity } from '../core/finding.ts';
import type { JoinedPerson } from '../core/owner.ts';
import type { PersonHint } from '../core/attribution.ts';
import type { AnyRecord, Kind, RecordOf, Relation } from '../core/record.ts';
import type { StreamContext } from './connector.ts';
import { noHttp } from './http.ts';
import { DAY } from '../core/time.ts';
import { exampleNow, type Check, type CheckContext, type Example, type SubjectKind, type Verdict } from './check.ts';
import { weigh } from './severity.ts';

/** The verdicts of a check on one example, as a list. What the example leaves out takes a harmless default. */
export function runExample(check: Check, example: Example<SubjectKind, Record<string, unknown>>): readonly Verdict[] {
  const verdict = check.evaluate(example.subject, exampleContext(check, example));
  return Array.isArray(verdict) ? (verdict as readonly Verdict[]) : [verdict as Verdict];
}

/** The severity that a failed verdict of this check comes to. */
export function severityOf(check: Check, verdict: Verdict & { is: 'fail' }): Severity {
  return weigh(verdict.severity?.is ?? check.severity, verdict.circumstances).severity;
}

/** The context that an example describes: baseline records in an unknown environment that nobody owns. */
function exampleContext(
  check: Pick<Check, 'params'>,
  example: Example<SubjectKind, Record<string, unknown>>,
): CheckContext<Record<string, unknown>> {
  const now = example.now ?? exampleNow;
  const sourceFirstSeen = example.sourceFirstSeen ?? now - 400 * DAY;
  const record = 'kind' in example.subject ? example.subject : undefined;
  const person = (hint: PersonHint): JoinedPerson | undefined => find(example.people ?? [], hint);
  return {
    now,
    params: check.params.parse(example.params ?? {}),
    policy: policySchema.parse({ id: 'example', title: 'Example', ...example.policy }),
    source: example.source ?? 'example',
    environment: example.environment ?? record?.environment ?? 'unknown',
    environmentOf: (other) => other.environment ?? 'unknown',
    firstSeen: example.firstSeen ?? sourceFirstSeen,
    sourceFirstSeen,
    ownership: { claims: [], ...example.ownership },
    out: (rel, kind) => linked(example.out ?? [], rel, kind),
    in: (rel, kind) => linked(example.in ?? [], rel, kind),
    person,
    people: (rel) =>
      (record?.attributions ?? [])
        .filter((attribution) => attribution.rel === rel)
        .map(({ who, at }) => ({ hint: who, person: person(who), ...(at !== undefined && { at }) })),
  };
}

function linked<K extends Kind>(
  links: readonly { rel: Relation; record: AnyRecord }[],
  rel: Relation,
  kind: K,
): readonly RecordOf<K>[] {
  return links
    .filter((link) => link.rel === rel && link.record.kind === kind)
    .map((link) => link.record as RecordOf<K>);
}

function find(people: readonly JoinedPerson[], hint: PersonHint): JoinedPerson | undefined {
  const names = [hint.id, hint.email, hint.login]
    .filter((name) => name !== undefined)
    .map((name) => name.toLowerCase());
  const found = people.filter(({ id, aliases }) => names.some((name) => id === name || aliases.includes(name)));
  return found.length === 1 ? found[0] : undefined;
}

/** What a stream is given, for tests: nothing to resume, nothing known, no parents. */
export function streamContext<C>(config: C, more: Partial<StreamContext<C>> = {}): StreamContext<C> {
  return {
    config,
    resume: undefined,
    now: exampleNow,
    signal: new AbortController().signal,
    http: noHttp,
    changesFrom: undefined,
    known: async () => undefined,
    async *parents() {},
    blind: () => {},
    doubt: () => {},
    ...more,
  };
}
