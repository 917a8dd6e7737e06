import { identity, type Gap, type Instant, type Item, type Link } from '../../sdk/index.ts';

/** A GitHub App as an organisation lists those that are installed in it. */
export interface ListedInstallation {
  app_slug: string;
  html_url?: string | null | undefined;
  repository_selection: string;
  permissions: { readonly [permission: string]: string };
  created_at?: Instant | undefined;
  updated_at?: Instant | undefined;
  suspended_at?: string | null | undefined;
}

/** What the list does not say of an App; why, where it is not known. */
export interface AboutInstallation {
  id: string;
  organisation: string;
  publisher?: string | undefined;
  lastUsedAt?: Instant | undefined;
  grantedTo: Link;
  gaps: { readonly [field: string]: Gap };
}

/** A GitHub App that acts in an organisation, with its permissions. */
export function installationRecord(each: ListedInstallation, about: AboutInstallation): Item<'identity'> {
  const { organisation, publisher, lastUsedAt } = about;
  const scopes = Object.entries(each.permissions).map(([permission, level]) => `${permission}: ${level}`);
  return identity({
    id: about.id,
    name: each.app_slug,
    type: 'integration',
    status: each.suspended_at ? 'disabled' : 'active',
    platform: 'github',
    url: each.html_url ?? undefined,
    createdAt: each.created_at,
    updatedAt: each.updated_at,
    lastUsedAt,
    publisher: publisher === undefined ? undefined : { name: publisher },
    thirdParty: publisher === undefined ? undefined : publisher.toLowerCase() !== organisation.toLowerCase(),
    scopes: scopes.toSorted(),
    reach: each.repository_selection === 'all' ? 'all' : 'some',
    admin: scopes.some((scope) => /^(?:organization_)?administration: (?:write|admin)$/.test(scope)),
    links: [about.grantedTo],
    gaps: about.gaps,
  });
}
