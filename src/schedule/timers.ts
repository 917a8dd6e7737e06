import { setTimeout as sleep } from 'node:timers/promises';

/** Lets time pass; tests pass their own. */
export interface Timers {
  /** Resolves after a while, or at once when the signal is aborted. */
  pause(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls again and again, until what it returns is called. */
  repeat(ms: number, call: () => void): () => void;
}

/** Time as it passes for everybody. */
export const timers: Timers = {
  pause: async (ms, signal) => sleep(ms, undefined, signal && { signal }).catch(() => undefined),
  repeat: (ms, call) => {
    const timer = setInterval(call, ms);
    return () => clearInterval(timer);
  },
};
