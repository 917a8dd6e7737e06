import type { Secret } from '../../core/secret.ts';
import type { Clock } from '../../core/time.ts';
import type { RequestAuthentication } from '../../sdk/http.ts';
import { fetchToken, type Exchange, type Token } from './tokens.ts';

/** Proves who asks. */
export interface Authenticator {
  headers(): Promise<Record<string, string>>;
  /** After a 401: forgets the token. False when there is none to fetch anew. */
  renew(): boolean;
}

export function authenticator(method: RequestAuthentication, send: typeof fetch, clock: Clock): Authenticator {
  if ('tokenUrl' in method) return exchanged(method, send, clock);
  const fixed = fixedHeaders(method);
  return { headers: async () => fixed, renew: () => false };
}

function fixedHeaders(method: Exclude<RequestAuthentication, Exchange>): Record<string, string> {
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

/** One token at a time, however many requests wait for it. */
function exchanged(exchange: Exchange, send: typeof fetch, clock: Clock): Authenticator {
  let token: Promise<Token> | undefined;
  const current = async (): Promise<Token> => {
    token ??= fetchToken(exchange, send, clock);
    try {
      const held = await token;
      if (held.until > clock()) return held;
    } catch (problem) {
      token = undefined;
      throw problem;
    }
    token = undefined;
    return current();
  };
  return {
    headers: async () => ({ authorization: `Bearer ${(await current()).value}` }),
    renew: () => {
      token = undefined;
      return true;
    },
  };
}
