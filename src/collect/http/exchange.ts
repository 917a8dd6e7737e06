import type { Dispatcher } from 'undici';
import { SourceError } from '../../core/errors.ts';
import { SECOND } from '../../core/time.ts';
import { unreachable } from './unreachable.ts';

/** One request on the wire. */
export interface Wire {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body?: string | undefined;
}
export interface WireAnswer {
  status: number;
  headers: Headers;
  text: string;
}

export interface WireLimits {
  timeoutMs: number;
  maxBytes: number;
  signal: AbortSignal;
}

export const usualLimits = { timeoutMs: 60 * SECOND, maxBytes: 32 * 1024 * 1024 };
const MOST_REDIRECTS = 3;

/**
 * Sends one request and reads the answer in whole. Follows redirects of a GET on its own origin only: credentials go
 * nowhere else. Throws `SourceError`.
 */
export async function exchange(wire: Wire, dispatcher: Dispatcher, limits: WireLimits): Promise<WireAnswer> {
  const { fetch } = await import('undici');
  const { method, headers, body } = wire;
  const signal = AbortSignal.any([limits.signal, AbortSignal.timeout(limits.timeoutMs)]);
  let { url } = wire;
  for (let redirects = 0; ; redirects += 1) {
    let answer;
    try {
      answer = await fetch(url, {
        method,
        headers,
        ...(body !== undefined && { body }),
        redirect: 'manual',
        dispatcher,
        signal,
      });
    } catch (problem) {
      throw failed(url, problem, limits);
    }
    const target = redirectOf(answer.status, answer.headers.get('location'), url);
    if (target === undefined) {
      const text = await textOf(answer, url, limits);
      return { status: answer.status, headers: new Headers([...answer.headers]), text };
    }
    await answer.body?.cancel();
    if (target.origin !== url.origin || method !== 'GET' || redirects >= MOST_REDIRECTS) {
      const where = target.origin === url.origin ? 'in circles' : `to another host, ${target.host}`;
      throw new SourceError(
        'config',
        `${url.host} redirects ${where}; credentials are not sent there: check the address of this source`,
      );
    }
    url = target;
  }
}

function redirectOf(status: number, location: string | null, from: URL): URL | undefined {
  return status >= 300 && status < 400 && status !== 304 && location !== null
    ? (URL.parse(location, from.href) ?? undefined)
    : undefined;
}

async function textOf(
  answer: { body: AsyncIterable<Uint8Array> | null },
  url: URL,
  { maxBytes, ...limits }: WireLimits,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of answer.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes)
        throw new SourceError('unreadable', `${url.host} sent an answer of more than ${maxBytes >> 20} MiB`);
      chunks.push(chunk);
    }
  } catch (problem) {
    throw problem instanceof SourceError ? problem : failed(url, problem, { maxBytes, ...limits });
  }
  return Buffer.concat(chunks).toString('utf8');
}

function failed(url: URL, problem: unknown, { signal, timeoutMs }: WireLimits): unknown {
  return signal.aborted ? signal.reason : unreachable(url, problem, timeoutMs);
}
