import { identity, operation, type Stream } from '../../src/sdk/index.ts';
import type { Config } from './config.ts';
import { organisationId, within } from './ids.ts';
import { pages, perRepository } from './lists.ts';
import { runners as answer, type RunnerAnswer } from './schema-actions.ts';

const listOfOrganisation = operation('GET /orgs/{org}/actions/runners', answer);
const listOfRepository = operation('GET /repos/{owner}/{repo}/actions/runners', answer);

const why = 'it lists machines that run workflows with whatever these carry';

export const organisationRunners: Stream<Config> = {
  title: 'Self-hosted runners of the organisation',
  emits: ['identity'],
  operations: [listOfOrganisation],
  requires: [{ scope: 'organization_self_hosted_runners:read', why, orElse: ['admin:org', 'manage_runners:org'] }],
  absence: 'means-gone',
  async *pages(ctx) {
    const ask = { params: { org: ctx.config.organisation } };
    for await (const page of pages(ctx, listOfOrganisation, ask, (body) => body.runners))
      yield page.map((runner) => runnerItem(runner, organisationId));
  },
};

export const repositoryRunners: Stream<Config> = {
  title: 'Self-hosted runners of repositories',
  emits: ['identity'],
  operations: [listOfRepository],
  requires: [{ scope: 'administration:read', why, orElse: ['repo'] }],
  after: ['repositories'],
  absence: 'means-gone',
  pages: (ctx) =>
    perRepository(ctx, async function* ({ id, owner, repo }, inner) {
      for await (const page of pages(inner, listOfRepository, { params: { owner, repo } }, (body) => body.runners))
        yield page.map((runner) => runnerItem(runner, id));
    }),
};

function runnerItem({ id, name, os, status, ephemeral, version, labels }: RunnerAnswer, place: string) {
  return identity({
    // Runners of the organisation and of a repository are numbered apart.
    id: `runner/${place}/${id}`,
    name,
    type: 'workload',
    platform: 'github',
    // One that is offline may be back tomorrow.
    status: status === 'online' ? 'active' : 'unknown',
    component: { name: 'actions/runner', origin: 'built-in', ...(version ? { version } : {}) },
    tags: [...new Set([hostOf({ os, labels }), os.trim(), ...lifeOf(ephemeral), ...labels.map((label) => label.name)])],
    links: [within(place)],
    gaps: { createdAt: 'not-supported', lastUsedAt: 'not-supported' },
  });
}

/**
 * The larger machines that GitHub runs for an organisation are on the same list: without a label, and with the image that
 * they run for a system. https://docs.github.com/actions/concepts/runners/larger-runners
 */
function hostOf({ os, labels }: Pick<RunnerAnswer, 'os' | 'labels'>): string {
  return labels.length === 0 && /\d/.test(os) ? 'github-hosted' : 'self-hosted';
}

/** Older servers do not say it. */
function lifeOf(ephemeral: boolean | null | undefined): string[] {
  return typeof ephemeral === 'boolean' ? [ephemeral ? 'ephemeral' : 'long-lived'] : [];
}
