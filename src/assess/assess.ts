import type { CheckCoverage } from '../core/coverage.ts';
import { UsageError } from '../core/errors.ts';
import type { Observation } from '../core/finding.ts';
import type { Ownership } from '../core/owner.ts';
import { foundId, secretName } from '../core/match.ts';
import type { Policy } from '../core/policy.ts';
import type { AssessedBatch, Evaluated, Joined, SecretGroup, Store } from '../core/ports.ts';
import { kinds, type AnyRecord, type Kind } from '../core/record.ts';
import { DAY } from '../core/time.ts';
import type { Check } from '../sdk/check.ts';
import { assessAcceptances, assessRemedies, assessVanished, type Lapsed, type Remedy } from './decided.ts';
import { incomingRelations, SubjectContext, type Assessment } from './context.ts';
import { evaluate, over, type Prepared } from './evaluate.ts';
import { initiativeOf } from './initiative.ts';
import type { About } from './observe.ts';
import { assessStreams, type StreamSight } from './streams.ts';
import { Tally } from './tally.ts';
import { isToldElsewhere, withLists } from './told-elsewhere.ts';

export interface AssessResult {
  records: number;
  /** Ids of the checks that ran. */
  ran: ReadonlySet<string>;
  coverage: readonly CheckCoverage[];
}

/** The checks that the policy leaves on, with its parameters. A parameter that a check does not know is a `UsageError`. */
export function prepare(checks: readonly Check[], policy: Policy): Prepared[] {
  const ids = new Set(checks.map(({ id }) => id));
  const { disabled, params, severity } = policy.checks;
  for (const id of [...disabled, ...Object.keys(params), ...Object.keys(severity)]) {
    if (!ids.has(id)) throw new UsageError(`policy ${policy.id}: there is no check "${id}"; see: rollcall explain`);
  }
  return checks
    .filter(({ id }) => !disabled.includes(id))
    .map((check, no) => {
      const parsed = check.params.strict().safeParse(params[check.id] ?? {});
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        throw new UsageError(
          `policy ${policy.id}: checks.params.${check.id}: ${issue?.path.join('.')} ${issue?.message}`,
        );
      }
      return { no, id: check.id, check, params: parsed.data, severity: severity[check.id] ?? check.severity };
    });
}

/**
 * Asks every prepared check about everything in the store, a batch at a time; the store holds only what a complete
 * read has not shown to be gone. The generator returns the counts when it is done.
 */
export async function* assess(
  store: Pick<Store, 'records'>,
  prepared: readonly Prepared[],
  assessment: Assessment,
  more: {
    streams: readonly StreamSight[];
    lapsed: readonly Lapsed[];
    /** Asked for at the end, when it is known what this run has seen. */
    remedies(): Promise<readonly Remedy[]>;
  },
): AsyncGenerator<AssessedBatch, AssessResult> {
  const tally = new Tally();
  let records = 0;
  for (const kind of kinds) {
    const mine = over(prepared, kind);
    // Nobody answers for a person.
    const answerable = kind !== 'person';
    if (mine.length === 0 && !answerable) continue;
    const options = { in: incomingRelations, ...(answerable && { attribute: assessment.ownershipOf }) };
    for await (const page of store.records.joined(kind, options)) {
      const observed: Observation[] = [];
      const asked = page.filter((joined) => !isToldElsewhere(joined));
      const subjects = asked.map((joined) => assessRecord(mine, withLists(joined), assessment, tally, observed));
      records += page.length;
      yield { subjects, observed };
    }
  }
  yield* secrets(store, over(prepared, 'secret'), assessment, tally);
  yield assessStreams(over(prepared, 'stream'), more.streams, assessment, tally);
  yield assessAcceptances(over(prepared, 'acceptance'), more.lapsed, assessment, tally);
  yield* vanished(store, over(prepared, 'vanished'), assessment, tally);
  yield assessRemedies(over(prepared, 'remedy'), await more.remedies(), assessment, tally);
  return { records, ran: new Set(prepared.map(({ check }) => check.id)), coverage: tally.coverage() };
}

function assessRecord(
  prepared: readonly Prepared[],
  joined: Joined,
  assessment: Assessment,
  tally: Tally,
  observed: Observation[],
): Evaluated {
  const { source, record, ownership } = joined;
  const containers = containersOf(joined);
  const environment = assessment.environmentOf(source, record, containers);
  const context = new SubjectContext(assessment, joined, source, environment);
  const subject = { source, kind: record.kind, id: record.id, name: record.name };
  // Most records pass every check, and then nobody asks for the rest.
  const about = (): About => ({
    subject,
    initiative: initiativeOf(source, located(joined), containers),
    environment,
    ownership,
  });
  return evaluate(prepared, record, { context, subject, about }, tally, observed);
}

function containersOf({ out }: Joined): readonly AnyRecord[] {
  const found: AnyRecord[] = [];
  for (const { rel, record } of out) if (rel === 'contained-in' && record.kind === 'container') found.push(record);
  return found;
}

/** A record that says nothing about its place borrows that of a workflow that it is part of, or that uses it. */
function located({ record, out, in: inward }: Joined): AnyRecord {
  if (record.at?.path !== undefined || record.kind === 'container') return record;
  const holder = [...out, ...inward].find(
    (link) => link.record.kind === 'workflow' && link.record.at?.path !== undefined,
  );
  return holder?.record ?? record;
}

async function* secrets(
  store: Pick<Store, 'records'>,
  prepared: readonly Prepared[],
  assessment: Assessment,
  tally: Tally,
): AsyncGenerator<AssessedBatch> {
  if (prepared.length === 0) return;
  for await (const groups of store.records.secrets()) {
    const observed: Observation[] = [];
    const subjects = groups.map((group) => assessSecret(prepared, group, assessment, tally, observed));
    yield { subjects, observed };
  }
}

function assessSecret(
  prepared: readonly Prepared[],
  group: SecretGroup,
  assessment: Assessment,
  tally: Tally,
  observed: Observation[],
): Evaluated {
  const [first] = group.members;
  if (!first) return { source: '*', kind: 'credential', id: foundId(group.fingerprint), unknown: [] };
  const match = first.matches[0];
  const name = match === undefined ? group.fingerprint : secretName(match);
  const { containers = [] } = first;
  const environment = assessment.environmentOf(first.source, first.record, containers);
  const context = new SubjectContext(assessment, undefined, first.source, environment);
  const about: About = {
    subject: { source: '*', kind: 'credential', id: foundId(group.fingerprint), name },
    initiative: initiativeOf(first.source, first.record, containers),
    environment,
    ownership: strongest(group),
  };
  return evaluate(prepared, group, { context, subject: about.subject, about: () => about }, tally, observed);
}

/** Who answers for the credential that it is, where a platform lists it; else for a record that it lies in. */
function strongest(group: SecretGroup): Ownership {
  const owned = [...(group.issued ?? []), ...group.members].map(({ ownership }) => ownership);
  return owned.find(({ accountable }) => accountable?.state === 'active') ?? owned[0] ?? { claims: [] };
}

/** What went from these kinds is asked about; people and containers come and go by themselves. */
const missed = ['workflow', 'identity', 'credential', 'connection'] as const satisfies readonly Kind[];
const MISSED_FOR = 90 * DAY;

async function* vanished(
  store: Pick<Store, 'records'>,
  prepared: readonly Prepared[],
  assessment: Assessment,
  tally: Tally,
): AsyncGenerator<AssessedBatch> {
  if (prepared.length === 0) return;
  for (const kind of missed) {
    for await (const gone of store.records.vanished(kind, assessment.now - MISSED_FOR)) {
      yield assessVanished(prepared, gone, assessment, tally);
    }
  }
}
