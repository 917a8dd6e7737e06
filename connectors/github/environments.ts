import { environmentOfName } from '../../src/formats/environment-name.ts';
import { container, operation, perParent, type Page, type Protection, type Stream } from '../../src/sdk/index.ts';
import { handsOnSecrets, listEvents } from './audit-log.ts';
import { blockedRepositories, hiddenPages } from './blocked.ts';
import type { Config, Context } from './config.ts';
import { environmentId, within, type Place, type Repository } from './ids.ts';
import { loggedPages, pages, perRepository } from './lists.ts';
import { defined } from './organisation.ts';
import { environments as answer, secrets, variables, type EnvironmentAnswer } from './schema-actions.ts';
import { secretItem } from './secrets.ts';
import { variableItem, variablesAtOnce } from './variables.ts';

const listEnvironments = operation('GET /repos/{owner}/{repo}/environments', answer);
const ofEnvironment = 'GET /repos/{owner}/{repo}/environments/{environment_name}';
const listSecrets = operation(`${ofEnvironment}/secrets`, secrets);
const listVariables = operation(`${ofEnvironment}/variables`, variables);

export const environments: Stream<Config> = {
  title: 'Environments and what protects them',
  emits: ['container'],
  operations: [listEnvironments],
  requires: [{ scope: 'actions:read', why: 'it says who has to agree to a deployment', orElse: ['repo'] }],
  after: ['repositories'],
  absence: 'means-gone',
  pages: (ctx) =>
    perRepository(ctx, async function* (repository, inner) {
      const ask = { params: { owner: repository.owner, repo: repository.repo } };
      for await (const page of pages(inner, listEnvironments, ask, (body) => body.environments ?? []))
        yield page.map((environment) => environmentItem(environment, repository));
    }),
};

function environmentItem(environment: EnvironmentAnswer, repository: Repository) {
  const { name, html_url, created_at, updated_at, protection_rules } = environment;
  const rules = protection_rules ?? [];
  const own = new Set(['wait_timer', 'required_reviewers', 'branch_policy']);
  return container({
    id: environmentId(repository.id, name),
    name,
    type: 'environment',
    platform: 'github',
    url: html_url ?? undefined,
    environment: environmentOfName(name),
    createdAt: created_at,
    updatedAt: updated_at,
    protection: protectionOf(environment),
    policies: defined({
      'wait-minutes': rules.find(({ type }) => type === 'wait_timer')?.wait_timer,
      'custom-rules': rules.filter(({ type }) => !own.has(type)).length || undefined,
    }),
    // Its repository's: what the routes of its secrets need.
    at: { path: repository.name },
    links: [within(repository.id)],
  });
}

/** https://docs.github.com/actions/reference/workflows-and-actions/deployments-and-environments */
function protectionOf(environment: EnvironmentAnswer): Protection {
  const { protection_rules, deployment_branch_policy: branches, can_admins_bypass: bypass } = environment;
  const review = protection_rules?.find(({ type }) => type === 'required_reviewers');
  // Of all who are named, one has to agree.
  const reviewers = (review?.reviewers?.length ?? 0) > 0 ? 1 : 0;
  return {
    reviewers,
    ...(reviewers > 0 && { selfReview: review?.prevent_self_review !== true }),
    ...(reviewers > 0 && typeof bypass === 'boolean' && { exempt: bypass ? 'administrators' : 'nobody' }),
    branches: !branches ? 'all' : branches.protected_branches ? 'protected' : 'selected',
  };
}

const needed = {
  requires: [{ scope: 'environments:read', why: 'it lists what deployments sign in with', orElse: ['repo'] }],
  after: ['environments'],
  absence: 'means-gone',
} as const;

export const environmentSecrets: Stream<Config> = {
  ...needed,
  title: 'Secrets of environments',
  emits: ['credential'],
  operations: [listSecrets, listEvents],
  async *pages(ctx) {
    const handsOn = await handsOnSecrets(ctx, 'environment');
    yield* perEnvironment(ctx, async function* (params, place, inner) {
      const { environment_name: environment } = params;
      for await (const page of loggedPages(inner, listSecrets, { params }, (body) => body.secrets))
        yield page.map((secret) => {
          const hands = handsOn({ name: secret.name, repository: place.path, environment }, secret);
          return secretItem('actions', secret, place, { hands });
        });
    });
  },
};

export const environmentVariables: Stream<Config> = {
  ...needed,
  title: 'Variables of environments',
  emits: ['container'],
  operations: [listVariables],
  pages: (ctx) =>
    perEnvironment(ctx, async function* (params, place, inner) {
      const ask = { params, query: variablesAtOnce };
      for await (const page of pages(inner, listVariables, ask, (body) => body.variables))
        yield page.map((variable) => variableItem('actions', variable, place));
    }),
};

async function* perEnvironment(
  ctx: Context,
  read: (params: Record<string, string>, place: Place, ctx: Context) => AsyncIterable<Page>,
): AsyncGenerator<Page> {
  const blocked = await blockedRepositories(ctx);
  yield* perParent(ctx, 'container', async function* ({ id, type, name, at, links }, inner) {
    const [owner = '', repo = ''] = at?.path?.split('/') ?? [];
    const repository = links?.find(({ rel }) => rel === 'contained-in')?.id;
    if (type !== 'environment' || blocked.has(repository ?? '')) return;
    const place = { id, path: `${owner}/${repo}`, ...(repository !== undefined && { of: repository }) };
    yield* read({ owner, repo, environment_name: name }, place, inner);
  });
  yield* hiddenPages(ctx, blocked);
}
