import type { z } from 'zod';
import { fitting, Misfit, type Gap, type StreamContext } from '../../src/sdk/index.ts';
import type { AwsConfig } from './config.ts';
import { authorizationDetails, markers } from './operations.ts';
import { wholeList } from './pages.ts';
import { isAdmin, statementsOf } from '../../src/formats/aws/policy.ts';
import type { GroupDetail, ManagedPolicy, UserDetail } from './schema.ts';
import { wideningIn } from './widening.ts';

type Attached = z.output<typeof GroupDetail>['AttachedManagedPolicies'];
type Inline = z.output<typeof UserDetail>['UserPolicyList'];

/** What a user or role was given. */
interface Given {
  attached: Attached;
  inline: Inline;
  memberOf?: readonly string[];
  /** The policy that limits what the others give. */
  boundary?: string | undefined;
}

/** What the policies of a user or role amount to. */
export interface Rights {
  /** Names of the policies, and what they let it do to users, roles and policies. */
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
  const own = new Map(policies.map((policy) => [policy.Arn, powerOf(current(policy))]));
  const powerOn = (arn: string): Power => own.get(arn) ?? { admin: isAdminPolicy(arn), steps: [] };
  const together = (attached: Attached, inline: Inline): Power =>
    sum([
      ...attached.map((each) => (each instanceof Misfit ? unreadable : powerOn(each.PolicyArn))),
      ...inline.map((each) => (each instanceof Misfit ? unreadable : powerOf(each.PolicyDocument))),
    ]);
  const byName = new Map(
    groups.map(({ GroupName, AttachedManagedPolicies: attached, GroupPolicyList: inline }) => [
      GroupName,
      { names: namesOf(attached, inline), power: together(attached, inline) },
    ]),
  );
  return ({ attached, inline, memberOf = [], boundary }: Given): Rights => {
    const groupsOf = memberOf.flatMap((name) => byName.get(name) ?? []);
    const granted = sum([together(attached, inline), ...groupsOf.map(({ power }) => power)]);
    const limit = boundary === undefined ? unlimited : (own.get(boundary) ?? limitOf(boundary));
    const { admin, steps } = within(granted, limit);
    const names = [...new Set([...namesOf(attached, inline), ...groupsOf.flatMap((group) => group.names)])];
    const told = limit.admin === false ? names.map((name) => `${name}${UP_TO}${nameOf(boundary)}`) : names;
    // Who may do everything needs no steps.
    return {
      scopes: admin === true ? told : [...told, ...steps],
      admin,
      gaps: admin === undefined ? { admin: 'not-seen' } : {},
    };
  };
}

const UP_TO = ', at most ';

function nameOf(arn: string | undefined): string {
  return arn?.split('/').at(-1) ?? '';
}

/**
 * A boundary gives nothing and lets through only what it allows as well:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
function within(granted: Power, limit: Power): Power {
  if (limit.admin === true) return granted;
  // What a boundary that nobody has read keeps away is not known: what was given stands, and whether it is all does not.
  if (limit.admin === undefined) return { ...granted, admin: granted.admin === false ? false : undefined };
  const admin = false;
  const steps = granted.admin === true ? limit.steps : granted.steps.filter((step) => limit.steps.includes(step));
  return { admin, steps };
}

/** Of AWS's own policies, which are not read: some are known to let nobody change users, roles or policies. */
function limitOf(arn: string): Power {
  if (isAdminPolicy(arn)) return unlimited;
  const keepsIam = /:iam::aws:policy\/(?:PowerUserAccess|ReadOnlyAccess|SecurityAudit)$/.test(arn);
  return keepsIam ? { admin: false, steps: [] } : unreadable;
}

function current({ PolicyVersionList: versions }: z.output<typeof ManagedPolicy>): string | undefined {
  return versions.find(({ IsDefaultVersion }) => IsDefaultVersion === true)?.Document;
}

/** What policies amount to. */
interface Power {
  /** May do everything; undefined where a policy could not be understood. */
  admin: Verdict;
  /** Ways to more rights than these. */
  steps: readonly string[];
}

const unreadable: Power = { admin: undefined, steps: [] };
const unlimited: Power = { admin: true, steps: [] };

function powerOf(document: string | undefined): Power {
  const statements = statementsOf(document);
  return statements === undefined ? unreadable : { admin: isAdmin(statements), steps: wideningIn(statements) };
}

function sum(powers: readonly Power[]): Power {
  return {
    admin: worst(powers.map(({ admin }) => admin)),
    steps: [...new Set(powers.flatMap(({ steps }) => steps))].toSorted(),
  };
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
