import { UsageError } from '../core/errors.ts';
import { instant, isoDate, type Instant } from '../core/time.ts';

export interface DecideOptions {
  by?: string;
  reason?: string;
  until?: string;
  to?: string;
  role?: string;
  pending?: boolean;
}

/** What can be decided, each with the options that say something about it, besides who decides. */
const takes = {
  accept: ['reason', 'until'],
  'false-positive': ['reason'],
  withdraw: ['reason'],
  approve: ['reason'],
  reject: ['reason'],
  assign: ['to', 'role', 'reason'],
  'confirm-owner': ['to', 'role', 'reason'],
  mitigate: ['reason', 'until'],
  avoid: ['reason', 'until'],
  transfer: ['reason', 'until'],
  close: ['reason'],
} as const satisfies { readonly [what: string]: readonly (keyof DecideOptions)[] };

type What = keyof typeof takes;

/** The decision that was named. A `UsageError` for any other, and for an option that would be passed over. */
export function whatFrom(text: string | undefined, options: DecideOptions): What {
  const known = Object.keys(takes).join(', ');
  if (text === undefined) throw new UsageError(`say what is decided; there are: ${known}`);
  if (!isWhat(text)) throw new UsageError(`"${text}" is no decision; there are: ${known}`);
  const said: readonly string[] = ['by', ...takes[text]];
  refuseOthers(options, said, `decide … ${text}`);
  return text;
}

/** A list of what waits is asked for with nothing besides. */
export function requireNothing(id: string | undefined, options: DecideOptions): void {
  if (id !== undefined) throw new UsageError('--pending lists what waits; it takes no id and decides nothing');
  refuseOthers(options, ['pending'], 'decide without an id');
}

/** A day that is in the calendar. */
export function dateFrom(text: string): Instant {
  const at = instant(text);
  const day = text.slice(0, 10);
  const isDay = at !== undefined && isoDate(Date.parse(`${day}T00:00:00Z`)) === day;
  if (!isDay) throw new UsageError(`--until ${text} is no date; write it as YYYY-MM-DD`);
  return at;
}

function isWhat(text: string): text is What {
  return Object.hasOwn(takes, text);
}

function refuseOthers(options: DecideOptions, said: readonly string[], about: string): void {
  const others = (['by', 'reason', 'until', 'to', 'role', 'pending'] as const).filter(
    (name) => options[name] !== undefined && !said.includes(name),
  );
  if (others.length > 0)
    throw new UsageError(`${about} takes no ${others.map((name) => `--${name}`).join(' and no ')}`);
}
