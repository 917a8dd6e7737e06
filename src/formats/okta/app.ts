import { identity, type Attribution, type Gap, type Identity, type Instant, type Item } from '../../sdk/index.ts';
import type { UsableFrom } from './api-token.ts';

type Text = string | null | undefined;

/** An app as Okta lists it. */
export interface ListedApp {
  id: string;
  name?: Text;
  label?: Text;
  status?: Text;
  signOnMode?: Text;
  created?: Instant | undefined;
  lastUpdated?: Instant | undefined;
  credentials?:
    | {
        oauthClient?: { client_id?: Text; token_endpoint_auth_method?: Text } | null | undefined;
        signing?: { kid?: Text } | null | undefined;
      }
    | null
    | undefined;
  settings?:
    | {
        oauthClient?:
          | { application_type?: Text; grant_types?: readonly string[] | null | undefined }
          | null
          | undefined;
        notes?: { admin?: Text } | null | undefined;
      }
    | null
    | undefined;
}

/** What the list of apps does not say: scopes and roles that the app was granted, or why they are not known. */
export interface AboutApp {
  scopes: readonly string[] | Gap;
  admin: boolean | Gap;
  reach?: UsableFrom | undefined;
  attributions: readonly (Attribution | undefined)[];
}

/** Okta's own apps, which every organisation has. https://developer.okta.com/docs/api/openapi/okta-myaccount/myaccount/oktaapplications/listoktaapplications */
const own = new Set(['saasure', 'okta_enduser', 'okta_account_settings', 'okta_browser_plugin']);

/** Okta signs what it says of people to such an app with a certificate that the app knows. */
export const isSigned = (signOn: Text): boolean => /^(?:SAML|WS_FED)/.test(signOn ?? '');

/** Only OAuth clients are granted scopes and roles. */
export const isClient = ({ signOnMode }: Pick<ListedApp, 'signOnMode'>): boolean => signOnMode === 'OPENID_CONNECT';

/** An app of the organisation, or a client that acts as itself. */
export function appRecord(app: ListedApp, { scopes, admin, reach, attributions }: AboutApp): Item<'identity'> {
  const { token_endpoint_auth_method: method } = app.credentials?.oauthClient ?? {};
  const signs = isSigned(app.signOnMode) ? app.credentials?.signing?.kid : undefined;
  const notes = app.settings?.notes?.admin;
  return identity({
    id: `app/${app.id}`,
    name: app.label || app.id,
    type: typeOf(app),
    status: app.status === 'ACTIVE' ? 'active' : app.status ? 'disabled' : 'unknown',
    platform: 'okta',
    builtIn: own.has(app.name ?? '') || undefined,
    createdAt: app.created,
    updatedAt: app.lastUpdated,
    grants: app.settings?.oauthClient?.grant_types,
    scopes: typeof scopes === 'string' ? undefined : scopes,
    admin: typeof admin === 'string' ? undefined : admin,
    usableFrom: reach && 'usableFrom' in reach ? reach.usableFrom : undefined,
    tags: [
      `sign-on:${app.signOnMode ?? 'unknown'}`,
      ...(method ? [`client-authentication:${method}`] : []),
      ...(signs ? [`certificate:${signs}`] : []),
    ],
    attributions,
    gaps: {
      lastUsedAt: 'not-supported',
      ...(typeof scopes === 'string' && { scopes }),
      ...(typeof admin === 'string' && { admin }),
      ...(reach && 'gap' in reach && { usableFrom: reach.gap }),
    },
    contents: notes ? [{ place: 'configuration', tree: { notes } }] : [],
  });
}

function typeOf(app: ListedApp): Identity['type'] {
  if (!isClient(app)) return 'integration';
  return app.settings?.oauthClient?.application_type === 'service' ? 'service-account' : 'oauth-app';
}
