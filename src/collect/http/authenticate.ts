import type { Secret } from '../../core/secret.ts';
import type { Clock } from '../../core/time.ts';
import type { RequestAuthentication } from '../../sdk/http.ts';
import { fetchToken, mintToken, type Exchange, type Minted, type Token } from './tokens.ts';

/** Proves who asks. */
export interface Authenticator {
  headers(): Promise<Record<string, string>>;
  /** After a 401 to these headers: forgets their token, if it is still the one. False when there is none to fetch anew. */
  renew(refused: Readonly<Record<string, string>>): boolean;
}

export function authenticator(method: RequestAuthentication, send: typeof fetch, clock: Clock): Authenticator {
  if (method.type === 'minted') return renewed(() => mintToken(method, send, clock), clock);
  if ('tokenUrl' in method) return renewed(() => fetchToken(method, send, clock), clock);
  const fixed = fixedHeaders(method);
  return { headers: async () => fixed, renew: () => false };
}

function fixedHeaders(method: Exclude<RequestAuthentication, Exchange | Minted>): Record<string, string> {
  if (method.type === 'none' || method.type === 'own') return {};
  if (method.type === 'basic') {
    const pair = `${open(method.username)}:${open(method.password)}`;
    return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
  }
  const { header = 'authorization', prefix = header === 'authorization' ? 'Bearer ' : '' } = method;
  return { [header]: `${prefix}${method.token.reveal()}` };
}

function open(value: string | Secret): string {
  return typeof value === 'string' ? value : value.reveal();
}

/** One token at a time, however many requests wait for it or were refused with it. */
function renewed(fetchAnew: () => Promise<Token>, clock: Clock): Authenticator {
  let held: Token | undefined;
  let coming: Promise<Token> | undefined;
  const current = async (): Promise<Token> => {
    if (held !== undefined && held.until > clock()) return held;
    // What has just come is used, however short its life: it would be fetched for ever otherwise.
    coming ??= fetchAnew()
      .then((token) => (held = token))
      .finally(() => (coming = undefined));
    return coming;
  };
  return {
    headers: async () => bearer(await current()),
    renew: ({ authorization }) => {
      if (held !== undefined && bearer(held).authorization === authorization) held = undefined;
      return true;
    },
  };
}

const bearer = ({ value }: Token) => ({ authorization: `Bearer ${value}` });
