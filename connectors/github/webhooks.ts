import { literalTarget } from '../../src/formats/hosts.ts';
import { endpoint, operation, type Attribution, type Stream } from '../../src/sdk/index.ts';
import { listEvents, makersOfHooks } from './audit-log.ts';
import type { Config } from './config.ts';
import { organisationId, organisationPlace, placeOf, within, type Place } from './ids.ts';
import { perRepository, wholePages } from './lists.ts';
import { organisationHooks, repositoryHooks, type Hook } from './schema.ts';

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
      yield page.map((hook) => hookItem(hook, organisationPlace, makers.get(hook.id)));
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
        yield page.map((hook) => hookItem(hook, placeOf(repository), makers.get(hook.id), hook.last_response?.code));
    });
  },
};

function hookItem(hook: Hook, place: Place, maker: Attribution | undefined, lastStatus?: number | null) {
  const { url, insecure_ssl, secret } = hook.config;
  const target = literalTarget(url ?? undefined);
  const whole = place.id === organisationId;
  return endpoint({
    id: `webhook/${hook.id}`,
    name: `Webhook to ${target?.host ?? 'an address that cannot be read'} (${place.path ?? 'organisation'})`,
    direction: 'outbound',
    type: 'event-webhook',
    platform: 'github',
    authentication: secret ? 'signature' : 'none',
    signed: secret,
    host: target?.host,
    scheme: target?.scheme,
    addresses: target?.addresses,
    verifyTls: insecure_ssl === undefined || insecure_ssl === null ? undefined : String(insecure_ssl) === '0',
    payload: 'events',
    reach: whole ? 'all' : 'one',
    delivery: deliveryOf(hook.active, lastStatus),
    state: hook.active ? 'active' : 'inactive',
    createdAt: hook.created_at,
    updatedAt: hook.updated_at,
    tags: hook.events.includes('*') ? ['all-events'] : [],
    attributions: [maker],
    links: [within(place.id)],
    gaps: { lastUsedAt: 'not-supported', expiresAt: 'not-supported' },
    // Addresses of webhooks often are keys themselves.
    contents: url ? [{ place: 'configuration', tree: { url }, ...(place.path && { path: place.path }) }] : [],
  });
}

function deliveryOf(active: boolean, status: number | null | undefined) {
  if (!active) return 'paused';
  if (status === null || status === undefined || status === 0) return undefined;
  return status < 400 ? 'working' : 'failing';
}
