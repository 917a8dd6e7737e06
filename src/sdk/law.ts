import type { AnyRecord, Kind } from '../core/record.ts';
import type { Check, Example, SubjectKind, Subjects, Verdict } from './check.ts';
import { runExample } from './testing.ts';

type AnyExample = Example<SubjectKind, Record<string, unknown>>;
/** An example with one optional thing taken out of it. */
interface Reduction {
  without: string;
  example: AnyExample;
}

/** Fields that every record of a kind has; all others may be missing. */
const required: { readonly [K in Kind]: readonly string[] } = {
  person: ['status'],
  identity: ['type', 'status'],
  credential: ['type', 'status'],
  workflow: ['platform', 'state', 'graph'],
  connection: ['connector'],
  endpoint: ['direction', 'type', 'authentication'],
  container: ['type'],
};
const always = ['kind', 'id', 'name'];
const optionalInMatch = ['provider', 'proof', 'expiresAt', 'issuedAt'];
const optionalInClaim = ['email', 'leftAt', 'external', 'manager', 'at'];
const optionalInCoverage = ['reason', 'detail'];
const optionalInDecision = ['until', 'approvedBy', 'approvedAt', 'answer'];
const optionalInFinding = ['owner', 'ownerConfidence', 'ownerReason', 'assignee'];

/**
 * Where a check breaks the law that knowing less never excuses: taking one optional field out of a failing example
 * must leave it failing or make it unknown. Empty for a lawful check.
 */
export function lawBreaches(check: Check): readonly string[] {
  return check.examples.fires.flatMap((example) => {
    const failed = failures(runExample(check, example));
    return reductions(example)
      .filter((reduction) => {
        const verdicts = runExample(check, reduction.example);
        if (verdicts.some(({ is }) => is === 'unknown')) return false;
        const still = failures(verdicts);
        return failed.some((discriminator) => !still.includes(discriminator));
      })
      .map(({ without }) => `${check.id} "${example.name}" no longer fails without ${without}`);
  });
}

/** Could this check ever answer `unknown`, as far as its examples and what is missing from them show? */
export function canBeUnknown(check: Check): boolean {
  return [...check.examples.fires, ...check.examples.quiet].some((example) =>
    reductions(example).some((reduction) => runExample(check, reduction.example).some(({ is }) => is === 'unknown')),
  );
}

function failures(verdicts: readonly Verdict[]): string[] {
  return verdicts.flatMap((verdict) => (verdict.is === 'fail' ? [verdict.discriminator ?? ''] : []));
}

/** Every example that lacks exactly one optional thing. */
function reductions(example: AnyExample): Reduction[] {
  return [
    ...subjectReductions(example.subject).map(({ without, value }) => ({
      without,
      example: { ...example, subject: value },
    })),
    ...linkReductions(example, 'in'),
    ...linkReductions(example, 'out'),
    ...ownershipReductions(example),
  ];
}

function subjectReductions(subject: Subjects[SubjectKind]): { without: string; value: Subjects[SubjectKind] }[] {
  if ('kind' in subject) return recordReductions(subject);
  if ('coverage' in subject) {
    return without(subject.coverage, optionalInCoverage).map(({ without, value }) => ({
      without: `coverage.${without}`,
      value: { ...subject, coverage: value },
    }));
  }
  if ('finding' in subject) {
    return without(subject.finding, optionalInFinding).map(({ without, value }) => ({
      without: `finding.${without}`,
      value: { ...subject, finding: value },
    }));
  }
  if ('goneAt' in subject) {
    return recordReductions(subject.record).map(({ without, value }) => ({
      without: `record.${without}`,
      value: { ...subject, record: value },
    }));
  }
  if ('decision' in subject) {
    return without(subject.decision, optionalInDecision).map(({ without, value }) => ({
      without: `decision.${without}`,
      value: { ...subject, decision: value },
    }));
  }
  return subject.members.flatMap((member, index) => {
    const put = (changed: Partial<typeof member>) => ({
      ...subject,
      members: subject.members.with(index, { ...member, ...changed }),
    });
    return [
      ...recordReductions(member.record).map(({ without, value }) => ({
        without: `members[${index}].record.${without}`,
        value: put({ record: value }),
      })),
      ...member.matches.flatMap((match, at) =>
        without(match, optionalInMatch).map(({ without, value }) => ({
          without: `members[${index}].matches[${at}].${without}`,
          value: put({ matches: member.matches.with(at, value) }),
        })),
      ),
      { without: `members[${index}].ownership`, value: put({ ownership: { claims: [] } }) },
    ];
  });
}

function linkReductions(example: AnyExample, side: 'in' | 'out'): Reduction[] {
  const links = example[side] ?? [];
  return links.flatMap((link, index) =>
    recordReductions(link.record).map(({ without, value }) => ({
      without: `${side}[${index}].${without}`,
      example: { ...example, [side]: links.with(index, { ...link, record: value }) },
    })),
  );
}

function ownershipReductions(example: AnyExample): Reduction[] {
  const { ownership, ...rest } = example;
  if (ownership === undefined) return [];
  const claims = ownership.claims ?? [];
  return [
    { without: 'ownership', example: rest },
    ...claims.flatMap((claim, index) =>
      without(claim, optionalInClaim).map(({ without, value }) => ({
        without: `ownership.claims[${index}].${without}`,
        example: { ...example, ownership: { ...ownership, claims: claims.with(index, value) } },
      })),
    ),
  ];
}

function recordReductions(record: AnyRecord): { without: string; value: AnyRecord }[] {
  const needed = [...always, ...required[record.kind]];
  return without(
    record,
    Object.keys(record).filter((field) => !needed.includes(field)),
  );
}

function without<T extends object>(object: T, fields: readonly string[]): { without: string; value: T }[] {
  return fields
    .filter((field) => field in object)
    .map((field) => ({
      without: field,
      value: Object.fromEntries(Object.entries(object).filter(([key]) => key !== field)) as T,
    }));
}
