import { SourceError, type FailureKind } from '../../src/sdk/index.ts';

/** What a result code of the server means (RFC 4511 appendix A); its message may quote entries, and is not repeated. */
const meanings: Readonly<Record<number, readonly [FailureKind, string]>> = {
  1: ['auth', 'the server lets nobody search who has not signed in: set bindDn and password'],
  2: ['config', 'the server does not know such a request: where that was startTls, use ldaps://'],
  3: ['transient', 'the server ran out of time'],
  4: [
    'config',
    'the server cuts lists short and does not page: lift its size limit for this account (389 Directory Server: nsPagedSizeLimit)',
  ],
  7: ['config', 'the server does not take passwords from this account'],
  8: ['config', 'the server wants a protected connection: use ldaps:// or startTls'],
  10: ['config', 'another server holds this place: read that one as a source of its own'],
  11: [
    'config',
    'an administrative limit of the server cuts the list: lift it for this account (389 Directory Server: nsPagedLookThroughLimit)',
  ],
  13: ['config', 'the server wants a protected connection: use ldaps:// or startTls'],
  18: ['config', 'the server does not understand the filter'],
  32: ['not-found', 'there is no such place in the directory: check base'],
  34: ['config', 'this is no distinguished name: check base and bindDn'],
  48: ['auth', 'the server does not take a password from this account, or no anonymous visitors'],
  49: ['auth', 'the directory does not accept bindDn and password: they may be wrong, expired or locked'],
  50: ['permission', 'this account may not read it'],
  51: ['transient', 'the server is busy'],
  52: ['transient', 'the server cannot answer at the moment'],
  53: ['config', 'the server is not willing: it may want TLS, a signed-in account or smaller pages'],
};

const connections: Readonly<Record<string, readonly [FailureKind, string]>> = {
  ECONNREFUSED: ['transient', 'nothing answers there: is the address right, and is it up?'],
  ECONNRESET: ['transient', 'the connection was cut'],
  ENOTFOUND: ['transient', 'there is no such host: check the address of this source'],
  ETIMEDOUT: ['transient', 'no connection in time'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['config', 'its certificate is self-signed: give its authority as ca'],
  SELF_SIGNED_CERT_IN_CHAIN: ['config', 'its certificate comes from an unknown authority: give it as ca'],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['config', 'its certificate comes from an unknown authority: give it as ca'],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['config', 'its certificate comes from an unknown authority: give it as ca'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['config', 'its certificate is for another host: use the name that it is made out to'],
  CERT_HAS_EXPIRED: ['config', 'its certificate has expired'],
};

export const INSUFFICIENT_ACCESS_RIGHTS = 50;

/** Did the server answer, with a code? Otherwise the connection failed. */
function isResult(problem: unknown): problem is Error & { code: number } {
  return problem instanceof Error && 'code' in problem && typeof problem.code === 'number';
}

/** Did the server say what it thinks of a request, and not that it cannot at the moment? */
export function isAnswer(problem: unknown): problem is Error & { code: number } {
  return isResult(problem) && meanings[problem.code]?.[0] !== 'transient';
}

/** What a problem with the directory means for its source. */
export function failureOf(problem: unknown, doing: string): SourceError {
  if (problem instanceof SourceError) return problem;
  const code = problem instanceof Error && 'code' in problem ? problem.code : undefined;
  const known =
    typeof code === 'number' ? meanings[code] : typeof code === 'string' ? connections[code] : ([] as const);
  const otherwise = isResult(problem) ? 'the server refused it' : 'the connection failed, or no answer came in time';
  const [kind = 'transient', say = otherwise] = known ?? [];
  const numbered = isResult(problem) ? ` (result ${problem.code})` : '';
  return new SourceError(kind, `${doing}: ${say}${numbered}`);
}
