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

/** `longOffset` reads `GMT`, `GMT+05:30` or `GMT-03:00`: four times as quick as the parts of a date. */
function offsetsIn(timezone: string | undefined): (at: Instant) => number {
  const format = new Intl.DateTimeFormat('en', {
    ...(timezone !== undefined && { timeZone: timezone }),
    timeZoneName: 'longOffset',
  });
  return (at) => {
    const [, sign, hours = 0, minutes = 0] = /GMT([+-])(\d\d):(\d\d)/.exec(format.format(at)) ?? [];
    const offset = Number(hours) * HOUR + Number(minutes) * MINUTE;
    return sign === '-' ? -offset : offset;
  };
}
