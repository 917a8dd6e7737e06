import { SECOND, type Instant } from '../core/time.ts';
import type { Schedule } from '../core/upkeep.ts';
import { hold, SCAN, type LeasePorts } from './lease.ts';
import { lastTick } from './ticks.ts';

const RETRY = SECOND;
/** Longer than others wait before they ask again: everybody gets a turn. */
const REST = 2 * RETRY;

export interface Scheduled {
  id: string;
  schedule: Schedule;
}

export interface KeeperPorts extends LeasePorts {
  /** When each source was last read, by whichever process. */
  lastRead(): Promise<ReadonlyMap<string, Instant>>;
  /** Reads these sources; stops at the next page when the signal is aborted. Its failures are its own to tell. */
  scan(sources: ReadonlySet<string>, signal: AbortSignal): Promise<void>;
  /** Another process scans: its end is waited for. */
  waiting(): void;
  /** The database could not be asked; it is tried again. */
  troubled(problem: unknown): void;
}

/** Remembers what is due, and sees to it that it is read once, by one process. */
export interface Keeper {
  /** A source is due: it is read unless somebody has read it since. */
  due(source: string, since: Instant): void;
  /** Resolves when nothing is due. */
  idle(): Promise<void>;
  /** Takes nothing more, lets the scan in hand write its page, and gives the lease back. */
  stop(): Promise<void>;
}

/** Starts with nothing due. */
export function keeper(ports: KeeperPorts): Keeper {
  const pending = new Map<string, Instant>();
  const stopping = new AbortController();
  let working: Promise<void> | undefined;

  const work = async (): Promise<void> => {
    let waiting = false;
    while (pending.size > 0 && !stopping.signal.aborted) {
      const asked = await turn().catch((problem: unknown) => {
        ports.troubled(problem);
        return 'trouble' as const;
      });
      if (asked === 'busy' && !waiting) ports.waiting();
      waiting = asked === 'busy';
      if (pending.size > 0) await ports.timers.pause(asked === 'done' ? REST : RETRY, stopping.signal);
    }
    working = undefined;
  };

  const turn = async (): Promise<'done' | 'busy'> => {
    const held = await hold(SCAN, ports);
    if (!held) return 'busy';
    try {
      const read = await ports.lastRead();
      const sources = [...pending].filter(([id, since]) => (read.get(id) ?? -Infinity) < since).map(([id]) => id);
      pending.clear();
      const signal = AbortSignal.any([stopping.signal, held.lost]);
      if (sources.length > 0 && !signal.aborted) await ports.scan(new Set(sources), signal);
      return 'done';
    } finally {
      await held.release();
    }
  };

  return {
    due: (source, since) => {
      if (stopping.signal.aborted) return;
      pending.set(source, Math.max(since, pending.get(source) ?? since));
      working ??= work();
    },
    idle: async () => working,
    stop: async () => {
      stopping.abort();
      await working;
    },
  };
}

/** What should have been read by now and was not: the newest missed tick of each source, older ones are forgotten. */
export function missed(
  sources: readonly Scheduled[],
  read: ReadonlyMap<string, Instant>,
  now: Instant,
): { id: string; since: Instant }[] {
  return sources.flatMap(({ id, schedule }) => {
    const before = read.get(id);
    const since = before === undefined ? now : lastTick(schedule, before, now);
    return since === undefined ? [] : [{ id, since }];
  });
}
