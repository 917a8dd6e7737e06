import { afterEach } from 'vitest';
import type { HttpPorts } from '../../src/collect/http/client.ts';
import { openPlatform, type Platform } from '../../src/collect/http/client.ts';
import type { Remote, RequestAuthentication } from '../../src/sdk/http.ts';
import { serve, type Tamper, type VendorAnswer, type VendorRequest, type VendorServer } from './vendor.ts';

interface Setting {
  answer(
    request: VendorRequest,
    number: number,
  ): VendorAnswer | 'reset' | 'silence' | Promise<VendorAnswer | 'reset' | 'silence'>;
  authentication?: RequestAuthentication | ((origin: string) => RequestAuthentication);
  remote?: Partial<Remote<unknown>>;
  now?: () => number;
  timeoutSeconds?: number;
  ports?: Partial<HttpPorts>;
}

export interface Opened {
  platform: Platform;
  server: VendorServer;
  /** How long it waited, each time. */
  pauses: number[];
}

/** A platform of one address that answers as a test says, opened without waiting for anything. */
export type OpenedPlatform = (setting: Setting) => Promise<Opened>;

/** Opens platforms for the tests of a file, and closes them after each. */
export function platforms(): OpenedPlatform {
  let open: { close(): Promise<unknown> }[] = [];
  afterEach(async () => {
    for (const each of open) await each.close();
    open = [];
  });
  return async ({ answer, authentication, remote, now, timeoutSeconds, ports }) => {
    let number = 0;
    const tamper: Tamper = (request) => answer(request, (number += 1));
    const server = await serve({ settings: () => ({}), env: {}, answer: () => ({}) }, tamper);
    const pauses: number[] = [];
    const platform = await openPlatform(
      {
        origins: () => ({ api: server.origin }),
        authenticate: () =>
          typeof authentication === 'function' ? authentication(server.origin) : (authentication ?? { type: 'none' }),
        limits: [{ requests: 1_000, per: 1_000, keepFree: 5 }],
        operations: [],
        ...remote,
      },
      undefined,
      timeoutSeconds === undefined ? {} : { timeoutSeconds },
      {
        clock: now ?? (() => 1_000_000),
        signal: new AbortController().signal,
        random: () => 0.5,
        pause: async (ms) => void pauses.push(ms),
        ...ports,
      },
    );
    open.push(platform, server);
    return { platform, server, pauses };
  };
}
