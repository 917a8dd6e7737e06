import { MINUTE, SourceError, type Judged } from '../../src/sdk/index.ts';

/**
 * Refusals of GitHub that say more than their status: a second rate limit without a header, single sign-on, what the
 * plan lacks, and the permission that is missing. https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api
 */
export function classify({ status, headers, body }: Judged): SourceError | undefined {
  // The same status says that there is no such branch, and that this token may not ask.
  if (status === 404 && /^Branch not (?:protected|found)/i.test(messageOf(body)))
    return new SourceError('not-found', 'nothing protects this branch', { status });
  if (isBlocked(status, body)) return new SourceError('permission', blocked, { status });
  if (status !== 403 && status !== 429) return undefined;
  if (headers.has('retry-after') || headers.get('x-ratelimit-remaining') === '0') return undefined;
  if (/secondary rate limit/i.test(messageOf(body)))
    return new SourceError('rate-limited', 'GitHub asks us to slow down (its secondary limit)', {
      status,
      retryAfterMs: MINUTE,
    });
  if (status !== 403) return undefined;
  if (/^Upgrade to GitHub/i.test(messageOf(body)))
    return new SourceError('not-licensed', 'the plan of this organisation does not include it', { status });
  if (headers.has('x-github-sso'))
    return new SourceError('permission', "the token has to be authorised for the organisation's single sign-on", {
      status,
    });
  const wanted = named(headers, 'x-accepted-github-permissions') ?? named(headers, 'x-accepted-oauth-scopes');
  if (wanted === undefined) return undefined;
  // A scope lets a token do what its account may, and no more.
  const has = (headers.get('x-oauth-scopes') ?? '').split(/,\s*/);
  if (wanted.split(/,\s*/).some((scope) => has.includes(scope)))
    return new SourceError('permission', 'the token may ask this, and the account that it belongs to may not see it', {
      status,
    });
  return new SourceError('permission', `GitHub refuses this: it takes ${wanted}`, { status });
}

/** What GitHub has taken down is still on its lists: by law with 451, by its own terms with 403 and the reason. */
export const blocked = 'GitHub has blocked access to this repository';

function isBlocked(status: number, body: unknown): boolean {
  return status === 451 || (status === 403 && typeof body === 'object' && body !== null && 'block' in body);
}

function messageOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : '';
}

/** A header of permission names: `organization_hooks=read; members=read`. */
function named(headers: Headers, name: string): string | undefined {
  const value = headers.get(name)?.trim();
  return value !== undefined && /^[a-z_:=,; ]{1,300}$/i.test(value) ? value : undefined;
}
