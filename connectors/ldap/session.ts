import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { SourceError, UsageError } from '../../src/sdk/index.ts';
import { binaryAttributes, entryOf, type Entry } from './attributes.ts';
import type { LdapConfig } from './config.ts';
import { failureOf, INSUFFICIENT_ACCESS_RIGHTS, isAnswer } from './failures.ts';

export interface Search {
  base: string;
  scope: 'base' | 'sub';
  filter: string;
  attributes: readonly string[];
  /** Ask Active Directory for deleted objects too. */
  deleted?: boolean;
}

export interface Found {
  entries: readonly Entry[];
  /** Hosts of other servers that hold more people. */
  elsewhere: readonly string[];
}

/** A signed-in connection that can search and compare, and nothing else. Throws `SourceError`. */
export interface Session {
  host: string;
  pages(search: Search): AsyncGenerator<Found>;
  /** Does the server refuse to say whether an entry has this value? What is not there is no refusal (RFC 4511 §4.10). */
  refuses(dn: string, attribute: string, value: string): Promise<boolean>;
  close(): Promise<void>;
}

/** https://learn.microsoft.com/openspecs/windows_protocols/ms-adts/7a2d8a4b-4d6e-4d5c-b2ec-ad0d5ad2a4e4 */
const SHOW_DELETED = '1.2.840.113556.1.4.417';

export async function openSession(config: LdapConfig, signal: AbortSignal): Promise<Session> {
  const { Client, Control, FilterParser } = await import('ldapts');
  const { url, startTls, bindDn, password, pageSize, timeoutSeconds } = config;
  const host = new URL(url).host;
  const timeout = timeoutSeconds * 1_000;
  const name = new URL(url).hostname.replace(/^\[|\]$/g, '');
  const tlsOptions = {
    // Without it, a connection that is upgraded by StartTLS would take a certificate for `localhost` alone.
    host: name,
    ...(isIP(name) === 0 && { servername: name }),
    ...(config.ca !== undefined && { ca: pem(config.ca) }),
  };
  const client = new Client({
    url,
    timeout,
    connectTimeout: timeout,
    ...(url.startsWith('ldaps:') && { tlsOptions }),
  });
  const stop = (): void => void client.unbind().catch(() => {});
  signal.throwIfAborted();
  signal.addEventListener('abort', stop, { once: true });
  const attempt = async <T>(doing: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (problem) {
      signal.throwIfAborted();
      throw failureOf(problem, `${host}: ${doing}`);
    }
  };
  const close = async (): Promise<void> => {
    signal.removeEventListener('abort', stop);
    await client.unbind().catch(() => {});
  };
  try {
    if (startTls) await attempt('starting TLS', () => client.startTLS(tlsOptions));
    await attempt('signing in', () => client.bind(bindDn ?? '', password?.reveal() ?? ''));
  } catch (problem) {
    await close();
    throw problem;
  }
  return {
    host,
    close,
    refuses: async (dn, attribute, value) => {
      try {
        await client.compare(dn, attribute, value);
        return false;
      } catch (problem) {
        if (isAnswer(problem)) return problem.code === INSUFFICIENT_ACCESS_RIGHTS;
        signal.throwIfAborted();
        throw failureOf(problem, `${host}: asking what is hidden`);
      }
    },
    async *pages({ base, scope, filter, attributes, deleted }) {
      understand(filter, (text) => FilterParser.parseString(text));
      const doing = `searching ${base === '' ? 'the root' : base}`;
      const options = {
        scope,
        filter,
        attributes: [...attributes],
        explicitBufferAttributes: [...binaryAttributes],
        derefAliases: 'never' as const,
      };
      const controls = deleted === true ? [new Control(SHOW_DELETED, { critical: true })] : [];
      // Servers keep one paged search a connection: looking one entry up must not end it.
      const pages =
        scope === 'base' ? once() : client.searchPaginated(base, { ...options, paged: { pageSize } }, controls);
      async function* once() {
        yield await client.search(base, options, controls);
      }
      for (;;) {
        const step = await attempt(doing, () => pages.next());
        if (step.done === true) return;
        // The library opens a lost connection anew, and a visitor who has not signed in may be shown less.
        if (!client.isBound) throw new SourceError('transient', `${host}: ${doing}: the connection was lost`);
        const { searchEntries, searchReferences } = step.value;
        yield { entries: searchEntries.map(entryOf), elsewhere: searchReferences.filter(holdsPeople).map(hostOf) };
      }
    },
  };
}

/** The filter that fits every entry. */
export const anything = '(objectClass=*)';

/** The first entry that a search shows. */
export async function first(session: Session, search: Search): Promise<Entry | undefined> {
  for await (const { entries } of session.pages(search)) if (entries[0]) return entries[0];
  return undefined;
}

function understand(filter: string, parse: (text: string) => unknown): void {
  try {
    parse(filter);
  } catch {
    throw new SourceError('config', 'the filter cannot be understood: write it as (objectClass=person)');
  }
}

/**
 * A search of a whole domain of Active Directory is always referred to its configuration and its names of hosts:
 * https://learn.microsoft.com/windows/win32/ad/referrals
 */
export function holdsPeople(reference: string): boolean {
  const place = /^ldaps?:\/\/[^/]*\/([^?]*)/i.exec(reference)?.[1] ?? '';
  return !/^(?:CN=Configuration|DC=(?:Domain|Forest)DnsZones)(?:,|%2C)/i.test(place);
}

function hostOf(reference: string): string {
  return URL.parse(reference)?.host || 'another server';
}

function pem(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (problem) {
    throw new UsageError(`${file}: this certificate cannot be read`, { cause: problem });
  }
}
