import { UsageError } from '../core/errors.ts';
import { rank, type Severity } from '../core/finding.ts';
import type { Policy } from '../core/policy.ts';

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
