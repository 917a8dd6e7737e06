import type { AnyRecord, Match, Ownership, SecretGroup } from '../../../src/sdk/index.ts';
import { sampleMatch } from './sample-secret.ts';

type Member = SecretGroup['members'][number];

/** The distinct records that a secret was found in. */
export function holdersOf(group: SecretGroup): readonly Member[] {
  return [
    ...new Map(
      group.members.map((member) => [`${member.source} ${member.record.kind} ${member.record.id}`, member]),
    ).values(),
  ];
}

/** Those of them that hold it today: an earlier version of a file or workflow is no further copy that somebody keeps. */
export function presentHoldersOf(group: SecretGroup): readonly Member[] {
  return holdersOf(group).filter(
    ({ record, matches }) => !isVersion(record) && matches.some(({ place }) => place !== 'history'),
  );
}

/** What is kept of a workflow beside the workflow itself. */
function isVersion({ kind, links = [] }: AnyRecord): boolean {
  return kind === 'container' && links.some((link) => link.rel === 'contained-in' && link.kind === 'workflow');
}

const certainty = ['low', 'medium', 'high'] as const;

/** How sure the engine is, at its surest, that this is a secret. */
export function bestConfidence(group: SecretGroup): Match['confidence'] {
  const ranks = group.members.flatMap(({ matches }) => matches.map(({ confidence }) => certainty.indexOf(confidence)));
  return certainty[Math.max(0, ...ranks)] ?? 'low';
}

/** One secret in these records, for the examples of checks. */
export function secretIn(
  records: readonly AnyRecord[],
  matches: readonly Match[] = [sampleMatch()],
  ownership: Ownership = { claims: [] },
): SecretGroup {
  return {
    fingerprint: 'fp-example',
    members: records.map((record) => ({ source: 'files:exports', record, ownership, matches })),
    more: 0,
  };
}
