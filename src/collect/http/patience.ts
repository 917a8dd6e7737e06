import { SourceError } from '../../core/errors.ts';
import { MINUTE, SECOND, type Clock } from '../../core/time.ts';

/** Time and chance, passed in. */
export interface Patience {
  clock: Clock;
  signal: AbortSignal;
  /** Between 0 and 1. */
  random(): number;
  /** Lets so many milliseconds pass; throws when the signal says to stop. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
  /** The platform penalises the same request again before so many milliseconds have passed. */
  repeatAfter?: number;
}

const TRIES = 4;
const SLOWED_TRIES = 6;
/** A platform that asks for more than this is read on at the next scan. */
export const LONGEST_PAUSE = 2 * MINUTE;

/** Tries again what may go better a little later, and nothing else: 408, 429, 5xx, and a connection that broke. */
export async function patiently<T>(attempt: () => Promise<T>, patience: Patience): Promise<T> {
  for (let failed = 1; ; failed += 1) {
    try {
      return await attempt();
    } catch (problem) {
      const pause = pauseAfter(problem, failed, patience);
      if (pause === undefined) throw problem;
      await patience.pause(pause, patience.signal);
    }
  }
}

/** How long to wait before the next try; undefined when there is none. */
function pauseAfter(problem: unknown, failed: number, { random, repeatAfter = 0 }: Patience): number | undefined {
  if (!(problem instanceof SourceError)) return undefined;
  const { kind, retryAfterMs } = problem;
  const tries = kind === 'rate-limited' ? SLOWED_TRIES : kind === 'transient' ? TRIES : 0;
  if (failed >= tries) return undefined;
  if (retryAfterMs !== undefined) return retryAfterMs > LONGEST_PAUSE ? undefined : retryAfterMs + random() * SECOND;
  if (repeatAfter > LONGEST_PAUSE) return undefined;
  // Exponential with full jitter, so that many clients do not come back at once.
  return Math.max(repeatAfter, random() * Math.min(LONGEST_PAUSE, SECOND * 2 ** failed));
}
