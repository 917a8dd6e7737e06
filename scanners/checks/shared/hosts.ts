import { isIP } from 'node:net';

/** Names that never leave a machine or a network: RFC 6761, RFC 8375, and the ones routers and clusters use. */
const privateSuffixes = ['localhost', 'local', 'internal', 'lan', 'intranet', 'home.arpa', 'svc', 'test', 'invalid'];
const privateAddresses = [
  /^127\./,
  /^10\./,
  /^192\.168\./,
  /^172\.(?:1[6-9]|2\d|3[01])\./,
  /^169\.254\./,
  /^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
  /^0\.0\.0\.0$/,
  /^::1?$/,
  /^f[cd][0-9a-f]{2}:/,
  /^fe[89ab][0-9a-f]:/,
];

/** Does traffic to this host stay on the machine or in a private network, as far as its name or address tells? */
export function isPrivateHost(host: string): boolean {
  const bare = bareHost(host);
  if (isIP(bare) !== 0) return privateAddresses.some((address) => address.test(bare));
  if (!bare.includes('.')) return true;
  return privateSuffixes.some((suffix) => bare.endsWith(`.${suffix}`));
}

/** Is this host or mail domain one of the organisation's own, or inside one? */
export function isInternalHost(host: string, internalDomains: readonly string[]): boolean {
  const bare = bareHost(host);
  return internalDomains.some((domain) => {
    const own = domain.toLowerCase().replace(/^[*@.]+/, '');
    return own !== '' && (bare === own || bare.endsWith(`.${own}`));
  });
}

function bareHost(host: string): string {
  return host
    .trim()
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}
