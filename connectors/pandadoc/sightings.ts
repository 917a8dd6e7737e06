import { attributed, credential, identity, link, type Content, type Instant, type Item } from '../../src/sdk/index.ts';
import { PLATFORM } from './config.ts';

interface Entry {
  request_time: Instant | undefined;
  token_type?: string | null | undefined;
  application?: string | null | undefined;
  key?: string | null | undefined;
  user_id?: string | null | undefined;
  user_email?: string | null | undefined;
  /** The platform did not accept the key or token. */
  refused: boolean;
}

/** One user's key, or one application's token of that user, in production or in the sandbox. */
export interface Sighting {
  environment: 'production' | 'test';
  application: string | undefined;
  user: string | undefined;
  email: string | undefined;
  /** Undefined where it was only refused. */
  lastUsedAt: Instant | undefined;
  accepted: boolean;
  /** The newest that was accepted. Handed on to the search for secrets, and kept nowhere else. */
  key: { value: string; at: Instant } | undefined;
}

/** Takes one entry of the log in. One without a token says nothing about a credential. */
export function note(seen: Map<string, Sighting>, environment: 'PRODUCTION' | 'SANDBOX', entry: Entry): void {
  const { token_type: type, application, key, user_id: user, user_email: email, request_time: at, refused } = entry;
  if (!type || (!user && !email)) return;
  const place = environment === 'SANDBOX' ? 'test' : 'production';
  const app = type === 'API_KEY' ? undefined : application || 'an unnamed application';
  const id = [app === undefined ? 'api-key' : `oauth-token/${app}`, place, user || email].join('/');
  const known = seen.get(id);
  const used = refused ? 0 : (at ?? 0);
  const lastUsedAt = Math.max(known?.lastUsedAt ?? 0, used) || undefined;
  const newer = key && !refused && used >= (known?.key?.at ?? 0);
  seen.set(id, {
    environment: place,
    application: app,
    user: user ?? undefined,
    email: email ?? undefined,
    lastUsedAt,
    accepted: known?.accepted === true || !refused,
    // An older one has been replaced: which of the old ones the sample shows would differ from scan to scan.
    key: newer ? { value: key, at: used } : known?.key,
  });
}

/** Each observed credential with its user, and the applications that tokens were issued to. */
export function recordsOf(seen: ReadonlyMap<string, Sighting>): Item[] {
  const applications = new Map<string, Instant | undefined>();
  for (const { application, lastUsedAt = 0 } of seen.values()) {
    if (application === undefined) continue;
    applications.set(application, Math.max(applications.get(application) ?? 0, lastUsedAt) || undefined);
  }
  return [
    ...[...applications].map(([name, lastUsedAt]) => applicationItem(name, lastUsedAt)),
    ...[...seen].map(([id, sighting]) => credentialItem(id, sighting)),
  ];
}

function applicationItem(name: string, lastUsedAt: Instant | undefined): Item {
  return identity({
    id: `application/${name}`,
    name,
    type: 'oauth-app',
    status: 'active',
    platform: PLATFORM,
    lastUsedAt,
    gaps: {
      createdAt: 'not-supported',
      attributions: 'not-supported',
      scopes: 'not-supported',
      publisher: 'not-supported',
      thirdParty: 'not-supported',
      ...(lastUsedAt === undefined && { lastUsedAt: 'not-seen' as const }),
    },
  });
}

function credentialItem(
  id: string,
  { environment, application, user, email, lastUsedAt, accepted, key }: Sighting,
): Item {
  const whose = email || user;
  return credential({
    id: `observed/${id}`,
    name: application === undefined ? `API key of ${whose}` : `Token of ${application} for ${whose}`,
    type: application === undefined ? 'api-key' : 'oauth-token',
    status: accepted ? 'active' : 'unknown',
    platform: PLATFORM,
    store: 'platform',
    environment,
    lastUsedAt,
    attributions: [
      attributed('owned-by', { id: user, email }, 'audit-log', { at: lastUsedAt, evidence: 'user of the API log' }),
    ],
    links: [
      ...(user ? [link('granted-to', 'person', user)] : []),
      ...(application === undefined ? [] : [link('authenticates', 'identity', `application/${application}`)]),
    ],
    gaps: {
      createdAt: 'not-supported',
      expiresAt: 'not-supported',
      lastRotatedAt: 'not-supported',
      scopes: 'not-supported',
      ...(lastUsedAt === undefined && { lastUsedAt: 'not-seen' as const }),
    },
    contents: key && [keyContent(key.value)],
  });
}

const keyContent = (key: string): Content => ({
  place: 'run-data',
  tree: { key },
  labels: [{ pointer: '/key', secret: true }],
});
