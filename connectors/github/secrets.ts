import {
  credential,
  link,
  operation,
  type Attribution,
  type Audience,
  type Gap,
  type Stream,
} from '../../src/sdk/index.ts';
import { handsOnSecrets, listEvents, type HandsOn } from './audit-log.ts';
import type { Config, Context } from './config.ts';
import { organisationPlace, placeOf, repositoryId, secretId, withinPlace, type Place } from './ids.ts';
import { allOf, learnt, loggedPages, perRepositoryThatHas, wholePages } from './lists.ts';
import { organisationSecrets, secrets, selectedRepositories, type SecretAnswer } from './schema-actions.ts';

/** Who reads a secret: workflows, Dependabot, development machines, coding agents. */
interface Family {
  id: 'actions' | 'dependabot' | 'codespaces' | 'agents';
  title: string;
  organisation: string;
  repository: string;
  /** The plan, or the server's version, may be without it. */
  optional?: true;
}

/** https://docs.github.com/rest/authentication/permissions-required-for-github-apps */
const families: readonly Family[] = [
  { id: 'actions', title: 'Actions', organisation: 'organization_secrets', repository: 'secrets' },
  {
    id: 'dependabot',
    title: 'Dependabot',
    organisation: 'organization_dependabot_secrets',
    repository: 'dependabot_secrets',
  },
  {
    id: 'codespaces',
    title: 'Codespaces',
    organisation: 'organization_codespaces_secrets',
    repository: 'codespaces_secrets',
    optional: true,
  },
  {
    id: 'agents',
    title: 'Copilot agent',
    organisation: 'organization_agent_secrets',
    repository: 'agent_secrets',
    optional: true,
  },
];

const why = 'it lists names and dates; values are never given';

/** `actions-secrets`, `organisation-actions-secrets` and so on. */
export const secretStreams: { readonly [id: string]: Stream<Config> } = Object.fromEntries(
  families.flatMap((family) => [
    [`organisation-${family.id}-secrets`, ofOrganisation(family)],
    [`${family.id}-secrets`, ofRepositories(family)],
  ]),
);

function ofOrganisation({ id, title, organisation, optional }: Family): Stream<Config> {
  const means = optional ? { means: { 404: 'not-licensed' as const } } : {};
  const list = operation(`GET /orgs/{org}/${id}/secrets`, organisationSecrets, means);
  const route = `GET /orgs/{org}/${id}/secrets/{secret_name}/repositories`;
  const listRepositories = operation(route, selectedRepositories);
  return {
    title: `${title} secrets of the organisation`,
    emits: ['credential'],
    operations: [list, listRepositories, listEvents],
    requires: [{ scope: `${organisation}:read`, why, orElse: ['admin:org'] }],
    absence: 'means-gone',
    async *pages(ctx) {
      const params = { org: ctx.config.organisation };
      const hands = await handsOn(ctx, id, 'org');
      for await (const page of wholePages(ctx, list, { params }, (body) => body.secrets)) {
        const shared = await learnt(page, async ({ name, visibility }) =>
          visibility === 'selected' ? repositoriesOf(ctx, name) : undefined,
        );
        yield page.map((secret) =>
          secretItem(id, secret, organisationPlace, {
            selected: shared.get(secret),
            hands: hands(secret, secret),
          }),
        );
      }
    },
  };

  async function repositoriesOf(ctx: Context, secret: string): Promise<string[] | undefined> {
    const ask = { params: { org: ctx.config.organisation, secret_name: secret } };
    const found = await allOf(ctx, `repositories of ${secret}`, listRepositories, ask, (body) => body.repositories);
    return found?.map((repository) => repositoryId(repository.id));
  }
}

function ofRepositories({ id, title, repository: permission, optional }: Family): Stream<Config> {
  const means = optional ? { means: { 404: 'not-licensed' as const } } : {};
  const list = operation(`GET /repos/{owner}/{repo}/${id}/secrets`, secrets, means);
  return {
    title: `${title} secrets of repositories`,
    emits: ['credential'],
    operations: [list, listEvents],
    requires: [{ scope: `${permission}:read`, why, orElse: ['repo'] }],
    after: ['repositories'],
    absence: 'means-gone',
    async *pages(ctx) {
      const hands = await handsOn(ctx, id, 'repo');
      yield* perRepositoryThatHas(ctx, async function* (repository, inner) {
        const { owner, repo, name: of } = repository;
        for await (const page of loggedPages(inner, list, { params: { owner, repo } }, (body) => body.secrets))
          yield page.map((secret) => {
            const by = hands({ name: secret.name, repository: of }, secret);
            return secretItem(id, secret, placeOf(repository), { hands: by });
          });
      });
    },
  };
}

function handsOn(ctx: Context, family: Family['id'], level: 'org' | 'repo'): Promise<HandsOn> {
  return handsOnSecrets(ctx, level, family === 'actions' ? 'actions' : 'integration');
}

interface Around {
  /** Repositories that it is shared with. */
  selected?: readonly string[] | undefined;
  hands?: readonly (Attribution | undefined)[] | undefined;
}

/** A stored secret by name. Its last change is its last rotation: nothing else of it can change but who may use it. */
export function secretItem(
  family: Family['id'],
  { name, created_at, updated_at, visibility }: SecretAnswer,
  place: Place,
  { selected, hands }: Around = {},
) {
  const gaps: Record<string, Gap> = { expiresAt: 'not-supported', lastUsedAt: 'not-supported' };
  const audience = audienceOf(visibility, selected);
  if (visibility !== undefined && audience === undefined) gaps['sharedWith'] = 'denied';
  return credential({
    id: secretId(family, place.id, name),
    name,
    type: 'ci-secret',
    status: 'active',
    platform: 'github',
    store: 'ci',
    createdAt: created_at,
    updatedAt: updated_at,
    lastRotatedAt: updated_at,
    retrievable: false,
    sharedWith: audience,
    at: { path: place.path ?? family },
    attributions: hands,
    links: [...withinPlace(place), ...(selected ?? []).map((id) => link('shared-with', 'container', id))],
    gaps,
  });
}

function audienceOf(visibility: string | undefined, selected: readonly string[] | undefined): Audience | undefined {
  if (visibility === 'selected') return selected && { reach: 'some', count: selected.length };
  return visibility === undefined ? undefined : { reach: 'everyone' };
}
