import { isoDate, type Evidence, type Location, type Moment } from '../../../src/sdk/index.ts';

/** One fact; what is undefined is left out. */
export function fact(label: string, value: Evidence['value'], at?: Location, source?: string): Evidence {
  return { fact: label, value, ...(at && { at }), ...(source !== undefined && { source }) };
}

/** One fact, or nothing at all when the source did not say. */
export function known(label: string, value: Evidence['value'] | undefined, at?: Location): readonly Evidence[] {
  return value === undefined ? [] : [fact(label, value, at)];
}

/** A moment as people read it: an ISO date, `never`, or nothing at all when the source did not say. */
export function dated(label: string, moment: Moment | undefined, at?: Location): readonly Evidence[] {
  if (moment === undefined) return [];
  return [fact(label, moment === 'never' ? 'never' : isoDate(moment), at)];
}

/** The first so many of a list as facts, and how many more there are: a list that breaks off says so. */
export function upTo<T>(most: number, all: readonly T[], rest: string, tell: (each: T) => Evidence): Evidence[] {
  const facts = all.slice(0, most).map(tell);
  return all.length > most ? [...facts, fact(rest, all.length - most)] : facts;
}
