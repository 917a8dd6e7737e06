import { SourceError, type FailureKind, type Judged } from '../../src/sdk/index.ts';

/** eSignature says with 400 or 401 and a code what others say with 402, 403 or 429. */
const meanings: { readonly [code: string]: { kind: FailureKind; words: string } } = {
  USER_LACKS_PERMISSIONS: { kind: 'permission', words: 'the user that we act as may not see this' },
  ACCOUNT_LACKS_PERMISSIONS: { kind: 'not-licensed', words: 'the plan of this account does not include it' },
  // Of one user who is asked for, too: the credential is fine, and the others can be asked.
  USER_LACKS_MEMBERSHIP: { kind: 'permission', words: 'the user is no member of this account' },
  USER_DOES_NOT_EXIST_IN_SYSTEM: { kind: 'not-found', words: 'there is no such user' },
  INVALID_USERID: { kind: 'not-found', words: 'there is no such user' },
  HOURLY_APIINVOCATION_LIMIT_EXCEEDED: { kind: 'rate-limited', words: 'the calls of this hour are used up' },
  BURST_APIINVOCATION_LIMIT_EXCEEDED: { kind: 'rate-limited', words: 'too many calls in a short time' },
};

/** Undefined where the status says it all. */
export function classify({ status, body }: Judged): SourceError | undefined {
  if (status < 400) return undefined;
  const code = typeof body === 'object' && body !== null && 'errorCode' in body ? body.errorCode : undefined;
  const meaning = typeof code === 'string' && Object.hasOwn(meanings, code) ? meanings[code] : undefined;
  return meaning && new SourceError(meaning.kind, `DocuSign answered ${status}: ${meaning.words}`, { status });
}
