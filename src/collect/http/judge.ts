import { type FailureKind, SourceError } from '../../core/errors.ts';
import { SECOND } from '../../core/time.ts';
import type { Judged, Operation, Remote } from '../../sdk/http.ts';

const meanings: Readonly<Record<number, FailureKind>> = {
  401: 'auth',
  402: 'not-licensed',
  403: 'permission',
  404: 'not-found',
  408: 'transient',
  410: 'not-found',
  429: 'rate-limited',
  451: 'permission',
};

const words: Readonly<Record<FailureKind, string>> = {
  config: 'the platform does not accept the request: check the settings of this source',
  auth: 'the credential is not accepted: it may be wrong, expired or revoked',
  permission: 'the credential may not read this',
  'not-found': 'there is no such thing at this address',
  'rate-limited': 'the platform asks us to slow down',
  transient: 'the platform cannot answer at the moment',
  'not-licensed': 'the plan of this account does not include it',
  'not-supported': 'the platform does not offer this',
  schema: 'the platform does not take the request: it may have changed',
  unreadable: 'the answer cannot be read',
  bug: 'the request was not understood',
};

/** What an answer means: undefined when it can be used. */
export function judge(
  operation: Operation,
  answer: Judged,
  classify: Remote<never>['classify'],
): SourceError | undefined {
  const special = classify?.(answer);
  if (special) return special;
  const { status } = answer;
  if ((status >= 200 && status < 300) || status === 304) return undefined;
  return failure(kindOf(operation, answer), operation, { status, retryAfterMs: retryAfter(answer.headers) });
}

function kindOf(operation: Operation, { status, headers }: Judged): FailureKind {
  // Some say "slow down" with 403, also where 403 means something else otherwise.
  if (status === 403 && (headers.has('retry-after') || headers.get('x-ratelimit-remaining') === '0'))
    return 'rate-limited';
  const declared = operation.means?.[status];
  if (declared) return declared;
  return meanings[status] ?? (status >= 500 ? 'transient' : 'schema');
}

/** One sentence that names the operation, the status and what to think of it; nothing of the answer. */
export function failure(
  kind: FailureKind,
  operation: Operation,
  {
    status,
    retryAfterMs,
    detail,
    cause,
  }: { status?: number; retryAfterMs?: number | undefined; detail?: string; cause?: unknown } = {},
): SourceError {
  const answered = status === undefined ? '' : ` answered ${status}`;
  return new SourceError(kind, `${operation.route}${answered}: ${detail ?? meaning(kind, status)}`, {
    ...(status !== undefined && { status }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(cause !== undefined && { cause }),
  });
}

/** What is not there and what may not be seen are answered alike by many. */
function meaning(kind: FailureKind, status: number | undefined): string {
  const also = kind === 'not-licensed' && status === 404 ? ', or this credential may not see it' : '';
  return `${words[kind]}${also}`;
}

/** `Retry-After` in milliseconds from now: seconds, or an HTTP date (RFC 9110 §10.2.3). */
function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  if (/^\d+(?:\.\d+)?$/.test(value.trim())) return Number(value) * SECOND;
  const until = Date.parse(value);
  const sent = Date.parse(headers.get('date') ?? '');
  // Against the platform's own clock, where it says what it is: ours may be wrong.
  return Number.isNaN(until) || Number.isNaN(sent) ? undefined : Math.max(0, until - sent);
}
