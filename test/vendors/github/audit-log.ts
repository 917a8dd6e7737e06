import type { VendorRequest } from '../../helpers/vendor.ts';
import { day } from './apps.ts';

const event = (action: string, actor: string, at: string, more: object = {}) => ({
  '@timestamp': Date.parse(day(at)),
  _document_id: `${action}/${at}`,
  action,
  actor,
  created_at: Date.parse(day(at)),
  org: 'acme',
  ...more,
});
const dan = { actor_id: 4 };
const site = { repo: 'acme/site' };
const fineGrained = { programmatic_access_type: 'Fine-grained personal access token' };

const log: readonly ReturnType<typeof event>[] = [
  event('hook.create', 'dan', '2024-02-01', { ...dan, hook_id: 701 }),
  event('org.create_actions_secret', 'ann', '2024-02-01', { actor_id: 1, key: 'ORG_ALL' }),
  event('org.update_actions_secret', 'ben', '2024-05-01', { actor_id: 2, key: 'ORG_ALL' }),
  event('org.update_actions_secret', 'eve', '2024-04-01', { actor_id: 5, key: 'ORG_ALL' }),
  event('repo.create_actions_secret', 'dan', '2024-02-01', { ...dan, ...site, key: 'NPM_TOKEN' }),
  // Of a secret that had the name before.
  event('repo.update_actions_secret', 'eve', '2022-01-01', { actor_id: 5, ...site, key: 'NPM_TOKEN' }),
  // Of Dependabot, Codespaces and agents the log says no more than that an integration has it.
  event('org.create_integration_secret', 'cleo', '2024-02-01', { actor_id: 3, key: 'BOT_ALL' }),
  event('repo.create_integration_secret', 'eve', '2024-02-01', { actor_id: 5, ...site, key: 'AGENT_KEY' }),
  event('repo.update_integration_secret', 'ann', '2025-03-01', { actor_id: 1, ...site, key: 'AGENT_KEY' }),
  event('repo.update_integration_secret', 'ben', '2025-04-01', { actor_id: 2, ...site, key: 'AGENT_KEY' }),
  event('repo.create_integration_secret', 'ben', '2023-02-01', { actor_id: 2, ...site, key: 'DEV_DB' }),
  event('environment.update_actions_secret', 'cleo', '2024-06-01', {
    actor_id: 3,
    ...site,
    key: 'AWS_KEY',
    environment_name: 'production',
  }),
  event('repo.create', 'dan', '2026-05-10', { ...dan, token_id: 9_001, ...fineGrained }),
  event('repo.rename', 'eve', '2026-05-25', { actor_id: 5, token_id: 9_002, ...fineGrained }),
  event('repo.access', 'cleo', '2026-05-26', { token_id: 9_003, programmatic_access_type: 'OAuth access token' }),
  event('repo.archived', 'ci-helper[bot]', '2026-05-28', {
    token_id: 0,
    programmatic_access_type: 'GitHub App server-to-server token',
  }),
];

/** What the log finds for a phrase: https://docs.github.com/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/reviewing-the-audit-log-for-your-organization */
export function eventsFor({ query }: VendorRequest): readonly object[] {
  const words = new Map((query.get('phrase') ?? '').split(' ').map((word) => word.split(':') as [string, string]));
  const since = Date.parse((words.get('created') ?? '>=2026-03-01').slice(2));
  const found = log.filter(
    ({ action, actor, created_at: at }) =>
      at >= since && (words.get('action') ?? action) === action && (words.get('actor') ?? actor) === actor,
  );
  const order = query.get('order') === 'asc' ? 1 : -1;
  return found.toSorted((a, b) => order * (a.created_at - b.created_at));
}
