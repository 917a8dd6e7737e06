import type { AnyRecord, CredentialType } from '../core/record.ts';
import type { Access, Stream } from '../sdk/connector.ts';
import type { RequestAuthentication } from '../sdk/http.ts';
import { credential, identity, link } from '../sdk/records.ts';
import type { SourcePlan } from './plan.ts';
import { referencesIn } from './resolve-secrets.ts';

/** The stream that every platform has besides its own: what this program reads it with. */
export const OWN_ACCESS = 'own-access';
const ID = 'rollcall';

/** Is it what this program reads its source with? */
export function isOwnAccess({ kind, id }: Pick<AnyRecord, 'kind' | 'id'>): boolean {
  return id === ID && (kind === 'identity' || kind === 'credential');
}

const types: Readonly<Record<RequestAuthentication['type'], CredentialType>> = {
  none: 'api-key',
  own: 'api-key',
  minted: 'private-key',
  token: 'api-key',
  basic: 'password',
  password: 'password',
  'client-credentials': 'client-secret',
  'refresh-token': 'refresh-token',
  'jwt-bearer': 'private-key',
};

const stores = { env: 'platform', file: 'file', 'aws-sm': 'vault', vault: 'vault' } as const;

/** A scanner's credential is one more on the roll, and held to the same checks. Undefined for a source without one. */
export function ownAccess(source: SourcePlan, access: Access, config: unknown): Stream<unknown> | undefined {
  const { connector } = source;
  const [reference] = referencesIn(source.config);
  const type = connector.remote?.authenticate(config).type;
  if (type === undefined || type === 'none' || (reference === undefined && type !== 'own')) return undefined;
  const scopes = access.granted === 'unknown' ? undefined : access.granted;
  const tags = access.canWrite !== undefined && access.canWrite.length > 0 ? ['can-write'] : undefined;
  const { id: platform } = connector;
  const self = identity({ id: ID, name: 'Rollcall', type: 'integration', status: 'active', platform, scopes, tags });
  const items = [
    ...(access.identity === undefined ? [self] : []),
    credential({
      id: ID,
      name: `Rollcall's own access to ${connector.title}`,
      type: access.type ?? types[type],
      status: 'active',
      platform,
      store: reference === undefined ? 'unknown' : stores[reference.scheme],
      scopes,
      expiresAt: access.expiresAt,
      gaps: { createdAt: 'not-supported', ...(access.expiresAt === undefined && { expiresAt: 'not-supported' }) },
      tags,
      links: [link('authenticates', 'identity', access.identity ?? ID)],
    }),
  ];
  return {
    title: 'What Rollcall itself reads this platform with',
    emits: ['identity', 'credential'],
    operations: [],
    requires: [],
    absence: 'means-gone',
    async *pages() {
      yield { items };
    },
  };
}
