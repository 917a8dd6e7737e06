import { SECOND } from '../../core/time.ts';
import { isLoopback } from './address.ts';
import type { Request } from './post.ts';

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md recommends 15 to 30. */
const TIMEOUT = 20 * SECOND;

/**
 * A POST that follows no redirect and drops the answer's body. It goes through the proxy of the environment
 * (`HTTPS_PROXY`, `NO_PROXY`), but to this machine directly.
 */
export const request: Request = async (url, { headers, body }) => {
  // Its own fetch: the one that comes with Node hangs with a dispatcher of this version.
  const { Agent, EnvHttpProxyAgent, fetch } = await import('undici');
  const dispatcher = isLoopback(new URL(url).hostname) ? new Agent() : new EnvHttpProxyAgent();
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      dispatcher,
      signal: AbortSignal.timeout(TIMEOUT),
    });
    await answer.body?.cancel();
    return { status: answer.status, headers: new Headers([...answer.headers]) };
  } finally {
    await dispatcher.destroy();
  }
};
