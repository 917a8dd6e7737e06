import { seeded } from '../../scanners/secrets/samples.ts';
import type { FixtureVendor, VendorAnswer, VendorRequest } from '../helpers/vendor.ts';

const sample = seeded(506);
const key = sample.hex(40);
const ids = (n: number): string => seeded(12_000 + n).alnum(22);
const uuid = (n: number): string => {
  const hex = seeded(13_000 + n).hex(32);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};
const at = '2026-05-04T08:30:00.000000Z';

const workspaces = ['Sales', 'Legal', 'Purchasing'].map((name, n) => ({
  id: ids(n),
  name,
  date_created: '2022-05-14T22:22:41.255046Z',
  owner: 'ada@acme.example',
}));
const memberOf = (workspace: number, role: string) => ({
  role,
  workspace_id: ids(workspace),
  membership_id: ids(900 + workspace),
});
const person = (n: number, email: string, first: string, spaces: readonly unknown[], owner = false) => ({
  user_id: ids(20 + n),
  email,
  first_name: first,
  last_name: first === '' ? '' : 'Example',
  phone_number: '',
  license: 'Full',
  is_organization_owner: owner,
  workspaces: spaces,
});
const users = [
  person(1, 'ada@acme.example', 'Ada', [memberOf(0, 'Admin'), memberOf(1, 'Admin')], true),
  person(2, 'bo@acme.example', 'Bo', []),
  person(3, 'cy@acme.example', 'Cy', [memberOf(0, 'Manager')]),
  person(4, 'dee@acme.example', '', [memberOf(2, 'Member')]),
  person(5, 'eve@acme.example', 'Eve', [memberOf(0, 'Member')]),
];
const removed = new Set([ids(22)]);
/** Of the administrator in the second workspace. */
export const legalMembership = ids(901);
export const ownSpace = `container/workspace/${ids(0)}`;
/** Workspaces that a key of the first one does not read. */
export const unreadWorkspaces = [ids(1), ids(2)];
const members = [users[0]!, users[2]!, users[4]!].map((user) => ({
  user_id: user.user_id,
  email: user.email,
  first_name: user.first_name,
  last_name: user.last_name,
  membership_id: ids(900),
  is_active: user.first_name !== 'Eve',
  workspace: ids(0),
  workspace_name: 'Sales',
  email_verified: true,
  role: user.is_organization_owner ? 'Admin' : 'Manager',
  date_created: '2023-08-03T11:49:16.364213Z',
  date_modified: at,
}));

/** The member's workspace on the screen: another one than that of the key. */
const atScreen = { workspace: ids(2), workspace_name: 'Purchasing' };

const hook = (n: number, name: string, more: Record<string, unknown>) => ({
  uuid: uuid(n),
  name,
  url: 'https://hooks.acme.example/pandadoc',
  active: true,
  status: 'ACTIVE',
  payload: ['fields', 'pricing'],
  triggers: ['document_state_changed', 'document_deleted'],
  workspace_id: ids(0),
  shared_key: sample.alnum(22),
  ...more,
});
const webhooks = [
  hook(1, 'To the CRM', { url: `https://crm.acme.example/in?api_key=${sample.alnum(32)}` }),
  hook(2, 'Given up', { status: 'DEACTIVATED', active: false, payload: null, triggers: null }),
  hook(3, 'Twice', { status: 'INACTIVE', active: false, payload: [] }),
  hook(4, 'Twice', { shared_key: '' }),
];
const events = Array.from({ length: 230 }, (_, n) => ({
  uuid: uuid(100 + n),
  name: n % 2 === 0 ? 'To the CRM' : 'Given up',
  type: 'document_state_changed',
  error: n % 2 === 0 ? null : 'TIMEOUT_ERROR',
  http_status_code: n % 2 === 0 ? 200 : null,
  delivery_time: new Date(Date.parse(at) - n * 60_000).toISOString(),
}));

const templates = [1, 2, 3, 4, 5].map((n) => ({
  id: ids(200 + n),
  name: n === 5 ? '' : `Template ${n}`,
  date_created: at,
  date_modified: at,
  version: '2',
  content_date_modified: at,
}));
const crmKey = sample.alnum(32);
const detailsOf = (template: (typeof templates)[number], n: number) => ({
  ...template,
  created_by: n === 3 ? null : { id: ids(21 + (n % 3)), email: users[n % 3]?.email, first_name: '', last_name: '' },
  metadata: { cost_centre: '4711' },
  tokens: [
    { name: 'Sender.Company', value: 'Acme' },
    { name: 'crm_api_key', value: n === 0 ? crmKey : '' },
  ],
  fields: [{ uuid: uuid(300 + n), name: 'Signature', type: 'signature', value: {} }],
  tags: ['sales'],
  roles: [{ id: ids(300), name: 'Client', preassigned_person: { email: 'client@customer.example' } }],
  images: [{ name: 'logo', block_uuid: uuid(400), urls: ['https://api.pandadoc.com/images/1'] }],
});
const forms = ['DRAFT', 'ACTIVE', 'DISABLED', 'ACTIVE', 'SOMETHING NEW'].map((status, n) => ({
  id: uuid(500 + n),
  name: `Form ${n + 1}`,
  date_created: at,
  date_modified: at,
  status,
}));

const sharedKey = sample.hex(40);
const call = (n: number, minutes: number, more: Record<string, unknown>) => ({
  id: ids(600 + n),
  url: '/public/v1/documents',
  method: 'GET',
  status: 200,
  request_time: new Date(Date.parse(at) - minutes * 60_000).toISOString().slice(0, -1),
  response_time: at.slice(0, -1),
  request_body: {},
  response_body: {},
  query_params_string: null,
  query_params_object: null,
  token_type: 'API_KEY',
  application: null,
  key: sharedKey,
  request_id: uuid(600 + n),
  user_email: 'bo@acme.example',
  user_id: ids(22),
  ...more,
});
const crm = {
  token_type: 'OAUTH2_TOKEN',
  application: 'CRM bridge',
  key: sample.hex(40),
  user_email: 'cy@acme.example',
  user_id: ids(23),
};
const logs: Readonly<Record<string, readonly ReturnType<typeof call>[]>> = {
  PRODUCTION: [
    // More than one page, of which only a sample is opened.
    ...Array.from({ length: 1_200 }, (_, n) => call(n, n, {})),
    call(1_200, 2_880, crm),
    // Rollcall's own calls stand in the log as well.
    call(1_202, 0, { url: '/public/v2/logs', key, user_email: 'ada@acme.example', user_id: ids(21) }),
    // A key that was taken away goes on being tried.
    call(1_203, 10, { status: 401, key: sample.hex(40), user_email: 'eve@acme.example', user_id: ids(25) }),
    call(1_201, 4_320, { ...crm, key: '9cf1********************************2cd8', user_id: null }),
  ],
  SANDBOX: [call(2_000, 60, {}), call(2_001, 61, { ...crm, application: null, status: 401 })],
};
const entries = new Map(Object.values(logs).flatMap((each) => each.map((entry) => [entry.id, entry] as const)));

/** An organisation of three workspaces, read with a key of the first; pages of two. */
export function vendor(): FixtureVendor {
  return {
    settings: (apiUrl) => ({ apiUrl, apiKey: 'env:PANDADOC_KEY', pageSize: 2, logSample: 20 }),
    env: { PANDADOC_KEY: key },
    answer(request) {
      if (request.headers.get('authorization') !== `API-Key ${key}`) {
        return {
          status: 401,
          json: { type: 'authentication_error', detail: 'Authentication credentials were not provided.' },
        };
      }
      return request.method === 'GET' ? answerTo(request) : undefined;
    },
  };
}

function answerTo(request: VendorRequest): VendorAnswer | undefined {
  const { path, query } = request;
  const template = /^\/public\/v1\/templates\/(\w+)\/details$/.exec(path)?.[1];
  if (template !== undefined) {
    const n = templates.findIndex(({ id }) => id === template);
    return n < 0 ? undefined : { json: detailsOf(templates[n]!, n) };
  }
  const entry = entries.get(/^\/public\/v2\/logs\/(\w+)$/.exec(path)?.[1] ?? '');
  if (entry) return { json: entry };
  switch (path) {
    case '/public/v1/members/current':
      return { json: { ...members[0], ...atScreen } };
    case `/public/v1/users/${users[0]!.user_id}`:
      return { json: users[0] };
    case '/public/v1/members':
      return { json: { results: members } };
    case '/public/v1/workspaces':
      return { json: { results: page(query, workspaces), total: workspaces.length } };
    case '/public/v1/users': {
      const listed =
        query.get('show_removed') === 'false' ? users.filter(({ user_id: id }) => !removed.has(id)) : users;
      return { json: { results: page(query, listed), total: listed.length } };
    }
    case '/public/v1/webhook-subscriptions':
      return { json: { items: webhooks } };
    case '/public/v1/webhook-events':
      if (!query.has('count') || !query.has('page')) return { status: 400, json: { type: 'validation_error' } };
      return { json: { items: page(query, events) } };
    case '/public/v1/templates':
      return { json: { results: page(query, templates) } };
    case '/public/v1/forms':
      return { json: { results: page(query, forms), has_next_page: start(query) + size(query) < forms.length } };
    case '/public/v2/logs':
      if (start(query) + size(query) > 10_000) return { status: 400, json: { type: 'validation_error' } };
      return { json: { results: page(query, logs[query.get('environment_type') ?? ''] ?? []).map(row) } };
    default:
      return undefined;
  }
}

const row = ({ id, url, method, status, request_time, response_time }: ReturnType<typeof call>) => ({
  id,
  url,
  method,
  status,
  request_time,
  response_time,
});

const size = (query: URLSearchParams): number => Number(query.get('count') ?? 50);
const start = (query: URLSearchParams): number => (Number(query.get('page') ?? 1) - 1) * size(query);
function page<T>(query: URLSearchParams, all: readonly T[]): T[] {
  return all.slice(start(query), start(query) + size(query));
}
