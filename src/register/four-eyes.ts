import { UsageError } from '../core/errors.ts';
import { rank, type Finding, type Severity } from '../core/finding.ts';
import type { Policy } from '../core/policy.ts';
import type { Store } from '../core/ports.ts';
import type { Ref } from '../core/record.ts';

/** Does a decision on this severity take two people? High and critical always do; a policy can only ask for more. */
export function needsFourEyes(severity: Severity, policy: Policy): boolean {
  return rank(severity) >= Math.min(rank('high'), rank(policy.acceptance.fourEyesFrom));
}

interface Parties {
  requester: string;
  approver?: string;
  owners: readonly string[];
  /** What people are called, by id. */
  names: ReadonlyMap<string, string>;
}

/** Asker, approver and owner are three people. Throws a `UsageError` that says who has to act instead. */
export function requireThreePeople({ requester, approver, owners, names }: Parties): void {
  const called = (id: string): string => names.get(id) ?? id;
  if (owners.includes(requester)) {
    throw new UsageError(
      `${called(requester)} owns this; for this severity somebody else has to ask, and a third person approve`,
    );
  }
  if (approver === undefined) return;
  if (approver === requester) {
    throw new UsageError(`${called(approver)} asked for this; a second person has to approve it`);
  }
  if (owners.includes(approver)) {
    throw new UsageError(`${called(approver)} owns this; the approver must be neither owner nor requester`);
  }
}

/** Everybody who answers for the subject, and for every record that a shared secret lies in. */
export async function ownersOf(store: Store, finding: Finding): Promise<string[]> {
  const { source, kind, id } = finding.subject;
  const owners = new Set<string>(finding.owner === undefined ? [] : [finding.owner]);
  const refs: Ref[] = kind === 'stream' || kind === 'decision' ? [] : [{ source, kind, id }];
  for (const { source: other } of finding.evidence) {
    if (other !== undefined && kind !== 'stream' && kind !== 'decision') refs.push({ source: other, kind, id });
  }
  for (const ref of refs) {
    const ownership = await store.owners.get(ref);
    for (const claim of [ownership?.accountable, ownership?.technical, ownership?.backup]) {
      if (claim) owners.add(claim.person);
    }
    for (const claim of ownership?.claims ?? []) {
      if (claim.role === 'accountable' && claim.rel === 'owned-by') owners.add(claim.person);
    }
  }
  return [...owners].toSorted();
}
