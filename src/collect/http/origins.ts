import { SourceError } from '../../core/errors.ts';
import type { Remote, RequestAuthentication } from '../../sdk/http.ts';

/** Base addresses by name: where credentials may be sent. */
export type Origins = Readonly<Record<string, string>>;

/** The addresses that a source is configured with. Throws for one that is none, without quoting it: it may hold a password. */
export function declaredOrigins<C>(remote: Remote<C>, config: C): Origins {
  const origins = remote.origins(config);
  for (const [name, address] of Object.entries(origins)) {
    const url = URL.parse(address);
    if (url === null || !/^https?:$/.test(url.protocol))
      throw new SourceError('config', `the ${name} address of this source is no https address`);
    if (url.username !== '' || url.password !== '')
      throw new SourceError(
        'config',
        `the address of this source at ${url.host} holds a name or password: take it out`,
      );
  }
  return origins;
}

/** Addresses that only the platform knows. Throws for one that is not on a host of its own. */
export function locatedOrigins<C>({ locatedHosts = [] }: Remote<C>, located: Origins, known: Origins): Origins {
  const trusted = new Set(Object.values(known).map((address) => new URL(address).origin));
  for (const address of Object.values(located)) {
    const { host, protocol, origin } = new URL(address);
    if (trusted.has(origin) || (protocol === 'https:' && locatedHosts.some((shape) => shape.test(host)))) continue;
    throw new SourceError('config', `the platform sends us to ${host}, which is not one of its own hosts`);
  }
  return located;
}

/** Whether a login may be sent there: to the source's own addresses, and to the one that gives tokens. */
export function loginGuard(origins: Origins, method: RequestAuthentication): (url: URL) => void {
  const addresses = [...Object.values(origins), ...('tokenUrl' in method ? [method.tokenUrl] : [])];
  const trusted = new Set(addresses.map((address) => new URL(address).origin));
  return ({ origin, host }) => {
    if (!trusted.has(origin))
      throw new SourceError('bug', `the connector wanted to log in at ${host}, which it does not declare`);
  };
}
