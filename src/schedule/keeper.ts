import { SECOND, type Instant } from '../core/time.ts';
import type { Schedule } from '../core/upkeep.ts';
import { hold, LEASE, SCAN, type LeasePorts } from './lease.ts';
import { calendarOf } from './ticks.ts';

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
  /**
   * Reads these sources; stops at the next page when the signal is aborted. Its failures are its own to tell; false when
   * it was broken off, and they are due as before.
   */
  scan(sources: ReadonlySet<string>, signal: AbortSignal): Promise<boolean>;
  /** Another process scans: its end is waited for. */
  waiting(): void;
  /** The database could not be asked; it is tried again. Called once until it can be. */
  troubled(problem: unknown): void;
}

/** Remembers what is due, and sees to it that it is read once, by one process. */
export interface Keeper {
  /** A source is due: it is read unless somebody has read it since. */
  due(source: string, since: Instant): void;
  /** Resolves when nothing is due. */
  idle(): Promise<void>;
  /** Takes nothing more, lets the scan in hand write its page, and gives the lease back; what is left was due. */
  stop(): Promise<readonly string[]>;
}

/** Starts with nothing due. */
export function keeper(ports: KeeperPorts): Keeper {
  const pending = new Map<string, Instant>();
  const stopping = new AbortController();
  let working: Promise<void> | undefined;

  const work = async (): Promise<void> => {
    let before: 'done' | 'busy' | 'trouble' = 'done';
    while (pending.size > 0 && !stopping.signal.aborted) {
      const asked = await turn().catch((problem: unknown) => {
        if (before !== 'trouble') ports.troubled(problem);
        return 'trouble' as const;
      });
      if (asked === 'busy' && before !== 'busy') ports.waiting();
      before = asked;
      if (pending.size > 0) await ports.timers.pause(asked === 'done' ? REST : RETRY, stopping.signal);
    }
    working = undefined;
  };

  const turn = async (): Promise<'done' | 'busy'> => {
    const held = await hold(SCAN, ports);
    if (!held) return 'busy';
    try {
      const read = happened(await ports.lastRead(), ports.clock());
      const due = [...pending].filter(([id, since]) => (read.get(id) ?? -Infinity) < since);
      pending.clear();
      if (due.length === 0) return 'done';
      const signal = AbortSignal.any([stopping.signal, held.lost]);
      const done = !signal.aborted && (await ports.scan(new Set(due.map(([id]) => id)), signal));
      if (!done) for (const [id, since] of due) remember(id, since);
      return 'done';
    } finally {
      await held.release();
    }
  };

  const remember = (source: string, since: Instant): void => {
    pending.set(source, Math.max(since, pending.get(source) ?? since));
  };

  return {
    due: (source, since) => {
      if (stopping.signal.aborted) return;
      remember(source, since);
      working ??= work();
    },
    idle: async () => working,
    stop: async () => {
      stopping.abort();
      await working;
      return [...pending.keys()];
    },
  };
}

/** Without what is yet to come: a clock was wrong, and nothing would be due until then. */
function happened(read: ReadonlyMap<string, Instant>, now: Instant): ReadonlyMap<string, Instant> {
  return new Map([...read].filter(([, at]) => at <= now + LEASE));
}

/** What should have been read by now and was not: the newest missed tick of each source, older ones are forgotten. */
export function missed(
  sources: readonly Scheduled[],
  read: ReadonlyMap<string, Instant>,
  now: Instant,
): { id: string; since: Instant }[] {
  const known = happened(read, now);
  return sources.flatMap(({ id, schedule }) => {
    const before = known.get(id);
    const since = before === undefined ? now : calendarOf(schedule).last(before, now);
    return since === undefined ? [] : [{ id, since }];
  });
}
