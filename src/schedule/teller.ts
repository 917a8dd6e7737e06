import { SECOND, type Instant } from '../core/time.ts';
import { hold, LEASE, type LeasePorts } from './lease.ts';

/** One process at a time tells people: two would say the same twice. */
export const TELL = 'tell';
const RETRY = SECOND;

export interface TellerPorts<Scan> extends LeasePorts {
  /** Tells people after a scan; stops at the next message when the signal is aborted. Its failures are its own to tell. */
  tell(scan: Scan, signal: AbortSignal): Promise<void>;
  /**
   * It has waited for longer than a killed process holds anybody up: for another one that tells, or, with a problem, for
   * a database that cannot be asked. Called once until it has its turn.
   */
  waiting(problem?: unknown): void;
}

/** Tells people while the next scan goes on: a mailbox that is slow keeps nobody from reading. */
export interface Teller<Scan> {
  /** Tells what has changed since. Scans that end while it tells are told of together, in one go. */
  after(scan: Scan): void;
  /** Resolves when there is nothing to tell. */
  idle(): Promise<void>;
  /** Takes nothing more, and ends with the message in hand; the next scan tells the rest. */
  stop(): Promise<void>;
}

/** Starts with nothing to tell. */
export function teller<Scan>({ tell, waiting, ...ports }: TellerPorts<Scan>): Teller<Scan> {
  const stopping = new AbortController();
  let earliest: { scan: Scan } | undefined;
  let working: Promise<void> | undefined;

  const work = async (): Promise<void> => {
    let since: Instant | undefined;
    let said = false;
    while (earliest && !stopping.signal.aborted) {
      let problem: unknown;
      const held = await hold(TELL, ports).catch((trouble: unknown) => void (problem = trouble));
      if (!held) {
        // A database that is busy is one that somebody else holds: mostly, both pass.
        const now = ports.clock();
        since ??= now;
        if (!said && now - since > LEASE) {
          said = true;
          waiting(problem);
        }
        await ports.timers.pause(RETRY, stopping.signal);
        continue;
      }
      since = undefined;
      said = false;
      const { scan } = earliest;
      earliest = undefined;
      try {
        await tell(scan, AbortSignal.any([stopping.signal, held.lost]));
      } finally {
        await held.release();
      }
    }
    working = undefined;
  };

  return {
    after: (scan) => {
      earliest ??= { scan };
      working ??= work();
    },
    idle: async () => working,
    stop: async () => {
      stopping.abort();
      await working;
    },
  };
}
