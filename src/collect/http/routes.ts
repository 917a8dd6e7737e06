import { SourceError } from '../../core/errors.ts';
import type { Ask, Operation } from '../../sdk/http.ts';
import type { Wire } from './exchange.ts';

/** `GET` and `/orgs/{org}/installations`; where one address serves every call, also what tells this one apart. */
export function partsOf({ route }: Operation): { method: string; path: string; call?: string } {
  const [method = 'GET', path = '/', call] = route.split(' ');
  return { method, path, ...(call !== undefined && { call }) };
}

/** The address that an operation's request goes to. Values are escaped: none can reach another path. */
export function addressOf(operation: Operation, base: string, { params = {}, query = {} }: Ask): URL {
  const path = partsOf(operation).path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined || value === '') throw new Error(`${operation.route} was asked without ${name}`);
    return encodeURIComponent(value).replaceAll('.', (dot) => (/^\.+$/.test(String(value)) ? '%2E' : dot));
  });
  const url = new URL(base.replace(/\/$/, '') + path);
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const each of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(each));
  }
  return url;
}

const READS = new Set(['GET', 'POST']);
/** Makes a server take a request for another method than it is sent with. */
const OTHER_METHOD = /^(?:_method|x-(?:http-)?method(?:-override)?)$/i;

type Asked = Pick<Wire, 'method' | 'url'> & Partial<Wire>;

/** What may be asked: operations by method, origin, the shape of their path, and the call where one path serves many. */
export function allowList(operations: readonly Operation[], origins: Readonly<Record<string, string>>) {
  const allowed = operations.flatMap((operation) => {
    const { method, path, call } = partsOf(operation);
    return basesOf(operation, origins).map((base) => {
      const shape = (base.pathname.replace(/\/$/, '') + path)
        .split(/(\{\w+\})/)
        .map((part) => (part.startsWith('{') ? '[^/]+' : RegExp.escape(part)));
      return { operation, method, origin: base.origin, shape: new RegExp(`^${shape.join('')}$`), call };
    });
  });
  /** The operation that a request belongs to. Throws for every other one. */
  return (asked: Asked): Operation => {
    const { method, url } = asked;
    if (!READS.has(method) || isDisguised(asked))
      throw new SourceError('bug', `the connector wanted to write: ${method} ${url.pathname}`);
    const found = allowed.find(
      (each) =>
        each.method === method &&
        each.origin === url.origin &&
        each.shape.test(url.pathname) &&
        (each.call === undefined || isCall(each.call, asked)),
    );
    if (found) return found.operation;
    const known = Object.values(origins).some((base) => new URL(base).origin === url.origin);
    const place = known ? url.pathname : `another host (${url.host})`;
    throw new SourceError('bug', `the connector wanted to ask what it does not declare: ${method} ${place}`);
  };
}

/** A next page's address comes from the platform: its query may hold anything. */
function isDisguised({ url, headers = {}, body = '' }: Asked): boolean {
  const names = [...Object.keys(headers), ...url.searchParams.keys(), ...new URLSearchParams(body).keys()];
  return names.some((name) => OTHER_METHOD.test(name));
}

/** An origin `iam/eu` serves what is declared for `iam`: the same interface in several regions. */
function basesOf({ origin = 'api' }: Operation, origins: Readonly<Record<string, string>>): URL[] {
  const names = Object.keys(origins).filter((name) => name === origin || name.startsWith(`${origin}/`));
  return names.flatMap((name) => origins[name] ?? []).map((base) => new URL(base));
}

/** `header:value`, or `field=value` of a form; given once, so that nothing else can be meant. */
export function isCall(call: string, { url, headers = {}, body = '' }: Asked): boolean {
  const [, name = '', sign, value = ''] = /^([^:=]+)([:=])(.*)$/.exec(call) ?? [];
  const given =
    sign === ':'
      ? Object.keys(headers).flatMap((key) => (key.toLowerCase() === name ? (headers[key] ?? []) : []))
      : [...url.searchParams.getAll(name), ...new URLSearchParams(body).getAll(name)];
  return given.length === 1 && given[0] === value;
}
