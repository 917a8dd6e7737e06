import { credential, link, type Item } from '../../sdk/index.ts';
import type { ListedApp } from './app.ts';

/** Of an app, how people sign in to it. */
interface AppWithScheme extends Pick<ListedApp, 'id' | 'label' | 'status'> {
  credentials?: { scheme?: string | null | undefined; revealPassword?: boolean | null | undefined } | null | undefined;
}

/**
 * The one password with which everybody signs in who was given the app: "Users share a single username and password set
 * by the admin" (https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Application/). Okta keeps it,
 * and tells nobody when it was set.
 */
export function sharedPasswordOf({ id, label, status, credentials }: AppWithScheme): Item<'credential'>[] {
  const { scheme, revealPassword: revealed } = credentials ?? {};
  if (scheme !== 'SHARED_USERNAME_AND_PASSWORD') return [];
  return [
    credential({
      id: `app/${id}/password`,
      name: `Shared password of ${label || id}`,
      type: 'password',
      status: status === 'ACTIVE' ? 'active' : status ? 'inactive' : 'unknown',
      platform: 'okta',
      store: 'platform',
      retrievable: revealed ?? undefined,
      rotation: 'manual',
      tags: ['shared'],
      links: [link('authenticates', 'identity', `app/${id}`)],
      gaps: {
        createdAt: 'not-supported',
        expiresAt: 'not-supported',
        lastRotatedAt: 'not-supported',
        lastUsedAt: 'not-supported',
        scopes: 'not-supported',
        sharedWith: 'not-seen',
      },
    }),
  ];
}
