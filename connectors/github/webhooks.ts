import { hookRecord, type AboutHook } from '../../src/formats/github/hook.ts';
import { operation, type Attribution, type Stream } from '../../src/sdk/index.ts';
import { listEvents, makersOfHooks } from './audit-log.ts';
import type { Config } from './config.ts';
import { organisationPlace, placeOf, within, type Place } from './ids.ts';
import { perRepository, wholePages } from './lists.ts';
import { organisationHooks, repositoryHooks } from './schema.ts';

const listOrganisationHooks = operation('GET /orgs/{org}/hooks', organisationHooks);
const listRepositoryHooks = operation('GET /repos/{owner}/{repo}/hooks', repositoryHooks);

const why =
  'it shows where events are sent, and whether they are signed; the audit log, where it is licensed, who made it';

export const organisationWebhooks: Stream<Config> = {
  title: 'Webhooks of the organisation',
  emits: ['endpoint'],
  operations: [listOrganisationHooks, listEvents],
  requires: [{ scope: 'organization_hooks:read', why, orElse: ['admin:org_hook'] }],
  absence: 'means-gone',
  async *pages(ctx) {
    const makers = await makersOfHooks(ctx);
    const ask = { params: { org: ctx.config.organisation } };
    for await (const page of wholePages(ctx, listOrganisationHooks, ask, (body) => body))
      yield page.map((hook) => hookRecord(hook, about(organisationPlace, makers.get(hook.id))));
  },
};

export const repositoryWebhooks: Stream<Config> = {
  title: 'Webhooks of repositories',
  emits: ['endpoint'],
  operations: [listRepositoryHooks, listEvents],
  requires: [{ scope: 'repository_hooks:read', why, orElse: ['read:repo_hook'] }],
  after: ['repositories'],
  absence: 'means-gone',
  async *pages(ctx) {
    const makers = await makersOfHooks(ctx);
    yield* perRepository(ctx, async function* (repository, inner) {
      const { owner, repo } = repository;
      for await (const page of wholePages(inner, listRepositoryHooks, { params: { owner, repo } }, (body) => body))
        yield page.map((hook) =>
          hookRecord(hook, about(placeOf(repository), makers.get(hook.id), hook.last_response?.code)),
        );
    });
  },
};

function about({ id, path }: Place, maker: Attribution | undefined, lastStatus?: number | null): AboutHook {
  return { path, within: within(id), maker, lastStatus };
}
