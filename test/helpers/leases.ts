import type { LeaseStore } from '../../src/core/upkeep.ts';
import type { Timers } from '../../src/schedule/timers.ts';

/** Leases in memory, shared by everybody who is handed them. */
export function memoryLeases(): LeaseStore {
  const held = new Map<string, { holder: string; until: number }>();
  return {
    take: async (name, holder, at, forMs) => {
      const lease = held.get(name);
      if (lease && lease.until > at && lease.until <= at + 2 * forMs && lease.holder !== holder) return false;
      held.set(name, { holder, until: at + forMs });
      return true;
    },
    renew: async (name, holder, at, forMs) => {
      if (held.get(name)?.holder !== holder) return false;
      held.set(name, { holder, until: at + forMs });
      return true;
    },
    release: async (name, holder) => {
      if (held.get(name)?.holder === holder) held.delete(name);
    },
    holder: async (name, at) => {
      const lease = held.get(name);
      return lease && lease.until > at ? lease : undefined;
    },
  };
}

/** Time that passes when it is told to. */
export interface ManualTime extends Timers {
  now: () => number;
  /** Lets so many milliseconds pass, calling what is due on the way. */
  pass(ms: number): Promise<void>;
  /** Timers that go on for ever. */
  repeating(): number;
}

export function manualTime(start = 1_000_000): ManualTime {
  let now = start;
  const due = new Set<{ at: number; call: () => void; every?: number }>();
  return {
    now: () => now,
    pause: (ms, signal) =>
      new Promise((resolve) => {
        const entry = { at: now + ms, call: resolve };
        if (signal?.aborted) return resolve();
        signal?.addEventListener('abort', () => resolve(), { once: true });
        due.add(entry);
      }),
    repeat: (every, call) => {
      const entry = { at: now + every, call, every };
      due.add(entry);
      return () => void due.delete(entry);
    },
    repeating: () => [...due].filter(({ every }) => every !== undefined).length,
    pass: async (ms) => {
      const end = now + ms;
      for (;;) {
        await settled();
        const [next] = [...due].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
        if (next === undefined) break;
        now = Math.max(now, next.at);
        if (next.every === undefined) due.delete(next);
        else next.at = now + next.every;
        next.call();
      }
      now = end;
      await settled();
    },
  };
}

/** Everything that waits for nothing but itself has been done. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}
