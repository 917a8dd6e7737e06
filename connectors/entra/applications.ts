import { issuerOf, mailboxIn } from '../../src/formats/hosts.ts';
import {
  attributed,
  identity,
  link,
  operation,
  type AnyRecord,
  type Identity,
  type Item,
  type Stream,
  type Trust,
} from '../../src/sdk/index.ts';
import { credentialActivity, listCredentialActivity } from './activity.ts';
import { changingPages } from './changes.ts';
import { PLATFORM, type Config, type Context } from './config.ts';
import { credentialsOf } from './credentials.ts';
import { isSwitchedOff, withFacts, withLastUse } from './facts.ts';
import { APPLICATION, clientIdOf, clientIdTag, inTenant, knownAs, PRINCIPAL } from './ids.ts';
import { applicationFacts, listApplications, listBlueprints } from './relations.ts';
import { Applications, type Application, type Federated } from './schema.ts';
import { scopes } from './scopes.ts';
import { ownerOf } from './service-principals.ts';

const changed = operation('GET /applications/delta', Applications);

const select = [
  'appId',
  'displayName',
  'createdDateTime',
  'isDisabled',
  'disabledByMicrosoftStatus',
  'signInAudience',
  'notes',
  'serviceManagementReference',
  'tags',
  'passwordCredentials',
  'keyCredentials',
];

/** Registrations hold the secrets; what they may do stands with the service principal of the same client id. */
export const applications: Stream<Config> = {
  title: 'App registrations with their owners, secrets, certificates and federated credentials',
  emits: ['identity', 'credential'],
  operations: [changed, listApplications, listBlueprints, listCredentialActivity],
  requires: [{ ...scopes.applications, why: 'it lists the apps, when their secrets run out, and who owns them' }],
  after: ['service-principals'],
  absence: 'means-gone',
  async *pages(ctx) {
    const lay = await laying(ctx);
    yield* changingPages(ctx, {
      operation: changed,
      select,
      kinds: ['identity', 'credential'],
      prefix: APPLICATION,
      map: (each) => itemsOf(ctx, each).map((item) => ({ ...item, record: lay(item.record) })),
      renewed: lay,
    });
  },
};

async function laying(ctx: Context): Promise<(record: AnyRecord) => AnyRecord> {
  const { owners, sponsors, trusts } = await applicationFacts(ctx);
  const principals = await principalsByClient(ctx);
  const keys = await credentialActivity(ctx);
  return (record) => {
    if (record.kind !== 'identity') return withLastUse(record, keys);
    const id = record.id.slice(APPLICATION.length);
    const principal = principals.get(clientIdOf(record) ?? '');
    const people = [
      ...(owners.get(id) ?? []).map((owner) => ownerOf(owner, 'owners')),
      ...(sponsors ? (sponsors.get(id) ?? []).map((sponsor) => ownerOf(sponsor, 'sponsors')) : sponsorsBefore(record)),
    ];
    const acting = { ...record, links: [inTenant(ctx.config.tenant), ...(principal ? [usesOf(principal)] : [])] };
    return withFacts(acting, {
      owners: people.flatMap((each) => each ?? []),
      // Nothing acts here for an app that has no service principal.
      scopes: principal === undefined ? [] : principal.scopes,
      admin: principal === undefined ? false : principal.admin,
      lastUsedAt: typeof principal?.lastUsedAt === 'number' ? principal.lastUsedAt : undefined,
      lastUsedGap: principal?.gaps?.['lastUsedAt'] ?? 'not-seen',
      trusts: (trusts.get(id) ?? []).map(trustOf),
    });
  };
}

/** Where we may not know, what was known stays. */
const sponsorsBefore = ({ attributions = [] }: Identity) =>
  attributions.filter(({ evidence }) => evidence === 'sponsors');

type Principal = Pick<Identity, 'id' | 'scopes' | 'admin' | 'lastUsedAt' | 'gaps'>;

/** The service principal of each client id. */
export async function principalsByClient(ctx: Context): Promise<ReadonlyMap<string, Principal>> {
  const found = new Map<string, Principal>();
  for await (const record of ctx.parents('identity')) {
    const client = record.id.startsWith(PRINCIPAL) && record.type !== 'ai-agent' ? clientIdOf(record) : undefined;
    if (client === undefined) continue;
    const { id, scopes: granted, admin, lastUsedAt, gaps } = record;
    found.set(client, {
      id,
      ...(granted && { scopes: granted }),
      ...(admin !== undefined && { admin }),
      ...(lastUsedAt !== undefined && { lastUsedAt }),
      ...(gaps && { gaps }),
    });
  }
  return found;
}

export const usesOf = ({ id }: Principal) => link('uses', 'identity', id);

/**
 * One exact subject is let in, https://learn.microsoft.com/graph/api/resources/federatedidentitycredential; one without
 * has an expression instead, which only Graph beta gives:
 * https://learn.microsoft.com/entra/workload-id/workload-identities-flexible-federated-identity-credentials
 */
function trustOf({ issuer, subject, audiences }: Federated): Trust {
  return {
    type: 'oidc',
    issuer: issuerOf(issuer) ?? 'unknown',
    ...(subject && { subjects: [subject] }),
    ...(audiences && { audiences }),
  };
}

function itemsOf(ctx: Context, each: Application): Item[] {
  const { appId, notes, passwordCredentials, keyCredentials, serviceManagementReference: reference } = each;
  const id = `${APPLICATION}${each.id}`;
  const name = each.displayName || appId || each.id;
  return [
    identity({
      id,
      name,
      type: 'app-registration',
      status: isSwitchedOff(each) ? 'disabled' : 'active',
      platform: PLATFORM,
      knownAs: knownAs(appId),
      thirdParty: false,
      createdAt: each.createdDateTime,
      tags: [
        ...(appId ? [clientIdTag(appId)] : []),
        ...(each.signInAudience ? [`audience:${each.signInAudience}`] : []),
        ...(each.tags ?? []),
      ],
      attributions: [
        attributed('operated-by', { email: mailboxIn(reference ?? undefined) }, 'tag', {
          evidence: 'serviceManagementReference',
        }),
      ],
      links: [inTenant(ctx.config.tenant)],
      contents: [{ place: 'configuration', tree: { notes: notes ?? '', reference: reference ?? '' } }],
    }),
    ...credentialsOf(ctx, { id, name, passwords: passwordCredentials, keys: keyCredentials }),
  ];
}
