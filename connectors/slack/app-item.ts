import { z } from 'zod';
import {
  attributed,
  identity,
  link,
  type Attribution,
  type Credential,
  type Gap,
  type Identity,
  type Instant,
  type Item,
  type Link,
} from '../../src/sdk/index.ts';
import { epoch } from './answers.ts';
import { PLATFORM } from './config.ts';
import { appRecord } from './ids.ts';

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
export type AppConfig = z.output<typeof AppConfig>;

/** What the list of one place says about an app. */
export type Told = { place: string } & (
  | { verdict: 'approved' | 'restricted'; said: Resolution }
  | { verdict: 'requested'; said: Request }
);

/** Everything that is known of one app. */
export interface Known {
  id: string;
  /** As the log of changes has it, for an app that no list names. */
  name: string | undefined;
  told: readonly Told[];
  /** What workspaces gave it: one for each that it is installed in. */
  grants: readonly Credential[];
  config: AppConfig | undefined;
  /** Slack kept its token alive although whoever installed it had left. */
  preserved: boolean;
  /** Why nothing is said of its approval, where nothing is. */
  untold: Gap;
}

/** One record for an app: what was decided about it anywhere, and what it was given where it is installed. */
export function appItem(known: Known): Item<'identity'> {
  const { id, told, grants, untold } = known;
  const app = told[0]?.said.app;
  const name = app?.name || known.name || id;
  const internal = app?.is_internal ?? undefined;
  const inDirectory = app?.is_app_directory_approved ?? undefined;
  const approvals = told.filter(({ verdict }) => verdict === 'approved');
  const scopes = scopesOf(known);
  const createdAt = earliest(
    grants.length > 0
      ? grants.map((grant) => grant.createdAt)
      : told.map((each) => (each.verdict === 'requested' ? each.said.date_created : undefined)),
  );
  const attributions = peopleOf(known);
  return identity({
    id: appRecord(id),
    name,
    type: 'oauth-app',
    platform: PLATFORM,
    status: statusOf(known),
    scopes,
    approvedScopes: approvals.length > 0 ? namesIn(approvals) : undefined,
    thirdParty: internal === undefined ? undefined : !internal,
    // The directory lists apps that Slack looked at; who publishes them is not told.
    publisher: inDirectory === undefined || internal === true ? undefined : { name, verified: inDirectory },
    createdAt,
    tags: tagsOf(known),
    attributions,
    links: placesOf(known),
    gaps: {
      lastUsedAt: 'not-supported',
      ...(createdAt === undefined && { createdAt: grants.length > 0 ? 'not-seen' : 'not-supported' }),
      ...(attributions.length === 0 && { attributions: 'not-seen' }),
      ...(scopes === undefined && { scopes: grants.length > 0 ? 'not-supported' : 'not-seen' }),
      ...(approvals.length === 0 && { approvedScopes: untold }),
      ...(app === undefined && { publisher: untold, thirdParty: untold }),
    },
    // People write freely why they need an app.
    contents: told.flatMap((each) =>
      each.verdict === 'requested' && each.said.message
        ? [{ place: 'configuration' as const, tree: { message: each.said.message } }]
        : [],
    ),
  });
}

/**
 * What is on no log of changes may have been installed before that log begins: to restrict an app takes no installation
 * back (https://docs.slack.dev/reference/methods/admin.apps.restrict). What is only asked for is in nowhere.
 */
function statusOf({ told, grants }: Known): Identity['status'] {
  if (grants.length === 0) return isOnlyAskedFor(told) ? 'disabled' : 'unknown';
  return grants.some(({ status }) => status === 'active') ? 'active' : 'disabled';
}

/**
 * What workspaces gave it, together; what it asks for, where nobody lets it in. What was approved is not what it was
 * given: where a workspace does not say what that was, nobody knows.
 */
function scopesOf({ told, grants }: Known): string[] | undefined {
  if (grants.length > 0) {
    const given = grants.filter(isGiven).map(({ scopes }) => scopes);
    return given.includes(undefined) ? undefined : [...new Set(given.flatMap((some) => some ?? []))].toSorted();
  }
  return !isOnlyAskedFor(told) || told.every(({ said }) => !said.scopes) ? undefined : namesIn(told);
}

function isOnlyAskedFor(told: readonly Told[]): boolean {
  return told.every(({ verdict }) => verdict === 'requested');
}

const namesIn = (told: readonly Told[]): string[] =>
  [...new Set(told.flatMap(({ said }) => (said.scopes ?? []).map(({ name }) => name)))].toSorted();

function tagsOf({ told, config, preserved }: Known): string[] {
  const verdicts = new Set(told.map(({ verdict }) => (verdict === 'requested' ? 'pending-approval' : verdict)));
  const sensitive = told.some(({ said }) => said.scopes?.some(({ is_sensitive: is }) => is === true));
  const { workflow_auth_strategy: strategy, domain_restrictions: domains } = config ?? {};
  const limited = [...(domains?.emails ?? []), ...(domains?.urls ?? [])].length > 0;
  return [
    ...[...verdicts].toSorted(),
    ...(sensitive ? ['sensitive-scopes'] : []),
    ...(strategy ? [`workflow-auth:${strategy}`] : []),
    ...(limited ? ['restricted-domains'] : []),
    ...(preserved ? ['token-kept-after-installer-left'] : []),
  ];
}

/** The workspace has not taken it back. */
export const isGiven = ({ status }: Credential): boolean => status !== 'revoked';

/** Who installed it, or asked for it where nobody did; and who approved it. The newest word on each person counts. */
function peopleOf({ told, grants }: Known): Attribution[] {
  const deciders = told.map((each) => {
    if (each.verdict === 'requested') {
      const { user, date_created: at } = each.said;
      return grants.length > 0
        ? undefined
        : attributed('created-by', { ...user }, 'creator-field', { at, evidence: 'user' });
    }
    const { date_updated: at, last_resolved_by: by } = each.said;
    // An app that manages apps resolves by itself; people alone are named.
    const approver = each.verdict === 'approved' && by?.actor_type === 'user' ? by.actor_id : undefined;
    return attributed('approved-by', { id: approver }, 'audit-log', { at, evidence: 'last_resolved_by' });
  });
  const all = [...grants.flatMap(({ attributions = [] }) => attributions), ...deciders];
  const newest = all.filter((each) => each !== undefined).toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0));
  const byPerson = Map.groupBy(newest, ({ rel, who }) => `${rel} ${who.id ?? who.name ?? who.email ?? ''}`);
  return [...byPerson.values()].flatMap(([first]) => first ?? []);
}

/** The workspaces that it is installed in; where it is in none, the places that decide about it. */
function placesOf({ told, grants }: Known): Link[] {
  const installed = grants.filter(isGiven).flatMap(({ links = [] }) => links.filter(({ rel }) => rel === 'granted-to'));
  const ids = installed.length > 0 ? installed.map(({ id }) => id) : told.map(({ place }) => place);
  return [...new Set(ids)].toSorted().map((id) => link('granted-to', 'container', id));
}

function earliest(times: readonly (Instant | undefined)[]): Instant | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}
