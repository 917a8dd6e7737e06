import { SECOND, SourceError, type FailureKind, type Judged } from '../../src/sdk/index.ts';

/**
 * Codes that a status alone would misread. A 401 may mean that one user cannot be acted for, with a token that is fine.
 * https://github.com/adobe/acrobat-sign/tree/main/sdks/AcrobatSign_OpenAPI_SDK/json
 */
const meanings: { readonly [code: string]: { kind: FailureKind; words: string } } = {
  INVALID_USER: { kind: 'permission', words: 'this user cannot be acted for' },
  UNVERIFIED_USER: { kind: 'permission', words: 'this user has not verified an address, and cannot be acted for' },
  UNAUTHORIZED: { kind: 'permission', words: 'this user cannot be acted for' },
  INVALID_X_API_USER_HEADER: { kind: 'permission', words: 'this user cannot be acted for' },
  API_TERMS_NOT_ACCEPTED: { kind: 'permission', words: 'an administrator has not agreed to the terms of use' },
  WEBHOOK_OAUTH20_NOT_ENABLED: { kind: 'not-licensed', words: 'webhooks with OAuth are not switched on' },
};

/** Undefined where status and headers say it all. */
export function classify({ status, headers, body }: Judged): SourceError | undefined {
  if (status < 400) return undefined;
  const { code, retryAfter, retryInSeconds } = said(body);
  if (status === 429 && !headers.has('retry-after')) {
    const seconds = Number(retryAfter ?? retryInSeconds);
    if (!Number.isFinite(seconds) || seconds < 0) return undefined;
    const message = 'Acrobat Sign answered 429: the platform asks us to slow down';
    return new SourceError('rate-limited', message, { status, retryAfterMs: seconds * SECOND });
  }
  const meaning = typeof code === 'string' && Object.hasOwn(meanings, code) ? meanings[code] : undefined;
  return meaning && new SourceError(meaning.kind, `Acrobat Sign answered ${status}: ${meaning.words}`, { status });
}

function said(body: unknown): { code?: unknown; retryAfter?: unknown; retryInSeconds?: unknown } {
  return typeof body === 'object' && body !== null ? body : {};
}
