import { credential, fitting, link, type Item } from '../../src/sdk/index.ts';
import { PLATFORM, type Context } from './config.ts';
import type { CertificateEntry, KeyEntry } from './schema.ts';

interface Holder {
  /** Id of the identity that they authenticate. */
  id: string;
  name: string;
  passwords: readonly KeyEntry[] | null | undefined;
  keys: readonly CertificateEntry[] | null | undefined;
}

/** Secrets and certificates of an application or service principal: what they are called and how long they last. */
export function credentialsOf(ctx: Context, { id, name, passwords, keys }: Holder): Item[] {
  const common = (entry: KeyEntry, what: string) => ({
    name: `${what} ${entry.displayName || (entry.keyId ?? '').slice(0, 8)} of ${name}`,
    status: 'active' as const,
    platform: PLATFORM,
    store: 'platform' as const,
    createdAt: entry.startDateTime,
    expiresAt: entry.endDateTime,
    links: [link('authenticates', 'identity', id)],
    gaps: { lastRotatedAt: 'not-supported' as const, scopes: 'not-supported' as const },
  });
  return [
    ...fitting(ctx, passwords ?? []).map((entry, index) =>
      credential({
        ...common(entry, 'Secret'),
        id: `${id}/password/${entry.keyId ?? index}`,
        type: 'client-secret',
        retrievable: false,
      }),
    ),
    ...fitting(ctx, keys ?? []).map((entry, index) =>
      credential({
        ...common(entry, 'Certificate'),
        id: `${id}/key/${entry.keyId ?? index}`,
        type: 'certificate',
        tags: entry.usage ? [`use:${entry.usage.toLowerCase()}`] : [],
      }),
    ),
  ];
}

/** The key id that a stored credential's id ends with. */
export function keyIdOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
