import { createTask, parse } from 'node-cron';
import { DAY, HOUR, MINUTE, SECOND, type Instant } from '../core/time.ts';
import type { Schedule } from '../core/upkeep.ts';
import { clockOf } from './wall-clock.ts';

/** Every zone is a multiple of this away from UTC: within one, the local hour does not change. */
const STEP = 15 * MINUTE;
/** 29 February may be eight years away. */
const FAR = 9 * 366 * DAY;

/** When a schedule ticks. It remembers what it has looked up. */
export interface Calendar {
  /** The newest tick after `since`, up to and with `now`; undefined when there was none. */
  last(since: Instant, now: Instant): Instant | undefined;
  /** The first tick after `now`; undefined when there is none for years. */
  next(now: Instant): Instant | undefined;
}

/** The ticks of a schedule, as clocks in its time zone show them. */
export function calendarOf(schedule: Schedule): Calendar {
  const ticksIn = ticksOf(schedule);
  return {
    last: (since, now) => {
      for (let step = Math.floor(now / STEP) * STEP; step + STEP > since; step -= STEP) {
        const tick = ticksIn(step).findLast((at) => at <= now);
        if (tick !== undefined) return tick > since ? tick : undefined;
      }
      return undefined;
    },
    next: (now) => {
      for (let step = Math.floor(now / STEP) * STEP; step < now + FAR; step += STEP) {
        const tick = ticksIn(step).find((at) => at > now);
        if (tick !== undefined) return tick;
      }
      return undefined;
    },
  };
}

/**
 * The ticks in a quarter of an hour, in order. A schedule that names hours ticks once for each time that it names: right
 * after an hour that the clocks leave out, and the first time in one that comes twice. One for every hour goes by the
 * clock, whatever it shows.
 */
function ticksOf({ cron, timezone }: Schedule): (step: Instant) => readonly Instant[] {
  const { second, minute, hour, dayOfMonth, month, dayOfWeek } = parse(cron);
  const hours = new Set<unknown>(hour);
  const namesHours = hours.size < 24;
  const inOrder = (values: readonly unknown[]): number[] => values.map(Number).toSorted((a, b) => a - b);
  const [minutes, seconds] = [inOrder(minute), inOrder(second)];
  const isDay = remembered(dayMatcher([dayOfMonth, month, dayOfWeek]));
  const clock = clockOf(timezone);

  const named = (wall: number): number[] => {
    if (!hours.has(Math.floor((wall % DAY) / HOUR)) || !isDay(Math.floor(wall / DAY))) return [];
    const first = Math.floor((wall % HOUR) / MINUTE);
    return minutes
      .filter((value) => value >= first && value < first + STEP / MINUTE)
      .flatMap((value) => seconds.map((each) => wall + (value - first) * MINUTE + each * SECOND));
  };

  return (step) => {
    const { shows, leftOut, again } = clock(step);
    if (namesHours && again) return [];
    const ticks = named(shows).map((wall) => wall - shows + step);
    if (!namesHours || ticks[0] === step) return ticks;
    for (let wall = shows - leftOut; wall < shows; wall += STEP) if (named(wall).length > 0) return [step, ...ticks];
    return ticks;
  };
}

/** Asks node-cron, which knows the last day of a month and its second Tuesday. */
function dayMatcher(fields: readonly (readonly unknown[])[]): (day: number) => boolean {
  const days = fields.map((values) => values.join(',')).join(' ');
  const task = createTask(`* * * ${days}`, () => undefined, { timezone: 'UTC' });
  return (day) => task.match(new Date(day * DAY));
}

function remembered<T>(work: (key: number) => T): (key: number) => T {
  const known = new Map<number, T>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = work(key);
    known.set(key, found);
    return found;
  };
}
