import { schedule as start, type Logger } from 'node-cron';
import type { Instant } from '../core/time.ts';
import type { Schedule } from '../core/upkeep.ts';

export interface Ticking {
  next(): Instant | undefined;
  stop(): void;
}

/** Calls back at every tick of a schedule; tests pass their own. */
export interface Scheduler {
  every(schedule: Schedule, tick: (due: Instant) => void): Ticking;
}

/** The library writes to the console otherwise, with colours, whatever the console is. */
const silent: Logger = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };

/** Real ticks. One that came too late, because the machine slept, is called too. */
export const cron: Scheduler = {
  every({ cron, timezone, jitterMs }, tick) {
    const task = start(cron, ({ date }) => tick(date.getTime()), {
      ...(timezone !== undefined && { timezone }),
      maxRandomDelay: jitterMs,
      logger: silent,
    });
    task.on('execution:missed', ({ date }) => tick(date.getTime()));
    return { next: () => task.getNextRun()?.getTime(), stop: () => void task.destroy() };
  },
};
