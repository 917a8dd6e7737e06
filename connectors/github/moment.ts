import { instant, type Gap, type Instant, type Moment } from '../../src/sdk/index.ts';

/** A time that GitHub leaves null where it never happened or never will; undefined where it says nothing. */
export function moment(value: string | null | undefined): Moment | undefined {
  return value === null ? 'never' : instant(value);
}

/** The later one of two words on the same. */
export function latest(told: Moment | undefined, seen: Instant | undefined): Moment | undefined {
  if (seen === undefined) return told;
  return typeof told === 'number' && told > seen ? told : seen;
}

/** The gaps for those of these fields that stayed empty. */
export function gapsOf(fields: Readonly<Record<string, unknown>>, why: Gap = 'not-supported'): Record<string, Gap> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, value]) => (value === undefined ? [[field, why] as const] : [])),
  );
}
