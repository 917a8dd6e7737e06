import { endpoint, type Attribution, type Instant, type Item, type Link } from '../../sdk/index.ts';
import { literalTarget } from '../hosts.ts';

/** A webhook as GitHub lists it: that it has a secret, and never which. */
export interface ListedHook {
  id: number | string;
  active: boolean;
  events: readonly string[];
  created_at?: Instant | undefined;
  updated_at?: Instant | undefined;
  config: {
    url?: string | null | undefined;
    insecure_ssl?: string | number | null | undefined;
    secret: boolean;
  };
}

/** Where a webhook stands and what else is known of it; `path` names its repository, and nothing its organisation. */
export interface AboutHook {
  path?: string | undefined;
  within: Link;
  maker?: Attribution | undefined;
  /** Of the last delivery. */
  lastStatus?: number | null | undefined;
}

/** A webhook of a repository, or of everything in an organisation. */
export function hookRecord(hook: ListedHook, { path, within, maker, lastStatus }: AboutHook): Item<'endpoint'> {
  const { url, insecure_ssl, secret } = hook.config;
  const target = literalTarget(url ?? undefined);
  return endpoint({
    id: `webhook/${hook.id}`,
    name: `Webhook to ${target?.host ?? 'an address that cannot be read'} (${path ?? 'organisation'})`,
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
    reach: path === undefined ? 'all' : 'one',
    delivery: deliveryOf(hook.active, lastStatus),
    state: hook.active ? 'active' : 'inactive',
    createdAt: hook.created_at,
    updatedAt: hook.updated_at,
    tags: hook.events.includes('*') ? ['all-events'] : [],
    attributions: [maker],
    links: [within],
    gaps: { lastUsedAt: 'not-supported', expiresAt: 'not-supported' },
    // Addresses of webhooks often are keys themselves.
    contents: url ? [{ place: 'configuration', tree: { url }, ...(path && { path }) }] : [],
  });
}

function deliveryOf(active: boolean, status: number | null | undefined) {
  if (!active) return 'paused';
  if (status === null || status === undefined || status === 0) return undefined;
  return status < 400 ? 'working' : 'failing';
}
