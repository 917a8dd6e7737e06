import {
  SourceError,
  container,
  fitting,
  ifAllowedOfEach,
  operation,
  type FailureKind,
  type Item,
  type Protection,
} from '../../src/sdk/index.ts';
import type { z } from 'zod';
import type { Context } from './config.ts';
import { within, type Repository } from './ids.ts';
import { wholePages } from './lists.ts';
import { branchProtection, branchRules, workflowPermissions } from './schema.ts';

const listRules = operation('GET /repos/{owner}/{repo}/rules/branches/{branch}', branchRules);
/** Without the right to administer the repository it is not there; `classify` tells a branch that nothing protects. */
const getProtection = operation('GET /repos/{owner}/{repo}/branches/{branch}/protection', branchProtection, {
  means: { 404: 'permission' },
});
const getWorkflowPermissions = operation('GET /repos/{owner}/{repo}/actions/permissions/workflow', workflowPermissions);
export const askedOfRepositories = [listRules, getProtection, getWorkflowPermissions];

type Rules = Exclude<z.output<typeof branchRules>[number], undefined>[];
type Classic = z.output<typeof branchProtection>;
type Defaults = z.output<typeof workflowPermissions>;

/** What a repository lets its workflows do, and who can change them. */
export interface Settings {
  /** What a workflow may that says nothing itself; undefined where we may not see it. */
  workflows: Defaults | undefined;
  /** The branch that workflows run from by themselves; undefined where GitHub names none. */
  branch: Item<'container'> | undefined;
}

/** Reads the settings of one repository after the other. What is refused is told once, and is a gap in each record. */
export function settingsReader(ctx: Context): (repository: Repository, ctx: Context) => Promise<Settings> {
  const rulesOf = ifAllowedOfEach(ctx, 'rules of branches');
  const protectionOf = ifAllowedOfEach(ctx, 'protection of branches (administration:read)');
  const defaultsOf = ifAllowedOfEach(ctx, 'default permissions of workflows (administration:read)');
  return async (repository, inner) => {
    const { owner, repo, branch } = repository;
    const workflows = await defaultsOf(async () => {
      const { body } = await inner.http.read(getWorkflowPermissions, { params: { owner, repo } });
      return body;
    });
    // Nobody changes anything in the archive.
    if (branch === undefined || repository.archived) return { workflows, branch: undefined };
    const params = { owner, repo, branch };
    const rules = await rulesOf(() => rulesAt(inner, params));
    const classic = await protectionOf(() => classicAt(inner, params));
    return { workflows, branch: branchItem(repository, branch, protectionFrom(rules, classic, workflows)) };
  };
}

type Params = { owner: string; repo: string; branch: string };

function rulesAt(ctx: Context, params: Params): Promise<Rules> {
  return unlessWithout([], ['not-licensed'], async () => {
    const rules: Rules = [];
    for await (const page of wholePages({ ...ctx, resume: undefined }, listRules, { params }, (body) => body))
      rules.push(...fitting(ctx, page.elements));
    return rules;
  });
}

function classicAt({ http }: Context, params: Params): Promise<Classic> {
  return unlessWithout(
    {},
    ['not-licensed', 'not-found'],
    async () => (await http.read(getProtection, { params })).body,
  );
}

/** A plan without such rules protects nothing. */
async function unlessWithout<T>(nothing: T, kinds: readonly FailureKind[], read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (problem) {
    if (problem instanceof SourceError && kinds.includes(problem.kind)) return nothing;
    throw problem;
  }
}

function branchItem({ id, name }: Repository, branch: string, protection: Protection | undefined): Item<'container'> {
  return container({
    id: `${id}/branch/${branch}`,
    name: `Branch ${branch} of ${name}`,
    type: 'branch',
    platform: 'github',
    protection,
    at: { path: name },
    links: [within(id)],
    gaps: protection === undefined ? { protection: 'denied' } : undefined,
  });
}

/**
 * Of rulesets and protection the stricter counts. Nobody approves a pull request of their own; but a workflow may, where
 * the repository lets it, and whoever asks can make it.
 * https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/about-protected-branches
 */
function protectionFrom(
  rules: Rules | undefined,
  classic: Classic | undefined,
  workflows: Defaults | undefined,
): Protection | undefined {
  const required = (rules ?? []).filter(({ type }) => type === 'pull_request').map(({ parameters }) => parameters);
  const reviews = classic?.required_pull_request_reviews;
  const counts = [...required, reviews].map((each) => each?.required_approving_review_count ?? 0);
  const reviewers = Math.max(...counts);
  // What we may not see may ask for reviews.
  if (reviewers === 0) return rules === undefined || classic === undefined ? undefined : { reviewers };
  const byOwners =
    required.some((each) => each?.require_code_owner_review === true) || reviews?.require_code_owner_reviews === true;
  const selfReview = byOwners ? false : workflows?.can_approve_pull_request_reviews;
  const exempt = exemptFrom(
    classic,
    required.some((each) => (each?.required_approving_review_count ?? 0) > 0),
  );
  return { reviewers, ...(selfReview !== undefined && { selfReview }), ...(exempt && { exempt }) };
}

/**
 * Whom a ruleset lets pass is told to those alone who may change it: nobody is known to be bound by it, nor to be free
 * of it whom the protection lets off.
 */
function exemptFrom(classic: Classic | undefined, byRulesToo: boolean): Protection['exempt'] {
  const reviews = classic?.required_pull_request_reviews;
  if (!reviews?.required_approving_review_count) return undefined;
  const { users, teams, apps } = reviews.bypass_pull_request_allowances ?? {};
  const some = [users, teams, apps].some((named) => (named?.length ?? 0) > 0);
  const { enabled } = classic?.enforce_admins ?? {};
  const exempt = some ? 'some' : enabled === undefined ? undefined : enabled ? 'nobody' : 'administrators';
  return byRulesToo && exempt !== 'nobody' ? undefined : exempt;
}
