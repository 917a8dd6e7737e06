import {
  attributed,
  container,
  operation,
  publicName,
  SourceError,
  type Attribution,
  type Stream,
} from '../../src/sdk/index.ts';
import { blocked } from './classify.ts';
import type { Config, Context } from './config.ts';
import { codeOwnersOf, getContents } from './code-owners.ts';
import { organisationId, repositoryId, within } from './ids.ts';
import { learnt, wholePages } from './lists.ts';
import { defined } from './organisation.ts';
import { sightAsk, sightOfRepositories } from './sight.ts';
import { repositories as answer, type RepositoryAnswer } from './schema.ts';

const listRepositories = operation('GET /orgs/{org}/repos', answer);

/** What is asked of each repository beside the list. */
interface Asked {
  /** Path of its CODEOWNERS. */
  file?: string;
  owners?: readonly Attribution[];
  /** GitHub gives nothing of it out. */
  blocked?: true;
}

export const repositories: Stream<Config> = {
  title: 'Repositories and their owners',
  emits: ['container'],
  operations: [listRepositories, getContents, ...sightAsk],
  requires: [
    {
      scope: 'metadata:read',
      why: 'it lists repositories; contents:read adds CODEOWNERS, and repository_custom_properties:read the owner property',
      orElse: ['repo', 'public_repo'],
    },
  ],
  absence: 'means-gone',
  async *pages(ctx) {
    const ask = { params: { org: ctx.config.organisation }, query: { type: 'all', sort: 'full_name' } };
    const asked = asking(ctx);
    const { doubt, all } = await sightOfRepositories(ctx);
    if (doubt !== undefined && all === undefined) ctx.doubt(doubt);
    // A read that goes on has not counted those before.
    let shown = ctx.resume === undefined ? 0 : Number.NaN;
    for await (const page of wholePages(ctx, listRepositories, ask, (body) => body)) {
      const answers = await learnt(page, asked);
      shown += [...answers.keys()].filter(({ visibility }) => visibility === 'private').length;
      yield page.map((repository) => repositoryItem(repository, answers.get(repository) ?? {}, ctx.config));
    }
    if (doubt !== undefined && all !== undefined && !(shown >= all)) ctx.doubt(doubt);
  },
};

function repositoryItem(repository: RepositoryAnswer, asked: Asked, { ownerProperty }: Config) {
  const { id, html_url, visibility, archived, created_at, custom_properties, default_branch } = repository;
  return container({
    id: repositoryId(id),
    name: fullName(repository),
    type: 'repository',
    platform: 'github',
    knownAs: [fullName(repository), String(id)].map((name) => publicName('github-repository', name)),
    url: html_url ?? undefined,
    createdAt: created_at,
    tags: archived === true ? ['archived'] : [],
    policies: defined({
      visibility,
      archived,
      blocked: asked.blocked,
      codeowners: asked.file,
      'default-branch': default_branch,
    }),
    attributions: [...named(custom_properties?.[ownerProperty], ownerProperty), ...(asked.owners ?? [])],
    links: [within(organisationId)],
  });
}

function fullName({ owner, name }: RepositoryAnswer): string {
  return `${owner.login}/${name}`;
}

/** https://docs.github.com/organizations/managing-organization-settings/managing-custom-properties-for-repositories-in-your-organization */
function named(value: unknown, property: string): (Attribution | undefined)[] {
  const names = (Array.isArray(value) ? value : [value]).filter((name) => typeof name === 'string');
  return names.map((name) =>
    attributed('owned-by', /.@/.test(name) ? { email: name } : { login: name }, 'tag', {
      evidence: `custom property ${property}`,
    }),
  );
}

/**
 * Asks whom CODEOWNERS makes answer for a repository as a whole: for a file in its top folder that no other rule names.
 * A repository that GitHub blocks stays so for good: it is told once, and the list of the others is complete all the same.
 */
function asking(ctx: Context): (repository: RepositoryAnswer) => Promise<Asked> {
  let allowed = true;
  return async (repository) => {
    const { name: repo, owner, disabled } = repository;
    const isBlocked = (): Asked => {
      ctx.blind(fullName(repository), 'not-supported', `${blocked}: what is in it was not read`, 'expected');
      return { blocked: true };
    };
    if (disabled === true) return isBlocked();
    if (!allowed) return {};
    try {
      const found = await codeOwnersOf(ctx, { owner: owner.login, repo });
      return found === undefined ? {} : { file: found.file, owners: found.ownersOf('anything') };
    } catch (problem) {
      if (!(problem instanceof SourceError) || problem.kind !== 'permission') throw problem;
      if (problem.message === blocked) return isBlocked();
      allowed = false;
      const detail = 'contents:read is not granted: owners were not taken from CODEOWNERS';
      ctx.blind('CODEOWNERS', 'permission', detail, 'expected');
      return {};
    }
  };
}
