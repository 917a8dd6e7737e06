import { generateKeyPairSync } from 'node:crypto';
import { seeded } from '../../scanners/secrets/samples.ts';
import type { FixtureVendor, VendorAnswer, VendorRequest } from '../helpers/vendor.ts';
import * as made from './entra/organisation.ts';

const sample = seeded(77);
const secret = sample.alnum(40);
const token = sample.alnum(200);

type Listed = { id: string };
/** What has changed since the last read, by collection. */
export interface Since {
  applications?: readonly object[];
  servicePrincipals?: readonly object[];
  users?: readonly object[];
}

/** What a test may have otherwise. */
export interface Otherwise {
  since?: Since;
  /** Graph no longer knows what has changed. */
  forgotten?: { status: 400 | 410; code: string };
  /** Tenants without a P1 licence get no reports. */
  licensed?: false;
  /** Users that left while everything was read. */
  meanwhile?: readonly Listed[];
  /** Users that were deleted since. */
  deleted?: readonly Listed[];
  owners?: Readonly<Record<string, readonly string[]>>;
  managers?: Readonly<Record<string, string>>;
  appPolicy?: object;
  settings?: Record<string, unknown>;
  /** Told of each token request. */
  onToken?(form: URLSearchParams): void;
}

/** A tenant behind Microsoft Graph; pages hold two things. */
export function vendor(otherwise: Otherwise = {}): FixtureVendor {
  return {
    settings: (origin) => ({
      tenant: made.tenant,
      clientId: made.reader.clientId,
      clientSecret: 'env:ENTRA_SECRET',
      graphUrl: origin,
      loginUrl: origin,
      ...otherwise.settings,
    }),
    env: { ENTRA_SECRET: secret },
    answer(request, origin) {
      if (request.path === `/${made.tenant}/oauth2/v2.0/token`) return tokenFor(request, origin, otherwise);
      if (request.headers.get('authorization') !== `Bearer ${token}`) return refusal(401, 'InvalidAuthenticationToken');
      return answerTo(request, origin, otherwise);
    },
  };
}

function tokenFor({ body }: VendorRequest, origin: string, { onToken }: Otherwise): VendorAnswer {
  const form = new URLSearchParams(body);
  onToken?.(form);
  const proved = form.get('client_secret') === secret || form.has('client_assertion');
  if (!proved || form.get('scope') !== `${origin}/.default`) return { status: 401, json: { error: 'invalid_client' } };
  return { json: { token_type: 'Bearer', expires_in: 3_599, access_token: token } };
}

const refusal = (status: number, code: string): VendorAnswer => ({
  status,
  json: { error: { code, message: 'No.', innerError: { date: '2026-06-01T00:00:00' } } },
});

const lists: Readonly<Record<string, readonly Listed[]>> = {
  '/v1.0/organization': [{ id: made.tenant, displayName: 'Acme', createdDateTime: null } as Listed],
  '/v1.0/applications': made.applications,
  '/v1.0/applications/microsoft.graph.agentIdentityBlueprint': made.applications.slice(3, 4),
  '/v1.0/servicePrincipals': made.principals,
  '/v1.0/servicePrincipals/microsoft.graph.agentIdentity': made.agents,
  '/v1.0/policies/appManagementPolicies': made.appPolicies,
  '/v1.0/roleManagement/directory/roleAssignments': made.roles,
  '/v1.0/roleManagement/directory/roleEligibilityScheduleInstances': made.eligibleRoles,
  '/v1.0/directory/deletedItems/microsoft.graph.user': made.deleted,
  '/v1.0/users': made.users,
  '/v1.0/oauth2PermissionGrants': made.grants,
  '/beta/reports/servicePrincipalSignInActivities': made.appActivity,
  '/beta/reports/appCredentialSignInActivities': made.credentialActivity,
};

function answerTo(request: VendorRequest, origin: string, otherwise: Otherwise): VendorAnswer | undefined {
  const { path } = request;
  if (path.startsWith('/beta/') && otherwise.licensed === false)
    return refusal(403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant');
  if (path.endsWith('/roleEligibilityScheduleInstances') && otherwise.licensed === false)
    return refusal(400, 'AadPremiumLicenseRequired');
  if (path === '/v1.0/policies/authorizationPolicy') return { json: policy };
  if (path === '/v1.0/policies/defaultAppManagementPolicy')
    return { json: { ...made.appPolicy, ...otherwise.appPolicy } };
  if (path === '/v1.0/users') return accounts(request, origin, otherwise);
  const resource = /^\/v1\.0\/servicePrincipals\/([\w-]+)\/appRoleAssignedTo$/.exec(path)?.[1];
  if (resource) return page(request, origin, resource === made.graph.id ? made.assignments : []);
  const collection = /^\/v1\.0\/(\w+)\/delta$/.exec(path)?.[1];
  if (collection) return changes(request, origin, collection, otherwise);
  const list = path.includes('/deletedItems/') ? [...made.deleted, ...(otherwise.deleted ?? [])] : lists[path];
  return list && page(request, origin, filtered(request, withOwners(list, otherwise)));
}

/** Graph gives what was asked for: a manager is expanded, and the last sign-in is in tenants with a licence. */
function accounts(
  request: VendorRequest,
  origin: string,
  { licensed, managers = made.managers }: Otherwise,
): VendorAnswer {
  const wantsSignIns = request.query.get('$select')?.includes('signInActivity') === true;
  if (wantsSignIns && licensed === false) return refusal(403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant');
  const wantsManager = request.query.get('$expand')?.startsWith('manager') === true;
  const all = made.users.map(({ id, '@odata.type': type }) => ({
    '@odata.type': type,
    id,
    ...(wantsSignIns && made.signIns[id] && { signInActivity: made.signIns[id] }),
    ...(wantsManager && managers[id] && { manager: user(managers[id]) }),
  }));
  return page(request, origin, all);
}

const user = (id: string) => ({ '@odata.type': '#microsoft.graph.user', id });

const policy = {
  allowInvitesFrom: 'everyone',
  defaultUserRolePermissions: {
    allowedToCreateApps: true,
    permissionGrantPoliciesAssigned: [
      'ManagePermissionGrantsForOwnedResource.microsoft-dynamically-managed-permissions-for-chat',
      'ManagePermissionGrantsForSelf.microsoft-user-default-low',
    ],
  },
};

/** The first read gives everything, a later one what is said to have changed. */
function changes(
  request: VendorRequest,
  origin: string,
  collection: string,
  { since, forgotten, meanwhile = [] }: Otherwise,
): VendorAnswer {
  const { query, path } = request;
  // https://learn.microsoft.com/graph/delta-query-overview: a token stands for everything that was asked at first.
  if (query.has('$select') && (query.has('$skiptoken') || query.has('$deltatoken')))
    return refusal(400, 'Request_UnsupportedQuery');
  const later = query.has('$deltatoken') || query.get('$skiptoken')?.startsWith('later-') === true;
  if (query.has('$deltatoken') && forgotten) return refusal(forgotten.status, forgotten.code);
  const all = later
    ? ((since?.[collection as keyof Since] ?? []) as Listed[])
    : [...(lists[`/v1.0/${collection}`] ?? []), ...(collection === 'users' ? meanwhile : [])];
  const answer = page(request, origin, all, later ? 'later-' : '');
  const body = answer.json as Record<string, unknown>;
  if (!('@odata.nextLink' in body)) body['@odata.deltaLink'] = `${origin}${path}?$deltatoken=${all.length}-known`;
  return answer;
}

function page(request: VendorRequest, origin: string, all: readonly unknown[], mark = ''): VendorAnswer {
  const from = Number(/\d+$/.exec(request.query.get('$skiptoken') ?? '')?.[0] ?? 0);
  const value = all.slice(from, from + 2);
  const query = new URLSearchParams(request.path.endsWith('/delta') ? '' : request.query);
  query.delete('$deltatoken');
  query.set('$skiptoken', `${mark}${from + 2}`);
  const link = `${origin}${request.path}?${query.toString()}`;
  return { json: { value, ...(from + 2 < all.length && { '@odata.nextLink': link }) } };
}

/** `appId in ('…','…')`, as the probe asks. */
function filtered({ query }: VendorRequest, list: readonly Listed[]): readonly Listed[] {
  const ids = [...(query.get('$filter') ?? '').matchAll(/'([\w-]+)'/g)].map(([, id]) => id);
  return ids.length === 0 ? list : list.filter((each) => 'appId' in each && ids.includes(each.appId as string));
}

function withOwners(list: readonly Listed[], { owners }: Otherwise): readonly Listed[] {
  if (!owners) return list;
  return list.map((each) => (owners[each.id] ? { ...each, owners: owners[each.id]!.map((id) => ({ id })) } : each));
}

/** A private key as a PEM text, fresh for each run. */
export const newKey = (): string =>
  generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
