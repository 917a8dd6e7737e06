import type { z } from 'zod';
import type { SourceError } from '../../core/errors.ts';
import type { Answer, Ask, Http, Operation, Remote } from '../../sdk/http.ts';
import { allowList, addressOf, partsOf } from './routes.ts';
import { authenticator } from './authenticate.ts';
import { exchange, usualLimits, type Wire, type WireAnswer } from './exchange.ts';
import { failure, judge } from './judge.ts';
import { limiter } from './limiter.ts';
import { dispatcherFor, type Network } from './network.ts';
import { declaredOrigins, locatedOrigins, loginGuard } from './origins.ts';
import { LONGEST_PAUSE, patiently, type Patience } from './patience.ts';

export interface HttpPorts extends Patience {
  /** Told of every request that was sent. */
  asked?(operation: Operation, status: number): void;
}

/** A platform as one source reaches it. */
export interface Platform {
  /** Sees nothing but these operations. */
  asking(operations: readonly Operation[]): Http;
  /** Learns the base addresses that only the platform knows. */
  locate(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the way to a platform; nothing is sent yet. */
export async function openPlatform<C>(
  remote: Remote<C>,
  config: C,
  network: Network,
  ports: HttpPorts,
): Promise<Platform> {
  let origins = declaredOrigins(remote, config);
  const dispatcher = await dispatcherFor(network);
  const over = new AbortController();
  const signal = AbortSignal.any([ports.signal, over.signal]);
  const limits = {
    ...usualLimits,
    ...(network.timeoutSeconds !== undefined && { timeoutMs: network.timeoutSeconds * 1_000 }),
    signal,
  };
  const gate = limiter(remote.limits, ports.clock, signal);
  const method = remote.authenticate(config);
  const mayLogIn = loginGuard(origins, method);
  // Not tried again by itself: the request that needs the token is.
  const logIn = async (address: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(address instanceof Request ? address.url : address);
    mayLogIn(url);
    return responseOf(await exchange(wireOf(url, init), dispatcher, limits));
  };
  const proof = authenticator(method, logIn, ports.clock);

  const patience = { ...ports, signal, ...(remote.repeatAfter && { repeatAfter: remote.repeatAfter(config) }) };
  /** Waits until the platform has calls to spare, or throws when that takes too long. */
  const calls = async (operation: Operation, path: string): Promise<void> => {
    const closed = gate.closedFor(path, operation.origin);
    if (closed > LONGEST_PAUSE)
      throw failure('rate-limited', operation, {
        detail: 'the calls of this hour are used up; it is read on at the next scan',
        retryAfterMs: closed,
      });
    if (closed > 0) await ports.pause(closed, signal);
  };
  /** Sends until there is an answer to work with, as patiently as the platform asks. */
  const send = (operation: Operation, wire: Wire): Promise<WireAnswer & { body: unknown }> => {
    let renewed = false;
    const attempt = async (): Promise<WireAnswer & { body: unknown }> => {
      const path = wire.url.pathname;
      const { proved, answer } = await gate.run(
        path,
        async () => {
          // Asked when it is this request's turn: those before it may have used up what there was.
          await calls(operation, path);
          const proved = operation.anonymous === true ? {} : await proof.headers();
          const headers = { ...remote.headers, ...wire.headers, ...proved };
          const answer = await exchange({ ...wire, headers }, dispatcher, limits);
          gate.heed(path, answer.headers, operation.origin);
          return { proved, answer };
        },
        operation.origin,
      );
      ports.asked?.(operation, answer.status);
      const body = parsed(operation, answer);
      const problem = judge(operation, { ...answer, body: body.value }, remote.classify);
      if (problem?.kind === 'auth' && operation.anonymous !== true && !renewed && proof.renew(proved)) {
        renewed = true;
        return attempt();
      }
      if (problem) throw problem;
      if (body.problem) throw body.problem;
      return { ...answer, body: body.value };
    };
    return patiently(attempt, patience);
  };

  const asking = (operations: readonly Operation[]): Http => ({
    read: async <S extends z.ZodType>(operation: Operation<S>, ask: Ask = {}): Promise<Answer<z.output<S>>> => {
      const base = origins[operation.origin ?? 'api'];
      if (base === undefined)
        throw new Error(`${operation.route} is asked of ${operation.origin}, which has no address`);
      const url = addressOf(operation, base, ask);
      const { method } = partsOf(operation);
      const wire = { method, url, ...content(ask) };
      allowList(operations, origins)(wire);
      const { status, headers, body } = await send(operation, wire);
      if (status === 304 && ask.headers?.['if-none-match'] === undefined)
        throw failure('schema', operation, { status, detail: 'it was not asked whether anything has changed' });
      if (status === 304) return { status, headers, body: undefined as z.output<S> };
      return { status, headers, body: understood(operation, body), origin: url.origin };
    },
    fetch: async (address, init = {}) => {
      const wire = wireOf(new URL(address), init);
      const operation = allowList(operations, origins)(wire);
      return responseOf(await send({ ...operation, body: 'text' }, wire));
    },
  });

  return {
    asking,
    locate: async () => {
      if (!remote.locate) return;
      const located = await remote.locate(config, asking(remote.operations));
      origins = { ...origins, ...locatedOrigins(remote, located, origins) };
    },
    close: () => {
      over.abort();
      return dispatcher.destroy();
    },
  };
}

function content({ json, form, headers }: Ask): Pick<Wire, 'headers' | 'body'> {
  if (json !== undefined)
    return {
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify(json),
    };
  if (form !== undefined)
    return {
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json', ...headers },
      body: new URLSearchParams(form).toString(),
    };
  return { headers: { accept: 'application/json', ...headers } };
}

function wireOf(url: URL, init: RequestInit): Wire {
  const headers = Object.fromEntries(new Headers(init.headers));
  const body =
    init.body === undefined || init.body === null ? undefined : String(init.body as string | URLSearchParams);
  return { method: (init.method ?? 'GET').toUpperCase(), url, headers, body };
}

function responseOf({ status, headers, text }: WireAnswer): Response {
  const kept = new Headers(headers);
  // The body is decoded already.
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) kept.delete(name);
  return new Response(status === 204 || status === 304 ? null : text, { status, headers: kept });
}

/** The body as its operation says it is; a parser's own message would quote it. */
function parsed(
  operation: Operation,
  { status, headers, text }: WireAnswer,
): { value: unknown; problem?: SourceError } {
  if (operation.body === 'text') return { value: text };
  if (text === '' && (status === 204 || status === 304)) return { value: undefined };
  try {
    return {
      value:
        operation.body === 'lines'
          ? text
              .split('\n')
              .filter(Boolean)
              .map((line) => JSON.parse(line) as unknown)
          : JSON.parse(text),
    };
  } catch {
    const page = /text\/html/i.test(headers.get('content-type') ?? '') || /^\s*<(?:!doctype|html)/i.test(text);
    const detail = page
      ? 'a web page came instead of data: is the address right, or does something in between ask to log in?'
      : 'the answer broke off, or is no JSON';
    return { value: undefined, problem: failure(page ? 'schema' : 'transient', operation, { detail }) };
  }
}

function understood<S extends z.ZodType>(operation: Operation<S>, body: unknown): z.output<S> {
  const read = operation.answer.safeParse(body);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const field = issue === undefined ? '' : ` (${issue.path.join('.') || 'whole answer'}: ${issue.code})`;
  throw failure('schema', operation, {
    detail: `the answer does not have the expected form${field}: the platform may have changed`,
  });
}
