import { SECOND, SourceError, type FailureKind, type Judged } from '../../src/sdk/index.ts';

/** Errors of `200 {ok: false}`, by what they mean: https://docs.slack.dev/reference/methods lists them by method. */
const meanings: Readonly<Partial<Record<FailureKind, string>>> = {
  auth: 'invalid_auth not_authed token_revoked token_expired account_inactive two_factor_setup_required',
  permission:
    'missing_scope not_allowed_token_type no_permission not_allowed not_an_admin restricted_action access_denied ' +
    'accesslimited user_is_restricted is_bot invalid_actor team_access_not_granted ekm_access_denied ' +
    'app_management_app_not_installed_on_org enterprise_is_restricted user_not_authorized',
  'not-licensed':
    'feature_not_enabled team_not_eligible not_an_enterprise paid_only paid_teams_only free_team_not_allowed ' +
    'restricted_plan_level team_not_authorized invalid_workspace',
  'not-found': 'team_not_found enterprise_not_found org_not_found user_not_found bot_not_found bots_not_found',
  'rate-limited': 'ratelimited rate_limited',
  transient: 'internal_error fatal_error service_unavailable request_timeout team_added_to_org org_login_required',
};
const kinds = new Map(
  Object.entries(meanings).flatMap(([kind, errors]) => errors.split(' ').map((error) => [error, kind as FailureKind])),
);

const words: Readonly<Partial<Record<FailureKind, string>>> = {
  auth: 'the token is not accepted',
  permission: 'Slack refuses this',
  'not-licensed': 'the plan of this workspace does not include it',
  'not-found': 'there is no such thing',
  'rate-limited': 'Slack asks us to slow down',
  transient: 'Slack cannot answer at the moment',
  schema: 'Slack did not take the request',
};

/**
 * The Web API answers 200 whatever happens, the Audit Logs API with a status too: `{ok: false, error}` says what did. That
 * the log is not for this plan or person says nothing against the token.
 */
export function classify({ status, headers, body }: Judged): SourceError | undefined {
  if (!isRefusal(body)) return undefined;
  const known = kinds.get(String(body.error));
  const coded = status >= 400 && status < 500 && status !== 429 && known !== undefined;
  if (status !== 200 && !coded) return undefined;
  const kind = known ?? 'schema';
  // Only words of the table are repeated: the answer itself is not.
  const named = known === undefined ? 'an error that is not known here' : String(body.error);
  const needed = kind === 'permission' ? scopesIn(body.needed) : undefined;
  const detail = needed === undefined ? `(${named})` : `(${named}): it takes the scope ${needed}`;
  const retry = Number(headers.get('retry-after') ?? Number.NaN);
  return new SourceError(kind, `${words[kind]} ${detail}`, {
    status,
    ...(kind === 'rate-limited' && retry >= 0 && { retryAfterMs: retry * SECOND }),
  });
}

function isRefusal(body: unknown): body is { error?: unknown; needed?: unknown } {
  return typeof body === 'object' && body !== null && 'ok' in body && body.ok === false;
}

/** `admin.apps:read`, or several with commas. */
function scopesIn(needed: unknown): string | undefined {
  return typeof needed === 'string' && /^[a-z._]{1,40}(?::[a-z._]{1,40}){0,2}(?:, ?[a-z._:]{1,60}){0,9}$/.test(needed)
    ? needed
    : undefined;
}
