import { attributed, credential, link, operation, type Stream } from '../../src/sdk/index.ts';
import { changingPages } from './changes.ts';
import { PLATFORM, type Config, type Context } from './config.ts';
import { GRANT, PRINCIPAL } from './ids.ts';
import { Grants, type Grant } from './schema.ts';
import { scopes } from './scopes.ts';

const changed = operation('GET /oauth2PermissionGrants/delta', Grants);

/** What apps may do in people's names, and who agreed: each person, or an administrator for everybody. */
export const grants: Stream<Config> = {
  title: 'Delegated permissions that people and administrators agreed to',
  emits: ['credential'],
  operations: [changed],
  requires: [{ ...scopes.grants, why: 'it says what apps may do in the name of whom' }],
  after: ['service-principals'],
  joins: ['users'],
  absence: 'means-gone',
  async *pages(ctx) {
    const names = await namesOf(ctx);
    yield* changingPages(ctx, {
      operation: changed,
      kinds: ['credential'],
      prefix: GRANT,
      map: (grant) => [itemOf(grant, names)],
    });
  },
};

async function namesOf(ctx: Context): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for await (const { id, name } of ctx.parents('identity'))
    if (id.startsWith(PRINCIPAL)) names.set(id.slice(PRINCIPAL.length), name);
  for await (const { id, name } of ctx.parents('person')) names.set(id, name);
  return names;
}

/** https://learn.microsoft.com/graph/api/resources/oauth2permissiongrant */
function itemOf(grant: Grant, names: ReadonlyMap<string, string>) {
  const { clientId, resourceId, principalId, consentType, scope } = grant;
  const everybody = consentType === 'AllPrincipals';
  const client = names.get(clientId ?? '') ?? clientId ?? 'an app';
  const resource = names.get(resourceId ?? '') ?? resourceId ?? 'a resource';
  const who = names.get(principalId ?? '') ?? principalId ?? 'somebody';
  return credential({
    id: `${GRANT}${grant.id}`,
    name: `${client} at ${resource} in the name of ${everybody ? 'everybody' : who}`,
    type: 'oauth-grant',
    status: 'active',
    platform: PLATFORM,
    store: 'platform',
    scopes: (scope ?? '').split(/\s+/).filter(Boolean).toSorted(),
    reach: everybody ? 'all' : 'one',
    consent: everybody ? 'admin' : consentType === 'Principal' ? 'individual' : undefined,
    attributions: [attributed('owned-by', { id: principalId }, 'platform-owner', { evidence: 'principalId' })],
    links: [
      ...(clientId ? [link('authenticates', 'identity', `${PRINCIPAL}${clientId}`)] : []),
      ...(resourceId ? [link('granted-to', 'identity', `${PRINCIPAL}${resourceId}`)] : []),
      ...(principalId ? [link('granted-to', 'person', principalId)] : []),
    ],
    gaps: { createdAt: 'not-supported', expiresAt: 'not-supported', lastUsedAt: 'not-supported' },
  });
}
