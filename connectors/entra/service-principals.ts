import {
  attributed,
  identity,
  operation,
  type AnyRecord,
  type Attribution,
  type Identity,
  type Item,
  type Stream,
} from '../../src/sdk/index.ts';
import { appActivity, credentialActivity, listAppActivity, listCredentialActivity } from './activity.ts';
import { changingPages } from './changes.ts';
import { PLATFORM, type Config, type Context } from './config.ts';
import { credentialsOf } from './credentials.ts';
import { isSwitchedOff, withFacts, withLastUse } from './facts.ts';
import { clientIdOf, clientIdTag, inTenant, knownAs, PRINCIPAL } from './ids.ts';
import {
  administers,
  directoryRoles,
  listAssigned,
  listDirectoryRoles,
  listPrincipals,
  principalFacts,
} from './relations.ts';
import { ServicePrincipals, type ServicePrincipal } from './schema.ts';
import { scopes } from './scopes.ts';

const changed = operation('GET /servicePrincipals/delta', ServicePrincipals);

const select = [
  'appId',
  'displayName',
  'accountEnabled',
  'isDisabled',
  'disabledByMicrosoftStatus',
  'servicePrincipalType',
  'appOwnerOrganizationId',
  'signInAudience',
  'verifiedPublisher',
  'notificationEmailAddresses',
  'notes',
  'tags',
  'passwordCredentials',
  'keyCredentials',
];

/** What acts in the tenant: its own apps, those of others that were let in, and managed identities. */
export const servicePrincipals: Stream<Config> = {
  title: 'Service principals and managed identities, with their permissions, roles, owners, secrets and certificates',
  emits: ['identity', 'credential'],
  operations: [changed, listPrincipals, listAssigned, listDirectoryRoles, listAppActivity, listCredentialActivity],
  requires: [{ ...scopes.applications, why: 'it lists who acts here, and what each was granted' }],
  absence: 'means-gone',
  async *pages(ctx) {
    const lay = await laying(ctx);
    yield* changingPages(ctx, {
      operation: changed,
      select,
      kinds: ['identity', 'credential'],
      prefix: PRINCIPAL,
      // Agents are service principals too; they are listed with their sponsors elsewhere.
      map: (each) => (isAgent(each) ? [] : itemsOf(ctx, each).map((item) => ({ ...item, record: lay(item.record) }))),
      renewed: (record) => (record.kind === 'identity' && record.type === 'ai-agent' ? record : lay(record)),
    });
  },
};

const isAgent = (each: ServicePrincipal): boolean =>
  each.servicePrincipalType === 'ServiceIdentity' || each['@odata.type'] === '#microsoft.graph.agentIdentity';

/** Learns what is told beside the list of changes. */
async function laying(ctx: Context): Promise<(record: AnyRecord) => AnyRecord> {
  const rights = await rightsOf(ctx);
  const apps = await appActivity(ctx);
  const keys = await credentialActivity(ctx);
  return (record) => {
    if (record.kind !== 'identity') return withLastUse(record, keys);
    const lastUsedAt = apps.times.get(clientIdOf(record) ?? '');
    return withFacts(record, { ...rights(record.id.slice(PRINCIPAL.length)), lastUsedAt, lastUsedGap: apps.gap });
  };
}

/** What each was granted, whose it is and when it was made, by object id. */
export async function rightsOf(ctx: Context) {
  const { owners, permissions, made } = await principalFacts(ctx);
  const roles = await directoryRoles(ctx);
  return (id: string) => {
    const mine = roles?.get(id) ?? [];
    return {
      owners: (owners.get(id) ?? []).flatMap((owner) => ownerOf(owner, 'owners') ?? []),
      scopes: [...(permissions.get(id) ?? []), ...mine],
      admin: roles && administers(mine),
      createdAt: made.get(id),
    };
  };
}

export function ownerOf(id: string, evidence: 'owners' | 'sponsors'): Attribution | undefined {
  return attributed('owned-by', { id }, 'platform-owner', { evidence });
}

function itemsOf(ctx: Context, each: ServicePrincipal): Item[] {
  const { appId, passwordCredentials, keyCredentials, notes } = each;
  const id = `${PRINCIPAL}${each.id}`;
  const name = each.displayName || appId || each.id;
  return [
    identity({
      id,
      name,
      ...originOf(each, ctx.config),
      status: each.accountEnabled === false || isSwitchedOff(each) ? 'disabled' : 'active',
      platform: PLATFORM,
      knownAs: knownAs(appId),
      tags: [...(appId ? [clientIdTag(appId)] : []), ...(each.tags ?? [])],
      attributions: (each.notificationEmailAddresses ?? []).map((email) =>
        attributed('operated-by', { email }, 'platform-owner', { evidence: 'notificationEmailAddresses' }),
      ),
      links: [inTenant(ctx.config.tenant)],
      gaps: { createdAt: 'not-supported' },
      contents: notes ? [{ place: 'configuration', tree: { notes } }] : [],
    }),
    ...credentialsOf(ctx, {
      id,
      name,
      passwords: passwordCredentials,
      keys: keyCredentials,
      // https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/managed-identities-faq
      managed: each.servicePrincipalType === 'ManagedIdentity',
    }),
  ];
}

/**
 * Tenants of Microsoft's own apps: the first two are named by
 * https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in, the others own
 * apps of Azure and Entra themselves that are in every tenant.
 */
const microsoft = new Set([
  'f8cdef31-a31e-4b4a-93e4-5f571e91255a',
  '72f988bf-86f1-41af-91ab-2d7cd011db47',
  '33e01921-4d64-4f8c-a055-5bdaffd5e33d',
  '47df5bb7-e6bc-4256-afb0-dd8c8e3c1ce8',
]);

type Origin = Pick<Identity, 'type' | 'publisher' | 'thirdParty' | 'builtIn'>;

function originOf(each: ServicePrincipal, { tenant }: Config): Origin {
  const { appOwnerOrganizationId, servicePrincipalType, verifiedPublisher } = each;
  const owner = appOwnerOrganizationId?.toLowerCase();
  if (servicePrincipalType === 'ManagedIdentity') return { type: 'workload', thirdParty: false };
  if (owner === undefined) return { type: 'service-account' };
  if (owner === tenant) return { type: 'service-account', thirdParty: false };
  // It belongs to the platform that it is on.
  if (microsoft.has(owner))
    return { type: 'oauth-app', thirdParty: false, builtIn: true, publisher: { name: 'Microsoft', verified: true } };
  const verified = verifiedPublisher?.displayName;
  return {
    type: 'oauth-app',
    thirdParty: true,
    publisher: verified ? { name: verified, verified: true } : { name: `organisation ${owner}`, verified: false },
  };
}
