import { seeded } from '../../scanners/secrets/samples.ts';
import type { FixtureVendor, VendorAnswer, VendorRequest } from '../helpers/vendor.ts';
import {
  events,
  groups,
  library,
  megaSigns,
  members,
  users,
  webhookEndpoints,
  webhooks,
  widgets,
  workflows,
} from './adobe-sign/organisation.ts';

const sample = seeded(72);
const key = `3AAA${sample.alnum(60)}`;
const [clientSecret, refreshToken, accessToken] = [1, 2, 3].map(() => sample.alnum(48)) as [string, string, string];

export interface Ways {
  oauth?: true;
  /** The same request of the same user is held back when it comes a second time. */
  once?: true;
  /** Users whom nobody can act for. */
  unreachable?: readonly string[];
}

/** An account on the access point `/na1`; lists are cut into pages of two. */
export function vendor({ oauth, once, unreachable = [] }: Ways = {}): FixtureVendor {
  const asked = new Set<string>();
  const repeated = ({ path, query, headers }: VendorRequest): boolean => {
    const request = [path, query.toString(), headers.get('x-api-user')].join(' ');
    const known = asked.has(request);
    asked.add(request);
    return known;
  };
  return {
    settings: (origin) => ({
      apiUrl: `${origin}/anywhere/api/rest/v6`,
      plan: 'enterprise',
      pageSize: 2,
      ...(oauth
        ? {
            oauth: {
              clientId: 'rollcall',
              clientSecret: 'env:ADOBE_SECRET',
              refreshToken: 'env:ADOBE_REFRESH',
              tokenUrl: `${origin}/na1/oauth/v2/refresh`,
            },
          }
        : { integrationKey: 'env:ADOBE_KEY' }),
    }),
    env: { ADOBE_KEY: key, ADOBE_SECRET: clientSecret, ADOBE_REFRESH: refreshToken },
    answer(request, origin) {
      if (request.path === '/na1/oauth/v2/refresh') return refreshed(request);
      if (request.headers.get('authorization') !== `Bearer ${oauth ? accessToken : key}`)
        return refused(401, 'INVALID_ACCESS_TOKEN');
      if (repeated(request) && once)
        return { status: 429, json: { code: 'THROTTLING_TOO_MANY_REQUESTS', message: 'no', retryAfter: 60 } };
      if (request.path === '/anywhere/api/rest/v6/baseUris')
        return { json: { apiAccessPoint: `${origin}/na1/`, webAccessPoint: `${origin}/` } };
      const [, path] = /^\/na1\/api\/rest\/v6\/(.+)$/.exec(request.path) ?? [];
      if (path === undefined || request.method !== 'GET') return refused(400, 'INVALID_API_ACCESS_POINT');
      const user = actingFor(request);
      if (user !== undefined && unreachable.includes(user)) return refused(401, 'INVALID_USER');
      return answerTo(request, path, user ?? '');
    },
  };
}

function refreshed({ body }: VendorRequest): VendorAnswer {
  const form = new URLSearchParams(body);
  const fits =
    form.get('grant_type') === 'refresh_token' &&
    form.get('refresh_token') === refreshToken &&
    form.get('client_secret') === clientSecret;
  return fits
    ? { json: { access_token: accessToken, token_type: 'Bearer', expires_in: 3600 } }
    : { status: 400, json: { error: 'invalid_grant' } };
}

/** A user is named by id or by address. */
function actingFor({ headers }: VendorRequest): string | undefined {
  const [, by, name] = /^(userid|email):(.+)$/.exec(headers.get('x-api-user') ?? '') ?? [];
  return by === 'email' ? users.find(({ email }) => email === name)?.id : name;
}

function refused(status: number, code: string): VendorAnswer {
  return { status, json: { code, message: 'no' } };
}

function answerTo(request: VendorRequest, path: string, user: string): VendorAnswer | undefined {
  const [first = '', id = '', last] = path.split('/');
  const whole = last === undefined ? first + (id === '' ? '' : '/*') : `${first}/*/${last}`;
  switch (whole) {
    case 'users':
      return page(
        request,
        'userInfoList',
        users.map((user) => ({ ...user, status: undefined })),
      );
    case 'users/*':
      return found(id === 'me' ? { ...users[0], accountType: 'ENTERPRISE' } : users.find((each) => each.id === id));
    case 'groups':
      return page(request, 'groupInfoList', groups);
    case 'groups/*/users':
      return page(request, 'userInfoList', members[id] ?? []);
    case 'webhookEndpoints':
      return page(request, 'webhookEndpointList', webhookEndpoints);
    case 'webhooks':
      return page(request, 'userWebhookList', webhooks[user] ?? []);
    case 'webhooks/*':
      return found(webhooks[user]?.map(withConditions).find((each) => each.id === id));
    case 'libraryDocuments':
      return page(request, 'libraryDocumentList', library[user] ?? []);
    case 'widgets':
      return page(request, 'userWidgetList', widgets[user] ?? []);
    case 'widgets/*':
      return found(widgets[user]?.find((each) => each.id === id));
    case 'libraryDocuments/*/events':
    case 'widgets/*/events':
      return { json: { events: events[id] ?? [] } };
    case 'workflows':
      return { json: { userWorkflowList: workflows[request.query.get('groupId') ?? ''] ?? [] } };
    case 'megaSigns':
      return page(request, 'megaSignList', megaSigns[user] ?? []);
    case 'megaSigns/*':
      return found(megaSigns[user]?.find((each) => each.id === id));
    default:
      return undefined;
  }
}

/** Signed documents go along with the first one. */
function withConditions<T extends { id: string }>(hook: T, n: number) {
  const webhookAgreementEvents = { includeSignedDocuments: n === 0, includeDetailedInfo: true };
  return { ...hook, webhookConditionalParams: n < 2 ? { webhookAgreementEvents } : null };
}

function found(json: unknown): VendorAnswer | undefined {
  return json === undefined ? refused(404, 'INVALID_ID') : { json };
}

/** The cursor is behind a blank where there is none, as the guide writes it. */
function page({ query }: VendorRequest, name: string, all: readonly unknown[]): VendorAnswer {
  const from = Number(query.get('cursor')?.slice(2) ?? 0);
  const next = from + Number(query.get('pageSize') ?? 100);
  return { json: { page: { nextCursor: next < all.length ? `c-${next}` : ' ' }, [name]: all.slice(from, next) } };
}
