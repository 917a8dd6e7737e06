import { MINUTE, type Clock, type Instant } from '../core/time.ts';
import type { Schedule } from '../core/upkeep.ts';
import { calendarOf } from './ticks.ts';
import type { Timers } from './timers.ts';

export interface Ticking {
  next(): Instant | undefined;
  stop(): void;
}

/** Calls back at every tick of a schedule, as late as its jitter says. */
export interface Scheduler {
  every(schedule: Schedule, tick: (due: Instant) => void): Ticking;
}

export interface SchedulerPorts {
  clock: Clock;
  timers: Timers;
  /** From 0 to 1. */
  random(): number;
}

/** Nobody says when the machine has slept or its clock was set: it is looked at as often as this. */
const GLANCE = MINUTE;

/** Of ticks that come too late, because the machine slept, the newest is called. */
export function scheduler({ clock, timers, random }: SchedulerPorts): Scheduler {
  return {
    every(schedule, tick) {
      const stopping = new AbortController();
      const { signal } = stopping;
      const calendar = calendarOf(schedule);
      let seen = clock();
      let next = calendar.next(seen);

      const call = async (due: Instant): Promise<void> => {
        if (schedule.jitterMs > 0) await timers.pause(Math.floor(random() * schedule.jitterMs), signal);
        if (!signal.aborted) tick(due);
      };

      const keepTime = async (): Promise<void> => {
        for (;;) {
          const left = next === undefined ? GLANCE : next - clock();
          await timers.pause(Math.min(Math.max(left, 0), GLANCE), signal);
          if (signal.aborted) return;
          const now = clock();
          const due = calendar.last(seen, now);
          if (due !== undefined) void call(due);
          if (due !== undefined || next === undefined || now < seen) next = calendar.next(now);
          seen = now;
        }
      };

      void keepTime();
      return { next: () => next, stop: () => stopping.abort() };
    },
  };
}
