import { createTask, parse } from 'node-cron';
import { MINUTE, SECOND, type Instant } from '../core/time.ts';
import type { Schedule } from '../core/upkeep.ts';

/** Every zone is a multiple of this away from UTC: within one, the local hour does not change. */
const STEP = 15 * MINUTE;

/** The newest tick of a schedule after `since`, up to and with `now`; undefined when there was none. */
export function lastTick({ cron, timezone }: Schedule, since: Instant, now: Instant): Instant | undefined {
  const { second, minute, hour, dayOfMonth, month, dayOfWeek } = parse(cron);
  const days = [hour, dayOfMonth, month, dayOfWeek].map((values) => values.join(',')).join(' ');
  const inHour = matcher(`* * ${days}`, timezone);
  const inMinute = matcher(`* ${minute.join(',')} ${days}`, timezone);
  const seconds = second.toSorted((a, b) => b - a);
  try {
    for (let step = Math.floor(now / STEP) * STEP; step + STEP > since; step -= STEP) {
      if (!inHour.match(step)) continue;
      for (let at = step + STEP - MINUTE; at >= step; at -= MINUTE) {
        if (at > now || !inMinute.match(at)) continue;
        const tick = seconds.map((value) => at + value * SECOND).find((tick) => tick <= now);
        if (tick !== undefined) return tick > since ? tick : undefined;
      }
    }
    return undefined;
  } finally {
    inHour.end();
    inMinute.end();
  }
}

/** Asks node-cron itself, so that what is made up is what would have been. */
function matcher(cron: string, timezone: string | undefined) {
  const task = createTask(cron, () => undefined, timezone === undefined ? {} : { timezone });
  return { match: (at: Instant) => task.match(new Date(at)), end: () => void task.destroy() };
}
