import { seeded } from '../../../scanners/secrets/samples.ts';

const sample = seeded(811);
export const token = sample.alnum(48);
export const ENTERPRISE = 'E0ACME001';
const day = (date: string): number => Date.parse(`${date}T09:00:00Z`) / 1_000;

export const teams = ['Sales', 'Engineering', 'Support'].map((name, n) => ({
  id: `T0ACME00${n + 1}`,
  name,
  discoverability: n === 0 ? 'open' : 'hidden',
  primary_owner: { user_id: 'W0ADA', email: 'ada@acme.example' },
  team_url: `https://acme-${n}.slack.example/`,
}));

const user = (id: string, name: string, more: Record<string, unknown> = {}) => ({
  id,
  email: `${name.toLowerCase()}@acme.example`,
  username: name.toLowerCase(),
  full_name: `${name} Example`,
  is_admin: false,
  is_owner: false,
  is_primary_owner: false,
  is_restricted: false,
  is_ultra_restricted: false,
  is_bot: false,
  is_active: true,
  date_created: day('2023-02-01'),
  deactivated_ts: 0,
  expiration_ts: 0,
  last_active_ts: day('2026-05-20'),
  workspaces: [teams[0]?.id],
  ...more,
});
export const users = [
  user('W0ADA', 'Ada', { is_primary_owner: true, is_owner: true }),
  user('W0BO', 'Bo', { is_active: false, deactivated_ts: day('2026-03-01'), last_active_ts: undefined }),
  // She was away for a year.
  user('W0CY', 'Cy', { is_admin: true, deactivated_ts: day('2024-05-05') }),
  user('W0DEE', 'Dee', { email: null, full_name: '' }),
  user('W0GUEST', 'Guest', {
    email: 'Guest@Partner.example',
    is_ultra_restricted: true,
    expiration_ts: day('2026-07-01'),
  }),
  user('W0ROBOT', 'Robot', { is_bot: true }),
  user('W0EVE', 'Eve', { is_active: false, deactivated_ts: day('2026-01-15') }),
];

const member = (id: string, name: string, more: Record<string, unknown> = {}) => ({
  id,
  team_id: ENTERPRISE,
  name: name.toLowerCase(),
  real_name: name,
  deleted: false,
  updated: day('2026-04-01'),
  is_bot: false,
  is_app_user: false,
  is_admin: false,
  profile: { real_name: name, display_name: '', email: `${name.toLowerCase()}@acme.example` },
  ...more,
});
const bot = (id: string, name: string, profile: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  member(id, name, { is_bot: true, profile: { real_name: name, display_name: '', ...profile }, ...more });
export const membersOf: Readonly<Record<string, readonly unknown[]>> = {
  T0ACME001: [
    member('USLACKBOT', 'Slackbot'),
    member('W0ADA', 'Ada', { is_owner: true }),
    member('W0BO', 'Bo', { deleted: true, real_name: undefined }),
    member('W0STRANGER', 'Stranger', { is_stranger: true, team_id: 'T0OTHER' }),
    member('W0IVY', 'Ivy', { is_invited_user: true, profile: { email: 'Ivy@acme.example' } }),
    bot('U0CRM', 'CRM', { bot_id: 'B0CRM', api_app_id: 'A0CRM' }),
    bot('U0OLD', 'Old helper', { bot_id: 'B0OLD' }, { deleted: true, real_name: undefined }),
    bot('U0FLOW', 'Flow', { bot_id: 'B0FLOW', api_app_id: '' }, { is_workflow_bot: true }),
  ],
  T0ACME002: [member('W0ADA', 'Ada'), member('W0STRANGER', 'Stranger', { is_stranger: true }), bot('U0CI', 'CI', {})],
  T0ACME003: [],
};
export const bots: Readonly<Record<string, unknown>> = {
  B0FLOW: { id: 'B0FLOW', deleted: false, name: 'Flow', updated: day('2024-01-01'), app_id: 'A0FLOW' },
};

const app = (id: string, name: string, internal: boolean, inDirectory: boolean) => ({
  id,
  name,
  description: '',
  is_internal: internal,
  is_app_directory_approved: inDirectory,
  is_granular_bot_app: true,
});
const scope = (name: string, sensitive = false) => ({
  name,
  description: '',
  is_sensitive: sensitive,
  token_type: 'bot',
});
const resolution = (which: ReturnType<typeof app>, scopes: readonly unknown[] | null, by: string | null) => ({
  app: which,
  scopes,
  date_updated: day('2025-11-11'),
  last_resolved_by: by === null ? null : { actor_id: by, actor_type: by.startsWith('W') ? 'user' : 'app' },
});
/** By place, and by whether Slack certified the app. */
export const approved: Readonly<Record<string, readonly unknown[]>> = {
  [`${ENTERPRISE} false`]: [
    resolution(app('A0CRM', 'CRM', false, true), [scope('chat:write'), scope('files:read', true)], 'W0CY'),
    resolution(app('A0CI', 'CI', true, false), [scope('chat:write')], 'A0MANAGER'),
    resolution(app('A0ODD', '', false, false), null, null),
  ],
  [`${ENTERPRISE} true`]: [resolution(app('A0CERT', 'Calendar', false, true), [scope('calls:read')], 'W0CY')],
  'T0ACME001 false': [resolution(app('A0CRM', 'CRM', false, true), [scope('chat:write')], 'W0CY')],
};
export const restricted: Readonly<Record<string, readonly unknown[]>> = {
  [`${ENTERPRISE} false`]: ['A0R1', 'A0R2', 'A0R3'].map((id) =>
    resolution(app(id, `Game ${id}`, false, false), [], 'W0CY'),
  ),
  'T0ACME002 true': [resolution(app('A0R4', 'Poll', false, true), [scope('users:read')], 'W0CY')],
};
export const requests: Readonly<Record<string, readonly unknown[]>> = {
  T0ACME001: [1, 2, 3].map((n) => ({
    id: `Ar0${n}`,
    app: app('A0NEW', 'New toy', false, false),
    user: { id: 'W0DEE', name: 'Dee', email: null },
    team: { id: 'T0ACME001', name: 'Sales', domain: 'acme' },
    scopes: [scope('channels:history', true)],
    previous_resolution: null,
    message: n === 1 ? `It needs token=${sample.alnum(40)} to work.` : '',
    date_created: day('2026-05-01'),
  })),
  // Another workspace has it already.
  T0ACME003: [
    { id: 'Ar04', app: app('A0SIGN', 'Signer', false, false), user: { id: 'W0DEE' }, date_created: day('2026-05-02') },
  ],
};
export const configs = [
  {
    app_id: 'A0CRM',
    workflow_auth_strategy: 'end_user_only',
    domain_restrictions: { emails: ['acme.example'], urls: [] },
  },
  {
    app_id: 'A0CI',
    workflow_auth_strategy: 'builder_choice',
    domain_restrictions: { emails: null, urls: ['ci.example'] },
  },
];

const change = (type: string, date: string, more: Record<string, unknown>) => ({
  user_id: 'W0BO',
  user_name: 'bo',
  date: String(day(date)),
  change_type: type,
  ...more,
});
const crm = { app_id: 'A0CRM', app_type: 'CRM' };
const feed = { service_id: 42, service_type: 'RSS' };
const hook = { service_id: 1_234_567_890, service_type: 'Incoming WebHooks', channel: 'C0GENERAL' };
/** Newest first; more than a page of them. */
const noise = Array.from({ length: 205 }, (_, n) =>
  change(n % 2 === 0 ? 'removed' : 'added', '2024-06-01', {
    date: String(day('2024-06-01') - n * 60),
    app_id: `A0GONE${Math.floor(n / 2)}`,
    app_type: 'Tried once',
  }),
);
export const changesOf: Readonly<Record<string, readonly unknown[]>> = {
  T0ACME001: [
    change('updated', '2026-02-02', { ...crm, user_id: 'W0CY', user_name: 'cy', scope: 'chat:write,files:read' }),
    change('disabled', '2026-01-02', { ...hook, user_id: 'W0CY', reason: 'admin' }),
    change('added', '2025-03-03', { ...crm, scope: 'chat:write,incoming-webhook' }),
    change('added', '2024-03-03', hook),
    change('added', '2024-03-01', feed),
    change('added', '2024-07-01', { rss_feed: true, rss_feed_title: 'News' }),
    ...noise,
  ],
  T0ACME002: [
    change('added', '2025-08-08', { ...crm, user_id: 'W0ADA', user_name: 'ada', scope: 'chat:write,users:read' }),
    // It was there before, and somebody else had brought it.
    change('removed', '2025-08-01', { ...crm, user_id: 'W0CY', user_name: 'cy' }),
    change('added', '2023-08-08', { ...crm, user_id: 'W0CY', user_name: 'cy', scope: 'admin' }),
    change('added', '2025-06-06', { app_id: 'A0SIGN', app_type: 'Signer', scope: 'files:read' }),
    change('enabled', '2025-05-05', { app_id: 'A0CI', app_type: 'CI', scope: '' }),
    change('added', '2025-05-04', {
      app_id: 'A0POST',
      app_type: 'Poster',
      scope: 'incoming-webhook',
      user_id: 'W0ADA',
    }),
  ],
};

const step = (id: string, fn: string, inputs: Record<string, unknown>) => ({ id, function_id: fn, inputs });
export const workflows = [
  {
    id: 'Wf01',
    title: 'Welcome',
    collaborators: ['W0ADA', 'W0BO'],
    is_published: true,
    last_published_date: String(day('2026-04-04')),
    last_published_version_id: 'Wfv1',
    steps: [
      step('0', 'Fn0102', { message: { value: 'Hello', locked: false } }),
      step('1', 'Fn0HTTP', { header: { value: `Bearer ${sample.alnum(40)}`, locked: false } }),
    ],
    trigger_types: [{ id: 'Ftt1', type: 'webhook' }],
  },
  {
    id: 'Wf02',
    title: 'Nobody’s',
    collaborators: [],
    is_published: true,
    last_published_date: '0',
    steps: [],
    trigger_types: [],
  },
  {
    id: 'Wf03',
    title: 'A draft',
    collaborators: ['W0CY'],
    is_published: false,
    last_published_date: null,
    steps: null,
  },
  {
    id: 'Wf04',
    title: '',
    collaborators: null,
    is_published: false,
    last_published_date: String(day('2025-01-01')),
    steps: [],
  },
  {
    id: 'Wf05',
    title: 'Kudos',
    collaborators: ['W0CY'],
    is_published: true,
    trigger_types: [{ type: 'shortcut' }, { type: 'scheduled' }],
    steps: [step('a', 'Fn010N', {})],
  },
].map((each) => ({
  description: '',
  source: 'workflow_builder',
  app_id: 'A0WF',
  team_id: ENTERPRISE,
  last_updated_by: 'W0CY',
  date_updated: day('2026-04-04'),
  ...each,
}));
/** By app. */
export const functions = [
  { id: 'Fn0HTTP', title: 'Send a request', app_id: 'A0CI' },
  { id: 'Fn0DEAL', title: 'Find a deal', app_id: 'A0CRM' },
  { id: 'Fn0NOTE', title: '', app_id: 'A0CRM' },
].map((each) => ({
  callback_id: 'made_up',
  description: '',
  type: 'app',
  input_parameters: [],
  output_parameters: [],
  date_created: day('2025-01-01'),
  date_updated: day('2025-01-01'),
  date_deleted: 0,
  ...each,
}));
const ran = (workflow: string, date: string) => ({
  app_id: 'A0WF',
  level: 'info',
  event_type: 'workflow_execution_started',
  source: 'slack',
  component_type: 'workflows',
  component_id: workflow,
  payload: { workflow_name: 'made up', actor: 'W0ADA', inputs: { note: `token=${sample.alnum(40)}` } },
  created: day(date) * 1_000_000,
  trace_id: 'Tr01',
});
/** Newest first. */
export const activities = [ran('Wf01', '2026-05-30'), ran('Wf05', '2025-09-09'), ran('Wf01', '2026-05-01')];

export const permissions: Readonly<Record<string, unknown>> = {
  Wf01: { complete: true, who_can_run: { permission_type: 'everyone', user_ids: [] } },
  Wf02: { complete: true, who_can_run: { permission_type: 'named_entities', user_ids: ['W0ADA', 'W0CY'] } },
  Wf03: { complete: true, who_can_run: { permission_type: 'no_one' } },
  Wf04: { complete: true, who_can_run: { permission_type: 'app_collaborators', user_ids: [] } },
};

const event = (action: string, date: string, actor: string, entity: Record<string, unknown>) => ({
  id: sample.hex(32),
  date_create: day(date),
  action,
  actor: { type: 'user', user: { id: actor, name: actor, email: `${actor.slice(2).toLowerCase()}@acme.example` } },
  entity,
  context: { ip_address: '192.0.2.1', ua: 'made up' },
});
export const events = [
  event('workflow_published', '2026-04-04', 'W0CY', { type: 'workflow', workflow: { id: 'Wf01', name: 'Welcome' } }),
  event('workflow_v2_published', '2026-02-02', 'W0BO', { type: 'workflow_v2', workflow_v2: { id: 'Wf05' } }),
  event('workflow_published', '2026-02-01', 'W0BO', { type: 'workflow', workflow: { id: 'Wf01', name: 'Welcome' } }),
  event('workflow_created', '2026-01-01', 'W0BO', { type: 'workflow', workflow: { id: 'Wf01', name: 'Welcome' } }),
  event('app_token_preserved', '2026-03-02', 'USLACKUSER', { type: 'app', app: { id: 'A0CRM', name: 'CRM' } }),
];
