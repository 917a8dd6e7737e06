/** Milliseconds since the Unix epoch, UTC. */
export type Instant = number;

/** A point in time, or the platform's own word that it never happened or never will; absent when it did not say. */
export type Moment = Instant | 'never';

/** Tells the time; passed in everywhere, so that tests can set it. */
export type Clock = () => Instant;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** `2026-11-21`, UTC. */
export function isoDate(at: Instant): string {
  const day = Math.floor(at / DAY);
  const known = dates.get(day);
  if (known !== undefined) return known;
  const date = new Date(at).toISOString().slice(0, 10);
  if (dates.size < DATES_KEPT) dates.set(day, date);
  return date;
}

/** A million records share a few thousand days, and formatting one costs more than asking a check. */
const DATES_KEPT = 10_000;
const dates = new Map<number, string>();

/** `2026-11-21T08:30:00Z`, UTC, without fractions. */
export function isoTime(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/**
 * Reads an ISO 8601 date or time, or epoch seconds or milliseconds; undefined for anything else, and for a day before
 * 1970: no platform is so old, and `0001-01-01` is what .NET writes for no time at all. A time without a zone is one of
 * UTC: it must not depend on where it is read.
 */
export function instant(value: unknown): Instant | undefined {
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) {
    return value < 100_000_000_000 ? value * SECOND : value;
  }
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(value)) return undefined;
  const at = Date.parse(ZONELESS.test(value) ? `${value}Z` : value);
  return at >= 0 ? at : undefined;
}

const ZONELESS = /^[\d-]+[T ][\d:.]+$/;
