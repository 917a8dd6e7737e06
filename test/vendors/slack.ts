import type { FixtureVendor, VendorAnswer, VendorRequest } from '../helpers/vendor.ts';
import {
  activities,
  approved,
  bots,
  changesOf,
  configs,
  ENTERPRISE,
  events,
  functions,
  membersOf,
  permissions,
  requests,
  restricted,
  teams,
  token,
  users,
  workflows,
} from './slack/organisation.ts';

const SCOPES =
  'admin,admin.app_activities:read,admin.apps:read,admin.teams:read,admin.users:read,admin.workflows:read,auditlogs:read,team:read,users:read,users:read.email';

/** Scopes that begin with `admin.` are given out by an organisation alone. */
const SCOPES_OF_WORKSPACE = 'admin,team:read,users:read,users:read.email';

/** An Enterprise organisation of three workspaces; or, told so, one workspace on a smaller plan. Pages of two. */
export function vendor({ enterprise = true }: { enterprise?: boolean } = {}): FixtureVendor {
  return {
    settings: (origin) => ({
      apiUrl: `${origin}/api`,
      auditUrl: `${origin}/audit/v1`,
      token: 'env:SLACK_TOKEN',
      auditLog: enterprise,
      pageSize: 2,
    }),
    env: { SLACK_TOKEN: token },
    answer(request) {
      if (request.headers.get('authorization') !== `Bearer ${token}`) return refusal('invalid_auth');
      if (request.path === '/audit/v1/logs') return auditLog(request.query);
      const method = /^\/api\/([\w.]+)$/.exec(request.path)?.[1] ?? '';
      if (!enterprise && method.startsWith('admin.')) return refusal('feature_not_enabled');
      const answer = answerTo(method, argumentsOf(request), enterprise);
      return answer
        ? { ...answer, headers: { 'x-oauth-scopes': enterprise ? SCOPES : SCOPES_OF_WORKSPACE } }
        : refusal('unknown_method');
    },
  };
}

const refusal = (error: string): VendorAnswer => ({ json: { ok: false, error } });

/** In the query, or in the form of a POST. */
function argumentsOf({ method, query, body }: VendorRequest): URLSearchParams {
  return method === 'POST' ? new URLSearchParams(body) : query;
}

function answerTo(method: string, asked: URLSearchParams, enterprise: boolean): VendorAnswer | undefined {
  const team = asked.get('team_id') ?? '';
  const place = `${asked.get('enterprise_id') ?? team} ${asked.get('certified') ?? 'false'}`;
  switch (method) {
    case 'auth.test':
      return ok({
        url: 'https://acme.slack.example/',
        team: 'Acme',
        user: 'ada',
        user_id: 'W0ADA',
        team_id: enterprise ? ENTERPRISE : 'T0ACME001',
        enterprise_id: enterprise ? ENTERPRISE : undefined,
        is_enterprise_install: enterprise,
      });
    case 'team.info':
      return teamInfo(asked.get('team') ?? 'T0ACME001', enterprise);
    case 'admin.teams.list':
      return cut('teams', teams, asked);
    case 'admin.users.list': {
      const active = asked.get('is_active') !== 'false';
      return cut(
        'users',
        users.filter(({ is_active: is }) => is === active),
        asked,
      );
    }
    case 'users.list':
      return membersOf[team] ? cut('members', membersOf[team], asked) : refusal('missing_argument');
    case 'bots.info': {
      const bot = bots[asked.get('bot') ?? ''];
      return bot ? ok({ bot }) : refusal('bot_not_found');
    }
    case 'admin.apps.approved.list':
      return cut('approved_apps', approved[place] ?? [], asked);
    case 'admin.apps.restricted.list':
      return cut('restricted_apps', restricted[place] ?? [], asked);
    case 'admin.apps.requests.list':
      return cut('app_requests', requests[team] ?? [], asked);
    case 'admin.apps.config.lookup': {
      const wanted = asked.get('app_ids')?.split(',') ?? [];
      return ok({ configs: configs.filter(({ app_id: id }) => wanted.includes(id)) });
    }
    case 'admin.functions.list': {
      const wanted = asked.get('app_ids')?.split(',') ?? [];
      return cut(
        'functions',
        functions.filter(({ app_id: id }) => wanted.includes(id)),
        asked,
      );
    }
    case 'admin.apps.activities.list': {
      const wanted = asked.get('component_id');
      return cut(
        'activities',
        activities.filter(({ component_id: id }) => id === wanted),
        asked,
      );
    }
    case 'team.integrationLogs':
      return integrationLog(team, asked);
    case 'admin.workflows.search': {
      const all = asked.get('publish_status') === 'all';
      return cut(
        'workflows',
        workflows.filter(({ is_published: is }) => all || is),
        asked,
      );
    }
    case 'admin.workflows.permissions.lookup': {
      const wanted = asked.get('workflow_ids')?.split(',') ?? [];
      return ok({ permissions: Object.fromEntries(Object.entries(permissions).filter(([id]) => wanted.includes(id))) });
    }
    default:
      return undefined;
  }
}

function teamInfo(id: string, enterprise: boolean): VendorAnswer {
  const team = teams.find((each) => each.id === id);
  if (!team) return refusal('team_not_found');
  const whole = enterprise ? { enterprise_id: ENTERPRISE, enterprise_name: 'Acme' } : {};
  const sso = id === 'T0ACME001' ? { sso_provider: { type: 'saml', name: 'SAML', label: 'SSO' } } : {};
  return ok({ team: { id, name: team.name, domain: 'acme', email_domain: '', ...whole, ...sso } });
}

function integrationLog(team: string, asked: URLSearchParams): VendorAnswer {
  const all = changesOf[team] ?? [];
  const [count, page] = [Number(asked.get('count') ?? 100), Number(asked.get('page') ?? 1)];
  const pages = Math.max(1, Math.ceil(all.length / count));
  const logs = all.slice((page - 1) * count, page * count);
  return ok({ logs, paging: { count, total: all.length, page, pages } });
}

function auditLog(asked: URLSearchParams): VendorAnswer {
  const wanted = asked.get('action')?.split(',') ?? [];
  const since = Number(asked.get('oldest') ?? 0);
  const found = events.filter(({ action, date_create: at }) => wanted.includes(action) && at >= since);
  // `limit` is a wish: https://docs.slack.dev/reference/audit-logs-api/methods-actions-reference
  return { json: page('entries', found, asked.get('cursor'), 2) };
}

const ok = (answer: Record<string, unknown>): VendorAnswer => ({ json: { ok: true, ...answer } });

function cut(name: string, all: readonly unknown[], asked: URLSearchParams): VendorAnswer {
  return ok(page(name, all, asked.get('cursor'), Number(asked.get('limit') ?? 100)));
}

function page(name: string, all: readonly unknown[], cursor: string | null, limit: number) {
  const from = cursor === null ? 0 : Number(Buffer.from(cursor, 'base64').toString().slice(3));
  const to = from + limit;
  const next = to < all.length ? Buffer.from(`at:${to}`).toString('base64') : '';
  return { [name]: all.slice(from, to), response_metadata: { next_cursor: next } };
}
