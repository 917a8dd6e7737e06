import { credential, link, type Instant, type Item } from '../../sdk/index.ts';

/** One secret, as Graph tells of it: never its value. */
export interface KeyEntry {
  keyId?: string | null | undefined;
  displayName?: string | null | undefined;
  startDateTime?: Instant | undefined;
  endDateTime?: Instant | undefined;
}

/** One certificate; those of a pair share their custom identifier. */
export interface CertificateEntry extends KeyEntry {
  usage?: string | null | undefined;
  customKeyIdentifier?: string | null | undefined;
}

/** An application or service principal with what it signs in with. */
export interface Holder {
  /** Id of the identity that they authenticate. */
  id: string;
  name: string;
  passwords: readonly KeyEntry[];
  keys: readonly CertificateEntry[];
  /** The platform keeps them and replaces each every few weeks, and nobody else can. */
  managed?: boolean;
}

/** Secrets and certificates of an application or service principal: what they are called and how long they last. */
export function credentialsOf({ id, name, passwords, keys, managed = false }: Holder): Item<'credential'>[] {
  const common = (entry: KeyEntry, what: string) => ({
    name: `${what} ${entry.displayName || (entry.keyId ?? '').slice(0, 8)} of ${name}`,
    status: 'active' as const,
    platform: 'entra',
    store: 'platform' as const,
    ...(managed && { rotation: 'automatic' as const, builtIn: true }),
    createdAt: entry.startDateTime,
    expiresAt: entry.endDateTime,
    links: [link('authenticates', 'identity', id)],
    gaps: { lastRotatedAt: 'not-supported' as const, scopes: 'not-supported' as const },
  });
  const { secrets, certificates } = apart(passwords, keys);
  return [
    ...secrets.map((entry, index) =>
      credential({
        ...common(entry, 'Secret'),
        id: `${id}/password/${entry.keyId ?? index}`,
        type: 'client-secret',
        retrievable: false,
      }),
    ),
    ...certificates.map((entry, index) =>
      credential({
        ...common(entry, 'Certificate'),
        id: `${id}/key/${entry.keyId ?? index}`,
        type: 'certificate',
        tags: entry.usage ? [`use:${entry.usage.toLowerCase()}`] : [],
      }),
    ),
  ];
}

/**
 * A certificate that signs tokens is listed three times: its private key, its public one, and the password of the file
 * that the private one came in. https://learn.microsoft.com/graph/application-saml-sso-configure-api
 */
function apart(passwords: readonly KeyEntry[], keys: readonly CertificateEntry[]) {
  const signing = keys.filter(({ usage }) => usage === 'Sign');
  const files = new Set(signing.flatMap(({ keyId }) => keyId ?? []));
  const pairs = new Set(signing.flatMap(({ customKeyIdentifier }) => customKeyIdentifier ?? []));
  return {
    secrets: passwords.filter(({ keyId }) => !files.has(keyId ?? '')),
    certificates: keys.filter((key) => signing.includes(key) || !pairs.has(key.customKeyIdentifier ?? '')),
  };
}
