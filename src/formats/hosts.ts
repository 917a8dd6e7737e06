import type { Content, Secret } from '../sdk/index.ts';
import { addressesOf } from './addresses.ts';
import type { Part } from './tree.ts';

/** Where a request goes: never more than this of a URL is kept. */
export interface Target {
  scheme: string;
  host: string;
  /** By which whoever answers there is found; none where the path is not written out. */
  addresses: readonly Secret[];
  /** A user stands before the host, with a password or alone: it goes along with every request. */
  hasUser?: true;
}

const AUTHORITY = /^\s*(https?|wss?|ftps?|sftp|mqtts?|amqps?):\/\/([^/?#\\\s]*)(.*)/is;
const EXPRESSION = /[{}()[\]<>$#%'"`|^=,;@]/;

/** Scheme and host of a URL whose host is written out; undefined where any of the host is an expression. */
export function literalTarget(url: Part): Target | undefined {
  if (typeof url !== 'string') return undefined;
  const [, scheme = '', authority = '', path = ''] = AUTHORITY.exec(url) ?? [];
  const bare = authority.slice(authority.lastIndexOf('@') + 1);
  if (bare === '' || EXPRESSION.test(bare)) return undefined;
  const parsed = URL.parse(`http://${bare}/`);
  if (parsed === null) return undefined;
  const host = parsed.hostname.replace(/\.$/, '');
  const port = parsed.port === '' ? '' : `:${parsed.port}`;
  const addresses = addressesOf(`${host}${port}`, path.trimEnd());
  return { scheme: scheme.toLowerCase(), host, addresses, ...(authority.includes('@') && { hasUser: true }) };
}

/** Who issues tokens, as everybody who takes them knows it: host and path, for a host may serve many and each apart. */
export function issuerOf(url: Part): string | undefined {
  const host = literalTarget(url)?.host;
  if (host === undefined || typeof url !== 'string') return undefined;
  const [, path = ''] = /^[^:]*:\/\/[^/?#]*([^?#]*)/.exec(url) ?? [];
  return host + path.replace(/\/+$/, '');
}

/** Scheme and host of an address in a platform's settings; the whole of it is searched for secrets and dropped. */
export function targetOf(url: string | null | undefined, field: string) {
  const target = literalTarget(url ?? undefined);
  const contents: Content[] = url ? [{ place: 'configuration', tree: { [field]: url } }] : [];
  return { host: target?.host, scheme: target?.scheme, addresses: target?.addresses, contents };
}

const MAILBOX = /[A-Z0-9._%+'-]{1,64}@((?:[A-Z0-9-]{1,63}\.){1,8}[A-Z]{2,24})(?![A-Z0-9.-]*[A-Z0-9])/gi;

/** The one e-mail address in a label; undefined when there is none, or when there are several. */
export function mailboxIn(label: string | undefined): string | undefined {
  const found = [...(label ?? '').slice(0, 500).matchAll(MAILBOX)];
  return found.length === 1 ? found[0]?.[0].toLowerCase() : undefined;
}

/** Domains of the addresses that are written out in a list of recipients. */
export function mailDomains(recipients: Part): string[] {
  const text = typeof recipients === 'string' ? recipients : '';
  // Most parameters that are asked hold no address, and the pattern tries every character of them.
  if (!text.includes('@')) return [];
  return [...new Set([...text.slice(0, 5_000).matchAll(MAILBOX)].map((match) => (match[1] ?? '').toLowerCase()))];
}
