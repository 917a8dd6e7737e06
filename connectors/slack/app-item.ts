import { z } from 'zod';
import { attributed, identity, link, type Item } from '../../src/sdk/index.ts';
import { epoch } from './answers.ts';
import { PLATFORM } from './config.ts';

const App = z.object({
  id: z.string(),
  name: z.string().nullish(),
  is_internal: z.boolean().nullish(),
  is_app_directory_approved: z.boolean().nullish(),
});
const Scopes = z.array(z.object({ name: z.string(), is_sensitive: z.boolean().nullish() })).nullish();

/** An app that was approved or restricted. */
export const Resolution = z.object({
  app: App,
  scopes: Scopes,
  date_updated: epoch(),
  last_resolved_by: z.object({ actor_id: z.string().nullish(), actor_type: z.string().nullish() }).nullish(),
});
type Resolution = z.output<typeof Resolution>;

/** An app that somebody asked for. */
export const Request = z.object({
  id: z.string(),
  app: App,
  user: z.object({ id: z.string().nullish(), name: z.string().nullish(), email: z.string().nullish() }).nullish(),
  scopes: Scopes,
  message: z.string().nullish(),
  date_created: epoch(),
});
type Request = z.output<typeof Request>;

/** How Workflow Builder may use an app's accounts: https://docs.slack.dev/reference/methods/admin.apps.config.lookup */
export const AppConfig = z.object({
  app_id: z.string(),
  workflow_auth_strategy: z.string().nullish(),
  domain_restrictions: z
    .object({ emails: z.array(z.string()).nullish(), urls: z.array(z.string()).nullish() })
    .nullish(),
});
type AppConfig = z.output<typeof AppConfig>;

/** What was decided about an app, at one place: it may be installed there, or it may not. */
export function resolutionItem(
  { app, scopes, date_updated: at, last_resolved_by: by }: Resolution,
  { place, verdict, config }: { place: string; verdict: 'approved' | 'restricted'; config?: AppConfig | undefined },
): Item {
  // An app that manages apps resolves by itself; people alone are named.
  const person = by?.actor_type === 'user' ? by.actor_id : undefined;
  return identity({
    ...common(app, scopes),
    id: `${verdict}/${place}/${app.id}`,
    status: verdict === 'approved' ? 'active' : 'disabled',
    approvedScopes: verdict === 'approved' ? namesOf(scopes) : undefined,
    updatedAt: at,
    tags: [verdict, ...sensitive(scopes), ...tagsOf(config)],
    attributions: [
      attributed('approved-by', { id: verdict === 'approved' ? person : null }, 'audit-log', {
        at,
        evidence: 'last_resolved_by',
      }),
    ],
    links: [link('granted-to', 'container', place)],
  });
}

export function requestItem({ id, app, user, scopes, message, date_created: at }: Request, place: string): Item {
  return identity({
    ...common(app, scopes),
    id: `request/${id}`,
    status: 'disabled',
    createdAt: at,
    tags: ['pending-approval', ...sensitive(scopes)],
    attributions: [attributed('created-by', { ...user }, 'creator-field', { at, evidence: 'user' })],
    links: [link('granted-to', 'container', place)],
    gaps: { lastUsedAt: 'not-supported' },
    // People write freely why they need an app.
    contents: message ? [{ place: 'configuration', tree: { message } }] : [],
  });
}

function common(app: z.output<typeof App>, scopes: z.output<typeof Scopes>) {
  const { name, id, is_internal: internal, is_app_directory_approved: listed } = app;
  return {
    name: name || id,
    type: 'oauth-app' as const,
    platform: PLATFORM,
    scopes: scopes ? namesOf(scopes) : undefined,
    thirdParty: typeof internal === 'boolean' ? !internal : undefined,
    // The directory lists apps that Slack looked at; who publishes them is not told.
    publisher: typeof listed === 'boolean' && internal !== true ? { name: name || id, verified: listed } : undefined,
    gaps: { createdAt: 'not-supported' as const, lastUsedAt: 'not-supported' as const },
  };
}

const namesOf = (scopes: z.output<typeof Scopes>): string[] => (scopes ?? []).map(({ name }) => name).toSorted();
const sensitive = (scopes: z.output<typeof Scopes>): string[] =>
  scopes?.some(({ is_sensitive: is }) => is === true) === true ? ['sensitive-scopes'] : [];

function tagsOf(config: AppConfig | undefined): string[] {
  if (config === undefined) return [];
  const { workflow_auth_strategy: strategy, domain_restrictions: domains } = config;
  const restricted = [...(domains?.emails ?? []), ...(domains?.urls ?? [])].length > 0;
  return [...(strategy ? [`workflow-auth:${strategy}`] : []), ...(restricted ? ['restricted-domains'] : [])];
}
