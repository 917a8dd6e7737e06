import { SourceError, type FailureKind } from '../../core/errors.ts';
import { SECOND } from '../../core/time.ts';
import { hasProxy } from './network.ts';

const unknownAuthority = 'its certificate comes from an unknown authority: give the certificate of it as network.ca';
const ours = 'network.clientCertificate and network.clientKey';
/** TLS alerts that a server sends when it misses our certificate or does not take it; their names differ by version. */
const refusesUs = /^ERR_SSL_.*ALERT_(?:HANDSHAKE_FAILURE|CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNKNOWN_CA)$/;
/** Others just hang up. */
const cut = `the connection was cut; if that happens each time to https, it may ask for a certificate of ours: give ${ours}`;

/** What has to be mended by somebody; trying again does not help. */
const lasting: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate has signed itself: give it as network.ca, if it is the right one',
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  CERT_HAS_EXPIRED: "its certificate has expired: it needs a new one, unless this machine's clock is wrong",
  CERT_NOT_YET_VALID: "its certificate is not valid yet: is this machine's clock right?",
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name: check the address of this source',
};

/** What may pass by itself. */
const passing: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no such host: check the address of this source',
  ECONNREFUSED: 'nothing answers there: is the address right, and is it up?',
  ECONNRESET: cut,
  UND_ERR_SOCKET: cut,
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time: does it need a proxy (HTTPS_PROXY)?',
};

/** Why a request found nobody. A library's message may quote an address with its query; its code does not. */
export function unreachable(url: URL, problem: unknown, timeoutMs: number): SourceError {
  const [kind, why] = reasonOf(problem, timeoutMs);
  return new SourceError(kind, `${url.host}: ${why}`, { code: codeOf(problem) });
}

function reasonOf(problem: unknown, timeoutMs: number): [FailureKind, string] {
  if (problem instanceof Error && problem.name === 'TimeoutError')
    return ['transient', `no answer within ${timeoutMs / SECOND} seconds`];
  const refusal = refusalOfProxy(problem);
  if (refusal !== undefined) return refusal;
  const code = codeOf(problem);
  if (refusesUs.test(code))
    return ['config', `it asks for a certificate of ours, or does not take this one: give ${ours}`];
  if (lasting[code] !== undefined) return ['config', lasting[code]];
  const why = passing[code] ?? `the connection failed (${code})`;
  return ['transient', hasProxy() ? `${why}; the environment has a proxy (HTTPS_PROXY, HTTP_PROXY): is it up?` : why];
}

/** The status with which a proxy refused stands in the library's message alone. */
function refusalOfProxy(problem: unknown): [FailureKind, string] | undefined {
  const status = chain(problem)
    .map(({ message }) => /^Proxy .*\((\d{3})\)/.exec(message)?.[1])
    .find(Boolean);
  if (status === undefined) return undefined;
  const proxy = 'the proxy of the environment (HTTPS_PROXY, HTTP_PROXY)';
  if (status === '407') return ['config', `${proxy} does not let us through (407): check name and password in it`];
  if (status.startsWith('4'))
    return ['config', `${proxy} does not lead there (${status}): does NO_PROXY lack this host?`];
  return ['transient', `${proxy} has no connection (${status})`];
}

function codeOf(problem: unknown): string {
  const coded = chain(problem).map((each) => ('code' in each ? each.code : undefined));
  return coded.find((code) => typeof code === 'string') ?? 'unknown reason';
}

/** An error and what caused it. */
function chain(problem: unknown): Error[] {
  return problem instanceof Error ? [problem, ...chain(problem.cause)] : [];
}
