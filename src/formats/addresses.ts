import { Secret } from '../sdk/index.ts';

/** Not the one of noughts, which stands for none. */
const UUID = /^(?!0{8}-0{4})[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
/** Something that is filled in when it is sent, in any platform's spelling, or a part that callers choose. */
const OPEN = /[{}<>[\]$`"'|^\\\s]|\/:/;
const DEFAULT_PORT = /:(?:80|443)$/;

/**
 * The ways in which an address is told from all others: host and path; and alone each part of the path that nobody has
 * twice, since a platform may be reached by names that it does not know. None where a part of it is filled in later, or
 * where it is a host and nothing more.
 */
export function addressesOf(host: string, path: string): Secret[] {
  const [plain = ''] = path.split(/[?#]/, 1);
  const parts = plain.split('/').filter((part) => part !== '');
  if (parts.length === 0 || OPEN.test(plain)) return [];
  const whole = `${host.toLowerCase().replace(DEFAULT_PORT, '')}/${parts.join('/')}`;
  return [new Secret(whole), ...uniqueParts(plain)];
}

/** Those parts of a path that nobody has twice: UUIDs. */
export function uniqueParts(path: string): Secret[] {
  return path
    .split(/[/?#]/)
    .filter((part) => UUID.test(part))
    .map((part) => new Secret(part.toLowerCase()));
}
