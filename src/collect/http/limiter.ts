import PQueue from 'p-queue';
import type { Clock } from '../../core/time.ts';
import { SECOND } from '../../core/time.ts';
import type { RateLimit } from '../../sdk/http.ts';

/** Lets requests pass as fast as the platform allows, and stops short of the customer's own calls. */
export interface Limiter {
  /** Throws when the scan is stopped, also while the request waits in line. */
  run<T>(path: string, request: () => Promise<T>, origin?: string): Promise<T>;
  /** Takes in what the platform says about its limit. */
  heed(path: string, headers: Headers, origin?: string): void;
  /** Milliseconds until the platform has calls to spare again. */
  closedFor(path: string, origin?: string): number;
}

/** Requests bunch on their way: what left evenly may arrive too fast, and a refusal costs more than a little patience. */
const MARGIN = 1.05;

const careful: RateLimit = { requests: 10, per: SECOND, concurrency: 4 };

export function limiter(limits: readonly RateLimit[], clock: Clock, signal: AbortSignal): Limiter {
  const lanes = [...limits, careful].map((limit) => ({
    limit,
    queue: new PQueue({
      concurrency: limit.concurrency ?? 4,
      interval: limit.per * MARGIN,
      intervalCap: limit.requests,
      strict: true,
    }),
    closedUntil: 0,
  }));
  const laneOf = (path: string, origin = 'api') =>
    lanes.find(({ limit }) => path.startsWith(limit.match ?? '') && (limit.origin ?? origin) === origin) ??
    lanes.at(-1);
  return {
    run: async (path, request, origin) => {
      const lane = laneOf(path, origin);
      return lane === undefined ? request() : lane.queue.add(request, { signal });
    },
    heed: (path, headers, origin) => {
      const lane = laneOf(path, origin);
      const remaining = numberIn(headers, ['x-ratelimit-remaining', 'x-rate-limit-remaining', 'ratelimit-remaining']);
      if (lane === undefined || remaining === undefined || remaining > (lane.limit.keepFree ?? 0)) return;
      lane.closedUntil = clock() + untilReset(headers, clock);
    },
    closedFor: (path, origin) => Math.max(0, (laneOf(path, origin)?.closedUntil ?? 0) - clock()),
  };
}

/** GitHub, Okta and DocuSign give the second of the epoch; the IETF's `RateLimit-Reset` gives seconds from now. */
function untilReset(headers: Headers, clock: Clock): number {
  const reset = numberIn(headers, ['x-ratelimit-reset', 'x-rate-limit-reset', 'ratelimit-reset']);
  if (reset === undefined) return 0;
  const epoch = reset > 1_000_000_000;
  return Math.max(0, epoch ? reset * SECOND - clock() : reset * SECOND);
}

function numberIn(headers: Headers, names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = headers.get(name);
    if (value !== null && /^\d+(?:\.\d+)?$/.test(value.trim())) return Number(value);
  }
  return undefined;
}
