import { generateKeyPairSync, verify } from 'node:crypto';
import { seeded } from '../../scanners/secrets/samples.ts';
import {
  blurbToken,
  defaultToken,
  events,
  forms,
  powerForms,
  runs,
  sharedAccess,
  templates,
  trigger,
  workflows,
} from './docusign/flows.ts';
import { configurations, failures, oauth, organisationHooks, urlToken } from './docusign/hooks.ts';
import {
  accountId,
  authorizations,
  groups,
  integrationKey,
  leavers,
  olga,
  organizationId,
  otherAccountId,
  permissionProfiles,
  profileSettings,
  settings,
  users,
} from './docusign/people.ts';
import type { FixtureVendor, VendorAnswer, VendorRequest } from '../helpers/vendor.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const token = seeded(59).alnum(64);
export const everything = [
  'signature',
  'impersonation',
  'webforms_read',
  'aow_manage',
  'organization_read',
  'user_read',
  'domain_read',
  'identity_provider_read',
  'connect_org_config_read_api',
  'connect_org_oauth_read_api',
];

/** What must never be kept. */
export const secrets = [blurbToken, defaultToken, urlToken];

/** An account with its organisation; lists are cut into pages of two. */
export function vendor(scopes: readonly string[] = everything): FixtureVendor {
  return {
    settings: (origin) => ({
      integrationKey,
      userId: olga,
      accountId,
      privateKey: 'env:DOCUSIGN_KEY',
      scopes,
      pageSize: 2,
      accountUrl: origin,
      adminUrl: `${origin}/Management`,
      webFormsUrl: `${origin}/api/webforms`,
      workflowUrl: `${origin}/flows`,
      monitorUrl: `${origin}/lens`,
    }),
    env: { DOCUSIGN_KEY: privateKey.export({ type: 'pkcs1', format: 'pem' }) as string },
    answer(request, origin) {
      if (request.path === '/oauth/token') return grant(request, origin, scopes);
      if (request.headers.get('authorization') !== `Bearer ${token}`)
        return { status: 401, json: { errorCode: 'AUTHORIZATION_INVALID_TOKEN', message: 'no' } };
      if (request.path === '/oauth/userinfo') return { json: userInfo(origin) };
      const answer = answerTo(request);
      return answer && { ...answer, headers: { 'x-ratelimit-limit': '3000', 'x-ratelimit-remaining': '2900' } };
    },
  };
}

/** The assertion has to be signed by the application's key and made out to this server. */
function grant({ body }: VendorRequest, origin: string, scopes: readonly string[]): VendorAnswer {
  const [head = '', claims = '', signature = ''] = (new URLSearchParams(body).get('assertion') ?? '').split('.');
  const signed = verify('sha256', Buffer.from(`${head}.${claims}`), publicKey, Buffer.from(signature, 'base64url'));
  const said = JSON.parse(Buffer.from(claims, 'base64url').toString() || '{}') as Record<string, unknown>;
  const fits = said['iss'] === integrationKey && said['sub'] === olga && said['aud'] === new URL(origin).host;
  if (!signed || !fits) return { status: 400, json: { error: 'invalid_grant' } };
  if (said['scope'] !== scopes.join(' ')) return { status: 400, json: { error: 'consent_required' } };
  return { json: { access_token: token, token_type: 'Bearer', expires_in: 3600 } };
}

function userInfo(origin: string) {
  const account = (id: string, name: string) => ({
    account_id: id,
    account_name: name,
    is_default: false,
    base_uri: origin,
  });
  return {
    sub: olga,
    name: 'Olga Owner',
    email: 'olga@acme.example',
    accounts: [account(otherAccountId, 'Acme Ltd'), { ...account(accountId, 'Acme GmbH'), is_default: true }],
  };
}

function answerTo(request: VendorRequest): VendorAnswer | undefined {
  if (request.method !== 'GET') return undefined;
  const [, esign] = new RegExp(`^/restapi/v2\\.1/accounts/${accountId}/(.+)$`).exec(request.path) ?? [];
  if (esign !== undefined) return esignature(request, esign);
  const [, admin] = /^\/Management\/v2\/organizations(.*)$/.exec(request.path) ?? [];
  if (admin !== undefined) return organisation(request, admin);
  if (request.path === `/api/webforms/v1.1/accounts/${accountId}/forms`) return page(request, 'items', forms, Number);
  if (request.path === '/lens/api/v2.0/datasets/monitor/stream') return feed(request, 'data');
  if (request.path === `/flows/v1/organizations/${organizationId}/stream`) return feed(request, 'resultData');
  const [, flow] = new RegExp(`^/flows/v1/accounts/${accountId}/workflows(.*)$`).exec(request.path) ?? [];
  if (flow === '') return { json: { data: workflows, response_metadata: {} } };
  const [, id = '', of] = /^\/([^/]+)\/([^/]+)$/.exec(flow ?? '') ?? [];
  if (of === 'instances') return { json: { data: runs[id] ?? [], response_metadata: {} } };
  return of === 'trigger-requirements' ? triggerOf(id) : undefined;
}

/** What is archived has none any more. */
function triggerOf(id: string): VendorAnswer {
  const archived = workflows.some((flow) => flow.id === id && flow.status === 'archived');
  return archived ? { status: 404, json: { title: 'Not Found', status: 404 } } : { json: trigger };
}

function esignature(request: VendorRequest, path: string): VendorAnswer | undefined {
  const [, user] = /^users\/([^/]+)\/authorizations$/.exec(path) ?? [];
  if (user !== undefined) return page(request, 'authorizations', authorizations[user] ?? []);
  const [, profile] = /^permission_profiles\/(.+)$/.exec(path) ?? [];
  if (profile !== undefined) return { json: { permissionProfileId: profile, settings: profileSettings } };
  switch (path) {
    case 'users':
      return page(request, 'users', asked(request));
    case 'groups':
      return page(request, 'groups', groups);
    case 'templates':
      return page(request, 'envelopeTemplates', templates);
    case 'permission_profiles':
      return { json: { permissionProfiles } };
    case 'settings':
      return { json: settings };
    case 'connect':
      return { json: { configurations, totalRecords: String(configurations.length) } };
    case 'shared_access':
      return request.query.get('item_type') === 'templates' ? page(request, 'sharedAccess', sharedAccess) : undefined;
    case 'connect/oauth':
      return { json: oauth };
    case 'connect/failures':
      return { json: { failures, totalRecords: '1' } };
    case 'powerforms':
      return linked(request);
    default:
      return undefined;
  }
}

/** Closed accounts are shown to whom asks for them. */
function asked({ query }: VendorRequest) {
  const wanted = (query.get('status') ?? 'Active').split(',');
  return users.filter(({ userStatus }) => wanted.includes(userStatus));
}

/** By position; numbers are text, and an empty list is left out. */
function page(
  { query }: VendorRequest,
  name: string,
  all: readonly unknown[],
  written: (value: number) => unknown = String,
): VendorAnswer {
  const from = Number(query.get('start_position') ?? 0);
  const some = all.slice(from, from + Number(query.get('count') ?? 100));
  return {
    json: {
      resultSetSize: written(some.length),
      totalSetSize: written(all.length),
      startPosition: written(from),
      endPosition: written(from + some.length - 1),
      ...(all.length > 0 && { [name]: some }),
    },
  };
}

function linked({ query }: VendorRequest): VendorAnswer {
  const from = Number(query.get('start_position') ?? 0);
  const next = from + 2;
  const nextUri = next < powerForms.length ? `/accounts/${accountId}/powerforms?start_position=${next}` : '';
  return { json: { powerForms: powerForms.slice(from, next), totalSetSize: powerForms.length, nextUri } };
}

function organisation({ query }: VendorRequest, path: string): VendorAnswer | undefined {
  const connect = organisationHooks.map(({ connectId, name, accountId: account }) => ({
    connectId,
    name,
    accountId: account,
  }));
  const accounts = [accountId, otherAccountId].map((id) => ({ id, name: `Acme ${id.slice(-1)}` }));
  switch (path.replace(`/${organizationId}`, '/*')) {
    case '':
      return {
        json: { organizations: [{ id: organizationId, name: 'Acme', created_on: '2022-01-01T00:00:00', accounts }] },
      };
    case '/*/users':
      return query.get('account_id') === accountId && query.get('membership_status') === 'closed'
        ? closed(query)
        : { status: 400, json: { error: 'invalid_request' } };
    case '/*/connect/oauth':
      return { json: oauth };
    case '/*/reserved_domains':
      return { json: { reserved_domains: [{ id: 'd1', status: 'active', host_name: 'acme.example' }] } };
    case '/*/identity_providers':
      return { json: { identity_providers: [] } };
    case '/*/connect':
      return { json: { configurations: connect, totalSetSize: connect.length } };
    default: {
      const json = organisationHooks.find(({ connectId }) => path.endsWith(`/connect/${connectId}`));
      return json && { json };
    }
  }
}

function closed(query: VendorRequest['query']): VendorAnswer {
  const from = Number(query.get('start') ?? 0);
  const users = leavers.slice(from, from + Number(query.get('take') ?? 20));
  const end = from + users.length;
  return {
    json: {
      users,
      paging: {
        result_set_size: users.length,
        result_set_start_position: from,
        result_set_end_position: end - 1,
        total_set_size: leavers.length,
      },
    },
  };
}

/** Two events a call, from a time or behind a cursor; at the end the cursor stays what it was. */
/** The list has one name where Monitor is now, and another where it was; so have cursors. */
function feed({ query }: VendorRequest, list: 'data' | 'resultData'): VendorAnswer {
  const cursor = query.get('cursor') ?? '';
  const [, behind] = new RegExp(`^${list}-(\\d+)$`).exec(cursor) ?? [];
  const from = behind === undefined ? 0 : Number(behind);
  const some = events.slice(from, from + 2);
  return { json: { endCursor: `${list}-${from + some.length}`, [list]: some } };
}
