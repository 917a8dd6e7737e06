import { isIPv4 } from 'node:net';

/** Is it this machine itself? */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'));
}

/** Why nothing may be sent to this address, or undefined where something may. The address itself is never quoted. */
export function troubleWith(address: string): string | undefined {
  if (!URL.canParse(address)) return 'is no address';
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== '' || password !== '') return 'has a user or password in it; leave them out';
  if (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))) return undefined;
  return 'has to begin with https:// (http:// is for this machine alone)';
}

/** As `troubleWith`, for an address that stands in a file or a message, where a token in it would be read by many. */
export function troubleWithOpen(address: string): string | undefined {
  const trouble = troubleWith(address);
  if (trouble !== undefined) return trouble;
  const { search, hash } = new URL(address);
  return search === '' && hash === '' ? undefined : 'may have no ? or # part, which could hold a token';
}
