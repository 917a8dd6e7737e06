import { container, onlyWithMatches, operation, type Stream } from '../../src/sdk/index.ts';
import type { Config } from './config.ts';
import { organisationPlace, placeOf, withinPlace, type Place } from './ids.ts';
import { pages, perRepositoryThatHas } from './lists.ts';
import { variables, type VariableAnswer } from './schema-actions.ts';

const families = [
  { id: 'actions', title: 'Actions', organisation: 'organization_actions_variables', repository: 'actions_variables' },
  { id: 'agents', title: 'Copilot agent', organisation: 'organization_agent_variables', repository: 'agent_variables' },
] as const;

const why = 'everybody who can write to a repository reads its variables: values are searched for secrets and dropped';
/** More are not given at once: https://docs.github.com/rest/actions/variables */
export const variablesAtOnce = { per_page: 30 };

/** `actions-variables`, `organisation-actions-variables` and so on. */
export const variableStreams: { readonly [id: string]: Stream<Config> } = Object.fromEntries(
  families.flatMap((family) => [
    [`organisation-${family.id}-variables`, ofOrganisation(family)],
    [`${family.id}-variables`, ofRepositories(family)],
  ]),
);

type Family = (typeof families)[number];

function missing({ id }: Family) {
  return id === 'agents' ? { means: { 404: 'not-licensed' as const } } : {};
}

function ofOrganisation(family: Family): Stream<Config> {
  const list = operation(`GET /orgs/{org}/${family.id}/variables`, variables, missing(family));
  return {
    title: `${family.title} variables of the organisation`,
    emits: ['container'],
    operations: [list],
    requires: [{ scope: `${family.organisation}:read`, why, orElse: ['admin:org'] }],
    absence: 'means-gone',
    async *pages(ctx) {
      const ask = { params: { org: ctx.config.organisation }, query: variablesAtOnce };
      for await (const page of pages(ctx, list, ask, (body) => body.variables))
        yield page.map((variable) => variableItem(family.id, variable, organisationPlace));
    },
  };
}

function ofRepositories(family: Family): Stream<Config> {
  const list = operation(`GET /repos/{owner}/{repo}/${family.id}/variables`, variables, missing(family));
  return {
    title: `${family.title} variables of repositories`,
    emits: ['container'],
    operations: [list],
    requires: [{ scope: `${family.repository}:read`, why, orElse: ['repo'] }],
    after: ['repositories'],
    absence: 'means-gone',
    pages: (ctx) =>
      perRepositoryThatHas(ctx, async function* (repository, inner) {
        const ask = { params: { owner: repository.owner, repo: repository.repo }, query: variablesAtOnce };
        for await (const page of pages(inner, list, ask, (body) => body.variables))
          yield page.map((variable) => variableItem(family.id, variable, placeOf(repository)));
      }),
  };
}

/** A variable is on the roll only when a secret is found in it. */
export function variableItem(family: Family['id'], { name, value }: VariableAnswer, place: Place) {
  const path = place.path ?? family;
  return onlyWithMatches(
    container({
      id: `${family}-variable/${place.id}/${name}`,
      name: `Variable ${name}`,
      type: 'file',
      platform: 'github',
      at: { path, field: name },
      links: withinPlace(place),
      contents: typeof value === 'string' ? [{ place: 'configuration', path, tree: { [name]: value } }] : [],
    }),
  );
}
