import type { z } from 'zod';
import { fitting, Misfit, type Gap, type StreamContext } from '../../src/sdk/index.ts';
import type { AwsConfig } from './config.ts';
import { authorizationDetails, markers } from './operations.ts';
import { wholeList } from './pages.ts';
import { isAdmin, statementsOf } from './policy.ts';
import type { GroupDetail, ManagedPolicy, UserDetail } from './schema.ts';

type Attached = z.output<typeof GroupDetail>['AttachedManagedPolicies'];
type Inline = z.output<typeof UserDetail>['UserPolicyList'];

/** What the policies of a user or role amount to. */
export interface Rights {
  /** Names of the policies. */
  scopes: readonly string[];
  /** Undefined where a policy could not be understood and no other one says it. */
  admin: boolean | undefined;
  gaps: { readonly admin?: Gap };
}
type Verdict = boolean | undefined;

/** AWS's own policies that allow everything, or to give oneself everything: all others of AWS's own do not. */
export function isAdminPolicy(arn: string): boolean {
  return /:iam::aws:policy\/(?:AdministratorAccess|IAMFullAccess)$/.test(arn);
}

/**
 * Reads the account's groups and its own policies, of which quotas allow a few hundred and a few thousand
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html); of each, only the verdict is kept.
 */
export async function policiesOf(ctx: StreamContext<AwsConfig>) {
  const answers = await wholeList(ctx, authorizationDetails, {
    ask: { query: { Filter: ['Group', 'LocalManagedPolicy'], MaxItems: 1_000 } },
    paging: markers,
    elements: (body) => [body],
  });
  const policies = fitting(
    ctx,
    answers.flatMap((answer) => answer.Policies),
  );
  const groups = fitting(
    ctx,
    answers.flatMap((answer) => answer.GroupDetailList),
  );
  const own = new Map(policies.map((policy) => [policy.Arn, verdictOf(current(policy))]));
  const verdictOn = (arn: string): Verdict => (own.has(arn) ? own.get(arn) : isAdminPolicy(arn));
  const verdict = (attached: Attached, inline: Inline): Verdict =>
    worst([
      ...attached.map((each) => (each instanceof Misfit ? undefined : verdictOn(each.PolicyArn))),
      ...inline.map(({ PolicyDocument }) => verdictOf(PolicyDocument)),
    ]);
  const byName = new Map(
    groups.map(({ GroupName, AttachedManagedPolicies: attached, GroupPolicyList: inline }) => [
      GroupName,
      { scopes: namesOf(attached, inline), admin: verdict(attached, inline) },
    ]),
  );
  return (attached: Attached, inline: Inline, memberOf: readonly string[] = []): Rights => {
    const groupsOf = memberOf.map((name) => byName.get(name));
    const admin = worst([verdict(attached, inline), ...groupsOf.map((group) => group?.admin)]);
    const scopes = [...new Set([...namesOf(attached, inline), ...groupsOf.flatMap((group) => group?.scopes ?? [])])];
    return { scopes, admin, gaps: admin === undefined ? { admin: 'not-seen' } : {} };
  };
}

function current({ PolicyVersionList: versions }: z.output<typeof ManagedPolicy>): string | undefined {
  return versions.find(({ IsDefaultVersion }) => IsDefaultVersion === true)?.Document;
}

function verdictOf(document: string | undefined): Verdict {
  const statements = statementsOf(document);
  return statements && isAdmin(statements);
}

function worst(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(true)) return true;
  return verdicts.includes(undefined) ? undefined : false;
}

const UNREADABLE = 'a policy that could not be understood';

/** An inline policy has no ARN; its name alone would look like one of AWS's. */
function namesOf(attached: Attached, inline: Inline): string[] {
  return [
    ...attached.map((each) => (each instanceof Misfit ? UNREADABLE : (each.PolicyName ?? each.PolicyArn))),
    ...inline.map((each) => (each instanceof Misfit ? UNREADABLE : `inline:${each.PolicyName}`)),
  ];
}
