import { DAY, HOUR, MINUTE, type Instant } from '../core/time.ts';

/** What a clock on the wall shows at an instant, in milliseconds as if it were UTC. */
export interface Shown {
  shows: number;
  /** What it left out at this very instant, in milliseconds: clocks went forward. */
  leftOut: number;
  /** It has shown this before: clocks have gone back. */
  again: boolean;
}

/** Clocks change by quarters of an hour, and by no more than this. */
const QUARTER = 15 * MINUTE;
const MOST = 3 * HOUR;

/** A clock in a time zone, the machine's own without one; it is asked for quarters of an hour. */
export function clockOf(timezone: string | undefined): (quarter: Instant) => Shown {
  const exactOffset = offsetsIn(timezone);
  const days = new Map<number, number | 'changes'>();
  /** The offset of a whole day and the hours before it, unless clocks change in it. */
  const offsetOn = (day: number): number | 'changes' => {
    const known = days.get(day);
    if (known !== undefined) return known;
    const [early, late] = [exactOffset(day * DAY - MOST), exactOffset((day + 1) * DAY)];
    const found = early === late ? early : 'changes';
    days.set(day, found);
    return found;
  };
  return (quarter) => {
    const steady = offsetOn(Math.floor(quarter / DAY));
    if (steady !== 'changes') return { shows: quarter + steady, leftOut: 0, again: false };
    const offset = exactOffset(quarter);
    let again = false;
    for (let back = QUARTER; back <= MOST && !again; back += QUARTER) {
      again = exactOffset(quarter - back) === offset + back;
    }
    return { shows: quarter + offset, leftOut: Math.max(0, offset - exactOffset(quarter - QUARTER)), again };
  };
}

function offsetsIn(timezone: string | undefined): (at: Instant) => number {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...(timezone !== undefined && { timeZone: timezone }),
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at / MINUTE) * MINUTE;
  };
}
