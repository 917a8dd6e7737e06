import { generateKeyPairSync, verify } from 'node:crypto';
import { seeded } from '../../scanners/secrets/samples.ts';
import { leastScopes } from '../../connectors/okta/scopes.ts';
import { NOW } from '../helpers/live.ts';
import type { FixtureVendor, VendorAnswer, VendorRequest } from '../helpers/vendor.ts';
import * as made from './okta/organisation.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const minted = seeded(501).alnum(300);
const ssws = `00${seeded(502).alnum(40)}`;

/** What a test may have otherwise. */
export interface Otherwise {
  /** Read with an API token instead of an app. */
  token?: true;
  /** Scopes that the app asks for. */
  scopes?: readonly string[];
  /** Without Okta Privileged Access. */
  privilegedAccess?: false;
  /** A path that the role does not allow. */
  refused?: string;
  /** What the credential acts with; nobody is shown it where it is refused. */
  roles?: readonly string[] | 'refused';
  /** What lists leave out without a word, by path and id. */
  hides?(path: string, id: string): boolean;
  settings?: Record<string, unknown>;
}

/** An organisation that is read by an API services app with a key; pages hold two things. */
export function vendor(otherwise: Otherwise = {}): FixtureVendor {
  const { token, scopes, settings } = otherwise;
  return {
    settings: (orgUrl) => ({
      orgUrl,
      pageSize: 2,
      ...(token
        ? { token: 'env:OKTA_TOKEN' }
        : {
            app: {
              clientId: made.appId(7),
              privateKey: 'env:OKTA_KEY',
              keyId: 'rollcall',
              ...(scopes && { scopes }),
            },
          }),
      ...settings,
    }),
    env: {
      OKTA_TOKEN: ssws,
      OKTA_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
    answer(request, origin) {
      if (request.path === '/oauth2/v1/token') return tokenFor(request, origin);
      if (request.path === '/.well-known/okta-organization') return { json: { id: '00o1', pipeline: 'idx' } };
      const expected = token ? `SSWS ${ssws}` : `Bearer ${minted}`;
      if (request.headers.get('authorization') !== expected) return refusal(401, 'E0000011');
      if (request.path === otherwise.refused) return refusal(403, 'E0000006');
      const answer = ownRoles(request, otherwise) ?? shown(request, answerTo(request, origin, otherwise), otherwise);
      const headers = {
        'x-rate-limit-limit': '600',
        'x-rate-limit-remaining': '590',
        'x-rate-limit-reset': String(Math.floor(NOW / 1_000) + 60),
        ...answer?.headers,
      };
      return answer ? { ...answer, headers } : refusal(404, 'E0000007');
    },
  };
}

/** The roles of the app that reads, or of the administrator whose token it is. */
function ownRoles({ path }: VendorRequest, { roles }: Otherwise): VendorAnswer | undefined {
  const own = path === `/oauth2/v1/clients/${made.appId(7)}/roles` || path === `/api/v1/users/${made.userId(2)}/roles`;
  if (!own || roles === undefined) return undefined;
  if (roles === 'refused') return refusal(403, 'E0000006');
  return { json: roles.map((type) => ({ id: type, type, label: type, status: 'ACTIVE' })) };
}

function shown({ path }: VendorRequest, answer: VendorAnswer | undefined, { hides }: Otherwise) {
  if (!hides || !answer || !Array.isArray(answer.json)) return answer;
  return { ...answer, json: answer.json.filter(({ id }) => !hides(path, id)) };
}

const refusal = (status: number, errorCode: string): VendorAnswer => ({
  status,
  json: { errorCode, errorSummary: 'No.', errorLink: errorCode, errorId: 'oae', errorCauses: [] },
});

/** A statement that the app signed, to this very address, buys a token with scopes that were granted. */
function tokenFor({ body }: VendorRequest, origin: string): VendorAnswer {
  const form = new URLSearchParams(body);
  const [header = '', claims = '', signature = ''] = (form.get('client_assertion') ?? '').split('.');
  const signed = verify('sha256', Buffer.from(`${header}.${claims}`), publicKey, Buffer.from(signature, 'base64url'));
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
  const { aud, sub } = signed ? read(claims) : {};
  if (aud !== `${origin}/oauth2/v1/token` || sub !== made.appId(7) || read(header)['kid'] !== 'rollcall')
    return { status: 401, json: { error: 'invalid_client' } };
  const asked = form.get('scope')?.split(' ') ?? [];
  if (asked.length === 0 || !asked.every((scope) => (leastScopes as readonly string[]).includes(scope)))
    return { status: 400, json: { error: 'invalid_scope' } };
  return { json: { token_type: 'Bearer', expires_in: 3_600, access_token: minted, scope: asked.join(' ') } };
}

const lists: Readonly<Record<string, readonly object[]>> = {
  '/api/v1/api-tokens': made.apiTokens,
  '/api/v1/apps': made.apps,
  '/api/v1/authorizationServers': made.authorizationServers,
  '/api/v1/eventHooks': made.eventHooks,
  '/api/v1/inlineHooks': made.inlineHooks,
  '/api/v1/logStreams': made.logStreams,
  '/api/v1/zones': made.zones,
  '/integrations/api/v1/api-services': made.integrations,
  '/privileged-access/api/v1/service-accounts': made.serviceAccounts,
  '/privileged-access/api/v1/okta-service-accounts': made.oktaServiceAccounts,
};

const inside: readonly [RegExp, Readonly<Record<string, readonly object[]>>][] = [
  [/^\/api\/v1\/apps\/(\w+)\/grants$/, made.grants],
  [/^\/api\/v1\/apps\/(\w+)\/tokens$/, made.refreshTokens],
  [/^\/api\/v1\/apps\/(\w+)\/credentials\/secrets$/, made.secrets],
  [/^\/api\/v1\/apps\/(\w+)\/credentials\/jwks$/, made.keys],
  [/^\/api\/v1\/apps\/(\w+)\/credentials\/keys$/, made.certificates],
  [/^\/oauth2\/v1\/clients\/(\w+)\/roles$/, made.roles],
  [/^\/integrations\/api\/v1\/api-services\/(\w+)\/credentials\/secrets$/, made.integrationSecrets],
  [/^\/api\/v1\/groups\/(\w+)\/users$/, made.members],
  [/^\/api\/v1\/users\/(\w+)\/roles$/, made.userRoles],
];

function answerTo(request: VendorRequest, origin: string, { privilegedAccess }: Otherwise): VendorAnswer | undefined {
  const { path, query } = request;
  if (path === '/api/v1/org') return { json: { id: '00o1', companyName: 'Acme', subdomain: 'acme', created: null } };
  if (path.startsWith('/privileged-access/') && privilegedAccess === false) return refusal(401, 'E0000015');
  if (path === '/api/v1/users/me') return { json: { id: made.userId(2) } };
  if (path === '/api/v1/users') return page(request, origin, usersFor(query));
  if (path === '/api/v1/iam/assignees/users') return administrators(request, origin);
  if (path === '/api/v1/logs') return page(request, origin, made.appsMade);
  const customRole = /^\/api\/v1\/iam\/roles\/(\w+)\/permissions$/.exec(path)?.[1];
  if (customRole !== undefined)
    return (
      made.permissions[customRole] && {
        json: { permissions: made.permissions[customRole].map((label) => ({ label })) },
      }
    );
  const group = /^\/api\/v1\/groups\/(\w+)$/.exec(path)?.[1];
  if (group !== undefined) return made.groups[group] && { json: made.groups[group] };
  const all =
    lists[path] ??
    inside.flatMap(([shape, by]) => (shape.test(path) ? [by[shape.exec(path)?.[1] ?? ''] ?? []] : []))[0];
  return all && page(request, origin, all);
}

/** Who was deactivated is listed only where a filter asks for them. */
function usersFor(query: URLSearchParams): readonly object[] {
  const filter = query.get('filter');
  return made.users.filter(({ status }) =>
    filter === null ? status !== 'DEPROVISIONED' : filter.includes(`status eq "${status}"`),
  );
}

function cut({ query }: VendorRequest, all: readonly object[]): { some: readonly object[]; next?: string } {
  const from = Number(query.get('after') ?? 0);
  return { some: all.slice(from, from + 2), ...(from + 2 < all.length && { next: String(from + 2) }) };
}

function page(request: VendorRequest, origin: string, all: readonly object[]): VendorAnswer {
  const { some, next } = cut(request, all);
  const link = (after: string | undefined, rel: string) => {
    const query = new URLSearchParams(request.query);
    if (after !== undefined) query.set('after', after);
    return `<${origin}${request.path}?${query.toString()}>; rel="${rel}"`;
  };
  return { json: some, headers: { link: [link(undefined, 'self'), ...(next ? [link(next, 'next')] : [])].join(', ') } };
}

function administrators(request: VendorRequest, origin: string): VendorAnswer {
  const { some, next } = cut(request, made.administrators);
  const href = `${origin}${request.path}?after=${next}&limit=100`;
  return { json: { value: some, ...(next && { _links: { next: { href } } }) } };
}
