import type { Clock } from '../core/time.ts';
import { MINUTE, SECOND } from '../core/time.ts';
import type { LeaseStore } from '../core/upkeep.ts';
import type { Timers } from './timers.ts';

/** A scan looks at everything in the register, so there is one at a time, whatever its sources. */
export const SCAN = 'scan';

/** Long enough for the longest wait for the database; a process that was killed holds others up for so long. */
export const LEASE = MINUTE;
const RENEW = 10 * SECOND;
const GIVING_BACK = { times: 20, pause: 100 };

export interface Held {
  holder: string;
  /** Aborted when the lease was lost: whoever took it believes that we are gone. */
  lost: AbortSignal;
  release(): Promise<void>;
}

export interface LeasePorts {
  leases: LeaseStore;
  clock: Clock;
  timers: Timers;
  /** Unlike any other process's, on any machine. */
  holder: string;
}

/** Takes a lease and renews it until it is released; undefined while somebody else holds it. */
export async function hold(name: string, { leases, clock, timers, holder }: LeasePorts): Promise<Held | undefined> {
  // Looking first costs nobody a write.
  const other = await leases.holder(name, clock());
  if (other && other.until <= clock() + 2 * LEASE) return undefined;
  let until = clock() + LEASE;
  if (!(await leases.take(name, holder, clock(), LEASE))) return undefined;
  const lost = new AbortController();
  const renew = async (): Promise<void> => {
    const at = clock();
    try {
      if (await leases.renew(name, holder, at, LEASE)) until = at + LEASE;
      else lost.abort();
    } catch {
      // The database is busy, perhaps with our own scan: that prolongs the lease with whatever it writes.
      const now = await leases.holder(name, at).catch(() => undefined);
      if (now?.holder === holder) until = now.until;
      if (at >= until) lost.abort();
    }
  };
  const stop = timers.repeat(RENEW, () => void renew());
  return {
    holder,
    lost: lost.signal,
    release: async () => {
      stop();
      for (let attempt = 1; attempt <= GIVING_BACK.times; attempt += 1) {
        try {
          await leases.release(name, holder);
          return;
        } catch {
          await timers.pause(GIVING_BACK.pause);
        }
      }
    },
  };
}
