import { SECOND, SourceError, type FailureKind, type Judged } from '../../src/sdk/index.ts';

interface Meaning {
  kind: FailureKind;
  say: string;
  codes: string;
  retryAfterMs?: number;
}

/** AWS says what is wrong by a code, mostly with status 400: https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html */
const meanings: readonly Meaning[] = [
  {
    kind: 'auth',
    say: 'these credentials are not accepted: they may be wrong, expired or revoked, or the region is not enabled',
    codes:
      'UnrecognizedClientException InvalidClientTokenId InvalidSignatureException SignatureDoesNotMatch ExpiredToken ExpiredTokenException IncompleteSignature MissingAuthenticationToken MissingAuthenticationTokenException InvalidAccessKeyId AuthFailure NotAuthorized',
  },
  {
    kind: 'permission',
    say: 'the policy of these credentials, or one above it, does not allow this',
    codes: 'AccessDenied AccessDeniedException UnauthorizedOperation OptInRequired RegionDisabledException',
  },
  {
    kind: 'rate-limited',
    say: 'AWS asks us to slow down',
    codes: 'Throttling ThrottlingException TooManyRequestsException RequestLimitExceeded LimitExceeded SlowDown',
  },
  {
    kind: 'rate-limited',
    say: 'the credential report is still being written; it is read at the next scan',
    codes:
      'ReportInProgress ReportNotPresent ReportExpired CredentialReportNotReadyException CredentialReportNotPresentException',
    retryAfterMs: 5 * SECOND,
  },
  {
    kind: 'not-found',
    say: 'there is no such thing any more',
    codes: 'ResourceNotFoundException NoSuchEntity NoSuchEntityException InvalidResourceId TrailNotFoundException',
  },
  {
    // One secret may be put up for deletion while the others are read.
    kind: 'not-found',
    say: 'the state that it is in does not allow this',
    codes: 'InvalidRequestException',
  },
  {
    kind: 'transient',
    say: 'AWS cannot answer at the moment',
    codes:
      'InternalFailure InternalServiceError InternalServiceErrorException InternalServerError ServiceFailure ServiceUnavailable ServiceUnavailableException RequestTimeout RequestExpired',
  },
  {
    kind: 'config',
    say: 'the clock of this machine is wrong: set it, for requests carry the time',
    codes: 'RequestTimeTooSkewed',
  },
];

const byCode = new Map(meanings.flatMap((meaning) => meaning.codes.split(' ').map((code) => [code, meaning] as const)));

/** What an answer of AWS amounts to, where its status alone would be misread. Codes are AWS's own words; messages are not repeated. */
export function judgeAws({ status, headers, body }: Judged): SourceError | undefined {
  const text = typeof body === 'string' ? body : '';
  if (status >= 200 && status < 300) return wholeness(text);
  const code = codeOf(headers.get('x-amzn-errortype') ?? '') ?? codeOf(text);
  const meaning = code === undefined ? undefined : byCode.get(code);
  if (code === undefined || meaning === undefined) return undefined;
  const { kind, say, retryAfterMs } = meaning;
  return new SourceError(kind, `${code}: ${say}`, { status, ...(retryAfterMs !== undefined && { retryAfterMs }) });
}

/** JSON services name it in `__type`, query services in `<Code>`. */
function codeOf(text: string): string | undefined {
  const found = /"__type"\s*:\s*"(?:[^"#]*#)?(\w+)"|<Code>(\w+)<\/Code>|^(?:[^"#<{]*#)?(\w+)(?::|$)/.exec(text);
  return found?.[1] ?? found?.[2] ?? found?.[3];
}

/** The SDK reads what broke off as far as it goes, so this is asked before it sees the text. */
function wholeness(text: string): SourceError | undefined {
  if (/^\s*<(?:!doctype|html)/i.test(text)) {
    const hint = 'is the address right, and does nothing in between ask to log in?';
    return new SourceError('schema', `a web page came instead of data: ${hint}`);
  }
  return /<\/\w+Response>\s*$/.test(text) || isJson(text)
    ? undefined
    : new SourceError('transient', 'the answer broke off, or is neither JSON nor XML');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
