import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import { seeded } from '../../scanners/secrets/samples.ts';
import { NOW } from '../helpers/live.ts';
import type { FixtureVendor, VendorAnswer, VendorRequest } from '../helpers/vendor.ts';
import { apps, granted } from './github/apps.ts';
import { eventsFor } from './github/audit-log.ts';
import { changes, commitsOf, pulls } from './github/changes.ts';
import { contentsAt } from './github/files.ts';
import { lists, organisation, protection, provisioned, selected } from './github/organisation.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const minted = seeded(61).alnum(40);
const personal = seeded(62).alnum(40);
const base = '/api/v3';
const HOUR = 3_600_000;

/** What a test may have otherwise. */
export interface Otherwise {
  /** Read with a personal access token that has these classic scopes; a fine-grained one says none. */
  token?: { scopes?: string; expires?: string; role?: 'admin' | 'member' | 'none' };
  /** Which repositories the App was given; all, when it is left out. */
  selection?: 'all' | 'selected';
  /** What lists leave out without a word, by path and by name or login. */
  hides?(path: string, name: string): boolean;
  /** Told what a token was asked for. */
  onMint?(permissions: unknown): void;
}

/** An organisation on an Enterprise Server, read by an App that may do more than it needs; pages hold two things. */
export function vendor(otherwise: Otherwise = {}): FixtureVendor {
  const { token } = otherwise;
  return {
    settings: (origin) => ({
      organisation: 'acme',
      apiUrl: `${origin}${base}`,
      auditLog: true,
      apiInsights: true,
      ...(token ? { token: 'env:GITHUB_TOKEN' } : { app: { id: 77, privateKey: 'env:GITHUB_APP_KEY' } }),
    }),
    env: {
      GITHUB_TOKEN: personal,
      GITHUB_APP_KEY: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    },
    answer(request) {
      const path = request.path.slice(base.length);
      const bearer = /^bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
      if (path === '/orgs/acme/installation' || path.startsWith('/app/'))
        return asApp(request, path, bearer, otherwise);
      if (bearer !== (token ? personal : minted)) return { status: 401, json: { message: 'Bad credentials' } };
      const answer = request.method === 'GET' ? (sightOf(path, otherwise) ?? answerTo(request, path)) : undefined;
      return answer && withHeaders(request, shown(path, answer, otherwise), token);
    },
  };
}

/** The App itself proves who it is with a signed statement, and gets a token that may do what was asked for. */
function asApp(request: VendorRequest, path: string, jwt: string, { onMint }: Otherwise): VendorAnswer | undefined {
  const [header = '', claims = '', signature = ''] = jwt.split('.');
  const signed = verify('sha256', Buffer.from(`${header}.${claims}`), publicKey, Buffer.from(signature, 'base64url'));
  const { iss } = signed ? (JSON.parse(Buffer.from(claims, 'base64url').toString()) as { iss: unknown }) : { iss: '' };
  if (String(iss) !== '77') return { status: 401, json: { message: 'A JSON web token could not be decoded' } };
  if (path !== '/app/installations/503/access_tokens') return { json: { id: 503, permissions: granted } };
  const { permissions = {} } = JSON.parse(request.body || '{}') as { permissions?: Record<string, string> };
  onMint?.(permissions);
  const excessive = Object.entries(permissions).some(
    ([name, level]) => granted[name] === undefined || level !== 'read',
  );
  if (excessive) return { status: 422, json: { message: 'The permissions requested are not granted' } };
  return { status: 201, json: { token: minted, expires_at: new Date(NOW + HOUR).toISOString(), permissions } };
}

function shown(path: string, answer: VendorAnswer, { hides }: Otherwise): VendorAnswer {
  if (!hides || !Array.isArray(answer.json)) return answer;
  return { ...answer, json: answer.json.filter(({ name, login }) => !hides(path, name ?? login)) };
}

/** What tells how much the credential sees. */
function sightOf(path: string, { token, selection = 'all' }: Otherwise): VendorAnswer | undefined {
  if (path === '/installation/repositories' && !token)
    return { json: { total_count: 3, repository_selection: selection, repositories: [] } };
  if (path !== '/user/memberships/orgs/acme') return undefined;
  const { role = 'admin' } = token ?? { role: 'none' as const };
  return role === 'none' ? { status: 404, json: { message: 'Not Found' } } : { json: { state: 'active', role } };
}

function answerTo(request: VendorRequest, path: string): VendorAnswer | undefined {
  const [, top = '', owner = '', ...rest] = path.split('/');
  if (path === '/orgs/acme') return { json: organisation };
  if (top === 'apps') return apps[owner] === undefined ? undefined : { json: apps[owner] };
  if (path === '/orgs/acme/actions/permissions/workflow')
    return { json: { default_workflow_permissions: 'write', can_approve_pull_request_reviews: true } };
  if (path === '/orgs/acme/actions/permissions')
    return { json: { enabled_repositories: 'all', allowed_actions: 'all', sha_pinning_required: false } };
  if (path === '/orgs/acme/actions/oidc/customization/sub')
    return { json: { include_claim_keys: ['repo', 'context'], use_immutable_subject: false } };
  if (/^\/repos\/acme\/\w+\/actions\/permissions\/workflow$/.test(path))
    return { json: { default_workflow_permissions: 'write', can_approve_pull_request_reviews: false } };
  if (path === '/repos/acme/site/branches/main/protection') return { json: protection };
  if (path === '/orgs/acme/audit-log') return page(request, eventsFor(request));
  if (path === '/scim/v2/organizations/acme/Users') return scim(request);
  const [repo = '', ...inside] = rest;
  if (top === 'repos' && inside[0] === 'contents') {
    const found = contentsAt(`${repo}/${decodeURIComponent(inside.slice(1).join('/'))}`);
    return found === undefined ? undefined : { json: found };
  }
  const place = top === 'orgs' ? `org/${rest.join('/')}` : [repo, ...inside].join('/');
  if (place.endsWith('/commits')) return page(request, commitsOf(request.query.get('path') ?? ''));
  if (changes[place] !== undefined) return page(request, changes[place]);
  if (pulls[place] !== undefined) return { json: pulls[place] };
  if (/^org\/\w+\/secrets\/\w+\/repositories$/.test(place)) return page(request, selected, 'repositories');
  const role = request.query.get('role');
  return listAt(request, role === null ? place : `${place}?${role}`);
}

/** Every repository has every list, empty where nothing is said. */
function listAt(request: VendorRequest, place: string): VendorAnswer | undefined {
  const known = Object.keys(lists).find((key) => key.slice(key.indexOf(':') + 1) === place);
  const like =
    known ?? Object.keys(lists).find((key) => key.slice(key.indexOf(':') + 1) === place.replace(/^\w+/, 'site'));
  const emptyEnvironment = /\/environments\/\w+\/(secrets|variables)$/.exec(place)?.[1];
  const inside = like?.includes(':') ? like.slice(0, like.indexOf(':')) : emptyEnvironment;
  if (like === undefined && emptyEnvironment === undefined) return undefined;
  return page(request, known === undefined ? [] : (lists[known] ?? []), inside);
}

function page(request: VendorRequest, items: readonly unknown[], inside?: string): VendorAnswer {
  const size = Math.min(2, Number(request.query.get('per_page') ?? 30));
  const number = Number(request.query.get('page') ?? 1);
  const some = items.slice((number - 1) * size, number * size);
  const query = new URLSearchParams(request.query);
  query.set('page', String(number + 1));
  const more = number * size < items.length;
  return {
    json: inside === undefined ? some : { total_count: items.length, [inside]: some },
    headers: more
      ? { link: `<http://${request.headers.get('host')}${request.path}?${query.toString()}>; rel="next"` }
      : {},
  };
}

function scim({ query, headers }: VendorRequest): VendorAnswer {
  if (headers.get('accept') !== 'application/scim+json') return { status: 406, json: {} };
  const from = Number(query.get('startIndex') ?? 1);
  const Resources = provisioned.slice(from - 1, from + 1);
  return { json: { totalResults: provisioned.length, itemsPerPage: Resources.length, startIndex: from, Resources } };
}

function withHeaders(request: VendorRequest, answer: VendorAnswer, token: Otherwise['token']): VendorAnswer {
  const etag = `W/"${createHash('sha1').update(JSON.stringify(answer.json)).digest('hex')}"`;
  const headers = {
    etag,
    'x-ratelimit-remaining': '4990',
    'x-ratelimit-reset': String(Math.floor(NOW / 1_000) + 3_600),
    ...(token?.scopes !== undefined && { 'x-oauth-scopes': token.scopes }),
    ...(token?.expires !== undefined && { 'github-authentication-token-expiration': token.expires }),
    ...answer.headers,
  };
  if (request.headers.get('if-none-match') === etag) return { status: 304, headers, text: '' };
  return { ...answer, headers };
}
