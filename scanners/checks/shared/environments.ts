import {
  environmentIn,
  pass,
  unknown,
  type AnyRecord,
  type CheckContext,
  type EnvironmentClass,
  type Evidence,
  type Policy,
  type SecretGroup,
  type Verdict,
} from '../../../src/sdk/index.ts';
import { fact } from './evidence.ts';
import { presentHoldersOf } from './secret-group.ts';

/** One place where something is used, and the environment of that place. */
export interface Use {
  environment: EnvironmentClass;
  evidence: Evidence;
}

/** The use of something by this record. */
export function use(
  record: AnyRecord,
  environment: EnvironmentClass,
  more: { at?: Evidence['at'] | undefined; source?: string } = {},
): Use {
  return { environment, evidence: fact(`in ${environment}`, record.name, more.at ?? record.at, more.source) };
}

/**
 * Where something is used, and where it belongs itself if that is known. If not, who uses it answers: platforms that give
 * workflows an environment seldom give one to keys, and what crossed and was set right would stay open for ever.
 */
export function placesOf(
  subject: AnyRecord,
  users: readonly AnyRecord[],
  ctx: Pick<CheckContext, 'environment' | 'environmentOf'>,
): Use[] {
  const own = ctx.environment === 'unknown' ? [] : [use(subject, ctx.environment)];
  return [...own, ...users.map((user) => use(user, ctx.environmentOf(user)))];
}

/** Where a secret is kept today; of places that were left out of the comparison nobody knows the environment. */
export function usesOf(group: SecretGroup, ctx: Pick<CheckContext, 'environmentOf'>): Use[] {
  const uses = presentHoldersOf(group).map(({ source, record, matches }) =>
    use(record, ctx.environmentOf(record, source), { at: matches[0]?.at, source }),
  );
  if (group.more > 0) uses.push({ environment: 'unknown', evidence: fact('further places', group.more) });
  return uses;
}

/** Fails for what is used in production and outside of it; unknown where an environment is not known. */
export function crossing(uses: readonly Use[], more: Omit<Verdict & { is: 'fail' }, 'is' | 'evidence'>): Verdict {
  const production = uses.filter(({ environment }) => environment === 'production');
  const other = uses.filter(({ environment }) => environment === 'test' || environment === 'development');
  if (production.length > 0 && other.length > 0) {
    return { is: 'fail', evidence: [...production, ...other].map(({ evidence }) => evidence), ...more };
  }
  if (uses.length > 1 && uses.some(({ environment }) => environment === 'unknown')) {
    return unknown('The environment of something that uses it is not known.');
  }
  return pass;
}

/** The environment that the words of a host name say, by the policy's rules. */
export function environmentOfHost(host: string, policy: Policy): EnvironmentClass {
  return environmentIn(host, policy.environments.rules);
}
